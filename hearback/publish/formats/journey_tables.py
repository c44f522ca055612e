"""Tables of what people go through: journeys with what they take, stages, steps, and what hurts."""

from collections.abc import Iterator

from hearback.learn.queries import JourneyFact, PainPointFact, StepFact
from hearback.learn.rules import QUANTITIES, Burden, Total
from hearback.publish.formats.reasons import why_empty
from hearback.publish.formats.tables import Row, Table, columns
from hearback.publish.frozen import Content

UNITS = {
    "minutes": "Minutes", "documents": "Documents to find", "visits": "Visits",
    "waiting_days": "Days of waiting", "cost_usd": "US dollars",
}  # fmt: skip
SURE = "How sure the reading is: high, medium or low; empty where nobody said."
READ = "Where this was read."
NOT_ADDED_UP = (None,) * (4 * len(QUANTITIES) + 8)


def _journey(j: JourneyFact) -> Row:
    return (
        j.key, j.name, j.about_key, j.gist, j.note, j.yearly_volume, j.volume_gist, j.volume_source,
        len(j.stages), sum(len(stage.steps) for stage in j.stages), len(j.pain_points),
        *(_taken(j.burden) if j.burden else NOT_ADDED_UP), j.confidence, j.source,
    )  # fmt: skip


def _taken(found: Burden) -> Row:
    hours = found.hours_per_year
    totals = [cell for name in QUANTITIES for cell in _total(getattr(found, name))]
    ends = (hours.value, hours.low, hours.high, hours.is_at_least, hours.reason)
    return (*totals, *ends, found.minutes.n_steps, found.method, found.version)


def _total(found: Total) -> Row:
    return found.value, found.low, found.high, found.n_unknown


def _stages(content: Content) -> Iterator[Row]:
    for j in content.journeys:
        for position, s in enumerate(j.stages, 1):
            yield (s.key, j.key, position, s.name, s.gist, len(s.steps), s.confidence, s.source)


def _steps(content: Content) -> Iterator[Row]:
    for j in content.journeys:
        placed = ((stage.key, step) for stage in j.stages for step in stage.steps)
        for position, (stage, step) in enumerate(placed, 1):
            yield _step(j.key, stage, position, step)


def _step(journey: str, stage: str, position: int, s: StepFact) -> Row:
    taken = [getattr(s, f"{name}{end}") for name in QUANTITIES for end in ("", "_low", "_high")]
    return (
        s.key, journey, stage, position, s.gist, s.agency_key, s.channel, *taken, s.feeling, s.feeling_gist,
        s.measure_key, s.confidence, s.source,
    )  # fmt: skip


def _pain_point(journey: str, p: PainPointFact) -> Row:
    evidence = tuple(f"{e.gist} ({e.source})" if e.source else e.gist for e in p.evidence)
    size = p.size
    return (
        p.key, journey, p.stage_key, p.gist, p.groups, evidence, p.rank, size.share, size.low, size.high,
        size.asked_count, size.people_per_year, p.confidence, p.source, why_empty(size.share, p.size_reason),
    )  # fmt: skip


def _of_all_steps() -> dict[str, str]:
    """Describe the sums, four columns for each quantity."""
    described: dict[str, str] = {}
    for name, unit in UNITS.items():
        described |= {
            name: f"{unit} of one person; empty where not known of every step, or known as a range only.",
            f"{name}_low": f"{unit}: lower end; the least that is known where steps are not known.",
            f"{name}_high": f"{unit}: upper end; empty where steps are not known.",
            f"{name}_unknown_steps": "Steps of which that is not known.",
        }
    return described


def _of_a_step() -> dict[str, str]:
    described: dict[str, str] = {}
    for name, unit in UNITS.items():
        described |= {
            name: f"{unit} of one person; empty where not known.",
            f"{name}_low": "Lower end, where a range is known.",
            f"{name}_high": "Upper end, where a range is known.",
        }
    return described


JOURNEYS = Table(
    "journeys",
    "Journeys: what people go through, and what it takes of them",
    columns(
        journey="Key of the journey.",
        name="Name.",
        about="Key of the service it leads to; empty for a life experience.",
        gist="What it is, in short.",
        note="Remarks.",
        yearly_volume="How many people go all the way in a year; empty where not known.",
        volume_gist="What was counted there.",
        volume_source="Where that was read.",
        stage_count="How many stages are known.",
        step_count="How many steps are known.",
        pain_point_count="How many pain points are known.",
        **_of_all_steps(),
        hours_per_year="Hours of all people in a year; empty where not known, or known as a range only.",
        hours_low="Lower end of that; the least that is known where steps are not known.",
        hours_high="Upper end; empty where steps are not known.",
        hours_at_least="Whether steps are not known, so that it can only be more.",
        hours_reason="Why there are no hours: volume_not_known or minutes_not_known.",
        steps_added_up="How many steps the sums are over; empty where no step is known.",
        method="Name of the method of the sums.",
        method_version="Version of the method.",
        confidence=SURE,
        source=READ,
    ),
    lambda content: (_journey(j) for j in content.journeys),
)

JOURNEY_STAGES = Table(
    "journey_stages",
    "Stages of journeys",
    columns(
        stage="Key of the stage.",
        journey="Key of the journey.",
        position="Its place in the journey, from 1.",
        name="Name.",
        gist="What it is, in short.",
        step_count="How many steps are known; 0 where none was published.",
        confidence=SURE,
        source=READ,
    ),
    _stages,
)

JOURNEY_STEPS = Table(
    "journey_steps",
    "Steps of journeys, and what each takes of one person",
    columns(
        step="Key of the step.",
        journey="Key of the journey.",
        stage="Key of the stage.",
        position="Its number through the whole journey, from 1.",
        gist="What the person does.",
        agency="Key of the agency it is done with; empty where not known.",
        channel="How it is done, as phone or website; empty where not known.",
        **_of_a_step(),
        feeling="How it feels, from -2 (very bad) to 2 (very good); empty where not known.",
        feeling_gist="The feeling in words.",
        measure="Key of the measure that tells how it goes; empty where none is named.",
        confidence=SURE,
        source=READ,
    ),
    _steps,
)

PAIN_POINTS = Table(
    "pain_points",
    "Pain points of journeys, the largest of each journey first",
    columns(
        pain_point="Key of the pain point.",
        journey="Key of the journey.",
        stage="Key of the stage; empty where it is not known in which.",
        gist="What hurts, in short.",
        groups="Who is affected, separated by '; '.",
        evidence="What shows it, each with its source, separated by '; '.",
        place="1 is the largest of its journey; empty where its size is not known or not shown.",
        share="Share of answers that name it, from 0 to 1; empty where nobody counted, or too few answered.",
        low="Lower end of its 95 % Wilson interval.",
        high="Upper end of its interval.",
        asked_count="Answers in which it could have been named.",
        people_per_year="The share times how many people go through the journey in a year.",
        confidence=SURE,
        source=READ,
        share_reason="Why share, its interval and asked_count are empty, as a code.",
    ),
    lambda content: (_pain_point(j.key, point) for j in content.journeys for point in j.pain_points),
)
