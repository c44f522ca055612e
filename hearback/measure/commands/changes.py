"""Commands about change: computing comparisons, and showing them."""

from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from typing import Any

import click
from django.conf import settings
from django.db import transaction

from hearback.fiscal import Quarter, QuarterNotValid, parse_quarter
from hearback.measure.actions import ChangesComputed, compute_changes
from hearback.measure.asking import (
    CHANGES,
    CHARTS,
    HOW_TO_COMPUTE,
    NothingThere,
    check_quarter,
    why_not_compared,
    why_nothing,
)
from hearback.measure.changes.charts import CHARTED, CHARTED_LEVELS
from hearback.measure.changes.fairness import COMPARED_LEVELS, TooFewToCompare
from hearback.measure.changes.reading import control_chart, fair_comparison
from hearback.measure.changes.sides import Sides
from hearback.measure.changes.wanted import FARTHEST
from hearback.measure.changes.words import change_lines, chart_lines, comparison_lines
from hearback.measure.commands.groups import group
from hearback.measure.commands.trying import refused_in_one_line, tried
from hearback.measure.file_queries import group_gaps
from hearback.measure.queries import comparison_quarters, comparisons, quarters, scores
from hearback.measure.rules import (
    KINDS,
    LEVELS,
    MEASURES,
    OWN,
    ROLLED_UP,
    VERDICTS,
    is_compared,
    said,
    sentence,
)
from hearback.ui.terminal import (
    by_option,
    command,
    dry_run_option,
    emit,
    json_option,
    now,
    progress,
    quarter_option,
)

COMPARED = [key for key, measure in MEASURES.items() if is_compared(measure)]
"""The measures that are compared."""


def touched_by(quarter: Quarter) -> list[str]:
    """Name the quarters whose changes rest on a quarter: it, and those with figures in the year after."""
    last = quarter
    for _ in range(FARTHEST):
        with suppress(QuarterNotValid):  # the last quarter of the calendar
            last = last.next()
    known = {*quarters(), *comparison_quarters()}
    return sorted({str(quarter), *(one for one in known if str(quarter) <= one <= str(last))})


def compute_changes_of(wanted: list[str] | None, *, by: str, at: datetime) -> list[ChangesComputed]:
    """Compute the changes of some quarters, or of all that have scores; all or none."""
    asked = sorted({*quarters(), *comparison_quarters()}) if wanted is None else wanted
    sides = Sides(settings.SUPPRESS_BELOW)
    with transaction.atomic():
        return [
            compute_changes(one, sides, by=by, at=at)
            for one in progress(asked, "Quarters compared", total=len(asked))
        ]


def changes_payload(done: list[ChangesComputed]) -> dict[str, Any]:
    """Say for scripts how comparing went."""
    return {
        "n_comparisons": sum(one.n_comparisons for one in done),
        "n_added": sum(one.n_added for one in done),
        "n_changed": sum(one.n_changed for one in done),
        "n_removed": sum(one.n_removed for one in done),
        "n_gaps": sum(one.n_gaps for one in done),
        "quarters": [asdict(one) for one in done],
    }


def _lines(payload: dict[str, Any]) -> list[str]:
    would = "would be " if payload["dry_run"] else ""
    return [
        f"{parse_quarter(q['quarter']).label}: {q['n_comparisons']:,} comparisons; "
        f"{q['n_added']:,} {would}new, {q['n_changed']:,} {would}changed, {q['n_removed']:,} {would}removed; "
        f"{q['n_gaps']:,} of groups."
        for q in payload["quarters"]
    ] or ["Nothing to compare: there are no scores yet. Compute them with `hearback measure all`."]


@command(group, "changes", example="hearback measure changes --quarter FY2021-Q2")
@quarter_option
@json_option
@dry_run_option
@by_option
def changes_command(quarter: str | None, as_json: bool, dry_run: bool, by: str) -> None:
    """Compare scores with those of the quarter and of the year before, and groups with one another.

    With --quarter, those of that quarter and of the quarters that rest on it.
    """
    with refused_in_one_line(), tried(dry_run=dry_run):
        known = {*quarters(), *comparison_quarters()}
        check_quarter(quarter, known, what="scores", otherwise=HOW_TO_COMPUTE)
        wanted = None if quarter is None else touched_by(parse_quarter(quarter))
        done = compute_changes_of(wanted, by=by, at=now())
    payload = {"dry_run": dry_run, **changes_payload(done)}
    emit(payload, as_json=as_json, lines=_lines(payload))


