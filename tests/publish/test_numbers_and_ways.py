"""One number is written one way on a page, small words are right, and short addresses lead to lists."""

import re
from dataclasses import replace

import pytest
from django.test import Client

from hearback.publish.charts import figures
from hearback.publish.frozen import ReleaseData
from hearback.publish.pages.catalogue import Catalogue
from hearback.publish.pages.service import survey_quarters
from hearback.publish.site.answers import answer as file_at

pytestmark = pytest.mark.django_db


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_a_response_rate_is_written_alike_everywhere_on_a_page(site: ReleaseData) -> None:
    key = "va-vha-2-fy2021-q4-email"
    told = {"value": 140 / 202, "low": 0.626, "high": 0.753, "n": 202, "numerator": 140, "denominator": 202}
    changed = replace(
        site,
        surveys=tuple(
            replace(one, offered_count=202, respondents_count=140) if one.key == key else one
            for one in site.surveys
        ),
        scores=tuple(replace(one, **told) if one.measure == "response_rate" else one for one in site.scores),
    )
    said = [row for _, rows in survey_quarters(Catalogue(changed), "va-vha-2") for row in rows]
    (rate,) = [row.response for row in said if row.response.text]
    assert (rate.text, rate.interval) == ("69\u00a0%", "62–\u206076\u00a0%")
    (figure,) = [one for one in figures(changed) if one.name == "response-va-vha-2"]
    assert f"is {rate.text} (95 % interval {rate.interval})" in " ".join(figure.says)


@pytest.mark.parametrize("kind", ["journeys", "projects", "milestones", "strategies", "priority-areas"])
def test_a_kind_without_a_page_leads_to_its_list(kind: str, client: Client, site: ReleaseData) -> None:
    for before in ("", "/es"):
        answer = client.get(f"{before}/{kind}/")
        assert answer.status_code == 301
        assert answer.headers["Location"] == f"{before}/search/kinds/{kind}/"
        assert client.get(answer.headers["Location"]).status_code == 200
    assert file_at(f"/{kind}/", site) == file_at(f"/search/kinds/{kind}/", site), "a file cannot lead on"


def test_small_words_are_right(client: Client, site: ReleaseData) -> None:
    data, measures = read(client, "/data/"), read(client, "/measures/")
    assert re.search(r">1 row<", data)
    assert not re.search(r">1 rows<", data)
    assert "Share agreeing<br>" in measures
    assert ".: " not in read(client, "/releases/1/")
    for address in ("/releases/", "/releases/1/", "/rounds/"):
        assert not re.search("– (it is the first|no round was held)", read(client, address))


def test_a_kind_of_which_there_is_nothing_leads_to_the_search(site: ReleaseData) -> None:
    none = replace(site, journeys=(), manifest_sha256="1" * 64)
    assert file_at("/journeys/", none) == file_at("/search/", none)
