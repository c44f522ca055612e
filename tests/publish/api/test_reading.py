"""The API to read open data, as programs see it."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from hearback.publish.formats import TABLES, data_files
from hearback.publish.frozen import ReleaseData
from tests.publish.publishing import make_release
from tests.publish.site import small_site

ROOT = "/api/v1/data"


def _all(client: Client, table: str, **asked: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    after: dict[str, str] = {}
    while True:
        page = client.get(f"{ROOT}/tables/{table}/rows", {"limit": "3", **asked, **after}).json()
        found += page["rows"]
        if page["next"] is None:
            return found
        after = {"after": page["next"]}


@pytest.mark.parametrize("table", [table.name for table in TABLES])
def test_page_by_page_it_gives_the_rows_of_the_file(client: Client, site: ReleaseData, table: str) -> None:
    assert _all(client, table) == json.loads(site.read(f"data/{table}.json"))["rows"]


def test_pages_are_of_one_release_even_where_a_newer_one_came_meanwhile(
    client: Client, site: ReleaseData, at: datetime
) -> None:
    first = client.get(f"{ROOT}/tables/agencies/rows?limit=1").json()
    made = replace(small_site(), agencies=small_site().agencies[:1])
    make_release(made, data_files(made), by="reviewer", at=at)
    more = client.get(f"{ROOT}/tables/agencies/rows?after={first['next']}").json()
    assert (first["release"], more["release"], len(more["rows"])) == (1, 1, 2)
    assert client.get(f"{ROOT}/tables/agencies/rows").json()["release"] == 2
    assert [one["number"] for one in client.get(f"{ROOT}/releases").json()["releases"]] == [2, 1]


def test_filters_page_too(client: Client, site: ReleaseData) -> None:
    rows = _all(client, "scores", service="va-vha-2", period="FY2021", measure="trust_agree_share")
    assert {(one["measure"], one["quarter"][:6]) for one in rows} == {("trust_agree_share", "FY2021")}
    assert len(rows) == len({(one["level"], one["subject"], one["quarter"], one["pool"]) for one in rows})


@pytest.mark.parametrize(
    ("asked", "name", "kind"),
    [
        ("tables/goals/rows?period=FY2021", "period", "not_a_filter"),
        ("tables/scores/rows?period=soon", "period", "not_a_period"),
        ("tables/scores/rows?period=2021-13", "period", "not_a_period"),
        ("tables/scores/rows?agency=a/b", "agency", "not_a_key"),
        ("tables/scores/rows?after=MS4x=", "after", "not_a_cursor"),
        ("tables/scores/rows?after=OTkuMA", "after", "not_a_cursor"),
        ("tables/scores/rows?limit=0", "limit", "too_small"),
        ("tables/scores/rows?measures=x", "measures", "unknown"),
        ("tables?limit=1", "limit", "unknown"),
    ],
)
def test_what_is_wrong_is_named(client: Client, site: ReleaseData, asked: str, name: str, kind: str) -> None:
    answer = client.get(f"{ROOT}/{asked}")
    (problem,) = answer.json()["error"]["problems"]
    assert (answer.status_code, problem["question"], problem["kind"]) == (422, name, kind)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_nothing_else_is_there_and_nothing_can_be_sent(client: Client, site: ReleaseData) -> None:
    for address in ("tables/nowhere", "tables/nowhere/rows", "else", ""):
        answer = client.get(f"{ROOT}/{address}")
        assert (answer.status_code, answer.json()["error"]["kind"]) == (404, "not_found"), address
    answer = client.post(f"{ROOT}/tables", {})
    assert (answer.status_code, answer.json()["error"]["kind"]) == (405, "not_allowed")
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_before_the_first_release_there_is_nothing(client: Client, db: None) -> None:
    assert client.get(f"{ROOT}/releases").json() == {"releases": []}
    assert client.get(f"{ROOT}/tables").status_code == 404


def test_what_a_reader_has_is_not_sent_again_and_anybody_may_ask(client: Client, site: ReleaseData) -> None:
    first = client.get(f"{ROOT}/tables/scores/rows")
    assert first.headers["Cache-Control"] == "public, no-cache"
    again = client.get(f"{ROOT}/tables/scores/rows", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert (client.head(f"{ROOT}/tables").status_code, first.cookies) == (200, {})
    before = client.options(f"{ROOT}/tables")
    assert (before.status_code, before.headers["Access-Control-Allow-Methods"]) == (204, "GET, HEAD")
    assert "Access-Control-Allow-Origin" not in client.get("/api/v1/forms").headers


def test_answers_fit_the_document(client: Client, site: ReleaseData) -> None:
    document = client.get(f"{ROOT}/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    asked = {
        "/releases": "Releases",
        "/tables": "Tables",
        "/tables/scores": "TableShape",
        "/tables/scores/rows": "Rows",
    }
    for address, shape in asked.items():
        schema = {"$ref": f"#/components/schemas/{shape}", "components": document["components"]}
        found = Draft202012Validator(schema).iter_errors(client.get(ROOT + address).json())
        assert [one.message for one in found] == [], address


def test_a_release_from_before_there_were_reasons_still_opens(
    client: Client, site: ReleaseData, at: datetime
) -> None:
    rows = _all(client, "surveys")
    old = [one for one in rows if one["respondents_count"] is None]
    assert {one["respondents_count_reason"] for one in old} == {"untold"}
