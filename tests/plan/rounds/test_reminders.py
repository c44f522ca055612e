"""Reminders go to a real mail server, each once, to who is asked; in the end to the holder of the seat."""

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from click.testing import CliRunner, Result
from django.conf import settings

from hearback.accounts import actions as accounts
from hearback.accounts.models import User
from hearback.plan import actions
from hearback.plan.actions import Told
from hearback.plan.commands.rounds import round_group
from hearback.plan.models import RoundNotice
from hearback.plan.rules import About, EntryMove
from tests.mail import Box, mail_server, words
from tests.plan.rounds.conftest import DUE, OPENED, entry_of

pytestmark = pytest.mark.usefixtures("asked")


@pytest.fixture
def box(at: datetime) -> Iterator[Box]:
    """A mail server on this machine, and people with addresses; `third` has none."""
    for name in ("first", "second", "holder"):
        accounts.set_email(name, f"{name}@example.org", by="operator", at=at)
    with mail_server() as taken:
        yield taken


def remind(on: date, *more: str) -> Result:
    return CliRunner().invoke(round_group, ["remind", "--on", on.isoformat(), *more])


def test_each_reminder_goes_out_once_and_names_just_what_waits(box: Box, at: datetime) -> None:
    one = entry_of(About.MILESTONE, "rivers-s1-m2")
    actions.answer(one.number, Told(), seen=1, by="first", at=at, on=OPENED)
    done = remind(OPENED)
    assert done.exit_code == 1
    assert (
        "third, FY2026-Q2, opened: not sent: they are not active, or no e-mail address is known"
        in done.output
    )
    assert [to for to, _message in box.mails] == ["first@example.org", "second@example.org"]
    _to, message = box.mails[0]
    assert message["Subject"] == "The round of FY2026-Q2 is open, due on 2026-03-20"
    assert message["From"] == settings.DEFAULT_FROM_EMAIL
    assert "- Draft\n" in words(message)
    assert "- Answer\n" not in words(message)
    assert f"{settings.SITE_URL}/dashboard/round/" in words(message)
    remind(OPENED + timedelta(days=1))
    assert len(box.mails) == 2


def test_ten_days_late_the_holder_of_the_seat_is_told_what_others_owe(box: Box) -> None:
    accounts.set_email(
        "third", "third@example.org", by="operator", at=datetime.fromisoformat("2026-03-02T00:00Z")
    )
    assert remind(DUE + timedelta(days=10)).exit_code == 0
    by_address = dict(box.mails)
    assert set(by_address) == {
        "first@example.org",
        "second@example.org",
        "third@example.org",
        "holder@example.org",
    }
    told = words(by_address["holder@example.org"])
    assert "your seat stands behind it" in told
    assert told.count("\n- ") == 6
    assert by_address["holder@example.org"]["Subject"].startswith("Overdue: ")


def test_in_place_of_who_is_not_active_any_more_the_holder_of_the_seat_is_asked(box: Box) -> None:
    User.objects.filter(username="first").update(is_active=False)
    remind(OPENED)
    by_address = dict(box.mails)
    assert set(by_address) == {"second@example.org", "holder@example.org"}
    assert "You are asked how this stands" in words(by_address["holder@example.org"])


def test_a_reminder_that_could_not_be_sent_is_tried_again(box: Box, at: datetime) -> None:
    accounts.set_email("first", "full@example.org", by="operator", at=at)
    done = remind(OPENED, "--json")
    assert done.exit_code == 1
    said = {row["account"]: row["problem"] for row in json.loads(done.stdout)["reminders"]}
    assert "552" in said["first"]
    assert said["second"] is None
    assert list(RoundNotice.objects.values_list("account", flat=True)) == ["second"]
    accounts.set_email("first", "first@example.org", by="operator", at=at)
    remind(OPENED)
    assert [to for to, _message in box.mails] == ["second@example.org", "first@example.org"]


def test_without_a_mail_server_nothing_is_said_to_be_sent() -> None:
    done = remind(OPENED)
    assert (done.exit_code, "no mail server is set; nothing was sent" in done.stderr) == (1, True)
    tried = remind(OPENED, "--dry-run", "--json")
    assert tried.exit_code == 0
    assert [row["account"] for row in json.loads(tried.stdout)["reminders"]] == ["first", "second", "third"]
    assert RoundNotice.objects.count() == 0


def test_nobody_is_reminded_before_the_round_opens_or_after_it_closes(at: datetime) -> None:
    assert "None is due." in remind(OPENED - timedelta(days=1)).output
    actions.close_round("FY2026-Q2", by="reviewer", at=at)
    assert "None is due." in remind(DUE).output


def test_whoever_answered_is_sent_what_a_reviewer_said_once_for_each_return(box: Box, at: datetime) -> None:
    remind(OPENED)
    box.mails.clear()
    one = entry_of(About.MILESTONE, "rivers-s1-m2")
    for comment in ("Since when?", "And by whom?"):
        actions.answer(one.number, Told(), seen=None, by="first", at=at, on=OPENED)
        actions.decide(one.number, EntryMove.RETURN, comment=comment, seen=None, by="reviewer", at=at)
        remind(OPENED)
        ((to, message),) = box.mails
        assert (to, message["Subject"]) == (
            "first@example.org", "Returned to you: round of FY2026-Q2, due on 2026-03-20"
        )  # fmt: skip
        assert comment in words(message)
        assert f"{settings.SITE_URL}/dashboard/round/" in words(message)
        remind(OPENED + timedelta(days=1))
        assert len(box.mails) == 1
        box.mails.clear()
