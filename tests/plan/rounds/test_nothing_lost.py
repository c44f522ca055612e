"""What was approved keeps its day, its source and its history; files and names do not get in the way."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import override_settings

from hearback.accounts.models import User
from hearback.history.queries import latest_entries
from hearback.plan import actions
from hearback.plan.actions import Answerer, Told
from hearback.plan.commands import load
from hearback.plan.models import Charge, Commitment, MeasureReading, Project, SuccessMeasure
from hearback.plan.rounds.asked import everything_asked
from hearback.plan.rounds.forms import EntryForm
from hearback.plan.rules import About, EntryMove
from tests.plan.rounds.conftest import DUE, SEAT, entry_of
from tests.plan.small import COMMITMENTS, write

pytestmark = pytest.mark.usefixtures("asked")
DUTY = About.COMMITMENT, "order-a"
INDEX = About.MEASURE, "rivers-m1"


def approved(by: str, at: datetime, thing: tuple[About, str] = DUTY, **changes: Any) -> None:
    """Answer and approve."""
    number = entry_of(*thing).number
    actions.answer(number, Told(changes=changes), seen=None, by=by, at=at, on=DUE)
    actions.decide(number, EntryMove.APPROVE, seen=None, by="reviewer", at=at)


def test_a_status_that_an_owner_told_stays_official_when_files_are_loaded(
    plan_folder: Path, at: datetime
) -> None:
    files = [dict(one, status_is_official=False) for one in COMMITMENTS]
    load(write(plan_folder, commitments=files), by="operator", at=at)
    approved("second", at, status="Delayed")
    told = next(one for one in latest_entries(5) if one.verb == "commitment.told")
    assert (told.before or {})["status_is_official"] is False
    assert (told.after or {})["status_is_official"] is True
    load(plan_folder, by="operator", at=at)
    duty = Commitment.objects.get(key="order-a")
    assert (duty.status, duty.status_is_official) == ("Delayed", True)


def test_what_is_told_has_the_day_of_this_government() -> None:
    evening = datetime(2026, 3, 3, 2, tzinfo=UTC)  # 2 March, 21:00
    with override_settings(ZONE=ZoneInfo("America/New_York")):
        approved("second", evening, progress="Asked in May.")
    assert Commitment.objects.get(key="order-a").progress_date == "2026-03-02"
    with override_settings(ZONE=ZoneInfo("Pacific/Auckland")):
        at = evening.replace(hour=20)  # 4 March there
        approved("third", at, INDEX, value=65.0, low=None, high=None, as_of="2026-03-04")
    assert MeasureReading.objects.filter(as_of="2026-03-04").exists()


def test_progress_that_is_taken_back_has_no_date(at: datetime) -> None:
    Commitment.objects.filter(key="order-a").update(progress="Asked.", progress_date="2025-01")
    approved("second", at, progress=None)
    duty = Commitment.objects.get(key="order-a")
    assert (duty.progress, duty.progress_date) == (None, None)


def test_how_a_measure_stands_is_its_latest_figure_whatever_kind_of_date_it_has() -> None:
    measure = SuccessMeasure.objects.get(key="rivers-m1")
    for key, as_of, value in (("r2", "FY2022-Q1", 60), ("r3", "2024-05", 67)):
        MeasureReading.objects.create(key=key, success_measure=measure, as_of=as_of, value=value)
    assert everything_asked()[INDEX].values["as_of"] == "2024-05"


def test_who_left_and_still_answers_for_something_keeps_no_file_out(plan_folder: Path, at: datetime) -> None:
    User.objects.filter(username="second").update(is_active=False)
    key = Charge.objects.get(record="order-a").key
    duty = {"key": key, "about": "commitment", "record": "order-a", "owner": "second", "seat": SEAT}
    load(write(plan_folder, charges=[duty]), by="operator", at=at)
    assert Charge.objects.get(record="order-a").owner == "second"


def test_things_whose_long_keys_begin_alike_are_answered_for(at: datetime) -> None:
    first = Project.objects.get(key="one-form")
    keys = ["a-long-name-of-a-project-" + "x" * 50 + end for end in ("-one", "-two")]
    for position, key in enumerate(keys, 5):
        Project.objects.create(
            key=key, name=key, life_experience=first.life_experience, position=position, name_is_official=True
        )
    things = [(About.PROJECT, key) for key in keys]
    assert actions.set_charges(things, Answerer("first", SEAT), by="reviewer", at=at) == 2


def test_who_gives_a_reason_beside_a_figure_knows_that_it_is_published() -> None:
    assert "The public sees it" in str(EntryForm(entry_of(*INDEX)).fields["reason"].help_text)
