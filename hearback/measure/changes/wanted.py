"""What the comparisons of a quarter with those before it should be now."""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from operator import attrgetter

import numpy as np

from hearback.fiscal import Quarter
from hearback.measure.changes.facts import ComparisonFact
from hearback.measure.changes.families import judge_changes
from hearback.measure.changes.means import METHOD as WELCH
from hearback.measure.changes.means import WEIGHTED_METHOD, Errors, compare_means, smallest_means
from hearback.measure.changes.pairs import Pair, is_counted, pairs_of
from hearback.measure.changes.shares import METHOD as SCORE_TEST
from hearback.measure.changes.shares import Differences, Pairs, compare_shares, smallest_shares
from hearback.measure.changes.sides import Side, Sides
from hearback.measure.changes.solving import Floats
from hearback.measure.rules import CANNOT_TELL, MEAN, MEASURES, NO_CLEAR_CHANGE, QUARTER_BEFORE, YEAR_BEFORE
from hearback.measure.scoring import order

VERSION = "1"
QUARTERS_BACK = {QUARTER_BEFORE: 1, YEAR_BEFORE: 4}
FARTHEST = max(QUARTERS_BACK.values())
"""A quarter's comparisons rest on so many quarters before it."""

COMPARISON_KEY = ("kind", "measure", "level", "subject", "quarter", "pool")
"""The fields that name a comparison apart from what it says."""

comparison_key = attrgetter(*COMPARISON_KEY)
MEAN_WIDEST, SHARE_WIDEST = 4.0, 1.0
Smallest = Callable[[float], Floats]


def wanted_comparisons(quarter: Quarter, sides: Sides) -> list[ComparisonFact]:
    """Compare every figure of a quarter with its own of the quarter and of the year before.

    Each kind of comparison is judged apart, shares and means of the quarter apart too.

    Raises:
        ProviderNotKnown: if a survey's provider is not in the directory.
    """
    after, back = sides.of(quarter), sides.before(quarter, FARTHEST)
    found: list[ComparisonFact] = []
    for kind, n_back in QUARTERS_BACK.items():
        pairs = sorted(pairs_of(kind, after, back, n_back), key=lambda pair: order(pair.later))
        of_pair = _verdicts([pair for pair in pairs if pair.verdict is None])
        before = back[n_back - 1] if pairs else after
        found += [_fact(pair, of_pair.get(id(pair)), before, after) for pair in pairs]
    return found


def all_comparisons_sha256(found: Iterable[ComparisonFact]) -> str:
    """Hash the inputs of many comparisons in their order."""
    return hashlib.sha256("\n".join(one.inputs_sha256 for one in found).encode()).hexdigest()


def _verdicts(pairs: Sequence[Pair]) -> dict[int, dict[str, object]]:
    """Test the pairs family by family; gives what each comparison says, by the identity of its pair."""
    found: dict[int, dict[str, object]] = {}
    for means in (True, False):
        family = [pair for pair in pairs if _is_mean(pair) == means]
        counted = [pair for pair in family if _both_counted(pair)]
        others = [pair for pair in family if not _both_counted(pair)]
        listed = [*counted, *others]
        if not listed:
            continue
        one, two = _shares(counted), _means(others, MEAN_WIDEST if means else SHARE_WIDEST)
        found |= _judged(listed, (one, two), means=means)
    return found


def _judged(
    pairs: Sequence[Pair], tests: Sequence[tuple[Differences, Smallest]], *, means: bool
) -> dict[int, dict[str, object]]:
    columns = zip(*((t.difference, t.low, t.high, t.p) for t, _ in tests), strict=True)
    tested = Differences(*(np.concatenate(column) for column in columns))
    rolled_up = np.array([pair.later.level != "survey" for pair in pairs])
    judged = judge_changes(tested, _own(pairs, tested, rolled_up), rolled_up)
    smallest = np.where(
        rolled_up,
        np.concatenate([of(judged.figure_alpha) for _, of in tests]),
        np.concatenate([of(judged.alpha) for _, of in tests]),
    )
    methods = [SCORE_TEST if is_counted(p.later) else WELCH if _plain(p) else WEIGHTED_METHOD for p in pairs]
    found: dict[int, dict[str, object]] = {}
    for place, pair in enumerate(pairs):
        verdict = str(judged.verdict[place])
        found[id(pair)] = {
            "difference": float(tested.difference[place]),
            "low": float(tested.low[place]),
            "high": float(tested.high[place]),
            "p": float(tested.p[place]),
            "q_value": _known(judged.q_value[place]),
            "figure_q": _known(judged.figure_q[place]),
            "verdict": verdict,
            "smallest_found": _known(smallest[place]) if verdict == NO_CLEAR_CHANGE else None,
            "method": methods[place],
        }
    return found


