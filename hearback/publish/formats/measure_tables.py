"""The table of success measures: what was aimed at, the figures, and how far each is on its way."""

from collections.abc import Iterator

from hearback.measure.rules import GOVERNMENT
from hearback.plan.queries import ReadingFact, SuccessMeasureFact
from hearback.plan.rules import WHOLE
from hearback.publish.formats.tables import Row, Table, columns
from hearback.publish.frozen import Content


def _measure_rows(content: Content) -> Iterator[Row]:
    for area in content.priority_areas:
        for measure in area.success_measures:
            yield (*_promised(area.key, measure), *_judged(measure))


def _promised(area: str, m: SuccessMeasureFact) -> Row:
    bound = m.measure_key is not None
    return (
        m.key, area, m.name, m.kind, m.provider, m.measure_key,
        (m.measure_level or WHOLE) if bound else None, (m.measure_subject or GOVERNMENT) if bound else None,
        m.pool, m.baseline, m.baseline_value, m.baseline_as_of, m.baseline_year, m.target, m.direction,
        m.target_value, m.target_low, m.target_high, m.due, m.latest, m.reporting,
    )  # fmt: skip


def _judged(m: SuccessMeasureFact) -> Row:
    p = m.progress
    if p is None:
        return (*_reading(m.latest_reading), *(None,) * 23, m.note, m.source)
    return (
        *_reading(m.latest_reading), p.status, p.reason, *_reading(p.start), *_reading(p.judged),
        p.years_passed, p.years_left, p.needed_low, p.needed_high,
        p.actual_rate, p.actual_low, p.actual_high, p.projected, p.projected_low, p.projected_high,
        p.cautions, p.method, p.method_version, m.note, m.source,
    )  # fmt: skip


def _reading(reading: ReadingFact | None) -> Row:
    return (None,) * 4 if reading is None else (reading.as_of, reading.value, reading.low, reading.high)


SUCCESS_MEASURES = Table(
    "success_measures",
    "Success measures, and how far each is on its way",
    columns(
        success_measure="Key of the success measure.",
        priority_area="Key of the priority area.",
        name="Name.",
        kind="external_index, survey or another kind, in the words of the source.",
        provider="Who measures it.",
        measure_key="The measure computed here to which it is bound; empty for an index of others.",
        measure_level="What the bound measure is about: survey, service, provider, agency or government.",
        measure_subject="Key of that; 'all' for the government.",
        pool="Comparability pool whose figures were taken.",
        baseline="Baseline in the words of the source.",
        baseline_value="Baseline as a number; empty where none was published.",
        baseline_as_of="Date of the baseline, where it is more exact than the year.",
        baseline_year="Year of the baseline.",
        target="Target in the words of the source.",
        direction="up, down or keep; empty where not published.",
        target_value="Number to reach; empty where none was published.",
        target_low="Lower bound of what is to keep.",
        target_high="Upper bound of what is to keep.",
        due="By when; empty where not published.",
        latest="What the source says of the newest figure.",
        reporting="reported, being gathered or not published; whatever the figures show.",
        latest_as_of="Date of the newest figure known as a number.",
        latest_value="The newest figure.",
        latest_low="Lower end of its 95 % interval; empty where none is known.",
        latest_high="Upper end of its interval.",
        progress_status="met, on track, off track, going the wrong way, missed or cannot tell yet.",
        progress_reason="Why, as a code of the method page on progress.",
        start_as_of="Date of the figure from which the rate is reckoned.",
        start_value="That figure.",
        start_low="Lower end of its interval; empty where none is known.",
        start_high="Upper end of its interval.",
        judged_as_of="Date of the figure that is judged: the first of the due date, before that the newest.",
        judged_value="That figure.",
        judged_low="Lower end of its interval; empty where none is known.",
        judged_high="Upper end of its interval.",
        years_passed="Years between the middles of the days of the two figures.",
        years_left="Years from the end of the days of the figure judged to the due date.",
        needed_low="Least change a year that reaches the target by the due date.",
        needed_high="Largest change a year that does.",
        actual_rate="Change a year between the two figures.",
        actual_low="Lower end of its 95 % interval; empty where none is known.",
        actual_high="Upper end of its interval.",
        projected="The figure at the due date, if that rate went on.",
        projected_low="Lower end of its 95 % interval; empty where none is known.",
        projected_high="Upper end of its interval.",
        cautions="Cautions of the two figures, separated by '; '.",
        method="Name of the method.",
        method_version="Version of the method.",
        note="Remarks.",
        source="Where this was read.",
    ),
    _measure_rows,
)
