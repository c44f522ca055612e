"""The page of a life experience."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.test import Client

from hearback.publish.formats import data_files
from hearback.publish.frozen import ReleaseData
from hearback.publish.pages.plan import experience
from tests.publish.publishing import make_release
from tests.publish.site import small_site


def test_work_is_called_an_answer_to_pain_points_only_where_a_project_names_one(
    client: Client, site: ReleaseData, drawn: dict[str, bytes], at: datetime
) -> None:
    address, answer = "/life-experiences/having-a-child/", "Work that answers pain points."
    page = client.get(address).content.decode()
    assert answer not in page
    assert "what people said hurts, the projects that answer it" not in page
    made = small_site()
    life = made.life_experiences[0]
    named = replace(life, projects=(replace(life.projects[0], pain_point_keys=("p1",)), *life.projects[1:]))
    answering = replace(made, life_experiences=(named,))
    make_release(answering, data_files(answering) | drawn, by="reviewer", at=at + timedelta(days=1))
    assert answer in client.get(address).content.decode()


def test_who_leads_is_not_named_again_among_those_who_take_part(site: ReleaseData) -> None:
    led = replace(site.life_experiences[0], lead_agency_key="va", participant_keys=("usda", "va"))
    told = experience(replace(site, life_experiences=(led,)), led.key)
    assert told["lead"].key == "va"
    assert [one.key for one in told["participants"]] == ["usda"]
