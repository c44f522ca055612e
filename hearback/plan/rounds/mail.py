"""Reminders of a round, and word of what was returned: who is to get which, and sending it, once each."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from hearback.accounts.queries import people
from hearback.plan import actions
from hearback.plan.rounds.reading import EntryFact, RoundFact, rounds
from hearback.plan.rules import EntryState, Step, step_on

LONGEST_LIST = 30
"""How many things a reminder names; the page has them all."""
RETURNED = "returned"
"""How the step begins at which somebody is told what was returned; number and version of it follow."""


@dataclass(frozen=True)
class Reminder:
    """One reminder that is due: for whom, at which step, and what it says. `address` null: none is known."""

    quarter: str
    account: str
    step: str
    address: str | None
    subject: str
    text: str


def reminders(on: date) -> list[Reminder]:
    """Give what is to go out on a day and did not yet: reminders, and answers that were returned."""
    addresses = {one.username: one.email for one in people(on) if one.is_active}
    found: list[Reminder] = []
    for one in rounds():
        if not one.is_open:
            continue
        found += _returned(one, addresses)
        if (step := step_on(one.opened_on, one.due, on)) is not None:
            found += _of(one, step, addresses)
    return found


def send(reminder: Reminder, *, by: str, at: datetime) -> str | None:
    """Send one reminder and note that it went out; gives what stood in the way."""
    if reminder.address is None:
        return "they are not active, or no e-mail address is known (`hearback accounts email`)"
    message = EmailMessage(reminder.subject, reminder.text, to=[reminder.address])
    try:
        actions.remind(
            reminder.quarter, reminder.account, reminder.step, partial(_send, message), by=by, at=at
        )
    except (SMTPException, OSError) as problem:
        return f"it could not be sent ({problem}); it is tried again with the next `remind`"
    return None


def _send(message: EmailMessage) -> None:
    message.send()


def _of(one: RoundFact, step: Step, addresses: dict[str, str | None]) -> Iterator[Reminder]:
    gone = {(account, name) for account, name, _at in one.notices}
    mine: dict[str, list[EntryFact]] = defaultdict(list)
    others: dict[str, list[EntryFact]] = defaultdict(list)
    for entry in one.entries:
        if not entry.waits or entry.now is None:
            continue
        who = entry.owner
        if who not in addresses and entry.seat_account in addresses:
            who = entry.seat_account  # nobody else is asked, or they are not active any more
        if who is not None:
            mine[who].append(entry)
        if step.escalates and entry.seat_account not in {None, entry.owner}:
            others[entry.seat_account or ""].append(entry)
    for account in sorted(mine.keys() | others.keys()):
        if (account, step.name) not in gone:
            escalated = [entry for entry in others[account] if entry not in mine[account]]
            text = _text(one, mine[account], escalated)
            subject = _subject(one, step)
            yield Reminder(one.quarter, account, step.name, addresses.get(account), subject, text)


def _returned(one: RoundFact, addresses: dict[str, str | None]) -> Iterator[Reminder]:
    """Tell whoever answered what was returned to them, with the comment."""
    gone = {(account, name) for account, name, _at in one.notices}
    for entry in one.entries:
        step = f"{RETURNED}-{entry.number}-{entry.version}"
        who = entry.answered_by
        if entry.state is not EntryState.RETURNED or entry.now is None or who is None or (who, step) in gone:
            continue
        title = " ".join(entry.now.title.split())
        text = f"Your answer about this was returned:\n- {title}\n\n{entry.comments[-1].text}\n\n{_where()}\n"
        subject = f"Returned to you: round of {one.quarter}, due on {one.due:%Y-%m-%d}"
        yield Reminder(one.quarter, who, step, addresses.get(who), subject, text)


def _subject(one: RoundFact, step: Step) -> str:
    due = f"due on {one.due:%Y-%m-%d}"
    if step.days is None:
        return f"The round of {one.quarter} is open, {due}"
    return f"{'Overdue' if step.days > 0 else 'Still to answer'}: round of {one.quarter}, {due}"


def _text(one: RoundFact, mine: list[EntryFact], escalated: list[EntryFact]) -> str:
    parts = [one.note] if one.note else []
    if mine:
        parts.append(f"You are asked how this stands, by {one.due:%Y-%m-%d}:\n{_listed(mine)}")
    if escalated:
        parts.append(
            "Those who are asked about this have not answered, and your seat stands behind it. You may "
            f"answer in their place:\n{_listed(escalated)}"
        )
    parts.append(_where())
    return "\n\n".join(parts) + "\n"


def _where() -> str:
    return (
        "All of it is on one page, filled in with how it stands; you are asked to sign in first:\n"
        f"{settings.SITE_URL}{reverse('round_mine')}"
    )


def _listed(entries: list[EntryFact]) -> str:
    titles = [" ".join(entry.now.title.split()) for entry in entries if entry.now]
    more = len(titles) - LONGEST_LIST
    return "\n".join(f"- {title}" for title in titles[:LONGEST_LIST]) + (
        f"\n- and {more} more" if more > 0 else ""
    )
