"""What came after a project beside what stood before it, and whether chance alone explains the difference."""

from collections.abc import Sequence
from dataclasses import dataclass

from hearback.plan.rules.progress import MeasureNotValid, ReadingFact, has_other_surveys
from hearback.stats import Ranged, combined

CLEAR, WITHIN_NOISE, NOT_KNOWN = "clear", "within noise", "cannot tell"
OTHER_DEFINITION, OTHER_SURVEYS = "other definition", "other surveys"
"""Why two figures cannot be compared at all."""


@dataclass(frozen=True)
class EffectFact:
    """A figure before and one after, with the difference and its 95 % interval where both have one.

    `verdict` is clear, within noise, or cannot tell; or other definition or other surveys where the two
    cannot be compared, which leaves the difference null. `unit` is what is counted, as "minutes"; null where
    the source does not say. A clear difference does not show that the project made it.
    """

    before: ReadingFact
    after: ReadingFact
    unit: str | None
    difference: float | None
    low: float | None
    high: float | None
    verdict: str


def effect_of(
    before: ReadingFact,
    after: ReadingFact,
    unit: str | None = None,
    since: Sequence[ReadingFact] | None = None,
) -> EffectFact:
    """Compare two figures of the same thing, taken from different people.

    The interval of the difference is made of theirs (see `stats.combined`). It is clear where the interval
    leaves out 0, within noise where it holds 0, and cannot be told where a figure has no interval. Figures of
    two definitions, or of other surveys, are not compared.

    Args:
        before: the figure before.
        after: the one after.
        unit: what is counted.
        since: all figures of the same series after the first, up to the second; left out, just the second.

    Raises:
        NotAnEstimate: if a figure lies outside its interval, or is no finite number.

    >>> found = effect_of(ReadingFact("2022", 0.6, 0.4905, 0.7004), ReadingFact("2023", 0.8, 0.6918, 0.877))
    >>> found.verdict, round(found.low, 4), round(found.high, 4)
    ('clear', 0.0524, 0.3339)
    >>> effect_of(ReadingFact("2022", 60, 55, 65), ReadingFact("2023", 63, 58, 68)).verdict
    'within noise'
    >>> effect_of(ReadingFact("2022", 60, None, None), ReadingFact("2023", 90, 85, 95)).verdict
    'cannot tell'
    >>> effect_of(ReadingFact("2022", 6, 5, 7, "a"), ReadingFact("2023", 9, 8, 10, "b")).verdict
    'other definition'
    """
    for differs, verdict in (
        (before.definition != after.definition, OTHER_DEFINITION),
        (has_other_surveys(before, [after] if since is None else since), OTHER_SURVEYS),
    ):
        if differs:
            return EffectFact(before, after, unit, None, None, None, verdict)
    ends = [_ranged(one) for one in (before, after)]
    first, last = ends
    if first is None or last is None:
        return EffectFact(before, after, unit, after.value - before.value, None, None, NOT_KNOWN)
    found = combined([(1, last), (-1, first)])
    verdict = WITHIN_NOISE if found.low <= 0 <= found.high else CLEAR
    return EffectFact(before, after, unit, found.value, found.low, found.high, verdict)


def _ranged(reading: ReadingFact) -> Ranged | None:
    if reading.low is None or reading.high is None:
        return None
    return Ranged(reading.value, reading.low, reading.high)


def check_figures(
    before: ReadingFact | None,
    after: ReadingFact | None,
    measure: str | None,
    dates: tuple[str | None, str | None],
) -> None:
    """Check the figures of a result: both or neither, each with its date; or a measure and two dates.

    Args:
        before: the figure before, null where none is given; its date may be empty.
        measure: key of the success measure from whose figures both are to be read.
        dates: of the figures before and after.

    Raises:
        MeasureNotValid: naming the field.
    """
    if measure is not None:
        if before is not None or after is not None:
            raise MeasureNotValid("measure", "figures are given beside a measure", "leave one of the two out")
        if None in dates:
            raise MeasureNotValid("measure", "a date is missing", "give before_as_of and after_as_of")
        return
    if (before is None) != (after is None):
        raise MeasureNotValid(
            "before" if before is None else "after", "one figure stands alone", "give both or neither"
        )
    if before is not None and None in dates:
        raise MeasureNotValid("before_as_of", "a figure has no date", "give before_as_of and after_as_of")
