"""Counts with noise in a release: page, table and API tell the same, and nothing undoes the noise."""

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client

from hearback.collect.archive import CodeBook
from hearback.collect.queries import answer_archive
from hearback.directory.commands import load
from hearback.measure.commands import group as measure_group
from hearback.measure.queries import noisy_groups
from hearback.publish.commands import prepare
from hearback.publish.formats import data_files
from hearback.publish.frozen import ReleaseData, fact_files
from hearback.publish.making import CannotPrepare, gather_current, hold_against_attack
from hearback.publish.pages.catalogue import Catalogue, catalogue
from hearback.publish.pages.noise import noisy_quarters
from hearback.publish.privacy.noise import noise_undone
from hearback.publish.snapshot import gather
from tests.conftest import ROOT
from tests.measure.answers.people import QUARTER, Person, batch_of, form
from tests.publish.noisy import noisy
from tests.publish.publishing import make_release
from tests.publish.site import small_site

CAPTION = re.compile("<caption[^>]*>(.*?)</caption>")


def text_of(response: HttpResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", unescape(response.content.decode())).split())


def test_the_page_tells_each_count_with_its_range_and_what_it_cost(client: Client, site: ReleaseData) -> None:
    said = text_of(client.get("/services/va-vha-2/"))
    assert "These counts are not exact" in said
    assert "18-34 212 (200–\u2060224) 41 (29–\u206053)" in said
    assert "65+ \u22123 (0–\u206012) 5 (0–\u206017)" in said
    assert "Drawn on 2 November 2021 from the answers archived by then; what came" in said
    assert "Of the privacy budget this table used 0.5; all tables of the survey together may use 1." in said
    assert "with noise" not in text_of(client.get("/services/usda-fsa-3/"))


def test_versions_of_a_survey_in_one_quarter_are_told_apart(site: ReleaseData) -> None:
    one, two = (noisy(survey=f"email{v}-fy2021-q4", budget_key="email-fy2021-q4") for v in ("", ".v2"))
    shown = {}
    for tables in ((one, two), (two,)):
        told = noisy_quarters(Catalogue(replace(site, noisy_groups=tables)), "va-vha-2")
        page = render_to_string("publish/noise.html", {"noisy": told})
        shown[tables] = [" ".join(re.sub("<[^>]+>", "", one).split()) for one in CAPTION.findall(page)]
    assert shown == {
        (one, two): [
            "email-fy2021-q4: age band, version 1, FY2021 Q4",
            "email.v2-fy2021-q4: age band, version 2, FY2021 Q4",
        ],
        (two,): ["email.v2-fy2021-q4: age band, FY2021 Q4"],
    }


def test_the_data_page_says_why_it_holds_no_counts_with_noise(
    client: Client, site: ReleaseData, drawn: dict[str, bytes], at: datetime
) -> None:
    why = "Counts of groups are published only with noise, and only where"
    assert why not in text_of(client.get("/data/"))
    without = replace(small_site(), noisy_groups=())
    make_release(without, data_files(without) | drawn, by="reviewer", at=at + timedelta(days=1))
    assert f"This release holds none. {why}" in text_of(client.get("/data/"))


def test_the_page_of_privacy_says_so_where_there_is_noise(client: Client, site: ReleaseData) -> None:
    assert "are published with noise" in text_of(client.get("/privacy/"))


def test_the_table_holds_ranges_cost_and_budget(client: Client, site: ReleaseData) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/data/noisy_groups.csv").content.decode())))
    assert [(row["group"], row["agreeing"], row["agreeing_low"], row["agreeing_high"]) for row in rows] == [
        ("18-34", "212", "200", "224"), ("65+", "-3", "-15", "9"),
    ]  # fmt: skip
    assert {(row["epsilon"], row["budget"], row["drawn_on"]) for row in rows} == {
        ("0.5", "1.0", "2021-11-02")
    }


def test_the_api_gives_the_rows_of_a_service_and_of_no_other(client: Client, site: ReleaseData) -> None:
    place = "/api/v1/data/tables/noisy_groups/rows"
    found = json.loads(client.get(place, {"service": "va-vha-2", "period": "FY2021"}).content)["rows"]
    assert [row["group"] for row in found] == ["18-34", "65+"]
    for asked in ({"service": "usda-fsa-3"}, {"period": "FY2022"}):
        assert json.loads(client.get(place, asked).content)["rows"] == []


def test_page_and_table_agree(site: ReleaseData) -> None:
    ((quarter, (table,)),) = noisy_quarters(catalogue(site), "va-vha-2")
    assert str(quarter) == "FY2021-Q4"
    drawn = site.noisy_groups[0]
    assert [(name, cells[0].text, cells[1].text) for name, cells in table.rows] == [
        (one.group, str(one.agreeing).replace("-", "\u2212"), str(one.others)) for one in drawn.groups
    ]


def test_a_count_drawn_anew_since_any_release_is_refused() -> None:
    first, anew = noisy(), noisy("age_band", ("18-34", 214, 41), ("65+", -3, 5))
    assert list(noise_undone([first], [first])) == list(noise_undone([], [first])) == []
    for released in ([first], [anew, first]):
        assert list(noise_undone(released, [anew])) == [
            "va-vha-2-fy2021-q4-email age_band is not as it was drawn first"
        ]


def test_a_group_that_is_added_later_is_refused() -> None:
    more = (*((one.group, one.agreeing, one.others) for one in noisy().groups), ("35-54", 3, 3))
    assert list(noise_undone([noisy()], [noisy("age_band", *more)]))


def test_more_than_the_budget_is_refused_over_all_releases_and_versions() -> None:
    three = [noisy("age_band"), noisy("first_time"), noisy("region", survey="va-vha-2-fy2021-q4-email.v2")]
    assert list(noise_undone([], three[:2])) == list(noise_undone(three[:2], three[:1])) == []
    for released, now in (([], three), (three[:1], three[1:]), (three, [])):
        assert list(noise_undone(released, now)) == ["email-fy2021-q4 has used 1.5 of a privacy budget of 1"]


@pytest.fixture
def draw(
    db: None, at: datetime, settings: Any, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], None]:
    """Give a function that archives 60 people of two ages and one of another, and draws noise."""
    settings.HOME, settings.NOISE_BUDGET = tmp_path_factory.mktemp("home"), Decimal(1)
    load(ROOT / "examples" / "federal", by="owner", at=at)

    def archived_and_drawn() -> None:
        book, asked = CodeBook(), form("va-vha-2-survey")
        crowd = [
            Person(
                asked, {"trust": 5 if k % 3 else 2, "ease": 4},
                groups=(("age_band", "65+" if k == 0 else ("18-34", "35-54")[k % 2]),),
            )
            for k in range(61)
        ]  # fmt: skip
        answer_archive().append(batch_of(crowd, book), book, "test")
        for arguments in (["all"], ["draw-noise", QUARTER]):
            assert CliRunner().invoke(measure_group, arguments).exit_code == 0

    return archived_and_drawn


