"""`hearback plan milestone`: read milestones, move their status and their due date."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import click
import msgspec
from django.conf import settings
from django.db import transaction

from hearback.fiscal import PeriodNotValid
from hearback.plan import actions, queries
from hearback.plan.days import today
from hearback.plan.facts import MilestoneChangeFact, PlacedMilestoneFact
from hearback.plan.rules import STATUSES, DueNotGood, Late, MoveNotAllowed, lateness
from hearback.ui.terminal import Refused, WrongUse, by_option, command, dry_run_option, emit, json_option, now

milestone_group = click.Group("milestone", help="Milestones: how they stand, and moving them.")
REFUSALS = (actions.MilestoneUnknown, actions.ChangedMeanwhile, MoveNotAllowed, DueNotGood)


def _day(context: click.Context, option: click.Parameter, text: str | None) -> date:
    try:
        return date.fromisoformat(text) if text else today()
    except ValueError as problem:
        raise WrongUse(f"{text!r} is not a day; write it as 2026-10-01") from problem


def on_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--on`: the day for which lateness is asked."""
    return click.option("--on", callback=_day, help="How late on this day, as 2026-10-01; left out, today.")(
        function
    )


def why_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add what is said about a change, and the version that was seen."""
    for option in (
        click.option("--seen", type=click.IntRange(1), help="Version you saw; refused if it is another now."),
        click.option("--source", help="Where it can be read."),
        click.option("--decided-by", help="Role that decided it, never a person."),
        click.option("--reason", help="Why; the public sees it."),
    ):
        function = option(function)
    return function


@command(milestone_group, "list", example="hearback plan milestone list --state overdue --json")
@click.option("--state", type=click.Choice([one.value for one in Late]), help="Only those that stand so.")
@on_option
@json_option
def list_command(state: str | None, on: date, as_json: bool) -> None:
    """List milestones with how late they are."""
    rows = [_shown(one, on) for one in queries.milestones()]
    rows = [row for row in rows if state in (None, row["lateness"]["state"])]
    lines = [
        f"{row['key']}: {row['lateness']['words']}; due {row['due'] or 'not known'}, "
        f"{row['status'] or 'status not known'}; {row['title']}"
        for row in rows
    ]
    emit({"on": on.isoformat(), "milestones": rows}, as_json=as_json, lines=lines or ["There is none."])


@command(milestone_group, "show", example="hearback plan milestone show pma-cx-s2-m1")
@click.argument("key")
@on_option
@json_option
def show_command(key: str, on: date, as_json: bool) -> None:
    """Show one milestone with its log."""
    found = queries.milestone(key)
    if found is None:
        raise Refused(f"there is no milestone {key!r}; `hearback plan milestone list` names them")
    row = _shown(found, on)
    lines = [f"{row['title']} ({key}, version {row['version']})", f"  of {found.level} {found.subject}"]
    lines += [
        f"  {name.replace('_', ' ')}: {row[name] or 'not known'}"
        for name in ("due", "status", "done", "owner", "as_of")
    ]
    lines.append(f"  {row['lateness']['words']}")
    lines += [f"  depends on {other}" for other in found.fact.depends_on]
    lines += [f"  evidence: {one.gist}" for one in found.fact.evidence]
    lines += [f"  {_line(one)}" for one in found.fact.changes]
    emit(row, as_json=as_json, lines=lines)


@command(
    milestone_group,
    "move",
    example="hearback plan milestone move pma-cx-s1-m10 'In progress' --by reviewer --dry-run",
)
@click.argument("key")
@click.argument("status", type=click.Choice(list(STATUSES), case_sensitive=False))
@click.option("--done", help="When it was done, as 2023-05, 2023-05-31 or FY2023-Q3.")
@why_options
@json_option
@dry_run_option
@by_option
def move_command(key: str, status: str, done: str | None, by: str, **rest: Any) -> None:
    """Move the status of a milestone. What is moved back, held up or dropped needs a reason."""

    def move(why: actions.Why, at: datetime) -> int:
        return actions.move_status(key, status, why, done=done, seen=rest["seen"], by=by, at=at)

    _move(key, move, rest)


@command(
    milestone_group,
    "done",
    example="hearback plan milestone done pma-cx-s1-m1 FY2022-Q3 --by reviewer --dry-run",
)
@click.argument("key")
@click.argument("done")
@why_options
@json_option
@dry_run_option
@by_option
def done_command(key: str, done: str, by: str, **rest: Any) -> None:
    """Note when a milestone was done, as 2023-05, 2023-05-31 or FY2023-Q3; it becomes complete."""

    def note(why: actions.Why, at: datetime) -> int:
        return actions.note_done(key, done, why, seen=rest["seen"], by=by, at=at)

    _move(key, note, rest)


@command(
    milestone_group,
    "due",
    example="hearback plan milestone due pma-cx-s1-m10 FY2025-Q3 --reason 'Later than hoped.' --dry-run",
)
@click.argument("key")
@click.argument("due")
@why_options
@json_option
@dry_run_option
@by_option
def due_command(key: str, due: str, by: str, **rest: Any) -> None:
    """Move the due date of a milestone, as 2023-05, 2023-05-31 or FY2023-Q3. The public sees the reason."""

    def move(why: actions.Why, at: datetime) -> int:
        return actions.move_due(key, due, why, seen=rest["seen"], by=by, at=at)

    _move(key, move, rest)


def _move(key: str, move: Callable[[actions.Why, datetime], int], rest: dict[str, Any]) -> None:
    """Make a move, or try it, and print the new lines of the log."""
    why = actions.Why(rest["reason"], rest["decided_by"], rest["source"])
    at = now()
    with _refused(), transaction.atomic():
        before = queries.milestone(key)
        known = {one.key for one in before.fact.changes} if before else set()
        version = move(why, at)
        found = queries.milestone(key)
        transaction.set_rollback(rest["dry_run"])
    made = [one for one in found.fact.changes if one.key not in known] if found else []
    payload = {
        "key": key,
        "dry_run": rest["dry_run"],
        "version": version,
        "changes": msgspec.to_builtins(made),
    }
    would = "Would change: " if rest["dry_run"] else ""
    emit(payload, as_json=rest["as_json"], lines=[f"{would}{_line(one)}" for one in made])


@contextmanager
def _refused() -> Iterator[None]:
    try:
        yield
    except PeriodNotValid as problem:
        raise WrongUse(f"{problem}.") from problem
    except REFUSALS as problem:
        raise Refused(str(problem)) from problem


def _shown(one: PlacedMilestoneFact, on: date) -> dict[str, Any]:
    found = lateness(one.fact.promise, on, settings.FISCAL_YEAR_STARTS)
    return {
        **msgspec.to_builtins(one.fact),
        "version": one.version,
        "level": one.level,
        "subject": one.subject_key,
        "needed_by": list(one.needed_by),
        "lateness": {**msgspec.to_builtins(found), "words": found.words},
    }


def _line(one: MilestoneChangeFact) -> str:
    said = [
        one.date or "date not known",
        f"{one.field} from {one.before or 'not known'} to {one.after or 'not known'}",
    ]
    said += [f"because: {one.reason}"] if one.reason else []
    said += [f"decided by {one.decided_by}"] if one.decided_by else []
    return ", ".join(said)
