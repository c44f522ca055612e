"""Milestones in files: their log, what they depend on, and what a file may not do to them."""

import json
import re
from copy import deepcopy
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from hearback.directory.files import FileNotGood
from hearback.plan import queries
from hearback.plan.actions import Why, move_due, move_status
from hearback.plan.commands import group, load
from tests.plan.small import AREAS, write

pytestmark = pytest.mark.django_db
ASK, ANSWER = "rivers-s1-m1", "rivers-s1-m2"


def areas(**by_key: dict[str, Any]) -> list[dict[str, Any]]:
    """Give the areas with fields of milestones set: `m1` for the first, `m2` for the second."""
    made = deepcopy(AREAS)
    for number, fields in by_key.items():
        made[0]["strategies"][0]["milestones"][int(number[1:]) - 1] |= fields
    return made


def found(key: str) -> queries.PlacedMilestoneFact:
    one = queries.milestone(key)
    assert one is not None
    return one


def test_a_log_is_read_in_its_order_and_what_is_not_known_stays_null(plan_folder: Path, at: datetime) -> None:
    log = [
        {"key": "z", "field": "status", "before": "Pending", "after": "Complete"},
        {"key": "a", "field": "due", "before": "FY2022-Q2", "after": "FY2022-Q3", "date": "2022-04",
         "reason": "Late.", "decided_by": "Leader", "source": "https://example.org/log"},
    ]  # fmt: skip
    evidence = [{"gist": "Asked in May.", "source": "https://example.org/may"}]
    load(write(plan_folder, priority_areas=areas(m1={"changes": log, "evidence": evidence})), by="x", at=at)
    fact = queries.priority_areas()[0].strategies[0].milestones[0]
    assert [(c.key, c.field, c.date, c.reason, c.decided_by) for c in fact.changes] == [
        ("z", "status", None, None, None), ("a", "due", "2022-04", "Late.", "Leader"),
    ]  # fmt: skip
    assert fact.evidence == (queries.EvidenceFact("Asked in May.", "https://example.org/may"),)
    assert (found(ASK).level, found(ASK).subject, found(ASK).version) == ("strategy", "Listen", 1)


def test_what_was_logged_is_dumped_and_loads_again(plan_folder: Path, tmp_path: Path, at: datetime) -> None:
    load(write(plan_folder, priority_areas=areas(m1={"depends_on": [ANSWER]})), by="x", at=at)
    move_due(ASK, "FY2023-Q1", Why("More to ask.", "Leader"), seen=1, by="x", at=at)
    run = CliRunner()
    assert run.invoke(group, ["dump", str(tmp_path / "out")]).exit_code == 0
    (area,) = json.loads((tmp_path / "out" / "priority_areas.json").read_text())
    dumped = area["strategies"][0]["milestones"][0]
    assert (dumped["depends_on"], dumped["changes"][0]["before"]) == ([ANSWER], "FY2022-Q3")
    again = load(tmp_path / "out", by="x", at=at)
    assert (again.n_changes, again.not_in_file) == (0, [])


def test_milestones_may_stand_in_any_order_but_not_in_a_circle(plan_folder: Path, at: datetime) -> None:
    needed = [ANSWER, "buying-a-boat-m1"]
    load(write(plan_folder, priority_areas=areas(m1={"depends_on": needed})), by="x", at=at)
    assert found(ASK).fact.depends_on == ("buying-a-boat-m1", ANSWER)
    assert found(ANSWER).needed_by == (ASK,)
    for circle in ({"m2": {"depends_on": [ASK]}}, {"m1": {"depends_on": [ASK]}}):
        both = areas(**{"m1": {"depends_on": [ANSWER]}, **circle})
        with pytest.raises(FileNotGood, match="goes round in a circle: rivers-s1-m"):
            load(write(plan_folder, priority_areas=both), by="x", at=at)
    with pytest.raises(FileNotGood, match="there is no milestone 'nowhere'"):
        load(write(plan_folder, priority_areas=areas(m2={"depends_on": ["nowhere"]})), by="x", at=at)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (
            {"m1": {"due": "FY2023-Q1"}},
            "rivers-s1-m1 was due FY2022-Q3 and is due FY2023-Q1 here, and its log",
        ),
        ({"m1": {"due": None}}, "is due at no known date here"),
        ({"m2": {"due": "2022-06-29", "depends_on": [ASK]}}, "due 2022-06-29, before rivers-s1-m1, which it"),
        (
            {"m1": {"status": "Planned", "done": "2022-06"}},
            "cannot have been done in 2022-06 while its status",
        ),
        (
            {"m1": {"status": "Started"}},
            "rivers-s1-m1 was Complete and is Started here, and its log does not",
        ),
        ({"m1": {"status": None}}, "is of no known status here"),
        ({"m1": {"done": "spring"}}, "'spring' is not a date"),
        ({"m1": {"done": "1020"}}, "'1020' is outside 1900 to 2100; correct the year"),
        ({"m1": {"done": "2099"}}, "2099 has not begun; give the date on which it was so"),
        ({"m1": {"as_of": "2099"}}, "2099 has not begun"),
        ({"m1": {"changes": [{"key": "c", "field": "due", "date": "2099"}]}}, "2099 has not begun"),
        ({"m1": {"changes": [{"key": "c", "field": "note"}]}}, "status, due, done, title, owner"),
        ({"m1": {"changes": [{"key": "c", "field": "due", "date": "soon"}]}}, "'soon' is not a date"),
    ],
)
def test_a_file_that_is_not_good_is_refused_whole(
    plan_folder: Path, at: datetime, fields: dict[str, Any], message: str
) -> None:
    load(write(plan_folder), by="x", at=at)
    with pytest.raises(FileNotGood, match=message) as told:
        load(write(plan_folder, priority_areas=areas(**fields)), by="x", at=at)
    assert "priority_areas.json: record 1 (rivers)" in str(told.value)
    assert (found(ASK).fact.due, found(ASK).version) == ("FY2022-Q3", 1)


