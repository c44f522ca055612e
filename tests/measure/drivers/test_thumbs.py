"""Thumbs: a tick counts among those who were shown the list, and never explains the thumb."""

from datetime import datetime

import pytest

from hearback.collect.archive import Form, Item
from hearback.measure.actions import compute_drivers, compute_scores
from hearback.measure.cells.engines import Engine
from hearback.measure.queries import scores
from hearback.stats import Estimate, wilson_interval
from tests.measure.answers.people import QUARTER, Person
from tests.measure.drivers.conftest import Archived
from tests.measure.drivers.people import asking, crowd

REASONS = ("ease", "employee")
DOWN, UP, OFFERED, TICKED, NOT_SHOWN, NO_ANSWER = 1, 2, 1, 2, -1, 0


def thumbs() -> Form:
    """Make a form with a thumb on trust, then what mattered: one list for each thumb."""
    branches = [
        Item(f"{branch}_{reason}", wording_class="standard", scale="ticked", shown_when=("trust", thumb))
        for branch, thumb in (("positive", UP), ("negative", DOWN))
        for reason in REASONS
    ]
    trust = Item("trust", wording_class="increased_trust", scale="thumbs")
    return asking("thumbs", items=(trust, *branches))


def person(thumb: int, *ticks: int) -> Person:
    """Make one person: the ticks stand on the list of the thumb, the other list was not shown."""
    shown = {UP: "positive", DOWN: "negative"}.get(thumb)
    answers = {
        f"{branch}_{reason}": ticks[place] if branch == shown else NOT_SHOWN
        for branch in ("positive", "negative")
        for place, reason in enumerate(REASONS)
    }
    return Person(thumbs(), {"trust": thumb, **answers})


PEOPLE = [
    *[person(UP, TICKED, OFFERED)] * 330,
    *[person(UP, OFFERED, OFFERED)] * 210,
    *[person(UP, NO_ANSWER, NO_ANSWER)] * 2,
    *[person(DOWN, OFFERED, TICKED)] * 170,
    *[person(DOWN, OFFERED, OFFERED)] * 150,
    *[person(NO_ANSWER)] * 7,
]


@pytest.mark.parametrize(
    ("measure", "ticked", "shown"),
    [
        ("positive_ease_share", 330, 540),
        ("positive_employee_share", 0, 540),
        ("negative_ease_share", 0, 320),
        ("negative_employee_share", 170, 320),
    ],
)
def test_a_tick_is_counted_among_those_who_were_shown_the_list(
    archive: Archived, at: datetime, measure: str, ticked: int, shown: int
) -> None:
    archive(PEOPLE)
    compute_scores(QUARTER, 10, by="owner", at=at)
    expected = wilson_interval(ticked, shown)
    assert isinstance(expected, Estimate)
    for level in ("survey", "service", "provider", "agency", "government"):
        (row,) = scores(level=level, measure=measure)
        assert (row.numerator, row.denominator, row.n, row.pool) == (ticked, shown, shown, "ticked")
        assert (row.value, row.low, row.high) == pytest.approx((expected.value, expected.low, expected.high))


def test_the_thumb_itself_is_counted_among_those_who_gave_one(archive: Archived, at: datetime) -> None:
    archive(PEOPLE)
    compute_scores(QUARTER, 10, by="owner", at=at)
    (row,) = scores(level="service", measure="trust_thumbs_up_share")
    assert (row.numerator, row.denominator, row.pool) == (542, 862, "thumbs")


def test_a_list_that_few_people_were_shown_is_held_back_and_the_other_is_not(
    archive: Archived, at: datetime
) -> None:
    archive([*PEOPLE[:542], *[person(DOWN, TICKED, OFFERED)] * 9])
    compute_scores(QUARTER, 10, by="owner", at=at)
    (held,) = scores(level="service", measure="negative_ease_share")
    assert (held.value, held.n, held.numerator, held.reason) == (None, None, None, "suppressed_small")
    (shown,) = scores(level="service", measure="positive_ease_share")
    assert shown.denominator == 540


def test_a_thumb_is_never_held_against_what_was_ticked_after_it(
    archive: Archived, engine: Engine, at: datetime
) -> None:
    archive([*PEOPLE, *crowd(asking("five", "ease", "equity"), 40)])
    done = compute_drivers(QUARTER, 10, engine, by="owner", at=at)
    assert (done.n_subjects, done.n_drivers) == (2, 4)
