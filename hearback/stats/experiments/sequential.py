"""Experiments that may be looked at any number of times: p-values and intervals valid at every look."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hearback.stats.estimate import Reason

Floats = NDArray[np.float64]
Kind = Literal["proportion", "mean"]
MISMATCH_BELOW = 0.001
"""Source: Fabijan et al. (2019), Diagnosing sample ratio mismatch in online controlled experiments, KDD."""


class ExperimentNotValid(ValueError):
    """An experiment's rows or settings cannot be used; the message says which and what to do."""


@dataclass(frozen=True)
class Look:
    """What one look at a running experiment says; the difference is treatment minus control.

    `p_always_valid` is the smallest so far and 1 before the first look that counts. A look that is skipped
    has no ratio and no interval, and `reason` says why.
    """

    n_rows: int
    n_control: int
    n_treatment: int
    difference: float | None
    variance: float | None
    log_ratio: float | None
    p_always_valid: float
    low: float | None
    high: float | None
    reason: Reason | None = None


@dataclass(frozen=True)
class SequentialTest:
    """All looks in their order. `stop_at` is the first with p at or below alpha: its number of rows."""

    looks: tuple[Look, ...]
    stop_at: int | None


@dataclass(frozen=True)
class SampleRatio:
    """Whether people were split as planned. A mismatch voids the experiment, whatever it found."""

    expected: tuple[float, ...]
    chi_squared: float | None
    p: float | None
    mismatch: bool
    reason: Reason | None = None


def mixture_sprt(
    treated: ArrayLike,
    answers: ArrayLike,
    looks: Sequence[int],
    *,
    tau_squared: float,
    alpha: float = 0.05,
    kind: Kind = "mean",
) -> SequentialTest:
    """Test two arms at several looks by the mixture sequential probability ratio test.

    False alarms stay at or below alpha however often one looks, in large samples: the difference is taken as
    normal with its estimated variance. The price is a smaller chance to find a change than one look at a
    number of rows fixed before has.

    Args:
        treated: per row, true for treatment and false for control, in the order of arrival.
        answers: per row; nan is a missing answer, which counts as a row and not as an answer.
        looks: how many rows have arrived at each look.
        tau_squared: variance of the differences thought likely, above zero; fix it before the start, the
            square of the smallest difference worth finding serves.
        kind: "proportion" for answers of 0 and 1 (variance p(1 - p)), "mean" for others (divisor n - 1).

    Raises:
        ExperimentNotValid: if rows, looks or settings cannot be used.

    Source: Johari, Koomen, Pekelis and Walsh (2017), Peeking at A/B tests, KDD, section 4; Robbins
    (1970), Statistical methods related to the law of the iterated logarithm.

    >>> arms, answers = [False, True] * 200, [0, 1, 0, 1, 1, 0, 0, 1] * 50
    >>> test = mixture_sprt(arms, answers, [2, 40, 400], tau_squared=0.0025, kind="proportion")
    >>> [round(look.p_always_valid, 4) for look in test.looks], test.stop_at
    ([1.0, 0.4859, 0.0], 400)
    """
    in_treatment, y = _checked(treated, answers, kind)
    check_alpha(alpha)
    if not (math.isfinite(tau_squared) and tau_squared > 0):
        raise ExperimentNotValid(f"tau_squared is {tau_squared}; give a variance above zero")
    if any(look < 0 for look in looks):
        raise ExperimentNotValid(f"a look at {min(looks)} rows; give 0 or more")
    done: list[Look] = []
    p = 1.0
    for look in looks:
        arm, seen = in_treatment[:look], y[:look]
        done.append(_look(look, seen[~arm], seen[arm], p, (tau_squared, alpha, kind)))
        p = done[-1].p_always_valid
    return SequentialTest(
        tuple(done), next((one.n_rows for one in done if one.p_always_valid <= alpha), None)
    )


def log_mixture_ratio(difference: float, variance: float, tau_squared: float) -> float:
    """Give the log of how much likelier a difference is if there are true ones than if there are none.

    That is its density under N(0, variance + tau_squared) over that under N(0, variance). The log is given as
    the ratio itself may be too large for a float.

    Source: as `mixture_sprt`.

    >>> round(log_mixture_ratio(0.1, 0.001, 0.0025), 4)
    2.945
    """
    total = variance + tau_squared
    return 0.5 * (math.log(variance / total) + difference**2 * tau_squared / (variance * total))


def confidence_sequence_half_width(variance: float, tau_squared: float, alpha: float = 0.05) -> float:
    """Give half the width of an interval that covers the difference at all looks at once with 1 - alpha.

    Source: as `mixture_sprt`: the differences at which the ratio stays below 1 / alpha.

    >>> round(confidence_sequence_half_width(0.001, 0.0025), 4)
    0.1007
    """
    total = variance + tau_squared
    return math.sqrt(variance * total / tau_squared * (math.log(total / variance) - 2 * math.log(alpha)))


