"""Loading what was promised, and reading it back with its nulls."""

from datetime import datetime
from pathlib import Path
from typing import Any

from hearback.history.queries import latest_entries
from hearback.plan import queries
from hearback.plan.commands import load
from tests.plan.small import AREAS, COMMITMENTS, FUNDING, UPDATES, write


def changed(records: list[dict[str, Any]], key: str, **values: Any) -> list[dict[str, Any]]:
    return [{**record, **values} if record["key"] == key else record for record in records]


def test_an_area_is_read_back_whole(plan_folder: Path, at: datetime) -> None:
    load(write(plan_folder), by="operator", at=at)
    (area,) = queries.priority_areas()
    assert (area.key, area.number, area.title, area.gist) == ("rivers", 2, "Better rivers", None)
    assert [s.title for s in area.strategies] == ["Listen", "Build"]
    assert [m.key for m in area.strategies[0].milestones] == ["rivers-s1-m1", "rivers-s1-m2"]
    assert [(c.reporting, c.total) for c in area.strategies[0].reporting_counts] == [(26, 35), (27, None)]
    assert area.success_measures[0].baseline_value == 61
    assert area.success_measures[1].measure_key == "trust_agree_share"


def test_unknown_stays_unknown(plan_folder: Path, at: datetime) -> None:
    load(write(plan_folder), by="operator", at=at)
    (area,) = queries.priority_areas()
    milestone = area.strategies[0].milestones[1]
    assert (milestone.due, milestone.status, milestone.owner, milestone.as_of) == (None, None, None, None)
    assert area.strategies[0].is_cross_agency_goal is None
    assert area.success_measures[1].target_value is None
    commitment = queries.commitments()[0]
    assert (commitment.status, commitment.due, commitment.joint) == (None, None, None)
    asked = next(f for f in queries.funding() if f.key == "wish")
    assert (asked.amount_usd, asked.customer_experience, asked.date) == (None, None, None)


def test_a_vacant_seat_is_a_holder_without_a_name_and_the_newest_comes_first(
    plan_folder: Path, at: datetime
) -> None:
    load(write(plan_folder), by="operator", at=at)
    (seat,) = queries.priority_areas()[0].seats
    assert (seat.role, seat.agency_key) == ("Leader", "department")
    assert [(h.name, h.shown_from) for h in seat.holders] == [
        (None, "2023-05"), ("First Holder", "2022-03-15"),
    ]  # fmt: skip


def test_a_goal_that_was_replaced_stays_readable(plan_folder: Path, at: datetime) -> None:
    load(write(plan_folder), by="operator", at=at)
    goals = queries.priority_areas()[0].strategies[0].goals
    assert [(g.key, g.number, g.replaced_by_key) for g in goals] == [
        ("rivers-1.1-2022", "1.1", "rivers-1.1-2024"), ("rivers-1.1-2024", "1.1", None),
    ]  # fmt: skip


def test_a_life_experience_is_read_back_whole(plan_folder: Path, at: datetime) -> None:
    load(write(plan_folder), by="operator", at=at)
    (experience,) = queries.life_experiences()
    assert experience.participant_keys == ("bureau", "river-nation")
    assert (experience.facts, experience.fact_sources) == (
        ("Many buy boats",),
        ("https://example.org/boats",),
    )
    assert (experience.lead_agency_key, experience.discovery_people, experience.discovery_states) == (
        None, 82, None,
    )  # fmt: skip
    assert experience.journey_key == "buying-a-boat"
    assert (experience.journey_stages, experience.journey_note) == (
        ("choosing", "paying"), "Two stages are known.",
    )  # fmt: skip
    assert [(p.key, p.gist) for p in experience.pain_points] == [("buying-a-boat-p1", "Two forms.")]
    (project,) = experience.projects
    assert (project.name_is_official, project.agency_keys, project.results) == (
        False, ("bureau",), ("Half the time",),
    )  # fmt: skip
    assert project.pain_point_keys == ("buying-a-boat-p1",)
    assert [m.title for m in project.milestones] == ["Draft"]
    assert [m.title for m in experience.milestones] == ["Chosen"]


