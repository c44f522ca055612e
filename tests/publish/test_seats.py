"""Seats of leadership in public: who was shown in them, and when they were shown vacant."""

import json
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client
from django.utils.translation import override
from pytest_django import Settings

from hearback.directory import queries as directory
from hearback.directory.commands import load as load_directory
from hearback.plan import queries as plan
from hearback.plan.commands import load
from hearback.publish.formats import data_files
from hearback.publish.pages.dates import span_label
from tests.publish.content import content
from tests.publish.publishing import make_release

pytestmark = pytest.mark.django_db
BUNDLED = Path(__file__).parents[2] / "examples" / "federal"
SOMEBODY = plan.SeatHolderFact("Somebody", None, "2022", "2023-04", None, None)


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, settings: Settings) -> None:
    settings.HOME = tmp_path
    (tmp_path / "releases").mkdir()


def read(client: Client, at: datetime, *areas: plan.PriorityAreaFact) -> list[str]:
    """Release areas; returns the words of the seats on the page, and of each row of the table of periods."""
    made = replace(content(priority_areas=areas), agencies=tuple(directory.agencies()))
    make_release(made, data_files(made), by="reviewer", at=at)
    page = client.get("/").content.decode()
    block = page.split('aria-labelledby="leaders"')[1].split("</section>")[0]
    cards, _, table = block.partition("<tbody")
    return [
        " ".join(re.sub(r"<[^>]*>", " ", f"<{part}").split()) for part in (cards, *table.split("<tr ")[1:])
    ]


def area(*holders: plan.SeatHolderFact) -> plan.PriorityAreaFact:
    seat = plan.SeatFact("seat-va", "Priority area leader", "va", holders)
    return plan.PriorityAreaFact("area", 1, "Area", None, None, None, (seat,), (), (), None)


def test_the_bundled_seats_are_shown_vacant_when_their_source_shows_nobody(
    client: Client, at: datetime
) -> None:
    """Counted by hand from the seats in priority_areas.json: seven holders of three seats, four dates."""
    (told,) = json.loads((BUNDLED / "priority_areas.json").read_text(encoding="utf-8"))
    vacant = [
        (seat["agency"], one["shown_from"])
        for seat in told["seats"]
        for one in seat["holders"]
        if one["name"] is None
    ]
    assert vacant == [("usda", "2023-05"), ("va", "2023-05")]
    load_directory(BUNDLED, by="operator", at=at)
    load(BUNDLED, by="operator", at=at)
    cards, *rows = read(client, at, *plan.priority_areas())
    assert rows == [
        "December 2023 Xochitl Torres Small Tanya J. Bradsher Robin Carnahan 0 of 3",
        "August 2023 Xochitl Torres Small Vacant Robin Carnahan 1 of 3",
        "May 2023 Vacant Vacant Robin Carnahan 2 of 3",
        "15 March 2022 Jewel Bronaugh Donald Remy Robin Carnahan 0 of 3",
    ]
    assert cards.count("Vacant from May 2023") == 2
    assert "still unnamed in August 2023" in cards


@pytest.mark.parametrize(
    ("start", "end", "english", "spanish"),
    [
        ("2022-03-15", "2023-12",
         "15 March 2022 to December 2023", "del 15 de marzo de 2022 a diciembre de 2023"),
        ("2022", "2022-03-15", "2022 to 15 March 2022", "de 2022 al 15 de marzo de 2022"),
        ("2022-03-15", None, "from 15 March 2022", "desde el 15 de marzo de 2022"),
        ("2023-05", None, "from May 2023", "desde mayo de 2023"),
        (None, "2022-03-15", "until 15 March 2022", "hasta el 15 de marzo de 2022"),
        (None, "some time", "until some time", "hasta some time"),
        (None, None, None, None),
    ],
)  # fmt: skip
def test_times_in_a_seat_are_said_as_each_language_says_days_and_months(
    start: str | None, end: str | None, english: str | None, spanish: str | None
) -> None:
    assert span_label(start, end) == english
    with override("es"):
        assert span_label(start, end) == spanish


def test_a_seat_is_vacant_now_where_nobody_is_shown_any_more(client: Client, at: datetime) -> None:
    nobody = plan.SeatHolderFact(None, None, "2023-05", None, None, "https://example.org/page")
    cards, *rows = read(client, at, area(nobody, SOMEBODY))
    assert re.search(r"Vacant \S* ?Shown from May 2023 · example.org", cards)
    assert [row.split() for row in rows] == [
        ["May", "2023", "Vacant", "1", "of", "1"], ["2022", "Somebody", "0", "of", "1"],
    ]  # fmt: skip


def test_a_seat_of_which_nothing_was_published_is_not_called_vacant(client: Client, at: datetime) -> None:
    (cards,) = read(client, at, area())
    assert ("– nobody was published" in cards, "Vacant" in cards) == (True, False)


def test_after_the_last_day_somebody_was_shown_it_is_not_known_who_sits_there(
    client: Client, at: datetime
) -> None:
    later = replace(SOMEBODY, name="Other", shown_from="2024", shown_to=None)
    one = area(SOMEBODY)
    other = plan.SeatFact("seat-x", "Leader", "x", (later,))
    _cards, *rows = read(client, at, replace(one, seats=(*one.seats, other)))
    assert sorted(rows[0].split("2024")[1].split(" 0 of")[0].split()) == ["Other", "known", "not", "–"]
    assert rows[1].startswith("2022")