def test_what_was_drawn_is_in_the_next_release_and_no_true_count_is(
    draw: Callable[[], None], at: datetime
) -> None:
    draw()
    found = gather_current(at)
    assert found.noisy_groups == tuple(noisy_groups())
    assert [one.group for one in found.noisy_groups[0].groups] == ["unknown", "65+", "35-54", "18-34"]
    assert {one.dimension for one in found.scores} == {"all"}
    hold_against_attack(found, recounted=False)


def test_what_is_drawn_is_published_only_while_a_budget_is_set(
    draw: Callable[[], None], at: datetime, settings: Any
) -> None:
    draw()
    settings.NOISE_BUDGET = None
    assert gather_current(at).noisy_groups == ()
    tried = prepare(why="Without.", by="owner", at=at, dry_run=True)
    assert "HEARBACK_NOISE_BUDGET is not set, so 1 tables with noise are left out" in tried["not_there"]


def test_nothing_else_of_a_release_tells_in_which_group_anybody_is(
    db: None, at: datetime, settings: Any, tmp_path: Path
) -> None:
    """Two archives differ in the group of one person: all that is published is the same, byte by byte."""
    load(ROOT / "examples" / "federal", by="owner", at=at)
    asked = form("va-vha-2-survey")
    made = []
    for name, age in (("one", "65+"), ("other", "18-34")):
        settings.HOME = tmp_path / name
        crowd = [
            Person(asked, {"trust": k % 5 + 1, "ease": 4}, groups=(("age_band", age if k == 0 else "18-34"),))
            for k in range(60)
        ]
        book = CodeBook()
        book.level("age_band", "65+")
        answer_archive().append(batch_of(crowd, book), book, "test")
        assert CliRunner().invoke(measure_group, ["all"]).exit_code == 0
        content = gather_current(at)
        assert any(one.key == "va-vha-2-survey-fy2021-q1" for one in content.surveys)
        made.append(fact_files(content) | data_files(content))
    assert made[0] == made[1]


def test_a_survey_that_is_held_back_takes_its_noisy_counts_along(
    draw: Callable[[], None], at: datetime
) -> None:
    draw()
    assert gather(10, at.date()).noisy_groups
    assert gather(62, at.date()).noisy_groups == ()


def test_a_release_is_not_prepared_where_the_noise_of_the_newest_would_be_undone(
    site: ReleaseData, settings: Any
) -> None:
    changed = noisy("age_band", ("18-34", 200, 41), ("65+", -3, 5))
    with pytest.raises(CannotPrepare, match=r"Noise would be undone: .* age_band is not .* Withhold it by"):
        hold_against_attack(replace(site, noisy_groups=(changed,)), recounted=True)
