"""The small site without what no database would hold: a key given twice, a key that leads nowhere."""

from dataclasses import replace

from hearback.publish.frozen import Content
from tests.publish.site import small_site


def sound_site() -> Content:
    """Make the content: milestones stand at their strategy alone, every agency of a step is in the list."""
    site = small_site()
    known = {agency.key for agency in site.agencies}
    lives = tuple(
        replace(
            life, milestones=(), projects=tuple(replace(project, milestones=()) for project in life.projects)
        )
        for life in site.life_experiences
    )
    journeys = tuple(
        replace(
            journey,
            stages=tuple(
                replace(
                    stage,
                    steps=tuple(
                        step if step.agency_key in known else replace(step, agency_key=None)
                        for step in stage.steps
                    ),
                )
                for stage in journey.stages
            ),
        )
        for journey in site.journeys
    )
    return replace(site, life_experiences=lives, journeys=journeys)
