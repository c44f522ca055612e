"""`hearback plan goal`: read goals with the wordings they had before, and replace a wording."""

from typing import Any

import click
import msgspec
from django.db import transaction

from hearback.fiscal import PeriodNotValid
from hearback.plan import actions, queries
from hearback.plan.commands.milestones import why_options
from hearback.plan.days import day_of
from hearback.plan.facts import GoalFact
from hearback.plan.rules import ReplacementNotGood
from hearback.plan.wordings import PlacedGoalFact
from hearback.ui.terminal import Refused, WrongUse, by_option, command, dry_run_option, emit, json_option, now

goal_group = click.Group("goal", help="Goals: how they read, how they read before, and replacing a wording.")
REFUSALS = (
    actions.GoalUnknown,
    actions.GoalReplaced,
    actions.ChangedMeanwhile,
    ReplacementNotGood,
)


@command(goal_group, "list", example="hearback plan goal list --json")
@json_option
def list_command(as_json: bool) -> None:
    """List goals by strategy, those that were replaced too."""
    found = queries.goals()
    lines = [
        f"{one.fact.key}: {one.fact.number} {one.fact.gist}"
        + (f" ({_replaced(one.fact)})" if one.fact.replaced_by_key else "")
        for one in found
    ]
    emit({"goals": [_shown(one) for one in found]}, as_json=as_json, lines=lines or ["There is none."])


@command(goal_group, "show", example="hearback plan goal show pma-cx-2.1-2022")
@click.argument("key")
@json_option
def show_command(key: str, as_json: bool) -> None:
    """Show one goal, and what took its place."""
    found = queries.goal(key)
    if found is None:
        raise Refused(f"there is no goal {key!r}; `hearback plan goal list` names them")
    row = _shown(found)
    lines = [f"{row['number']} {row['gist']} ({key}, version {found.version})", f"  of {found.strategy}"]
    lines += [
        f"  {name.replace('_', ' ')}: {row[name] or 'not known'}"
        for name in ("target_date", "status", "as_of", "source")
    ]
    lines += [f"  {_replaced(found.fact)}"] if found.fact.replaced_by_key else []
    emit(row, as_json=as_json, lines=lines)


@command(
    goal_group,
    "replace",
    example="hearback plan goal replace pma-cx-3.1 'Share what is built.' --reason 'Plainer.' --dry-run",
)
@click.argument("key")
@click.argument("gist")
@click.option("--number", help="Its number; left out, as before.")
@click.option(
    "--target-date", help="When it is to be reached; left out, as before; '' where none is promised."
)
@click.option("--status", help="Its state, in the words of the source; left out, not known.")
@click.option("--as-of", help="Since when it reads so; left out, today.")
@why_options
@json_option
@dry_run_option
@by_option
def replace_command(key: str, gist: str, by: str, as_json: bool, dry_run: bool, **said: Any) -> None:
    """Replace the wording of a goal by GIST. The public sees both, the day, the reason and who decided."""
    at = now()
    why = actions.Why(said["reason"], said["decided_by"], said["source"])
    try:
        with transaction.atomic():
            new = _wording(queries.goal(key), gist, said, day_of(at).isoformat())
            made = actions.replace_goal(key, new, why, seen=said["seen"], by=by, at=at)
            old, added = queries.goal(key), queries.goal(made)
            transaction.set_rollback(dry_run)
    except PeriodNotValid as problem:
        raise WrongUse(f"{problem}.") from problem
    except REFUSALS as problem:
        raise Refused(str(problem)) from problem
    payload = {
        "dry_run": dry_run,
        "replaced": _shown(old) if old else None,
        "added": _shown(added) if added else None,
    }
    lines = [f"{key} {'would be' if dry_run else 'is'} replaced by {made}: {new.number} {new.gist}"]
    emit(payload, as_json=as_json, lines=lines)


def _wording(old: PlacedGoalFact | None, gist: str, said: dict[str, Any], today: str) -> actions.NewWording:
    """Put together what a goal is to say; what is left out is as before."""
    number, target = said["number"], said["target_date"]
    if old is not None:  # an unknown one is refused where it is replaced
        number = old.fact.number if number is None else number
        target = old.fact.target_date if target is None else target
    as_of = today if said["as_of"] is None else said["as_of"]
    return actions.NewWording(
        gist.strip(), (number or "").strip(), target or None, said["status"] or None, as_of or None
    )


def _shown(one: PlacedGoalFact) -> dict[str, Any]:
    return {**msgspec.to_builtins(one.fact), "version": one.version, "strategy": one.strategy_key}


def _replaced(goal: GoalFact) -> str:
    said = [f"replaced by {goal.replaced_by_key}", goal.replaced_on or "when is not said"]
    said.append(f"because: {goal.replaced_reason}" if goal.replaced_reason else "why is not said")
    said += [f"decided by {goal.replaced_decided_by}"] if goal.replaced_decided_by else []
    return ", ".join(said)
