"""Drawing noisy counts of small groups, and showing what was drawn and what it cost."""

from dataclasses import asdict
from decimal import Decimal
from fractions import Fraction
from typing import Any, cast

import click
from django.conf import settings
from django.db import IntegrityError

from hearback.fiscal import Quarter, parse_quarter
from hearback.measure.actions import draw_noise, withhold_noise
from hearback.measure.asking import check_quarter
from hearback.measure.commands.groups import group
from hearback.measure.commands.trying import refused_in_one_line
from hearback.measure.facts import NoisyGroupsFact
from hearback.measure.noise.drawing import Plan, plan_of, spent_by_account
from hearback.measure.queries import noisy_groups
from hearback.measure.rules.noise import LEVEL, noise_of
from hearback.ui.terminal import (
    Refused,
    by_option,
    command,
    dry_run_option,
    emit,
    json_option,
    now,
    quarter_argument,
    quarter_option,
)

HOW_TO_DRAW = "Draw some with `hearback measure noise`."


@command(group, "noise", example="hearback measure noise FY2021-Q2 --dry-run")
@quarter_argument
@json_option
@dry_run_option
@by_option
def noise_command(quarter: str, as_json: bool, dry_run: bool, by: str) -> None:
    """Draw counts of small groups with noise, once and for good, for the next release.

    Takes of the budget HEARBACK_NOISE_BUDGET. What was drawn is not drawn again; a trial draws nothing.
    """
    budget, asked, at = _budget(), parse_quarter(quarter), now()
    on = at.astimezone(settings.ZONE).date()
    with refused_in_one_line():
        plan = plan_of(asked, settings.SUPPRESS_BELOW, budget, settings.FISCAL_YEAR_STARTS, on)
    try:
        drawn = [] if dry_run else draw_noise(plan, budget, on, by=by, at=at)
    except IntegrityError as problem:
        raise Refused("Somebody else draws of this quarter now: nothing was drawn here.") from problem
    payload = _payload(asked, plan, budget, dry_run) | {"drawn": [_row(one) for one in drawn]}
    emit(payload, as_json=as_json, lines=_lines(payload))
    if plan.refused:
        click.get_current_context().exit(1)


@command(
    group, "withhold-noise",
    example="hearback measure withhold-noise clinic-fy2021-q2 age_band --why 'Read with a wrong code.'",
)  # fmt: skip
@click.argument("survey")
@click.argument("dimension")
@click.option("--why", required=True, help="Why; kept in the history.")
@json_option
@dry_run_option
@by_option
def withhold_noise_command(
    survey: str, dimension: str, why: str, as_json: bool, dry_run: bool, by: str
) -> None:
    """Keep counts with noise that were drawn out of every later release; what they cost stays spent.

    SURVEY is its key in its quarter, as `hearback measure show-noise` names it.
    """
    if not why.strip():
        raise Refused("Say why, as --why 'Read with a wrong code.'")
    if (survey, dimension) not in {(one.survey, one.dimension) for one in noisy_groups()}:
        raise Refused(
            f"No counts with noise of {dimension!r} in {survey!r} were drawn; see `measure show-noise`."
        )
    if not dry_run:
        withhold_noise(survey, dimension, why.strip(), by=by, at=now())
    done = "would be" if dry_run else "is"
    emit(
        {"survey": survey, "dimension": dimension, "withheld": not dry_run, "dry_run": dry_run},
        as_json=as_json,
        lines=[f"{dimension} of {survey} {done} withheld from every later release."],
    )


def _budget() -> Decimal:
    if settings.NOISE_BUDGET is None:
        raise Refused(
            "No counts with noise are made here. To make some, set HEARBACK_NOISE_BUDGET to the privacy loss "
            "that each answer may suffer, as 1; the method page on noise says what that means."
        )
    return cast(Decimal, settings.NOISE_BUDGET)


def _payload(quarter: Quarter, plan: Plan, budget: Decimal, dry_run: bool) -> dict[str, Any]:
    return {
        "dry_run": dry_run,
        "quarter": str(quarter),
        "budget": str(Fraction(budget)),
        "tables": [
            {
                "survey": table.survey,
                "dimension": table.dimension,
                "groups": len(table.groups),
                "epsilon": str(cost),
                "half_width": noise_of(cost).half_width(LEVEL),
            }
            for table, cost in plan.tables
        ],
        "drawn_before": plan.drawn_before,
        "refused": list(plan.refused),
    }


def _row(one: NoisyGroupsFact) -> dict[str, Any]:
    return asdict(one) | {"counted_on": one.counted_on.isoformat()}


def _lines(payload: dict[str, Any]) -> list[str]:
    done = "would be drawn" if payload["dry_run"] else "drawn"
    budget = payload["budget"]
    lines = [
        f"{one['survey']}, {one['dimension']}: {one['groups']} groups {done} for {one['epsilon']} of a "
        f"budget of {budget}; each within {one['half_width']} of the true count in 95 of 100 cases."
        for one in payload["tables"]
    ]
    lines += [f"Not drawn: {told}." for told in payload["refused"]]
    if payload["drawn_before"]:
        lines.append(f"{payload['drawn_before']} drawn before, and not again.")
    if not lines:
        quarter = parse_quarter(payload["quarter"]).label
        lines.append(f"No survey of {quarter} asks for groups and has trust figures that may be published.")
    return lines


@command(group, "show-noise", example="hearback measure show-noise --quarter FY2021-Q2")
@quarter_option
@json_option
def show_noise_command(quarter: str | None, as_json: bool) -> None:
    """Show the counts with noise that were drawn, and what is spent of each budget."""
    found = noisy_groups()
    with refused_in_one_line():
        known = {one.quarter for one in found}
        check_quarter(quarter, known, what="counts with noise", otherwise=HOW_TO_DRAW)
    shown = [one for one in found if quarter in (None, one.quarter)]
    spent = {account: str(cost) for account, cost in spent_by_account(shown).items()}
    payload = {"noisy_groups": [_row(one) for one in shown], "spent": spent}
    emit(payload, as_json=as_json, lines=_shown(shown) or [f"No counts with noise were drawn. {HOW_TO_DRAW}"])


def _shown(found: list[NoisyGroupsFact]) -> list[str]:
    spent = spent_by_account(found)
    return [
        line
        for one in found
        for line in (
            f"{one.survey}, {one.dimension}: {one.epsilon} of a budget of {one.budget}, with "
            f"{spent[one.account]} spent in all; ±{one.half_width} in 95 of 100 cases; "
            f"counted on {one.counted_on.isoformat()}",
            *(f"  {each.group}: {each.agreeing} agree, {each.others} do not" for each in one.groups),
        )
    ]
