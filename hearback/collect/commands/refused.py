"""`hearback collect form refused`: how much was kept out of a form, and why."""

from datetime import datetime

import click
import msgspec

from hearback.collect.commands.groups import form_group
from hearback.collect.intake.store import StoreNotReady
from hearback.collect.queries import form, refused
from hearback.ui.terminal import Refused, command, emit, json_option

WHY = {
    "trapped": "filled in what no person sees",
    "challenged": "asked for proof first, because too many came",
    "over_limit": "refused, because far too many came from one network",
}


@command(form_group, "refused", example="hearback collect form refused passports --since 2026-10-01")
@click.argument("key")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="The first day, UTC; without it, all days.")
@json_option
def refused_command(key: str, since: datetime | None, as_json: bool) -> None:
    """Print how many responses to a form were not stored, by day and why; nothing of them is kept.

    Who was asked for proof and gave it has been stored since.
    """
    if form(key) is None:
        raise Refused(f"There is no form {key!r}; `hearback collect form list` names them.")
    try:
        found = refused(key, since.date() if since else None)
    except StoreNotReady as problem:
        raise Refused(f"The store of responses cannot be used: {problem}.") from problem
    rows = [msgspec.to_builtins(one) for one in found]
    lines = [f"{one.day}  {one.count:9,}  {WHY[one.kind]}" for one in found]
    emit({"form": key, "refused": rows}, as_json=as_json, lines=lines or ["Nothing was refused."])
