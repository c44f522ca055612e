"""Families of comparisons: p-values adjusted together, and what each comparison may be called."""

from dataclasses import dataclass

import numpy as np

from hearback.measure.changes.shares import Differences
from hearback.measure.changes.solving import Floats
from hearback.measure.rules import DOWN, FALSE_DISCOVERY_RATE, NO_CLEAR_CHANGE, UP, WHO_REPORTED
from hearback.stats.comparison import adjust_p_values

ALPHA = 0.05


@dataclass(frozen=True)
class Family:
    """Adjusted p-values and verdicts in the order given.

    `alpha` is the p-value at which one more of them would have been called a change: what a sample could have
    found is worked out with it.
    """

    q_value: Floats
    verdict: np.ndarray
    alpha: float


def judge(tested: Differences) -> Family:
    """Call a difference up or down where its q is small enough and its interval leaves out zero.

    Both are asked: of all changes claimed, a known share at most is wrong on average, and no claim goes
    further than the interval printed beside it.

    Source: Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57, section 3; the
    second condition is a rule of this house.

    >>> four = np.array([0.2, 0.1, 0.3, 0.0])
    >>> found = judge(Differences(four, four - 0.15, four + 0.15, np.array([0.01, 0.2, 0.001, 1.0])))
    >>> found.verdict.tolist(), found.q_value.round(4).tolist(), round(found.alpha, 4)
    (['up', 'no clear change', 'up', 'no clear change'], [0.02, 0.2667, 0.004, 1.0], 0.05)
    """
    q_values = _adjusted(tested.p)
    clear = (q_values <= FALSE_DISCOVERY_RATE) & _without_zero(tested)
    verdict = np.where(clear, _direction(tested), NO_CLEAR_CHANGE)
    return Family(q_values, verdict, _alpha(q_values))


@dataclass(frozen=True)
class Changes:
    """What may be said of changes over time, in the order given; nan where a claim is not tested.

    `q_value` is of the claim that the surveys themselves changed, `figure_q` of the claim that the figure of
    a roll-up differs. `alpha` and `figure_alpha` are as in `Family`, of these two claims.
    """

    q_value: Floats
    figure_q: Floats
    verdict: np.ndarray
    alpha: float
    figure_alpha: float


def judge_changes(tested: Differences, own: Differences, rolled_up: np.ndarray) -> Changes:
    """Call a change up or down only where the surveys themselves changed.

    Two families are judged. In the first is what surveys did: of a survey its p-value, of a roll-up the
    larger of the two of its difference and of the part within its surveys, 1 where they point to different
    sides. So a rise of a roll-up is claimed only where its figure is higher and its surveys are. In the
    second are the figures of roll-ups: where only such a claim holds, it is told as who reported.

    Args:
        tested: the differences of the figures.
        own: what surveys did: for roll-ups the part within those in both quarters, with nan where it is not
            known; for surveys the difference.
        rolled_up: which figures are roll-ups.

    Source: the larger of two p-values, Berger (1982), Multiparameter hypothesis testing and acceptance
    sampling, Technometrics 24; for the rest see `judge`.

    >>> two = np.array([0.2, 0.2])
    >>> moved = Differences(two, two - 0.1, two + 0.1, np.array([0.001, 0.001]))
    >>> own = Differences(two, two - np.array([0.1, 0.3]), two + 0.1, np.array([0.001, 0.3]))
    >>> judge_changes(moved, own, np.array([True, True])).verdict.tolist()
    ['up', 'who reported']
    """
    known = ~np.isnan(own.p)
    same_side = np.sign(own.difference) == np.sign(tested.difference)
    q_value, figure_q = np.full(len(known), np.nan), np.full(len(known), np.nan)
    q_value[known] = _adjusted(np.where(same_side, np.maximum(own.p, tested.p), 1.0)[known])
    figure_q[rolled_up] = _adjusted(tested.p[rolled_up])
    clear = _without_zero(tested)
    changed = (q_value <= FALSE_DISCOVERY_RATE) & clear & _without_zero(own)
    moved = (figure_q <= FALSE_DISCOVERY_RATE) & clear
    verdict = np.where(changed, _direction(tested), np.where(moved, WHO_REPORTED, NO_CLEAR_CHANGE))
    return Changes(q_value, figure_q, verdict, _alpha(q_value[known]), _alpha(figure_q[rolled_up]))


def _adjusted(p: Floats) -> Floats:
    return np.array(adjust_p_values(p.tolist(), "benjamini_hochberg"), dtype=float)


def _without_zero(tested: Differences) -> np.ndarray:
    found: np.ndarray = (tested.low > 0) | (tested.high < 0)
    return found


def _direction(tested: Differences) -> np.ndarray:
    return np.where(tested.difference > 0, UP, DOWN)


def _alpha(q_values: Floats) -> float:
    n_found = int((q_values <= FALSE_DISCOVERY_RATE).sum())
    return min(ALPHA, FALSE_DISCOVERY_RATE * (n_found + 1) / max(len(q_values), 1))
