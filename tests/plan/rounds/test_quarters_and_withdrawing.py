"""A round is of a quarter near today; one that was opened by mistake is taken back, and its history stays."""

import json
from datetime import date, datetime, timedelta

import pytest
from click.testing import CliRunner

from hearback.history.queries import latest_entries
from hearback.plan import actions, queries
from hearback.plan.actions import Told
from hearback.plan.commands import group
from hearback.plan.days import today
from hearback.plan.models import Round, RoundEntry, RoundNotice
from hearback.plan.rounds.reading import round_of, rounds
from hearback.plan.rules import About, RoundNotGood, quarters_to_ask
from hearback.publish.snapshot import gather
from tests.plan.rounds.conftest import DUE, OPENED, QUARTER, entry_of
from tests.plan.rounds.test_pages import BOARD, ROUNDS, People

pytestmark = pytest.mark.usefixtures("asked")
WITHDRAW = f"{BOARD}withdraw/"


def opened(quarter: str, at: datetime, on: date = OPENED) -> int:
    return actions.open_round(quarter, on + timedelta(days=10), None, by="reviewer", at=at, on=on)


@pytest.fixture
def due_ahead() -> None:
    """The round is due on a day to come, whatever day it is."""
    Round.objects.update(due=today() + timedelta(days=7))


@pytest.mark.parametrize("quarter", ["FY2040-Q1", "FY2026-Q4", "FY2025-Q1", "FY1999-Q4"])
def test_a_quarter_far_from_today_is_refused_and_told_which_are_near(quarter: str, at: datetime) -> None:
    with pytest.raises(RoundNotGood, match=r"Give a quarter from FY2025-Q2 to FY2026-Q3\.$"):
        opened(quarter, at)
    assert [one.quarter for one in rounds()] == [QUARTER]


@pytest.mark.parametrize("quarter", ["FY2025-Q2", "fy2026-q3"])
def test_the_ends_are_near_enough_and_small_letters_are_read(quarter: str, at: datetime) -> None:
    assert opened(quarter, at) == 6
    assert round_of(quarter.upper()) is not None


def test_near_is_counted_in_fiscal_years_of_this_government() -> None:
    assert [str(one) for one in quarters_to_ask(date(2026, 9, 30))] == ["FY2025-Q4", "FY2027-Q1"]
    assert [str(one) for one in quarters_to_ask(date(2026, 9, 30), 1)] == ["FY2025-Q3", "FY2026-Q4"]


def test_the_page_refuses_it_beside_the_field(signed_in: People) -> None:
    earliest, latest = quarters_to_ask(today())
    client = signed_in("reviewer")
    page = client.get(ROUNDS).content.decode()
    assert f"From {earliest} to {latest}." in page
    far = {"quarter": str(latest.next()), "due": (today() + timedelta(days=9)).isoformat()}
    asked = client.post(ROUNDS, far)
    assert asked.status_code == 422
    assert f"Write a quarter from {earliest} to {latest}." in asked.content.decode()
    assert client.post(ROUNDS, {**far, "quarter": str(latest).lower()}).status_code == 302
    assert round_of(str(latest)) is not None


def test_a_command_refuses_it_too() -> None:
    far = CliRunner().invoke(group, ["round", "open", "FY2099-Q1", "--due", today().isoformat()])
    assert far.exit_code == 1
    assert "A round of FY2099-Q1 cannot be opened" in far.stderr


def test_a_round_that_nobody_answered_is_withdrawn_after_it_was_asked(
    signed_in: People, due_ahead: None
) -> None:
    client = signed_in("reviewer")
    assert "Withdraw the round" in client.get(BOARD).content.decode()
    page = client.get(WITHDRAW).content.decode()
    assert "It asked about 6 things, and nobody has answered." in page
    assert round_of(QUARTER) is not None
    done = client.post(WITHDRAW, follow=True)
    assert "The round of FY2026-Q2 is withdrawn." in done.content.decode()
    assert (rounds(), RoundEntry.objects.count(), queries.waiting_for("first")) == ([], 0, 0)
    assert client.get(WITHDRAW).status_code == 404
    again = client.post(WITHDRAW, follow=True)
    assert (again.status_code, "There is no round of FY2026-Q2 any more." in again.content.decode()) == (
        200,
        True,
    )
    kept = latest_entries(1)[0]
    assert (kept.verb, kept.subject_key, kept.by, kept.after) == (
        "round.withdrawn",
        QUARTER,
        "reviewer",
        None,
    )
    assert (kept.before or {})["asked"][0] == "commitment/order-a"
    assert (kept.before or {})["opened_by"] == "reviewer"


def test_silence_cannot_be_withdrawn(signed_in: People, at: datetime, due_ahead: None) -> None:
    with pytest.raises(RoundNotGood, match="is over, and who kept silent stays to be seen"):
        actions.withdraw_round(QUARTER, by="reviewer", at=at.replace(year=2027))
    actions.close_round(QUARTER, by="reviewer", at=at)
    client = signed_in("reviewer")
    assert "Withdraw the round" not in client.get(BOARD).content.decode()
    assert client.get(WITHDRAW).status_code == 302
    refused = client.post(WITHDRAW)
    assert (refused.status_code, "who kept silent stays" in refused.content.decode()) == (409, True)


def test_a_round_that_was_reminded_of_can_be_withdrawn(at: datetime) -> None:
    actions.remind(QUARTER, "first", "opened", lambda: None, by="operator", at=at)
    assert actions.withdraw_round(QUARTER, by="reviewer", at=at) == 6
    assert RoundNotice.objects.count() == 0
    assert opened(QUARTER, at) == 6


def test_a_round_with_an_answer_stays(signed_in: People, at: datetime, due_ahead: None) -> None:
    number = entry_of(About.PROJECT, "one-form").number
    actions.answer(number, Told(), seen=None, by="second", at=at, on=DUE)
    client = signed_in("reviewer")
    assert "Withdraw the round" not in client.get(BOARD).content.decode()
    assert client.get(WITHDRAW).status_code == 302
    refused = client.post(WITHDRAW)
    assert refused.status_code == 409
    assert "An answer was given in the round of FY2026-Q2, and it stays." in refused.content.decode()
    assert round_of(QUARTER) is not None


def test_an_owner_cannot_withdraw(signed_in: People) -> None:
    assert signed_in("first").post(WITHDRAW).status_code == 403
    assert round_of(QUARTER) is not None


def test_a_command_withdraws_and_tries_it_first(due_ahead: None) -> None:
    tried = CliRunner().invoke(group, ["round", "withdraw", QUARTER.lower(), "--dry-run", "--json"])
    assert json.loads(tried.stdout) == {"quarter": QUARTER, "asked": 6, "dry_run": True}
    assert round_of(QUARTER) is not None
    assert CliRunner().invoke(group, ["round", "withdraw", QUARTER]).exit_code == 0
    assert round_of(QUARTER) is None
    again = CliRunner().invoke(group, ["round", "withdraw", QUARTER])
    assert (again.exit_code, "There is no round of 'FY2026-Q2'" in again.stderr) == (1, True)


def test_the_newest_round_is_the_one_that_opened_last(at: datetime) -> None:
    opened("FY2026-Q3", at, OPENED - timedelta(days=30))
    opened("FY2025-Q4", at, OPENED)
    assert [one.quarter for one in rounds()] == [QUARTER, "FY2025-Q4", "FY2026-Q3"]
    assert [one.quarter for one in gather(10, DUE).rounds] == [QUARTER, "FY2025-Q4", "FY2026-Q3"]
