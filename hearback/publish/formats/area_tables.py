"""Tables of what is aimed at, and in which points of life: areas, strategies, life experiences, projects."""

from collections.abc import Iterator
from itertools import zip_longest

from hearback.plan.queries import LifeExperienceFact, ProjectFact, ReadingFact
from hearback.publish.formats.reasons import why_empty
from hearback.publish.formats.tables import Row, Table, columns

READ = "Where this was read."

PRIORITY_AREAS = Table(
    "priority_areas",
    "Priority areas",
    columns(
        priority_area="Key of the priority area.",
        number="Number.",
        title="Title.",
        gist="What it is about, in short.",
        challenge="What is hard, in the words of the source.",
        opportunity="What could be, in the words of the source.",
        source=READ,
    ),
    lambda content: (
        (a.key, a.number, a.title, a.gist, a.challenge, a.opportunity, a.source)
        for a in content.priority_areas
    ),
)

STRATEGIES = Table(
    "strategies",
    "Strategies of priority areas",
    columns(
        strategy="Key of the strategy.",
        priority_area="Key of the priority area.",
        number="Number in its area.",
        title="Title.",
        is_cross_agency_goal="Whether it is called a goal of several agencies; empty where not known.",
        success_measures="Keys of the success measures that it is to move, separated by '; '.",
        note="Remarks.",
        source=READ,
    ),
    lambda content: (
        (s.key, area.key, s.number, s.title, s.is_cross_agency_goal, s.success_measure_keys, s.note, s.source)
        for area in content.priority_areas
        for s in area.strategies
    ),
)


def _life(e: LifeExperienceFact) -> Row:
    return (
        e.key, e.name, e.question, e.lead_agency_key, e.participant_keys, e.facts, e.where_we_want_to_be,
        e.where_we_start, e.discovery_dates, e.discovery_who, e.discovery_people, e.discovery_states,
        e.journey_key, e.source, why_empty(e.discovery_people, e.discovery_reason),
    )  # fmt: skip


LIFE_EXPERIENCES = Table(
    "life_experiences",
    "Life experiences: points of life where people meet several public bodies at once",
    columns(
        life_experience="Key of the life experience.",
        name="Name.",
        question="The question that it asks.",
        lead_agency="Key of the agency that leads; empty where not known.",
        participants="Keys of the agencies that take part, separated by '; '.",
        facts="Facts about it, separated by '; '.",
        where_we_want_to_be="What is aimed at, separated by '; '.",
        where_we_start="What there was at first, separated by '; '.",
        discovery_dates="When people were asked, as the source gives it.",
        discovery_who="Who was asked.",
        discovery_people="How many were asked; empty where not known, or where it would tell a small group.",
        discovery_states="In how many states and territories.",
        journey="Key of its journey.",
        source=READ,
        discovery_people_reason="Why discovery_people is empty, as a code.",
    ),
    lambda content: (_life(one) for one in content.life_experiences),
)


def _results(project: ProjectFact) -> Iterator[Row]:
    """Give the results of a project; in releases made before there were figures, their words alone."""
    told = zip_longest(project.results, project.result_sources, project.effects)
    for position, (gist, source, effect) in enumerate(told, 1):
        figures: Row = (None,) * 13
        if effect is not None:
            compared = (effect.difference, effect.low, effect.high, effect.verdict)
            figures = (effect.unit, *_figure(effect.before), *_figure(effect.after), *compared)
        yield (project.key, position, gist, *figures, source)


def _figure(one: ReadingFact) -> Row:
    return (one.value, one.low, one.high, one.as_of)


def _project(life: str, p: ProjectFact) -> Row:
    return (
        p.key, life, p.name, p.name_is_official, p.goal, p.agency_keys, p.phase, p.announced, p.next_steps,
        p.results, p.pain_point_keys, p.success_measure_keys, p.note, p.source,
    )  # fmt: skip


PROJECTS = Table(
    "projects",
    "Projects of life experiences",
    columns(
        project="Key of the project.",
        life_experience="Key of the life experience.",
        name="Name.",
        name_is_official="Whether the source calls it so.",
        goal="What it is to reach.",
        agencies="Keys of the agencies that work on it, separated by '; '.",
        phase="How far it is, in the words of the source; empty where not known.",
        announced="When it was announced; empty where not known.",
        next_steps="What is to come, as the source gives it.",
        results="What came of it, separated by '; '.",
        pain_points="Keys of the pain points that it answers, separated by '; '.",
        success_measures="Keys of the success measures that it is to move, separated by '; '.",
        note="Remarks.",
        source=READ,
    ),
    lambda content: (
        _project(life.key, project) for life in content.life_experiences for project in life.projects
    ),
)

PROJECT_RESULTS = Table(
    "project_results",
    "What came of projects, with the figures before and after",
    columns(
        project="Key of the project.",
        position="Which of its results it is, from 1.",
        gist="What came of it, in short.",
        unit="What the figures count; empty where it has none or the source does not say.",
        before="The figure before; empty where it has none.",
        before_low="Lower end of its 95 % interval; empty where not known.",
        before_high="Upper end of its 95 % interval; empty where not known.",
        before_as_of="Of which date.",
        after="The figure after; empty where it has none.",
        after_low="Lower end of its 95 % interval; empty where not known.",
        after_high="Upper end of its 95 % interval; empty where not known.",
        after_as_of="Of which date.",
        difference="After less before; empty where the two cannot be compared.",
        difference_low="Lower end of the 95 % interval of the difference; empty where not known.",
        difference_high="Upper end of the 95 % interval of the difference; empty where not known.",
        verdict="Whether chance alone explains the difference; empty where there are no figures. "
        "A clear difference does not show that the project made it.",
        source=READ,
    ),
    lambda content: (
        row for life in content.life_experiences for project in life.projects for row in _results(project)
    ),
)

WEBSITES = Table(
    "websites",
    "Websites of agencies and providers",
    columns(
        website="Its address.",
        name="Name.",
        agency="Key of the agency.",
        provider="Key of the provider; empty where it is the agency's.",
        source=READ,
    ),
    lambda content: ((w.address, w.name, w.agency_key, w.provider_key, w.source) for w in content.websites),
)
