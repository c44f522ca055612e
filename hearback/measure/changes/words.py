"""Changes, charts and comparisons of providers, said for people."""

from collections import Counter
from collections.abc import Iterator, Sequence

from hearback.measure.changes.charts import Alarm, ChartPoint, ControlChart, Stretch
from hearback.measure.changes.facts import ComparisonFact
from hearback.measure.changes.fairness import PLACES, FairComparison, Standing
from hearback.measure.rules import CHART_REASONS, EVERYBODY, MEASURES, said, sentence
from hearback.measure.words import figure, quarter_label
from hearback.stats import Reason
from hearback.ui.numbers import count, share_ends_to_one_decimal, share_to_one_decimal

SIDES = {"high": "above", "low": "below"}
NAMES = {"cusum": "CUSUM", "ewma": "EWMA"}
CHANGES_HEADER = (
    "Quarter    Pool       Measure: before and after, or others and group; what may be said of the two"
)


def change_lines(found: Sequence[ComparisonFact]) -> Iterator[str]:
    """Say comparisons line by line, under a header that says what stands where."""
    yield CHANGES_HEADER
    for one in told_once(found):
        whom = "" if one.dimension == EVERYBODY else f", {one.dimension} {one.group}"
        what = f"{MEASURES[one.measure].name}{whom}: {_both(one)}. {said(sentence(one))}"
        yield f"{quarter_label(one.quarter)}  {one.pool:<9}  {what}"


def told_once(found: Sequence[ComparisonFact]) -> list[ComparisonFact]:
    """Leave out the second of two groups of a dimension: beside the other, it says the same the other way."""
    together = Counter(_groups_of(one) for one in found)
    told: set[tuple[str, ...]] = set()
    kept = []
    for one in found:
        key = _groups_of(one)
        if one.dimension != EVERYBODY and together[key] == 2 and one.difference is not None:
            if key in told:
                continue
            told.add(key)
        kept.append(one)
    return kept


def _groups_of(one: ComparisonFact) -> tuple[str, ...]:
    return one.kind, one.quarter, one.level, one.subject, one.pool, one.measure, one.dimension


def _both(one: ComparisonFact) -> str:
    """Give both figures; of a group, that of the others first."""
    before = _known(one.measure, one.value_before, one.n_before)
    return f"{before} and {_known(one.measure, one.value_after, one.n_after)}"


def _known(measure: str, value: float | None, n: int | None) -> str:
    if value is None:
        return "no figure"
    return figure(measure, value) + ("" if n is None else f" (n = {count(n)})")


def chart_lines(chart: ControlChart) -> Iterator[str]:
    """Say of every stretch of a series what its charts show."""
    measure = MEASURES[chart.measure]
    yield f"{measure.name} of {chart.level} {chart.subject} ({chart.pool})"
    yield (
        f"  CUSUM alarms beyond {chart.threshold:.2f}, EWMA beyond {chart.limit:.2f}: with "
        f"{chart.n_series:,} series watched, one false alarm a year over all."
    )
    for stretch in chart.stretches:
        yield from _stretch_lines(stretch, chart.measure)


def _stretch_lines(stretch: Stretch, measure: str) -> Iterator[str]:
    span = f"{quarter_label(stretch.quarters[0])} to {quarter_label(stretch.quarters[-1])}"
    if stretch.target is None or stretch.spread is None:
        yield f"  {span}: no chart. {CHART_REASONS[stretch.reason or '']}"
        return
    target = figure(measure, stretch.target)
    first, last = (quarter_label(stretch.baseline[end]) for end in (0, -1))
    yield f"  {span}: target {target}, from {first} to {last}."
    if stretch.spread > 1:
        yield f"    Errors are {stretch.spread:.1f} times those of chance, as those quarters differ by more."
    for point in stretch.points:
        yield f"    {_point(point, measure)}"
    for alarm in stretch.alarms:
        yield f"    {_alarm(alarm)}"
    if not stretch.alarms:
        yield "    No alarm."


def _point(point: ChartPoint, measure: str) -> str:
    """Give one quarter: its figure, the weighted average with its limits, and the sums above and below."""
    value = "no figure" if point.value is None else figure(measure, point.value)
    n = "" if point.n is None else f", n = {count(point.n)}"
    average, low, high = (figure(measure, end) for end in (point.ewma, point.ewma_low, point.ewma_high))
    sums = f"CUSUM {point.cusum_high:.2f} above, {point.cusum_low:.2f} below"
    return f"{quarter_label(point.quarter)}: {value}{n}; EWMA {average} (limits {low} to {high}); {sums}"


def _alarm(alarm: Alarm) -> str:
    since = "" if alarm.since is None else f", in a run since {quarter_label(alarm.since)}"
    return f"{quarter_label(alarm.quarter)}: {NAMES[alarm.chart]} {SIDES[alarm.side]} its limit{since}."


def comparison_lines(found: FairComparison) -> Iterator[str]:
    """Say of every subject, in the order of the keys, where it lies."""
    n = len(found.standings)
    name, quarter = MEASURES[found.measure].name, quarter_label(found.quarter)
    yield f"{name}, {quarter} ({found.pool}), of each {found.level}"
    target = share_to_one_decimal(found.target)
    yield f"  {n} together: {target}. In the order of their keys; this is no ranking."
    for one in found.standings:
        yield f"  {one.subject}: {_standing(one, n)}"
    for subject, reason in found.left_out:
        yield f"  {subject}: no figure. {Reason(reason).sentence}"


def _standing(one: Standing, n: int) -> str:
    interval = ""
    if one.low is not None and one.high is not None:
        interval = f" ({share_ends_to_one_decimal(one.low, one.high)})"
    where = "" if one.place is None else f"; {PLACES[one.place]}"
    return f"{share_to_one_decimal(one.value)}{interval}, {one.n:,} answers{where}; {_rank(one, n)}."


def _rank(one: Standing, n: int) -> str:
    if (one.rank_low, one.rank_high) == (1, n):
        return "any rank"
    if one.rank_low == one.rank_high:
        return f"{_nth(one.rank_low)} of {n}"
    return f"between {_nth(one.rank_low)} and {_nth(one.rank_high)} of {n}"


def _nth(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