def test_a_date_moved_in_a_file_with_its_reason_is_taken(plan_folder: Path, at: datetime) -> None:
    load(write(plan_folder), by="x", at=at)
    moved = {"key": "c", "field": "due", "before": "FY2022-Q3", "after": "FY2023-Q1", "reason": "Late."}
    load(write(plan_folder, priority_areas=areas(m1={"due": "FY2023-Q1", "changes": [moved]})), by="x", at=at)
    assert (found(ASK).fact.due, found(ASK).version) == ("FY2023-Q1", 2)


def test_what_was_complete_is_taken_back_in_a_file_with_its_reason(plan_folder: Path, at: datetime) -> None:
    load(write(plan_folder), by="x", at=at)
    back = {"key": "c", "field": "status", "before": "Complete", "after": "Started", "reason": "Too early."}
    load(write(plan_folder, priority_areas=areas(m1={"status": "Started", "changes": [back]})), by="x", at=at)
    assert found(ASK).fact.status == "Started"


def test_a_file_older_than_a_move_does_not_undo_it(plan_folder: Path, at: datetime) -> None:
    load(write(plan_folder), by="x", at=at)
    move_due(ASK, "FY2023-Q1", Why("More to ask."), seen=1, by="x", at=at)
    move_status(ANSWER, "Started", Why(), seen=1, by="x", at=at)
    report = load(write(plan_folder, priority_areas=areas(m1={"owner": "A board"})), by="x", at=at)
    assert report.changed == {"milestone": 1}
    stamp = f"{at:%Y%m%dt%H%M%S}"
    made_here = [f"{ASK}-{stamp}-due", f"{ANSWER}-{stamp}-status"]
    assert report.not_in_file == sorted(f"milestone change {key}" for key in made_here)
    assert (found(ASK).fact.due, found(ASK).fact.owner) == ("FY2023-Q1", "A board")
    assert (found(ANSWER).fact.status, found(ANSWER).fact.as_of) == ("Started", at.date().isoformat())


def test_a_date_moved_in_a_file_and_here_is_refused_and_nothing_is_taken(
    plan_folder: Path, at: datetime
) -> None:
    load(write(plan_folder), by="x", at=at)
    move_due(ASK, "FY2023-Q1", Why("More to ask."), seen=1, by="x", at=at)
    line = {"key": "c", "field": "due", "before": "FY2022-Q3", "after": "FY2023-Q2", "reason": "Late."}
    for fields in ({"due": "FY2023-Q2", "changes": [line]}, {"due": "FY2023-Q2"}):
        with pytest.raises(FileNotGood, match=r"moved here to FY2023-Q1, .* the file moves it to FY2023-Q2"):
            load(write(plan_folder, priority_areas=areas(m1=fields)), by="x", at=at)
    assert (found(ASK).fact.due, [one.after for one in found(ASK).fact.changes]) == (
        "FY2023-Q1",
        ["FY2023-Q1"],
    )
    agreed = {**line, "after": "FY2023-Q1"}
    load(
        write(plan_folder, priority_areas=areas(m1={"due": "FY2023-Q1", "changes": [agreed]})), by="x", at=at
    )
    assert len(found(ASK).fact.changes) == 2, "the same move, told twice"


