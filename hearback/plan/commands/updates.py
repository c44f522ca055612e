"""`hearback plan update`: drafts of updates, returned or approved by somebody other than their owner."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from django.db import transaction

from hearback.plan import actions
from hearback.plan.facts import DraftFact
from hearback.plan.rules import DraftMoveNotAllowed, Move, State
from hearback.plan.writing import reading
from hearback.ui.terminal import Refused, by_option, command, dry_run_option, emit, json_option, now

update_group = click.Group("update", help="Updates that are written: drafts, and what becomes of them.")


@command(update_group, "drafts", example="hearback plan update drafts --state in_review --json")
@click.option("--state", type=click.Choice([one.value for one in State]), help="Only those that stand so.")
@json_option
def drafts_command(state: str | None, as_json: bool) -> None:
    """List the drafts, the one changed last first."""
    rows = [_shown(one) for one in reading.drafts() if state in (None, one.state)]
    lines = [
        f"{row['key']}: {row['state']}, version {row['version']}, by {row['owner']}: {row['title']}"
        for row in rows
    ]
    emit({"drafts": rows}, as_json=as_json, lines=lines or ["There is none."])


@command(update_group, "move", example="hearback plan update move 2026-11-shorter-form approve --by reviewer")
@click.argument("key")
@click.argument("move", type=click.Choice([one.value for one in Move if one is not Move.EDIT]))
@click.option("--comment", default="", help="For the owner and those who approve; needed to return a draft.")
@click.option("--seen", type=click.IntRange(1), help="Version you saw; refused if it is another now.")
@json_option
@dry_run_option
@by_option
def move_command(
    key: str, move: str, comment: str, seen: int | None, as_json: bool, dry_run: bool, by: str
) -> None:
    """Submit, return, approve or withdraw a draft. Its owner cannot approve it."""
    with _refusals(), transaction.atomic():
        state = actions.move_draft(key, Move(move), comment=comment, seen=seen, by=by, at=now())
        if dry_run:
            transaction.set_rollback(True)
    would = "would be" if dry_run else "is"
    payload = {"dry_run": dry_run, "key": key, "state": state.value}
    emit(payload, as_json=as_json, lines=[f"{key} {would} {state.replace('_', ' ')}."])


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except (actions.DraftUnknown, actions.DraftChanged, DraftMoveNotAllowed) as problem:
        raise Refused(str(problem)) from problem


def _shown(draft: DraftFact) -> dict[str, Any]:
    names = ("key", "corrects_key", "date", "kind", "title", "gist", "owner", "version", "changed_by")
    return {**{name: getattr(draft, name) for name in names}, "state": draft.state.value,
            "changed_at": draft.changed_at.isoformat()}  # fmt: skip