def _verdicts(context: click.Context, option: click.Parameter, text: str | None) -> frozenset[str]:
    """Read verdicts from a list with commas; a hyphen may stand in the place of a blank."""
    asked = [one.strip().lower().replace("-", " ") for one in (text or "").split(",") if one.strip()]
    for one in asked:
        if one not in VERDICTS:
            raise click.BadParameter(f"{one!r} is no verdict; they are {', '.join(VERDICTS)}")
    return frozenset(asked)


@command(group, "show-changes", example="hearback measure show-changes government all --quarter FY2021-Q2")
@click.argument("level", type=click.Choice(list(LEVELS)))
@click.argument("subject")
@quarter_option
@click.option("--kind", type=click.Choice(list(KINDS)), help="Only comparisons of this kind.")
@click.option("--measure", type=click.Choice(COMPARED), metavar="MEASURE", help="Only this measure.")
@click.option("--dimension", help="Only groups by this dimension, as channel.")
@click.option("--only", callback=_verdicts, help="Only these verdicts, as up,down.")
@json_option
def show_changes_command(
    level: str, subject: str, quarter: str | None, only: frozenset[str], as_json: bool, **fields: str | None
) -> None:
    """Say what changed for a survey, service, provider, agency or (as `government all`) for all.

    In sentences the second of two groups is left out, as it says the same the other way round.
    """
    with refused_in_one_line():
        everything = comparisons(level=level, subject=subject)
        everything += group_gaps(level=level, subject=subject)
        there = {one.quarter for one in everything}
        found = [one for one in everything if quarter in (None, one.quarter)]
        if not found:
            raise NothingThere(why_nothing(CHANGES, level, subject, quarter, there))
    asked = {name: value for name, value in fields.items() if value is not None}
    kept = [
        one
        for one in found
        if (not only or one.verdict in only) and all(getattr(one, name) == asked[name] for name in asked)
    ]
    told = [{**asdict(one), "sentence": said(sentence(one))} for one in kept]
    none = [f"None of {len(found):,} comparisons is such a one."]
    emit({"changes": told}, as_json=as_json, lines=change_lines(kept) if kept else none)


@command(group, "chart", example="hearback measure chart provider va-vha")
@click.argument("level", type=click.Choice(CHARTED_LEVELS))
@click.argument("subject")
@click.option("--measure", type=click.Choice(CHARTED), help="Only this measure; all of them otherwise.")
@json_option
def chart_command(level: str, subject: str, measure: str | None, as_json: bool) -> None:
    """Say whether figures of a service or provider have left the level of their first year."""
    wanted = CHARTED if measure is None else (measure,)
    series = {(one.measure, one.pool) for one in scores(level=level, subject=subject)}
    found = [
        chart
        for key, pool in sorted(series)
        if key in wanted and pool != OWN and (chart := control_chart(level, subject, key, pool)) is not None
    ]
    if not found:
        with refused_in_one_line():
            raise NothingThere(why_nothing(CHARTS, level, subject, None, ()))
    lines = [line for chart in found for line in chart_lines(chart)]
    emit({"charts": [asdict(chart) for chart in found]}, as_json=as_json, lines=lines)


@command(group, "compare", example="hearback measure compare --quarter FY2021-Q2 --pool increased")
@quarter_option
@click.option(
    "--pool", type=click.Choice([*ROLLED_UP, "thumbs"]), default=ROLLED_UP[0], show_default=True,
    help="The pool whose surveys are compared.",
)  # fmt: skip
@click.option(
    "--level", type=click.Choice(COMPARED_LEVELS), default=COMPARED_LEVELS[0], show_default=True,
    help="What is compared.",
)  # fmt: skip
@json_option
def compare_command(quarter: str | None, pool: str, level: str, as_json: bool) -> None:
    """Compare providers or services fairly: who lies further out than chance explains. Never a ranking.

    Without --quarter, of the newest quarter with scores.
    """
    with refused_in_one_line():
        if not (known := quarters()):
            raise NothingThere(f"There are no scores yet. {HOW_TO_COMPUTE}")
        asked = quarter or known[-1]
        try:
            found = fair_comparison(level, asked, pool)
        except TooFewToCompare as problem:
            raise NothingThere(why_not_compared(level, asked, pool, str(problem))) from problem
    emit(asdict(found), as_json=as_json, lines=comparison_lines(found))