def test_commitments_keep_the_order_of_their_text_and_say_who_is_bound(
    plan_folder: Path, at: datetime
) -> None:
    load(write(plan_folder), by="operator", at=at)
    first, second = queries.commitments()
    assert (first.key, first.agency_keys, first.bound_group) == ("order-b", ("bureau", "department"), None)
    assert (second.agency_keys, second.bound_group, second.due) == ((), "all providers", "yearly, March")


def test_money_for_several_agencies_belongs_to_none_alone(plan_folder: Path, at: datetime) -> None:
    load(write(plan_folder), by="operator", at=at)
    money = {f.key: f for f in queries.funding()}
    assert (money["grant"].agency_key, money["grant"].life_experience_key) == ("bureau", "buying-a-boat")
    assert (money["grant"].project_keys, money["grant"].commitment_keys) == (("one-form",), ("order-a",))
    assert (money["wish"].agency_key, money["wish"].agency_keys) == (None, ("bureau", "river-nation"))


def test_an_update_is_approved_by_whoever_loads_it_as_approved(plan_folder: Path, at: datetime) -> None:
    load(write(plan_folder), by="editor", at=at)
    shown, draft = queries.updates()
    assert (shown.approved, shown.approved_by, shown.approved_at) == (True, "editor", at.isoformat())
    assert (draft.approved, draft.approved_by, draft.approved_at) == (False, None, None)
    assert (shown.strategy_numbers, shown.life_experience_keys) == ((1, 2), ("all",))
    assert (draft.strategy_numbers, draft.life_experience_keys) == ((), ("buying-a-boat",))
    assert (shown.strategy_keys, draft.strategy_keys) == (("rivers-s1", "rivers-s2"), ())


def test_loading_twice_changes_nothing_and_notes_nothing(plan_folder: Path, at: datetime) -> None:
    first = load(write(plan_folder), by="operator", at=at)
    before = latest_entries(1000)
    again = load(write(plan_folder), by="somebody-else", at=at)
    assert (again.n_changes, again.not_in_file) == (0, [])
    assert again.unchanged == first.created
    assert latest_entries(1000) == before
    assert queries.updates()[0].approved_by == "operator"


def test_a_changed_status_is_noted_with_before_and_after(plan_folder: Path, at: datetime) -> None:
    load(write(plan_folder), by="operator", at=at)
    report = load(
        write(plan_folder, commitments=changed(COMMITMENTS, "order-b", status="Complete")), by="editor", at=at
    )
    assert report.changed == {"commitment": 1}
    newest = latest_entries(1)[0]
    assert (newest.by, newest.verb, newest.subject_key) == ("editor", "commitment.loaded", "order-b")
    assert newest.before is not None
    assert newest.after is not None
    assert (newest.before["status"], newest.after["status"]) == (None, "Complete")


def test_another_agency_bound_is_a_change(plan_folder: Path, at: datetime) -> None:
    load(write(plan_folder), by="operator", at=at)
    files = write(plan_folder, commitments=changed(COMMITMENTS, "order-b", agencies=["river-nation"]))
    assert load(files, by="operator", at=at).changed == {"commitment": 1}
    assert queries.commitments()[0].agency_keys == ("river-nation",)


def test_an_update_taken_back_loses_its_approval(plan_folder: Path, at: datetime) -> None:
    load(write(plan_folder), by="operator", at=at)
    load(write(plan_folder, updates=changed(UPDATES, "u1", approved=False)), by="operator", at=at)
    assert [(u.approved, u.approved_at, u.approved_by) for u in queries.updates()] == [
        (False, None, None), (False, None, None),
    ]  # fmt: skip


def test_what_is_gone_from_the_files_stays_and_is_reported(plan_folder: Path, at: datetime) -> None:
    load(write(plan_folder), by="operator", at=at)
    area = {**AREAS[0], "strategies": [{**AREAS[0]["strategies"][0], "milestones": []}]}
    report = load(write(plan_folder, priority_areas=[area], funding=FUNDING[:1]), by="operator", at=at)
    assert report.not_in_file == [
        "strategy rivers-s2", "milestone rivers-s1-m1", "milestone rivers-s1-m2", "funding wish",
    ]  # fmt: skip
    assert len(queries.priority_areas()[0].strategies) == 2


def test_a_trial_says_what_would_change_and_changes_nothing(plan_folder: Path, at: datetime) -> None:
    report = load(write(plan_folder), by="operator", at=at, dry_run=True)
    assert report.created["milestone"] == 4
    assert queries.priority_areas() == []
