"""`hearback plan round`: the quarterly round, who answers for what, and reminders."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import click
from django.conf import settings
from django.db import transaction

from hearback.fiscal import QuarterNotValid
from hearback.plan import actions
from hearback.plan.days import today
from hearback.plan.rounds.mail import Reminder, reminders, send
from hearback.plan.rounds.reading import (
    EntryFact,
    RoundFact,
    by_owner,
    charges,
    round_of,
    rounds,
    seat_accounts,
)
from hearback.plan.rules import About, RoundNotGood
from hearback.ui.terminal import Refused, WrongUse, by_option, command, dry_run_option, emit, json_option, now

round_group = click.Group("round", help="The quarterly round: who is asked, who is missing, reminders.")


def _day(context: click.Context, option: click.Parameter, text: str | None) -> date:
    try:
        return date.fromisoformat(text) if text else today()
    except ValueError as problem:
        raise WrongUse(f"{text!r} is not a day; write it as 2026-10-01") from problem


def _quarter(context: click.Context, argument: click.Parameter, text: str) -> str:
    return text.strip().upper()


@command(round_group, "list", example="hearback plan round list --json")
@json_option
def list_command(as_json: bool) -> None:
    """List the rounds, the newest first, with how far they are."""
    rows = [_summary(one) for one in rounds()]
    lines = [
        f"{row['quarter']}: {'open' if row['closed_at'] is None else 'closed'}, due {row['due']}, "
        f"{row['asked']} asked, " + ", ".join(f"{n} {state}" for state, n in row["states"].items())
        for row in rows
    ]
    emit({"rounds": rows}, as_json=as_json, lines=lines or ["There was none yet."])


@command(round_group, "show", example="hearback plan round show FY2027-Q1")
@click.argument("quarter", callback=_quarter)
@json_option
def show_command(quarter: str, as_json: bool) -> None:
    """Show a round: who is missing, and how far each thing is."""
    one = round_of(quarter)
    if one is None:
        raise Refused(f"There is no round of {quarter!r}; `hearback plan round list` names them.")
    owners = [
        {"owner": row.account, "asked": len(row.entries), "to_answer": row.n_waiting, "late": row.n_late}
        for row in by_owner(one.entries)
    ]
    payload = {**_summary(one), "owners": owners, "entries": [_entry(entry) for entry in one.entries]}
    lines = [
        f"{row['owner'] or 'nobody'}: {row['to_answer']} of {row['asked']} to answer, {row['late']} late"
        for row in owners
    ]
    lines += [
        f"  {e['about']} {e['record']}: {e['state']}{', late' if e['late'] else ''}"
        for e in payload["entries"]
    ]
    emit(payload, as_json=as_json, lines=lines)


@command(round_group, "open", example="hearback plan round open FY2027-Q1 --due 2027-01-29 --by reviewer")
@click.argument("quarter", callback=_quarter)
@click.option("--due", required=True, callback=_day, help="Day by which answers are due, as 2027-01-29.")
@click.option("--note", help="What owners are told with it.")
@json_option
@dry_run_option
@by_option
def open_command(quarter: str, due: date, note: str | None, as_json: bool, dry_run: bool, by: str) -> None:
    """Open the round of a quarter: ask for all that somebody answers for and that is not settled."""
    with _refusals(), transaction.atomic():
        n = actions.open_round(quarter, due, note, by=by, at=now(), on=today())
        transaction.set_rollback(dry_run)
    payload = {"quarter": quarter, "due": due.isoformat(), "asked": n, "dry_run": dry_run}
    would = "would be" if dry_run else "is"
    emit(payload, as_json=as_json, lines=[f"The round of {quarter} {would} open: {n} things are asked."])


@command(round_group, "close", example="hearback plan round close FY2027-Q1 --by reviewer --dry-run")
@click.argument("quarter", callback=_quarter)
@json_option
@dry_run_option
@by_option
def close_command(quarter: str, as_json: bool, dry_run: bool, by: str) -> None:
    """Close a round. What was not answered by then stays so, and the next release says it.

    The answers that nobody decided on are named: nothing of what they say is made so.
    """
    with _refusals(), transaction.atomic():
        counts = actions.close_round(quarter, by=by, at=now())
        closed = round_of(quarter)
        transaction.set_rollback(dry_run)
    told = ", ".join(f"{n} {state}" for state, n in counts.items())
    would = "would be" if dry_run else "is"
    undecided = [_entry(one) for one in (closed.undecided if closed else ())]
    payload = {"quarter": quarter, "states": counts, "undecided": undecided, "dry_run": dry_run}
    lines = [f"The round of {quarter} {would} closed: {told}."]
    lines += [
        f"  not decided on: {e['about']} {e['record']}, answered by {e['answered_by']}" for e in undecided
    ]
    emit(payload, as_json=as_json, lines=lines)


@command(round_group, "withdraw", example="hearback plan round withdraw FY2027-Q1 --by reviewer --dry-run")
@click.argument("quarter", callback=_quarter)
@json_option
@dry_run_option
@by_option
def withdraw_command(quarter: str, as_json: bool, dry_run: bool, by: str) -> None:
    """Take back a round that nobody answered, as one of a wrong quarter. Its history stays."""
    with _refusals(), transaction.atomic():
        n = actions.withdraw_round(quarter, by=by, at=now())
        transaction.set_rollback(dry_run)
    payload = {"quarter": quarter, "asked": n, "dry_run": dry_run}
    would = "would be" if dry_run else "is"
    emit(
        payload, as_json=as_json, lines=[f"The round of {quarter} {would} withdrawn: {n} things were asked."]
    )


@command(round_group, "remind", example="hearback plan round remind --dry-run")
@click.option(
    "--on", callback=_day, help="Reminders that are due on this day, as 2027-01-22; left out, today."
)
@json_option
@dry_run_option
@by_option
def remind_command(on: date, as_json: bool, dry_run: bool, by: str) -> None:
    """Send the reminders that are due and did not go out yet. Run it once a day; each goes out once."""
    due = reminders(on)
    if due and not dry_run and not settings.EMAIL_HOST:
        raise Refused(
            f"{len(due)} reminders are due and no mail server is set; nothing was sent. Set "
            "HEARBACK_MAIL_URL, or look at them with --dry-run"
        )
    rows = [_reminded(one, None if dry_run else send(one, by=by, at=now()), dry_run) for one in due]
    lines = [f"{row['account']}, {row['quarter']}, {row['step']}: {row['said']}" for row in rows]
    emit(
        {"on": on.isoformat(), "dry_run": dry_run, "reminders": rows},
        as_json=as_json,
        lines=lines or ["None is due."],
    )
    failed = sum(row["problem"] is not None for row in rows)
    if failed:
        raise Refused(f"{failed} of {len(rows)} reminders did not go out; the lines above say why")


@command(round_group, "owners", example="hearback plan round owners --without")
@click.option("--without", is_flag=True, help="Only what nobody is asked about.")
@json_option
def owners_command(without: bool, as_json: bool) -> None:
    """List all that can be answered for and is not settled, with who answers, and who is told for a seat."""
    rows = [
        {
            "about": row.asked.about.value,
            "record": row.asked.key,
            "title": row.asked.title,
            "owner": row.owner,
            "seat": row.seat_key,
        }
        for row in charges()
        if not (without and row.owner)
    ]
    seats = [{"seat": key, "name": name, "account": account} for key, name, account in seat_accounts()]
    lines = [
        f"{r['about']} {r['record']}: {r['owner'] or 'nobody'}{', ' + r['seat'] if r['seat'] else ''}"
        for r in rows
    ]
    lines += [f"seat {one['seat']}: {one['account'] or 'nobody'} is told" for one in seats]
    emit({"charges": rows, "seats": seats}, as_json=as_json, lines=lines or ["There is nothing."])


@command(
    round_group,
    "give",
    example="hearback plan round give milestone pma-cx-s1-m9 --owner service-owner --dry-run",
)
@click.argument("about", type=click.Choice([one.value for one in About]))
@click.argument("records", nargs=-1, required=True)
@click.option("--owner", help="Account that is asked; left out, nobody.")
@click.option("--seat", help="Key of the seat that stands behind it; left out, none.")
@json_option
@dry_run_option
@by_option
def give_command(
    about: str,
    records: tuple[str, ...],
    owner: str | None,
    seat: str | None,
    as_json: bool,
    dry_run: bool,
    by: str,
) -> None:
    """Say who answers for milestones, projects, commitments or success measures from the next round on."""
    with _refusals(), transaction.atomic():
        things = [(About(about), key) for key in records]
        n = actions.set_charges(things, actions.Answerer(owner, seat), by=by, at=now())
        transaction.set_rollback(dry_run)
    would = "would change" if dry_run else "changed"
    payload = {"changed": n, "owner": owner, "seat": seat, "dry_run": dry_run}
    emit(payload, as_json=as_json, lines=[f"Who answers {would} for {n} of {len(records)}."])


@command(round_group, "seat", example="hearback plan round seat pma-cx-gsa --account reviewer --dry-run")
@click.argument("seat")
@click.option("--account", help="Account that is told; left out, nobody.")
@json_option
@dry_run_option
@by_option
def seat_command(seat: str, account: str | None, as_json: bool, dry_run: bool, by: str) -> None:
    """Say who is told where those who answer for a seat's promises do not."""
    with _refusals(), transaction.atomic():
        changed = actions.set_seat_account(seat, account, by=by, at=now())
        transaction.set_rollback(dry_run)
    payload = {"seat": seat, "account": account, "changed": changed, "dry_run": dry_run}
    would = "would be" if dry_run else "is"
    emit(payload, as_json=as_json, lines=[f"For {seat}, {account or 'nobody'} {would} told."])


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except (RoundNotGood, QuarterNotValid, actions.ChargeNotGood) as problem:
        raise Refused(str(problem)) from problem


