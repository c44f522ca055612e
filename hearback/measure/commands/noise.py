"""Drawing counts of groups with noise, showing what was drawn and what it used, and withholding it."""

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
from hearback.measure.commands.trying import refused_in_one_line, tried
from hearback.measure.facts import NoisyGroupsFact
from hearback.measure.noise.drawing import Plan, plan_of
from hearback.measure.noise.spending import spent_by_budget
from hearback.measure.queries import noisy_groups, withheld_noise
from hearback.measure.rules.noise import LEVEL, noise_of
from hearback.ui.numbers import privacy_loss as loss
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

HOW_TO_DRAW = "Draw some with `hearback measure draw-noise QUARTER`; first look with --dry-run."


@command(group, "draw-noise", example="hearback measure draw-noise FY2021-Q2 --dry-run")
@quarter_argument
@json_option
@dry_run_option
@by_option
def draw_noise_command(quarter: str, as_json: bool, dry_run: bool, by: str) -> None:
    """Draw counts of groups with noise of a quarter, once and for good, for the next releases.

    Uses up the budget HEARBACK_NOISE_BUDGET, which cannot be had back, for every survey of the quarter that
    may be drawn. Try --dry-run first: it draws nothing. Ends with 1 where too little is left for a table.
    """
    budget, asked, at = _budget(), parse_quarter(quarter), now()
    on = at.astimezone(settings.ZONE).date()
    with refused_in_one_line():
        plan = plan_of(asked, settings.SUPPRESS_BELOW, budget, settings.FISCAL_YEAR_STARTS, on)
    try:
        drawn = [] if dry_run else draw_noise(plan, by=by, at=at)
    except IntegrityError as problem:
        raise Refused("Somebody else draws of this quarter now: nothing was drawn here.") from problem
    payload = _payload(asked, plan, dry_run) | {"drawn": [_row(one, {}) for one in drawn]}
    emit(payload, as_json=as_json, lines=_lines(payload))
    if plan.refused:
        click.get_current_context().exit(1)


def _budget() -> Decimal:
    if settings.NOISE_BUDGET is None:
        raise Refused(
            "No counts with noise are made here. To make some, set HEARBACK_NOISE_BUDGET to the privacy loss "
            "that each answer may suffer, as 1; the method page on noise says what that means."
        )
    return cast(Decimal, settings.NOISE_BUDGET)


def _payload(quarter: Quarter, plan: Plan, dry_run: bool) -> dict[str, Any]:
    return {
        "dry_run": dry_run,
        "quarter": str(quarter),
        "budget": str(Fraction(plan.budget)),
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
        "drawn_before": list(plan.drawn_before),
        "refused": list(plan.refused),
    }


def _row(one: NoisyGroupsFact, withheld: dict[tuple[str, str], str]) -> dict[str, Any]:
    why = withheld.get((one.survey, one.dimension))
    return asdict(one) | {"drawn_on": one.drawn_on.isoformat(), "withheld_why": why}


def _lines(payload: dict[str, Any]) -> list[str]:
    done = "would be drawn and use" if payload["dry_run"] else "drawn, using"
    lines = [
        f"{one['survey']}, {one['dimension']}: {one['groups']} groups {done} {loss(one['epsilon'])} of the "
        f"{loss(payload['budget'])} that may be used; each count within {one['half_width']} of the true one "
        "in 95 of 100 cases."
        for one in payload["tables"]
    ]
    lines += [f"Drawn before, and not again: {name}." for name in payload["drawn_before"]]
    lines += [f"Not drawn: {told}." for told in payload["refused"]]
    if not lines:
        quarter = parse_quarter(payload["quarter"]).label
        lines.append(f"No survey of {quarter} asks for groups and has a trust figure that is added up.")
    return lines


@command(group, "show-noise", example="hearback measure show-noise --quarter FY2021-Q2")
@quarter_option
@json_option
def show_noise_command(quarter: str | None, as_json: bool) -> None:
    """Show the counts with noise that were drawn, what is used of each budget, and what is withheld."""
    found = noisy_groups()
    with refused_in_one_line():
        known = {one.quarter for one in found}
        check_quarter(quarter, known, what="counts with noise", otherwise=HOW_TO_DRAW)
    shown, withheld = [one for one in found if quarter in (None, one.quarter)], withheld_noise()
    used = spent_by_budget(shown)
    payload = {
        "noisy_groups": [_row(one, withheld) for one in shown],
        "used": {key: str(epsilon) for key, epsilon in used.items()},
    }
    lines = [line for one in shown for line in _shown(one, used[one.budget_key], withheld)]
    emit(payload, as_json=as_json, lines=lines or [f"No counts with noise were drawn. {HOW_TO_DRAW}"])


def _shown(one: NoisyGroupsFact, used: Fraction, withheld: dict[tuple[str, str], str]) -> list[str]:
    why = withheld.get((one.survey, one.dimension))
    return [
        f"{one.survey}, {one.dimension}: used {loss(one.epsilon)}; {loss(used)} of the {loss(one.budget)} of "
        f"{one.budget_key} is used; ±{one.half_width} in 95 of 100 cases; drawn on {one.drawn_on.isoformat()}"
        + (f"; withheld: {why}" if why else ""),
        *(f"  {each.group}: {each.agreeing} agree, {each.others} do not" for each in one.groups),
    ]


@command(
    group, "withhold-noise",
    example="hearback measure withhold-noise clinic-fy2021-q2 age_band --why 'Read with a wrong code.'",
)  # fmt: skip
@click.argument("survey")
@click.argument("dimension")
@click.option("--why", required=True, help="Why; kept in the history, with what was said before.")
@json_option
@dry_run_option
@by_option
def withhold_noise_command(
    survey: str, dimension: str, why: str, as_json: bool, dry_run: bool, by: str
) -> None:
    """Keep counts with noise out of every later release, for good; what they used stays used.

    SURVEY is its key in its quarter, as `hearback measure show-noise` names it. Releases that hold the counts
    already keep them.
    """
    if not why.strip():
        raise Refused("Say why, as --why 'Read with a wrong code.'")
    with refused_in_one_line(), tried(dry_run=dry_run):
        withhold_noise(survey, dimension, why.strip(), by=by, at=now())
    done = "would be" if dry_run else "is"
    emit(
        {"survey": survey, "dimension": dimension, "withheld": not dry_run, "dry_run": dry_run},
        as_json=as_json,
        lines=[f"{dimension} of {survey} {done} withheld from every later release."],
    )
