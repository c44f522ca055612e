"""The page of a life experience."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.test import Client

from hearback.publish.formats import data_files
from hearback.publish.frozen import ReleaseData
from tests.publish.publishing import make_release
from tests.publish.site import small_site


def test_work_is_called_an_answer_to_pain_points_only_where_one_is_named(
    client: Client, site: ReleaseData, drawn: dict[str, bytes], at: datetime
) -> None:
    address, answer = "/life-experiences/having-a-child/", "Work that answers pain points."
    assert answer in client.get(address).content.decode()
    made = small_site()
    without = replace(made, life_experiences=(replace(made.life_experiences[0], pain_points=()),))
    make_release(without, data_files(without) | drawn, by="reviewer", at=at + timedelta(days=1))
    page = client.get(address).content.decode()
    assert answer not in page
    assert "what people said hurts, the projects that answer it" not in page