def _summary(one: RoundFact) -> dict[str, Any]:
    return {
        "quarter": one.quarter,
        "opened_on": one.opened_on.isoformat(),
        "due": one.due.isoformat(),
        "closed_at": one.closed_at.isoformat() if one.closed_at else None,
        "asked": len(one.entries),
        "states": {state.value: n for state, n in one.counts().items()},
        "late": sum(entry.is_late for entry in one.entries),
    }


def _entry(e: EntryFact) -> dict[str, Any]:
    names = (
        "number", "record", "owner", "seat_key", "version", "told", "reason", "source", "answered_by",
    )  # fmt: skip
    first = e.first_answered_on.isoformat() if e.first_answered_on else None
    return {
        **{name: getattr(e, name) for name in names},
        "about": e.about.value, "state": e.state.value, "first_answered_on": first, "late": e.is_late,
    }  # fmt: skip


def _reminded(one: Reminder, problem: str | None, dry_run: bool) -> dict[str, Any]:
    if dry_run:
        said = f"would go to {one.address or 'nobody: no e-mail address is known'}: {one.subject}"
    else:
        said = f"not sent: {problem}" if problem else f"sent to {one.address}"
    return {
        "account": one.account, "quarter": one.quarter, "step": one.step, "address": one.address,
        "subject": one.subject, "text": one.text, "problem": problem, "said": said,
    }  # fmt: skip