@pytest.mark.parametrize("status", ["Pending", "Delayed"])
def test_a_status_moved_in_a_file_and_here_is_refused_and_the_line_of_its_log_too(
    plan_folder: Path, at: datetime, status: str
) -> None:
    load(write(plan_folder), by="x", at=at)
    move_status(ANSWER, "Started", Why(), seen=1, by="x", at=at)
    line = {"key": "c", "field": "status", "before": "Pending", "after": "Delayed"}
    with pytest.raises(FileNotGood, match=f"status of {ANSWER} was moved here to Started, .* to Delayed"):
        load(
            write(plan_folder, priority_areas=areas(m2={"status": status, "changes": [line]})), by="x", at=at
        )
    assert [one.after for one in found(ANSWER).fact.changes] == ["Started"]
    agreed = [line, {"key": "d", "field": "status", "before": "Delayed", "after": "Started"}]
    load(write(plan_folder, priority_areas=areas(m2={"status": "Started", "changes": agreed})), by="x", at=at)
    assert found(ANSWER).fact.status == "Started"


@pytest.mark.parametrize(
    ("field", "first", "second"), [("due", "FY2023-Q1", "FY2023-Q2"), ("status", "Dropped", "Complete")]
)
def test_an_old_line_of_the_log_moves_nothing_back(
    plan_folder: Path, at: datetime, field: str, first: str, second: str
) -> None:
    log = [
        {"key": "l1", "field": field, "after": first, "reason": "More to ask."},
        {"key": "l2", "field": field, "after": second, "reason": "Still more."},
    ]
    load(write(plan_folder, priority_areas=areas(m1={field: second, "changes": log})), by="x", at=at)
    back = write(plan_folder, priority_areas=areas(m1={field: first, "changes": log}))
    with pytest.raises(FileNotGood, match="its log does not say why"):
        load(back, by="x", at=at)
    log.append(
        {"key": "l3", "field": field, "before": second, "after": first, "reason": "Less than thought."}
    )
    load(write(plan_folder, priority_areas=areas(m1={field: first, "changes": log})), by="x", at=at)
    assert getattr(found(ASK).fact, field) == first


MOVED = {"key": "n1", "field": "due", "before": "FY2022-Q2", "after": "FY2022-Q3", "reason": "Late."}


@pytest.mark.parametrize(
    ("log", "words"),
    [
        (
            [{**MOVED, "before": "2099", "after": "1901"}],
            "the log of rivers-s1-m1 ends with 1901, and it is due FY2022-Q3",
        ),
        ([{**MOVED, "before": "x"}], "'x' is not a date"),
        ([{**MOVED, "before": "FY2022-Q3"}], "did not move from FY2022-Q3 to the same"),
        ([{**MOVED, "reason": None}], "moved from FY2022-Q2 to FY2022-Q3 without a reason"),
        ([{**MOVED}, {**MOVED, "key": "n2", "before": "FY2022-Q3", "after": "FY2023"}], "ends with FY2023"),
    ],
)
def test_a_log_may_not_tell_of_a_move_that_was_none(
    plan_folder: Path, at: datetime, log: list[dict[str, Any]], words: str
) -> None:
    load(write(plan_folder), by="x", at=at)
    with pytest.raises(FileNotGood, match=re.escape(words)):
        load(write(plan_folder, priority_areas=areas(m1={"changes": log})), by="x", at=at)
    assert found(ASK).fact.changes == ()


@pytest.mark.parametrize("before", [None, "FY2021"])
def test_a_file_that_moves_a_due_date_says_what_was_promised(
    plan_folder: Path, at: datetime, before: str | None
) -> None:
    load(write(plan_folder), by="x", at=at)
    log = [{**MOVED, "before": before, "after": "FY2027-Q1"}]
    moved = areas(m1={"due": "FY2027-Q1", "changes": log})
    with pytest.raises(FileNotGood, match="no new line of its log begins with FY2022-Q3"):
        load(write(plan_folder, priority_areas=moved), by="x", at=at)
    log[0]["before"] = "FY2022-Q3"
    load(write(plan_folder, priority_areas=moved), by="x", at=at)
    assert found(ASK).fact.earlier_due == ("FY2022-Q3",)


def test_a_slip_that_was_promised_once_is_read(plan_folder: Path, at: datetime) -> None:
    load(
        write(plan_folder, priority_areas=areas(m1={"changes": [{**MOVED, "before": "2202-06"}]})),
        by="x",
        at=at,
    )
    assert found(ASK).fact.earlier_due == ("2202-06",)


def test_a_move_that_its_source_gives_no_reason_for_is_read(plan_folder: Path, at: datetime) -> None:
    log = [{**MOVED, "reason": None, "source": "https://example.org/log"}]
    load(write(plan_folder, priority_areas=areas(m1={"changes": log})), by="x", at=at)
    assert [one.reason for one in found(ASK).fact.changes] == [None]


def test_a_date_that_was_taken_away_and_given_anew_without_a_line_is_read(
    plan_folder: Path, at: datetime
) -> None:
    log = [{**MOVED, "before": "FY2022-Q1", "after": None}]
    load(write(plan_folder, priority_areas=areas(m1={"changes": log})), by="x", at=at)
    assert (found(ASK).fact.due, len(found(ASK).fact.changes)) == ("FY2022-Q3", 1)
