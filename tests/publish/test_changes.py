"""What changed between releases, and what of it is a correction; the pages that tell it."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from hearback.measure.facts import BandFact
from hearback.publish.changes import NEAREST_TO_A_KEY, compare, corrections, kept_comparison
from hearback.publish.formats import TABLES, data_files
from hearback.publish.formats.meaning import KEYS
from hearback.publish.frozen import Content, ReleaseData
from hearback.publish.queries import release
from hearback.publish.series import AGREE
from tests.publish.publishing import WHY, make_release
from tests.publish.site import small_site
from tests.publish.sound import sound_site

pytestmark = pytest.mark.django_db
Freeze = Callable[[Content], ReleaseData]


@pytest.fixture
def freeze(tmp_path: Path, settings: Settings, at: datetime) -> Freeze:
    """Make one release after another, a day apart, in a home of its own."""
    settings.HOME = tmp_path
    (tmp_path / "releases").mkdir()
    days = iter(range(100))

    def make(content: Content) -> ReleaseData:
        day = at + timedelta(days=next(days))
        made, new = make_release(content, data_files(content), by="reviewer", at=day)
        assert new
        found = release(made.number)
        assert found is not None
        return found

    return make


def test_equal_releases_differ_in_nothing(freeze: Freeze) -> None:
    first = freeze(small_site())
    assert compare(first, first) == ()


def test_new_gone_and_changed_rows_are_told_by_table(freeze: Freeze) -> None:
    site = small_site()
    first = freeze(site)
    agencies = (replace(site.agencies[0], name="Renamed"), *site.agencies[1:-1])
    second = freeze(replace(site, agencies=agencies))
    (table,) = compare(first, second)
    gone = site.agencies[-1]
    assert (table.name, table.count, table.added) == ("agencies", 2, ())
    assert [row["agency"] for row in table.removed] == [gone.key]
    (row,) = table.changed
    assert (row.key, row.name) == ({"agency": site.agencies[0].key}, "Renamed")
    assert row.cells == {"name": (site.agencies[0].name, "Renamed")}
    (back,) = compare(second, first)
    assert [row["agency"] for row in back.added] == [gone.key]


def _with_score(site: Content, **changed: object) -> Content:
    """Change the first score with a value, and say that its inputs changed."""
    place = next(n for n, score in enumerate(site.scores) if score.value is not None)
    scores = list(site.scores)
    scores[place] = replace(scores[place], **changed)  # type: ignore[arg-type]
    return replace(site, scores=tuple(scores))


@pytest.mark.parametrize(
    ("changed", "cause"),
    [
        ({"value": 0.5, "inputs_sha256": "other"}, "answers"),
        ({"value": 0.5, "method_version": "9"}, "method"),
        ({"value": None, "n": None, "reason": "suppressed_small"}, "held_back"),
        ({"value": 0.5}, "other"),
    ],
)
def test_a_figure_shown_before_and_otherwise_now_is_a_correction(
    changed: dict[str, object], cause: str, freeze: Freeze
) -> None:
    site = small_site()
    was = next(score for score in site.scores if score.value is not None)
    first, second = freeze(site), freeze(_with_score(site, **changed))
    (found,) = corrections(compare(first, second))
    assert (found.table, found.cause) == ("scores", cause)
    assert found.key["subject"] == was.subject
    assert found.cells["value"] == (was.value, changed["value"])


def test_what_is_new_and_what_was_promised_otherwise_is_no_correction(freeze: Freeze) -> None:
    site = small_site()
    first = freeze(replace(site, scores=site.scores[1:]))
    commitments = (replace(site.commitments[0], status="Done"), *site.commitments[1:])
    second = freeze(replace(site, commitments=commitments))
    assert {table.name for table in compare(first, second)} == {"scores", "commitments"}
    assert corrections(compare(first, second)) == ()


def test_a_figure_that_is_gone_is_a_correction(freeze: Freeze) -> None:
    site = small_site()
    was = next(score for score in site.scores if score.value is not None)
    first = freeze(site)
    second = freeze(replace(site, scores=tuple(score for score in site.scores if score is not was)))
    (found,) = corrections(compare(first, second))
    assert (found.cause, found.cells["value"], found.key["measure"]) == (
        "gone",
        (was.value, None),
        was.measure,
    )


def test_what_was_compared_is_kept_and_a_broken_file_of_it_is_made_anew(
    freeze: Freeze, tmp_path: Path
) -> None:
    first, second = freeze(small_site()), freeze(_with_score(small_site(), value=0.5))
    found = kept_comparison(first, second)
    (kept,) = (tmp_path / "cache").rglob("*.json")
    assert kept_comparison(first, second) == found == compare(first, second)
    kept.write_bytes(b"broken")
    assert kept_comparison(first, second) == found


def test_rows_of_the_same_key_are_told_apart_by_their_place(freeze: Freeze) -> None:
    site = small_site()
    survey = next(s for s in site.surveys if s.findings)
    twice = replace(survey, findings=(*survey.findings, *survey.findings))
    surveys = tuple(twice if s is survey else s for s in site.surveys)
    first, second = freeze(site), freeze(replace(site, surveys=surveys))
    (table,) = [one for one in compare(first, second) if one.name == "findings"]
    assert (len(table.added), len(table.removed), len(table.changed)) == (len(survey.findings), 0, 0)


def test_pages_tell_what_changed_and_why(freeze: Freeze, client: Client) -> None:
    site = small_site()
    freeze(site)
    freeze(_with_score(site, value=0.5, low=0.45, high=0.5512, inputs_sha256="other"))
    page = client.get("/changes/1/2/").content.decode()
    assert WHY in page
    assert "50.0\u00a0% (45.0–\u206055.2\u00a0%)" in page
    told = json.loads(client.get("/changes/1/2.json").content)
    assert (told["before"], told["after"], told["why"]) == (1, 2, WHY)
    (table,) = told["tables"]
    assert table["changed"][0]["cells"]["value"][1] == 0.5
    log = client.get("/corrections/").content.decode()
    assert "Figures that are not as they were: 1." in log
    assert "The answers behind it are not the same." in log
    assert 'href="/changes/1/2/"' in client.get("/releases/").content.decode()
    for address in ("/changes/2/1/", "/changes/1/9/", "/changes/2/2/", "/changes/1/9.json"):
        assert client.get(address).status_code == 404


def test_before_a_second_release_nothing_was_corrected(freeze: Freeze, client: Client) -> None:
    freeze(small_site())
    assert "No figure has been corrected so far." in client.get("/corrections/").content.decode()


def test_every_row_of_every_table_has_a_key_of_its_own() -> None:
    site = sound_site()
    for table in TABLES:
        names = [column.name for column in table.columns]
        columns = KEYS.get(table.name) or NEAREST_TO_A_KEY[table.name]
        places = [names.index(name) for name in columns]
        keys = [tuple(row[place] for place in places) for row in table.rows(site)]
        assert len(set(keys)) == len(keys), table.name


def test_the_band_of_one_service_is_not_held_against_that_of_another(freeze: Freeze) -> None:
    why = "too_few_quarters"
    bands = tuple(
        BandFact("service", key, "trust", AGREE, "FY2023-Q1", None, None, None, None, False, None, why, "1")
        for key in ("passport", "pension")
    )
    site = replace(small_site(), bands=bands)
    first = freeze(site)
    second = freeze(replace(site, bands=bands[1:]))
    (table,) = compare(first, second)
    assert (table.name, len(table.removed), table.changed, table.added) == ("bands", 1, (), ())


def test_cautions_that_came_are_told_in_words_and_a_figure_that_is_the_same_is_not(
    freeze: Freeze, client: Client
) -> None:
    site = small_site()
    shown = next(score for score in site.scores if score.value is not None)
    scores = tuple(
        replace(one, flags=(*one.flags, "rating_false")) if one is shown else one for one in site.scores
    )
    freeze(site)
    freeze(replace(site, scores=scores))
    page = client.get("/changes/1/2/").content.decode()
    assert "cautions: " in page
    assert "marked the report of a pooled survey as not following the rules" in page
    assert "<del>" not in page


def test_the_feed_of_corrections_tells_what_the_page_tells(freeze: Freeze, client: Client) -> None:
    site = small_site()
    shown = next(score for score in site.scores if score.measure == AGREE and score.value is not None)
    scores = tuple(replace(one, value=0.111) if one is shown else one for one in site.scores)
    freeze(site)
    assert b"<entry>" not in client.get("/corrections.atom").content
    freeze(replace(site, scores=scores))
    feed = client.get("/corrections.atom").content.decode()
    assert feed.count("<entry>") == 1
    assert "11.1" in feed
    assert "/corrections/#r2" in feed
    assert 'id="r2"' in client.get("/corrections/").content.decode()
