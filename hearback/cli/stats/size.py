"""`hearback stats size`: how many answers a change or a margin needs."""

from dataclasses import asdict
from typing import Any

import click

from hearback.cli.stats.numbers import (
    MARGIN,
    PEOPLE,
    RATE,
    SHARE,
    Counting,
    as_typed,
    deff_option,
    level_option,
    power_option,
    refuse,
)
from hearback.ui.terminal import emit, json_option


@click.command("size", cls=Counting, example="hearback stats size 0.70 0.75 --response-rate 0.1")
@click.argument("shares", nargs=-1, type=SHARE, metavar="[BEFORE AFTER]")
@click.option("--margin", type=MARGIN, help="Half the width of the interval of one share: 0.03 for 3 points.")
@click.option(
    "--share", default=0.5, show_default=True, type=SHARE, help="With --margin: the share expected."
)
@level_option
@power_option("With two shares: how often the change is found.")
@deff_option
@click.option("--population", type=PEOPLE, help="With --margin: people there are, if not very many.")
@click.option(
    "--response-rate", default=1.0, show_default=True, type=RATE, help="Share of those asked who answer."
)
@json_option
@click.pass_context
def size_command(ctx: click.Context, /, shares: tuple[float, ...], as_json: bool, **options: Any) -> None:
    """Say how many answers are needed: to find a change from BEFORE to AFTER, or for a margin.

    For a change the number is for each of two groups of different people, as two quarters.
    """
    from hearback.stats.experiments.sample_size import PlanNotValid

    by_margin = options["margin"] is not None
    if by_margin == (len(shares) == 2) or len(shares) not in (0, 2):
        raise click.UsageError("give two shares, as 0.70 0.75, or --margin")
    foreign = ("power",) if by_margin else ("share", "population")
    for name in foreign:
        if ctx.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE:
            raise click.UsageError(f"--{name} does not go with {'--margin' if by_margin else 'two shares'}")
    try:
        payload, lines = _size_for_margin(options) if by_margin else _size_for_change(shares, options)
    except PlanNotValid as problem:
        refuse(problem)
    emit(payload, as_json=as_json, lines=lines)


def _size_for_change(shares: tuple[float, ...], options: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    from hearback.stats.experiments.sample_size import invitations_for, size_for_change

    before, after = shares
    asked = {name: options[name] for name in ("power", "deff", "response_rate")}
    found = size_for_change(before, after, alpha=1 - options["level"], **asked)
    payload = {
        "share_before": before,
        "share_after": after,
        "level": options["level"],
        **asked,
        **asdict(found),
    }
    if found.n_design is None:
        return payload, ["The two shares are the same, and no sample finds a change of nothing."]
    payload["invitations"] = invitations_for(found.n_design, options["response_rate"])
    return payload, [
        f"{_answers(found.n_design)} in each of two groups find a change from {as_typed(before)} to "
        f"{as_typed(after)} in {as_typed(options['power'])} of samples, with false alarms in "
        f"{as_typed(1 - options['level'])} where nothing changed.",
        *_to_ask(payload["invitations"], options, " in each group"),
    ]


def _size_for_margin(options: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    from hearback.stats.experiments.sample_size import invitations_for, size_for_margin

    asked = {name: options[name] for name in ("share", "level", "population", "deff", "response_rate")}
    found = size_for_margin(options["margin"], **asked)
    population = options["population"]
    invitations = invitations_for(found.n_design, options["response_rate"])
    feasible = population is None or invitations <= population
    lines = [
        f"{_answers(found.n_design)} {'gives' if found.n_design == 1 else 'give'} a share near "
        f"{as_typed(options['share'])} a margin of {100 * options['margin']:.12g} points at "
        f"{as_typed(options['level'])}.",
        *_to_ask(invitations, options, ""),
    ]
    if not feasible:
        lines.append(f"That is more than the {population:,} people there are: take a wider margin.")
    sizes = {**asdict(found), "invitations": invitations, "feasible": feasible}
    return {"margin": options["margin"], **asked, **sizes}, lines


def _answers(n: int) -> str:
    return "1 answer" if n == 1 else f"{n:,} answers"


def _to_ask(invitations: int, options: dict[str, Any], where: str) -> list[str]:
    rate = options["response_rate"]
    if rate == 1:
        return []
    return [f"If {as_typed(rate)} of those asked answer, ask {invitations:,} people{where}."]
