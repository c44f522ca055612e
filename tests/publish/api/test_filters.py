"""Filters of the API to read, over every table."""

from dataclasses import replace

import pytest

from hearback.publish.api.filters import AGENCY, MEASURE, PERIOD, SERVICE, filters_of, test_of
from hearback.publish.formats import TABLES
from hearback.publish.frozen import ReleaseData
from hearback.publish.open.things import BY_NAME, rows_of

test_of.__test__ = False  # type: ignore[attr-defined]


def _kept(release: ReleaseData, table: str, **asked: str) -> list[object]:
    test = test_of(release, BY_NAME[table], asked)
    return [row[0] for row in rows_of(release, BY_NAME[table]) if test(row)]


def test_tables_say_by_what_they_can_be_asked() -> None:
    told = {table.name: filters_of(table) for table in TABLES}
    assert told["scores"] == (PERIOD, AGENCY, SERVICE, MEASURE)
    assert told["surveys"] == told["answers"] == (PERIOD, AGENCY, SERVICE)
    assert told["commitments"] == (AGENCY,)
    assert told["funding"] == (PERIOD, AGENCY)
    assert told["success_measures"] == (MEASURE,)
    assert told["goals"] == ()


def test_an_agency_has_its_providers_services_surveys_and_scores(site: ReleaseData) -> None:
    assert _kept(site, "providers", agency="va") == ["va-vha"]
    assert set(_kept(site, "services", agency="va")) == {"va-vha-2", "usda-fsa-3", "va-vha-9"}
    surveys = set(_kept(site, "surveys", agency="usda"))
    assert surveys == {"usda-fsa-3-own"}
    assert set(_kept(site, "answers", agency="usda")) == surveys
    scores = test_of(site, BY_NAME["scores"], {"agency": "va"})
    levels = {row[1] for row in rows_of(site, BY_NAME["scores"]) if scores(row)}
    assert levels == {"agency", "provider", "service", "survey"}
    assert _kept(site, "commitments", agency="usda") == ["c1"]
    assert _kept(site, "funding", agency="usda") == ["f1"]


def test_an_agency_has_what_its_parts_have(site: ReleaseData) -> None:
    part = replace(site.providers[0], key="opp-x", agency_key="usda-part")
    grown = replace(site, providers=(*site.providers, part), manifest_sha256="with a part")
    assert _kept(grown, "providers", agency="usda") == ["usda-fsa", "opp-x"]
    assert _kept(grown, "providers", agency="usda-part") == ["opp-x"]


def test_a_service_has_its_surveys_answers_and_scores(site: ReleaseData) -> None:
    expected = {one.key for one in site.surveys if one.service_key == "va-vha-2"}
    assert set(_kept(site, "surveys", service="va-vha-2")) == expected
    assert set(_kept(site, "findings", service="va-vha-2")) <= expected
    assert _kept(site, "surveys", service="nowhere") == []


@pytest.mark.parametrize(
    ("period", "kept"), [("FY2021-Q2", {"FY2021-Q2"}), ("FY2021", {"FY2021-Q1", "FY2021-Q2", "FY2021-Q4"})]
)
def test_a_period_keeps_what_lies_whole_within(site: ReleaseData, period: str, kept: set[str]) -> None:
    test = test_of(site, BY_NAME["surveys"], {"period": period})
    found = {row[3] for row in rows_of(site, BY_NAME["surveys"]) if test(row)}
    assert found <= kept
    assert found == {one.quarter for one in site.surveys} & kept


def test_a_month_is_within_its_year_and_an_unknown_date_in_none(site: ReleaseData) -> None:
    assert _kept(site, "updates", period="2023") == ["u2", "u3"]
    assert _kept(site, "updates", period="2023-03-03") == ["u3"]
    assert _kept(site, "funding", period="FY2022") == ["f1", "f2"]


def test_all_filters_have_to_hold(site: ReleaseData) -> None:
    test = test_of(site, BY_NAME["scores"], {"service": "va-vha-2", "measure": "trust_mean"})
    found = {row[:3] for row in rows_of(site, BY_NAME["scores"]) if test(row)}
    assert found <= {("trust_mean", "service", "va-vha-2")}
    assert found
