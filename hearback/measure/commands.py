"""Commands of measure."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

import click
from django.conf import settings
from django.db import transaction

from hearback.fiscal import QuarterNotValid, parse_quarter
from hearback.measure.actions import Computed, compute_scores
from hearback.measure.queries import ScoreFact, scores
from hearback.measure.rules import COUNT, LEVELS, MEASURES
from hearback.measure.scoring import ProviderNotKnown
from hearback.measure.wanted import scored_or_reported
from hearback.ui.terminal import (
    Refused,
    by_option,
    command,
    dry_run_option,
    emit,
    json_option,
    now,
    progress,
)

group = click.Group("measure", help="Answers to scores with intervals.")


def compute_all(*, by: str, at: datetime, dry_run: bool = False) -> dict[str, Any]:
    """Compute every quarter that has answers or old scores; returns what changed, all or nothing."""
    wanted = scored_or_reported()
    with transaction.atomic():
        done = [
            compute_scores(quarter, settings.SUPPRESS_BELOW, by=by, at=at)
            for quarter in progress(wanted, "Quarters computed", total=len(wanted))
        ]
        transaction.set_rollback(dry_run)
    return _payload(done, dry_run)


def compute_quarter(quarter: str, *, by: str, at: datetime, dry_run: bool = False) -> dict[str, Any]:
    """Compute one quarter; returns what changed, or with `dry_run` what would."""
    with transaction.atomic():
        done = compute_scores(quarter, settings.SUPPRESS_BELOW, by=by, at=at)
        transaction.set_rollback(dry_run)
    return _payload([done], dry_run)


def _payload(done: list[Computed], dry_run: bool) -> dict[str, Any]:
    return {
        "dry_run": dry_run,
        "n_scores": sum(c.n_scores for c in done),
        "n_added": sum(c.n_added for c in done),
        "n_changed": sum(c.n_changed for c in done),
        "n_removed": sum(c.n_removed for c in done),
        "n_exclusions": sum(c.n_exclusions for c in done),
        "quarters": [asdict(c) for c in done],
    }


def _lines(payload: dict[str, Any]) -> list[str]:
    would = "would be " if payload["dry_run"] else ""
    return [
        f"{parse_quarter(q['quarter']).label}: {q['n_scores']:,} scores; {q['n_added']:,} {would}new, "
        f"{q['n_changed']:,} {would}changed, {q['n_removed']:,} {would}removed; "
        f"{q['n_exclusions']:,} surveys left out of something."
        for q in payload["quarters"]
    ] or ["Nothing to compute: no survey is reported yet. Import some with `hearback collect import`."]


@command(group, "quarter", example="hearback measure quarter FY2021-Q2")
@click.argument("quarter")
@json_option
@dry_run_option
@by_option
def quarter_command(quarter: str, as_json: bool, dry_run: bool, by: str) -> None:
    """Compute the scores of one fiscal quarter. Running twice changes nothing."""
    try:
        payload = compute_quarter(quarter, by=by, at=now(), dry_run=dry_run)
    except (QuarterNotValid, ProviderNotKnown) as problem:
        raise Refused(str(problem)) from problem
    emit(payload, as_json=as_json, lines=_lines(payload))


@command(group, "all", example="hearback measure all --dry-run")
@json_option
@dry_run_option
@by_option
def all_command(as_json: bool, dry_run: bool, by: str) -> None:
    """Compute the scores of every quarter that has reported surveys."""
    try:
        payload = compute_all(by=by, at=now(), dry_run=dry_run)
    except ProviderNotKnown as problem:
        raise Refused(str(problem)) from problem
    emit(payload, as_json=as_json, lines=_lines(payload))


@command(group, "show", example="hearback measure show government all --quarter FY2021-Q2")
@click.argument("level", type=click.Choice(list(LEVELS)))
@click.argument("subject")
@click.option("--quarter", help="Only this fiscal quarter, as FY2021-Q2.")
@json_option
def show_command(level: str, subject: str, quarter: str | None, as_json: bool) -> None:
    """Show the scores of a survey, service, provider, agency or (as `government all`) of all."""
    try:
        code = str(parse_quarter(quarter)) if quarter else None
    except QuarterNotValid as problem:
        raise Refused(str(problem)) from problem
    found = scores(level=level, subject=subject, quarter=code)
    if not found:
        raise Refused(
            f"There are no scores of {level} {subject!r}{f' in {code}' if code else ''}. Check the key with "
            "`hearback directory list`, and compute with `hearback measure all`."
        )
    emit({"scores": [asdict(s) for s in found]}, as_json=as_json, lines=[_line(s) for s in found])


def _value(score: ScoreFact) -> str:
    if score.value is None:
        return "no value"
    return f"{score.value:,.0f}" if MEASURES[score.measure].kind == COUNT else f"{score.value:.4f}"


def _line(score: ScoreFact) -> str:
    value = _value(score)
    interval = f" ({score.low:.4f} to {score.high:.4f})" if score.low is not None else ""
    because = f" [{score.reason}]" if score.reason else ""
    n = "" if score.n is None else f", n = {score.n:,}"
    flags = f"; {', '.join(score.flags)}" if score.flags else ""
    method = f"; {score.method} {score.method_version}"
    return f"{score.quarter}  {score.pool:<9}  {score.measure}: {value}{interval}{because}{n}{method}{flags}"
