"""Who did what, when."""

from datetime import datetime, timedelta

import pytest

from hearback.history.actions import Change, record, record_many
from hearback.history.queries import latest_entries

pytestmark = pytest.mark.django_db


def test_a_change_is_read_back_as_it_was_written(at: datetime) -> None:
    record(
        Change("goal.changed", "goal", "1.1", before={"due": None}, after={"due": "2024"}),
        by="reviewer",
        at=at,
    )
    entry = latest_entries()[0]
    assert (entry.by, entry.at, entry.verb, entry.subject_type, entry.subject_key) == (
        "reviewer", at, "goal.changed", "goal", "1.1",
    )  # fmt: skip
    assert (entry.before, entry.after) == ({"due": None}, {"due": "2024"})


def test_the_newest_change_comes_first_and_the_list_is_cut(at: datetime) -> None:
    for day in range(5):
        record(Change("goal.changed", "goal", str(day)), by="reviewer", at=at + timedelta(days=day))
    assert [e.subject_key for e in latest_entries(3)] == ["4", "3", "2"]


def test_older_changes_follow_page_by_page(at: datetime) -> None:
    for day in range(5):
        record(Change("goal.changed", "goal", str(day)), by="reviewer", at=at + timedelta(days=day))
    assert [e.subject_key for e in latest_entries(2, offset=2)] == ["2", "1"]
    assert [e.subject_key for e in latest_entries(2, offset=4)] == ["0"]


def test_the_history_of_one_thing_leaves_out_the_others(at: datetime) -> None:
    changes = [Change("goal.changed", "goal", "a"), Change("goal.changed", "goal", "b")]
    assert record_many(changes, by="reviewer", at=at) == 2
    assert [e.subject_key for e in latest_entries(subject_type="goal", subject_key="b")] == ["b"]
