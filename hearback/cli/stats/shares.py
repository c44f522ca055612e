"""`hearback stats interval` and `hearback stats change`: one share, and two."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from hearback.cli.stats.numbers import (
    COUNT,
    Counting,
    as_typed,
    check_parts,
    decimals_for,
    deff_option,
    interval_of_percents,
    interval_of_points,
    level_option,
    p_value,
    percent,
    points,
    power_option,
    refuse,
)
from hearback.ui.terminal import emit, json_option

if TYPE_CHECKING:
    from hearback.stats.experiments import Detectable, ShareChange

METHODS = ("wilson", "clopper-pearson", "jeffreys", "agresti-coull")


@click.command("interval", cls=Counting, example="hearback stats interval 41 50 --level 0.9")
@click.argument("hits", type=COUNT)
@click.argument("n", type=COUNT)
@level_option
@click.option("--method", default=METHODS[0], show_default=True, type=click.Choice(METHODS),
              help="Whose interval.")  # fmt: skip
@deff_option
@json_option
def interval_command(hits: int, n: int, level: float, method: str, deff: float, as_json: bool) -> None:
    """Give the share of HITS among N answers with its interval, and say what that does not cover."""
    from hearback.stats import proportion
    from hearback.stats.estimate import Estimate

    estimators = {
        "wilson": proportion.wilson_interval,
        "clopper-pearson": proportion.clopper_pearson_interval,
        "jeffreys": proportion.jeffreys_interval,
        "agresti-coull": proportion.agresti_coull_interval,
    }
    check_parts(("HITS", hits, "N", n))
    try:
        found = estimators[method](hits, n, level, deff=deff)
    except proportion.CountNotValid as problem:
        refuse(problem)
    payload = {"share": None, "low": None, "high": None, "reason": None, "n_hits": hits, "n": n,
               "level": level, "method": method, "deff": deff, "n_effective": n / deff,
               "version": found.version}  # fmt: skip
    if not isinstance(found, Estimate):
        emit(
            {**payload, "reason": found.reason}, as_json=as_json, lines=["No answers, so there is no share."]
        )
        return
    payload |= {"share": found.value, "low": found.low, "high": found.high}
    emit(payload, as_json=as_json, lines=_interval_lines(payload))


def _interval_lines(found: dict[str, Any]) -> list[str]:
    level, decimals = as_typed(found["level"]), decimals_for(found["high"] - found["low"])
    return [
        f"{percent(found['share'], decimals)} ({found['n_hits']:,} of {found['n']:,}), {level} interval "
        f"{interval_of_percents(found['low'], found['high'], decimals)} ({found['method']}).",
        f"Made over and over from new answers, about {level} of such intervals would hold the true share.",
        _design(
            found["deff"],
            "That is chance only: the people who chose not to answer are not covered",
            "answers that come in clusters, as from a few offices, or are weighted need a wider interval",
            f"{found['n']:,} answers count as {found['n_effective']:,.1f}",
        ),
    ]


def _design(deff: float, covered: str, otherwise: str, counted: str) -> str:
    """Say what the interval takes for granted, or what the design effect given made of the answers."""
    if deff == 1:
        return f"{covered}, and {otherwise}: give their design effect with --deff."
    return f"{covered}. With a design effect of {deff:g}, {counted}."


@click.command("change", cls=Counting, example="hearback stats change 48 80 56 70")
@click.argument("hits_before", type=COUNT)
@click.argument("n_before", type=COUNT)
@click.argument("hits_after", type=COUNT)
@click.argument("n_after", type=COUNT)
@level_option
@power_option("How often the smallest change told is to be found.")
@deff_option
@json_option
def change_command(
    hits_before: int, n_before: int, hits_after: int, n_after: int, as_json: bool, **options: float
) -> None:
    """Compare the share of HITS_BEFORE among N_BEFORE answers with a later one of other people.

    Gives the difference with its interval (Miettinen and Nurminen), a p-value, a verdict, and the smallest
    change that so many answers find in 8 of 10 samples, or as often as --power says.
    """
    from hearback.stats.experiments.sample_size import PlanNotValid
    from hearback.stats.experiments.two_shares import change_of_shares
    from hearback.stats.proportion import CountNotValid

    counts = hits_before, n_before, hits_after, n_after
    check_parts(
        ("HITS_BEFORE", hits_before, "N_BEFORE", n_before), ("HITS_AFTER", hits_after, "N_AFTER", n_after)
    )
    try:
        found = change_of_shares(
            *counts, level=options["level"], deff=options["deff"], power=options["power"]
        )
    except (CountNotValid, PlanNotValid) as problem:
        refuse(problem)
    payload = {**asdict(found), "power": options["power"], "deff": options["deff"]}
    emit(payload, as_json=as_json, lines=_change_lines(found, counts, options))


def _change_lines(
    found: "ShareChange", counts: tuple[int, int, int, int], options: dict[str, float]
) -> Iterator[str]:
    if found.share_before is None or found.share_after is None or found.difference is None:
        yield "No answers on one side, so there is no change to see."
        return
    assert found.low is not None  # noqa: S101 - there with a difference, as are the others
    assert found.high is not None  # noqa: S101
    assert found.p is not None  # noqa: S101
    assert found.smallest_found is not None  # noqa: S101
    decimals = decimals_for(found.high - found.low)
    before = f"{percent(found.share_before, decimals)} ({counts[0]:,} of {counts[1]:,})"
    after = f"{percent(found.share_after, decimals)} ({counts[2]:,} of {counts[3]:,})"
    yield (
        f"From {before} to {after}: {points(found.difference, decimals)}, {as_typed(found.level)} interval "
        f"{interval_of_points(found.low, found.high, decimals)}, {p_value(found.p)}."
    )
    yield f"Verdict: {found.verdict}."
    yield _smallest(found.smallest_found, options["power"], decimals)
    deff, (_, n_before, _, n_after) = options["deff"], counts
    yield _design(
        deff,
        "That is chance only, for answers of different people: people or offices that are in both need the "
        "design-based change",
        "answers that come in clusters, or are weighted, need a wider interval",
        f"{n_before:,} answers count as {n_before / deff:,.1f} and {n_after:,} as {n_after / deff:,.1f}",
    )


def _smallest(found: "Detectable", power: float, decimals: int) -> str:
    ways = [points(one, decimals) for one in (found.up, found.down) if one is not None]
    often = as_typed(power)
    if not ways:
        return (
            "So few people answered that even the largest change there can be is found in less than "
            f"{often} of samples."
        )
    return (
        f"With so many answers, the smallest change found in {often} of samples is {' or '.join(ways)}; "
        "smaller changes are missed more often."
    )