def _own(pairs: Sequence[Pair], tested: Differences, rolled_up: np.ndarray) -> Differences:
    """Give what surveys did: within a roll-up, with nan where it is not known; of a survey its difference."""
    parts = [(one.parts.within, one.parts.low, one.parts.high, one.parts.p) for one in pairs]
    columns = np.array(parts, dtype=float).T
    all_of = (tested.difference, tested.low, tested.high, tested.p)
    return Differences(*(np.where(rolled_up, own, whole) for own, whole in zip(columns, all_of, strict=True)))


def _known(number: float) -> float | None:
    return None if np.isnan(number) else float(number)


def _shares(pairs: Sequence[Pair]) -> tuple[Differences, Smallest]:
    both = [(pair.earlier or pair.later, pair.later) for pair in pairs]
    counts = [(e.numerator, e.denominator, la.numerator, la.denominator) for e, la in both]
    columns = Pairs(*np.array(counts, dtype=float).reshape(-1, 4).T)
    return compare_shares(columns), lambda alpha: smallest_shares(columns, alpha)


def _means(pairs: Sequence[Pair], widest: float) -> tuple[Differences, Smallest]:
    both = [(pair.earlier or pair.later, pair.later) for pair in pairs]
    numbers = [(e.value, la.value, e.se, e.df, la.se, la.df) for e, la in both]
    before, after, *errors = np.array(numbers, dtype=float).reshape(-1, 6).T
    of = Errors(*errors)
    return compare_means(before, after, of, widest), lambda alpha: smallest_means(of, alpha, widest)


def _fact(pair: Pair, told: dict[str, object] | None, before: Side, after: Side) -> ComparisonFact:
    later, earlier = pair.later, pair.earlier
    parts = pair.parts
    value, n = (None, None) if earlier is None or later.value is None else (earlier.value, earlier.n)
    fact = ComparisonFact(
        kind=pair.kind,
        measure=later.measure,
        level=later.level,
        subject=later.subject,
        quarter=later.quarter,
        pool=later.pool,
        against=pair.against,
        verdict=pair.verdict or CANNOT_TELL,
        subject_before=earlier.subject if earlier is not None else None,
        value_before=value,
        value_after=later.value,
        n_before=None if value is None else n,
        n_after=None if later.value is None else later.n,
        within=parts.within,
        within_low=parts.low,
        within_high=parts.high,
        within_p=parts.p,
        mix=parts.mix,
        entry=parts.entry,
        exit=parts.exit,
        parts_reason=parts.reason,
        method_version=VERSION,
        reason=pair.reason,
        inputs_sha256=_inputs(pair, before, after),
    )
    return replace(fact, **told) if told is not None else fact  # type: ignore[arg-type]


def _inputs(pair: Pair, before: Side, after: Side) -> str:
    """Hash what a comparison is made of: both figures, and which surveys belong to which."""
    later, earlier = pair.later, pair.earlier
    group = (later.level, later.subject, later.pool, MEASURES[later.measure].questions[0])
    members = [
        [[one.survey.key for one in surveys] for surveys in side.members.get(group, {}).values()]
        for side in (before, after)
    ]
    made_of = [
        pair.kind,
        later.inputs_sha256,
        earlier.inputs_sha256 if earlier else None,
        pair.reason,
        members,
    ]
    return hashlib.sha256(json.dumps(made_of, separators=(",", ":")).encode()).hexdigest()


def _both_counted(pair: Pair) -> bool:
    return is_counted(pair.later) and is_counted(pair.earlier or pair.later)


def _is_mean(pair: Pair) -> bool:
    return MEASURES[pair.later.measure].kind == MEAN


def _plain(pair: Pair) -> bool:
    return pair.later.n_effective is None
