"""What people look for on the pages of journeys."""

from collections.abc import Iterator

from hearback.learn.queries import JourneyFact
from hearback.publish.frozen import ReleaseData
from hearback.publish.search.kinds import Signpost
from hearback.publish.search.texts import signpost_of


def of_journeys(release: ReleaseData) -> Iterator[Signpost]:
    """List journeys with what stands on their pages: pain points, insights, personas, stories, studies."""
    for journey in release.journeys:
        page = f"/journeys/{journey.key}/"
        steps = (step.gist for stage in journey.stages for step in stage.steps)
        text = " ".join([journey.gist or "", *(stage.name for stage in journey.stages), *steps]).strip()
        yield Signpost("journeys", journey.name, page, "", text)
        yield from _of_research(journey, page)


def _of_research(journey: JourneyFact, page: str) -> Iterator[Signpost]:
    for point in journey.pain_points:
        groups = " ".join(point.groups)
        yield signpost_of(point.gist, "pain-points", f"{page}#{point.key}", journey.name, groups)
    for insight in journey.insights:
        yield signpost_of(insight.text, "insights", f"{page}#{insight.key}", journey.name)
    for persona in journey.personas:
        text = " ".join([persona.gist or "", *persona.needs, *persona.barriers, *persona.groups]).strip()
        yield Signpost("personas", persona.name, f"{page}#{persona.key}", journey.name, text)
    for story in journey.stories:
        yield Signpost("stories", story.title, f"{page}#{story.key}", journey.name, story.text or "")
    for study in journey.studies:
        yield Signpost("studies", study.name, f"{page}#{study.key}", journey.name, study.method or "")
