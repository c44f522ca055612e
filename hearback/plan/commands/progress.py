"""`hearback plan progress`: how far success measures are, with every number behind it."""

from datetime import date

import click

from hearback.plan import queries
from hearback.plan.commands.measure_lines import measure_lines, measure_payload
from hearback.plan.days import today
from hearback.ui.terminal import ExampleCommand, Refused, WrongUse, emit, json_option


def _day(context: click.Context, option: click.Parameter, text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError as problem:
        raise WrongUse(f"'{text}' is no day; write it as 2026-03-01.") from problem


@click.command("progress", cls=ExampleCommand, example="hearback plan progress pma-cx-m1 --json")
@click.argument("key", required=False)
@click.option("--on", callback=_day, help="The day to judge for, as 2026-03-01; left out, today.")
@json_option
def progress_command(key: str | None, on: date | None, as_json: bool) -> None:
    """Say how far every success measure is, or the one with KEY, and print every number that this rests on.

    The rule is docs/methods/progress.md. The day decides whether a due date is over and how old a figure is;
    the figures are those known now.
    """
    day = on or today()
    found = [m for area in queries.priority_areas(day) for m in area.success_measures]
    if key is not None and key not in {m.key for m in found}:
        there = ", ".join(m.key for m in found) or "none yet: begin with `hearback plan load`"
        raise Refused(f"There is no success measure '{key}'; there are: {there}.")
    shown = [m for m in found if key in {None, m.key}]
    payload = {"on": day.isoformat(), "success_measures": [measure_payload(m) for m in shown]}
    emit(payload, as_json=as_json, lines=[line for m in shown for line in measure_lines(m)])
