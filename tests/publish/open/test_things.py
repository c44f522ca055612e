"""The same thing as page, JSON and CSV, at one path."""

import csv
import io
import json
import re

import pytest
from django.test import Client

from hearback.publish.frozen import ReleaseData
from hearback.publish.open.grammar import KINDS, LISTED, PAGELESS, SINGLE
from hearback.publish.open.things import keys_of


@pytest.mark.parametrize("kind", LISTED)
def test_every_list_has_page_json_and_csv(client: Client, site: ReleaseData, kind: str) -> None:
    told = client.get(f"/{kind}.json").json()
    rows = list(csv.DictReader(io.StringIO(client.get(f"/{kind}.csv").content.decode())))
    assert told["table"] == KINDS[kind].table
    assert len(rows) == len(told["rows"])
    assert client.get(f"/{kind}.json").content == site.read(f"data/{KINDS[kind].table}.json")
    assert client.get(f"/{kind}/").status_code == (404 if kind in PAGELESS else 200)


@pytest.mark.parametrize("kind", SINGLE)
def test_every_thing_has_page_json_and_csv(client: Client, site: ReleaseData, kind: str) -> None:
    keys = keys_of(site, kind)
    assert keys
    for key in keys:
        told = client.get(f"/{kind}/{key}.json").json()
        assert (told["kind"], told["key"], told["release"]) == (kind, key, 1)
        assert key in told["row"].values()
        assert client.get(f"/{kind}/{key}.csv").headers["Content-Type"] == "text/csv; charset=utf-8"
        assert client.get(f"/{kind}/{key}/").status_code == (404 if kind in PAGELESS else 200)


def test_a_service_comes_with_its_scores_surveys_answers_and_what_was_left_out(
    client: Client, site: ReleaseData
) -> None:
    told = client.get("/services/va-vha-2.json").json()["tables"]
    assert {one["subject"] for one in told["scores"]} == {"va-vha-2"}
    surveys = {one["survey"] for one in told["surveys"]}
    assert surveys == {one.key for one in site.surveys if one.service_key == "va-vha-2"}
    assert {one["survey"] for one in told["answers"]} == surveys
    assert {one["service"] for one in told["exclusions"]} == {"va-vha-2"}
    rows = list(csv.DictReader(io.StringIO(client.get("/services/va-vha-2.csv").content.decode())))
    assert len(rows) == len(told["scores"])


def test_an_agency_comes_with_what_names_it_alone_or_among_others(client: Client, site: ReleaseData) -> None:
    told = client.get("/agencies/va.json").json()["tables"]
    assert {one["provider"] for one in told["providers"]} == {"va-vha"}
    assert {one["commitment"] for one in told["commitments"]} == {"c1"}
    assert {one["life_experience"] for one in told["life_experiences"]} == {"having-a-child"}
    assert {one["level"] for one in told["scores"]} == {"agency"}


def test_an_update_for_all_life_experiences_is_about_each(client: Client, site: ReleaseData) -> None:
    told = client.get("/life-experiences/having-a-child.json").json()["tables"]
    assert {one["update"] for one in told["updates"]} == {"u2", "u3"}


def test_each_page_leads_to_its_files(client: Client, site: ReleaseData) -> None:
    page = client.get("/services/va-vha-2/").content.decode()
    for address in ("/services/va-vha-2.json", "/services/va-vha-2.csv", "/services/va-vha-2/feed.atom"):
        assert f'<a href="{address}">' in page
        assert re.search(rf'<link rel="alternate" href="{re.escape(address)}" type="[a-z/+]+"', page)
    assert client.get("/about/").context["files_beside"] == ()


def test_a_plan_has_its_files_beside_its_page(client: Client, site: ReleaseData) -> None:
    plan = site.action_plans[0]
    page = f"/providers/{plan.provider_key}/plans/{plan.fiscal_year}"
    told = client.get(f"{page}.json").json()
    assert [one["action"] for one in told["tables"]["action_plan_actions"]] == [a.key for a in plan.actions]
    rows = list(csv.DictReader(io.StringIO(client.get(f"{page}.csv").content.decode())))
    assert [one["action"] for one in rows] == [a.key for a in plan.actions]
    assert f'<a href="{page}.json">' in client.get(f"{page}/").content.decode()
    assert client.get(f"/providers/{plan.provider_key}/plans/1900.json").status_code == 404


def test_what_the_release_does_not_hold_is_not_found(client: Client, site: ReleaseData) -> None:
    for address in ("/services/nowhere.json", "/agencies/nowhere.csv", "/dashboards.json", "/services/x.xml"):
        assert client.get(address).status_code == 404, address


def test_a_small_count_is_in_no_file_of_its_service(client: Client, site: ReleaseData) -> None:
    told = json.loads(client.get("/services/va-vha-2.json").content)["tables"]
    small = [one for one in told["answers"] if one["survey"] == "va-vha-2-small"]
    assert [(one["n1"], one["n5"], one["reason"]) for one in small] == [(None, None, "suppressed_small")]