def sample_ratio_mismatch(
    counts: Sequence[int], planned: Sequence[float] | None = None, *, below: float = MISMATCH_BELOW
) -> SampleRatio:
    """Check by a chi-squared test whether people were split between arms as planned.

    Args:
        counts: people in each arm, two arms at least.
        planned: planned shares in the same order, which are scaled to 1; None for equal ones.
        below: p-value below which the split is called a mismatch.

    Raises:
        ExperimentNotValid: if counts or planned shares cannot be used.

    Source: Pearson (1900); threshold: see MISMATCH_BELOW.

    >>> sample_ratio_mismatch([1000, 1020]).mismatch, sample_ratio_mismatch([1000, 1250]).mismatch
    (False, True)
    """
    shares = [1.0] * len(counts) if planned is None else list(planned)
    if len(counts) < 2 or len(shares) != len(counts) or min(counts) < 0:
        raise ExperimentNotValid(
            f"counts {list(counts)} and planned shares {shares} do not describe two arms"
        )
    if not all(math.isfinite(share) and share > 0 for share in shares):
        raise ExperimentNotValid(f"planned shares {shares}; give a number above zero for every arm")
    from scipy.special import chdtrc  # here, as it takes half a second that planning a sample need not

    n, whole = sum(counts), math.fsum(shares)
    expected = tuple(n * share / whole for share in shares)
    if n == 0:
        return SampleRatio(expected, None, None, False, Reason.NO_ANSWERS)
    chi_squared = math.fsum((got - e) ** 2 / e for got, e in zip(counts, expected, strict=True))
    p = float(chdtrc(len(counts) - 1, chi_squared))
    return SampleRatio(expected, chi_squared, p, p < below)


def check_alpha(alpha: float) -> None:
    """Demand a share of false alarms between 0 and 1.

    Raises:
        ExperimentNotValid: if it is not.
    """
    if not 0 < alpha < 1:
        raise ExperimentNotValid(f"alpha is {alpha}; give a share between 0 and 1, as 0.05")


def sample_variance(values: Floats) -> float:
    """Give the variance with divisor n - 1, exactly 0 where all values are the same; two values at least.

    >>> sample_variance(np.array([0.1, 0.1, 0.1]))
    0.0
    """
    return 0.0 if values.min() == values.max() else float(np.var(values, ddof=1))


def arms_of(treated: ArrayLike, *columns: ArrayLike) -> tuple[NDArray[np.bool_], list[Floats]]:
    """Read arms and columns of numbers, one entry per row; nan is a missing value.

    Raises:
        ExperimentNotValid: if lengths differ, an arm is not true or false, or a number is infinite.
    """
    arms = np.asarray(treated)
    if arms.ndim != 1 or not (arms.dtype == np.bool_ or np.isin(arms, (0, 1)).all()):
        raise ExperimentNotValid("arms are a list of true (treatment) and false (control), one per row")
    read = [np.asarray(column, dtype=np.float64) for column in columns]
    for place, column in enumerate(read, start=1):
        if column.shape != arms.shape:
            raise ExperimentNotValid(
                f"{len(arms)} arms and {column.size} numbers in column {place}: one each per row"
            )
        if np.isinf(column).any():
            row = int(np.flatnonzero(np.isinf(column))[0]) + 1
            raise ExperimentNotValid(
                f"row {row} of column {place} is infinite; leave the value out (nan) instead"
            )
    return arms.astype(np.bool_), read


def _checked(treated: ArrayLike, answers: ArrayLike, kind: Kind) -> tuple[NDArray[np.bool_], Floats]:
    arms, (y,) = arms_of(treated, answers)
    if kind not in ("proportion", "mean"):
        raise ExperimentNotValid(f"kind is {kind!r}; give 'proportion' or 'mean'")
    if kind == "proportion" and not np.isin(y[~np.isnan(y)], (0.0, 1.0)).all():
        raise ExperimentNotValid("answers other than 0 and 1 have no proportion; give kind='mean'")
    return arms, y


def _look(n_rows: int, control: Floats, treatment: Floats, p: float, plan: tuple[float, float, Kind]) -> Look:
    tau_squared, alpha, kind = plan
    control, treatment = control[~np.isnan(control)], treatment[~np.isnan(treatment)]
    n_control, n_treatment = len(control), len(treatment)
    fewest = min(n_control, n_treatment)
    difference = float(treatment.mean() - control.mean()) if fewest else None
    if difference is None or fewest < 2:
        reason = Reason.ONE_ANSWER if fewest else Reason.NO_ANSWERS
        return Look(n_rows, n_control, n_treatment, difference, None, None, p, None, None, reason)
    variance = _variance_of_mean(control, kind) + _variance_of_mean(treatment, kind)
    if variance == 0:
        return Look(n_rows, n_control, n_treatment, difference, 0.0, None, p, None, None, Reason.NO_VARIANCE)
    log_ratio = log_mixture_ratio(difference, variance, tau_squared)
    half = confidence_sequence_half_width(variance, tau_squared, alpha)
    p = min(p, math.exp(-log_ratio)) if log_ratio > 0 else p
    ends = difference - half, difference + half
    return Look(n_rows, n_control, n_treatment, difference, variance, log_ratio, p, *ends)


def _variance_of_mean(values: Floats, kind: Kind) -> float:
    if kind == "mean":
        return sample_variance(values) / len(values)
    share = float(values.mean())
    return share * (1 - share) / len(values)
