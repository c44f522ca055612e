"""What a release holds back of life experiences and updates."""

from dataclasses import replace

import pytest

from hearback.learn.facts import ParticipantsFact
from hearback.publish.snapshot import publish_life_experience
from tests.publish.journeys import journeys
from tests.publish.site import small_site

JOURNEY = next(one for one in journeys() if one.studies)
LIFE = replace(small_site().life_experiences[0], journey_key=JOURNEY.key, discovery_people=200)
STUDY = replace(JOURNEY.studies[0], participants=(ParticipantsFact("a", 190), ParticipantsFact("b", 10)))
HELD_BACK = replace(STUDY, participants=(ParticipantsFact("a", 190), ParticipantsFact("b", None)))


@pytest.mark.parametrize(
    ("study", "people", "shown"),
    [
        (replace(STUDY, people_count=200), 200, 200),
        (replace(HELD_BACK, people_count=None), 200, None),
        (replace(STUDY, people_count=9), 9, None),
        (replace(STUDY, participants=(), people_count=None), 200, 200),
    ],
)
def test_the_total_does_not_tell_the_group_that_is_held_back(
    study: object, people: int, shown: int | None
) -> None:
    found = publish_life_experience(
        replace(LIFE, discovery_people=people),
        {JOURNEY.key: (study,)},
        11,  # type: ignore[dict-item]
    )
    assert found.discovery_people == shown
