"""Which figure stands beside which, and where two cannot be compared, why not."""

from collections.abc import Sequence
from dataclasses import dataclass

from hearback.measure.changes.parts import Parts, parts_of, series_in_both
from hearback.measure.changes.sides import TRUST, Series, Side
from hearback.measure.facts import ScoreFact
from hearback.measure.rules import (
    CANNOT_TELL,
    MEAN,
    MEASURES,
    NOT_COMPARABLE,
    OWN,
    QUARTER_BEFORE,
    VERSIONS,
    Measure,
    is_compared,
    may_be_joined,
)

SUPPRESSED_AS, STALE = "not_comparable", "scores_stale"
NO_PARTS = Parts()


@dataclass(frozen=True)
class Pair:
    """A figure, the one before it and the parts of the change; without a `verdict` to be tested."""

    kind: str
    against: str
    later: ScoreFact
    earlier: ScoreFact | None
    verdict: str | None = None
    reason: str | None = None
    parts: Parts = NO_PARTS


def pairs_of(kind: str, after: Side, back: Sequence[Side], n_back: int) -> list[Pair]:
    """Put every figure of a quarter beside its own of so many quarters before.

    A survey is found again by its publisher's name for it, its service, provider and channel. Surveys that
    belong to no pool are compared with nothing. That there is nothing to compare with is said once, of the
    quarter before.

    Args:
        back: the four quarters before, newest first; fewer where the calendar begins.
        n_back: how many quarters back: 1 or 4.
    """
    if len(back) < n_back:
        return []
    before, between = back[n_back - 1], back[: n_back - 1]
    wanted = [
        one
        for one in (*after.of_surveys.values(), *(o for o in after.figures.values() if o.level != "survey"))
        if one.pool != OWN and is_compared(MEASURES[one.measure])
    ]
    pairs = [_pair(kind, one, after, before, between, back) for one in wanted]
    return pairs if kind == QUARTER_BEFORE else [pair for pair in pairs if _has_two(pair)]


def _has_two(pair: Pair) -> bool:
    """Say whether there was a figure then, or why what there was is another."""
    return pair.earlier is not None or pair.verdict == NOT_COMPARABLE


def _pair(
    kind: str, later: ScoreFact, after: Side, before: Side, between: Sequence[Side], back: Sequence[Side]
) -> Pair:
    key = after.key(later)
    earlier = before.figures.get(key) if key is not None else None
    against = before.quarter
    found = _hidden(later) or _not_found(later, after, before, back)
    if found is None and earlier is not None:
        found = _unlike(earlier, later, (before, *between, after)) or _hidden(earlier)
        found = found or _untestable(earlier, later)
    if found is None and earlier is not None:
        parts = parts_of(before, after, earlier, later)
        if parts.reason != STALE:
            return Pair(kind, against, later, earlier, parts=parts)
        found = CANNOT_TELL, STALE
    verdict, reason = found or (CANNOT_TELL, STALE)
    return Pair(kind, against, later, earlier, verdict, reason, Parts(reason=reason))


def _hidden(score: ScoreFact) -> tuple[str, str] | None:
    """Say why a figure has no value to compare; nothing else is said of it then."""
    if score.value is not None:
        return None
    reason = score.reason or SUPPRESSED_AS
    return (NOT_COMPARABLE if reason == SUPPRESSED_AS else CANNOT_TELL), reason


def _not_found(later: ScoreFact, after: Side, before: Side, back: Sequence[Side]) -> tuple[str, str] | None:
    """Say why there is no earlier figure; None where there is."""
    if later.subject in after.second_values:
        return NOT_COMPARABLE, "second_value"
    key = after.key(later)
    if key is None:
        return CANNOT_TELL, STALE
    if key in before.figures:
        return None
    series = key[2]
    if isinstance(series, tuple):
        if series in after.not_unique or series in before.not_unique:
            return NOT_COMPARABLE, "survey_not_unique"
        if before.pools.get((_question(later), series), frozenset({later.pool})) != {later.pool}:
            return NOT_COMPARABLE, "pool_changed"
    known = any(key in side.figures for side in back)
    return CANNOT_TELL, "no_figure_before" if known else "first_quarter"


def _unlike(earlier: ScoreFact, later: ScoreFact, sides: Sequence[Side]) -> tuple[str, str] | None:
    """Say why two figures do not measure the same; None where they do."""
    joined = may_be_joined(_version(earlier), _version(later))
    if not joined or earlier.method != later.method:
        return NOT_COMPARABLE, "method_changed"
    before, after = sides[0], sides[-1]
    key = after.key(later)
    series = (
        {key[2]} if key is not None and isinstance(key[2], tuple) else series_in_both(before, after, later)
    )
    if any(_reworded(one, _question(later), sides) for one in series if isinstance(one, tuple)):
        return NOT_COMPARABLE, "wording_changed"
    return None


def _reworded(series: Series, question: str, sides: Sequence[Side]) -> bool:
    """Say whether a series put a question in other words on the way from the first side to the last."""
    if question == TRUST and any(series in side.reworded for side in sides[1:]):
        return True
    words = [side.words.get((question, series), frozenset()) for side in sides]
    return len(frozenset().union(*words)) > 1


def _untestable(earlier: ScoreFact, later: ScoreFact) -> tuple[str, str] | None:
    """Say why chance cannot be reckoned; None where it can."""
    if is_counted(earlier) and is_counted(later):
        return None
    for one in (earlier, later):
        if one.se is None or one.se <= 0 or one.df is None or one.df < 1:
            return CANNOT_TELL, one.reason or "no_variance"
    return None


def is_counted(score: ScoreFact) -> bool:
    """Say whether a share is one count of another, and not weighted."""
    counted = score.numerator is not None and bool(score.denominator)
    return counted and MEASURES[score.measure].kind != MEAN


def _version(score: ScoreFact) -> Measure | None:
    versions = VERSIONS.get(score.measure, ())
    return next((one for one in versions if one.version == score.method_version), None)


def _question(score: ScoreFact) -> str:
    return MEASURES[score.measure].questions[0]
