"""Counting archived answers, and computing scores and what trust goes with."""

from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import Any

import click
from django.conf import settings

from hearback.collect import queries as collect
from hearback.fiscal import parse_quarter
from hearback.measure.actions import ChangesComputed, Computed, compute_drivers, compute_scores
from hearback.measure.asking import HOW_TO_ARCHIVE, HOW_TO_LOAD, check_quarter, listed
from hearback.measure.cells import RolledUp, engine_named, roll_up, stale_cells
from hearback.measure.commands.changes import changes_payload, compute_changes_of, touched_by
from hearback.measure.commands.groups import group
from hearback.measure.commands.trying import refused_in_one_line, tried
from hearback.measure.file_queries import cell_store
from hearback.measure.queries import driver_quarters
from hearback.measure.rules.drivers import NOT_A_CAUSE
from hearback.measure.wanted import scored_or_reported
from hearback.ui.terminal import (
    by_option,
    command,
    dry_run_option,
    emit,
    json_option,
    now,
    progress,
    quarter_argument,
    quarter_option,
)

NOTHING_TO_COMPUTE = f"Nothing to compute: no survey is reported and no answers are archived. {HOW_TO_LOAD}"


def count_cells() -> list[RolledUp]:
    """Count archived answers that are not in the cells yet, by the engine of the settings.

    Raises:
        EngineNotThere: if the engine cannot be started.
    """
    archive = collect.answer_archive()
    n_quarters = len(archive.quarters())
    if not n_quarters and not cell_store().quarters():
        return []
    engine = engine_named(settings.ENGINE, settings.SPARK_ADDRESS)
    try:
        told = partial(progress, what="Quarters counted", total=n_quarters)
        return roll_up(archive, cell_store(), engine, told)
    finally:
        engine.close()


def compute_all(*, by: str, at: datetime, dry_run: bool = False) -> dict[str, Any]:
    """Count what is new, compute every quarter that has answers or old scores; all scores or none.

    Raises:
        EngineNotThere: if the engine cannot be started.
        ProviderNotKnown: if a survey's provider is not in the directory.
    """
    with tried(dry_run=dry_run):
        count_cells()
        wanted = scored_or_reported()
        done = [
            compute_scores(quarter, settings.SUPPRESS_BELOW, by=by, at=at)
            for quarter in progress(wanted, "Quarters computed", total=len(wanted))
        ]
        compared = compute_changes_of(None, by=by, at=at)
    return _payload(done, compared, dry_run)


def compute_quarter(
    quarter: str, *, by: str, at: datetime, dry_run: bool = False, scores_only: bool = False
) -> dict[str, Any]:
    """Count what is new, compute one quarter and the changes that rest on it.

    Raises:
        QuarterNotValid: if the quarter cannot be read.
        NothingThere: if there are neither surveys nor scores of it.
        EngineNotThere: if the engine cannot be started.
        ProviderNotKnown: if a survey's provider is not in the directory.
    """
    asked = parse_quarter(quarter)
    with tried(dry_run=dry_run):
        count_cells()
        check_quarter(str(asked), scored_or_reported(), what="surveys")
        done = compute_scores(str(asked), settings.SUPPRESS_BELOW, by=by, at=at)
        compared = compute_changes_of([] if scores_only else touched_by(asked), by=by, at=at)
    return _payload([done], compared, dry_run)


def compute_all_drivers(
    quarter: str | None = None, *, by: str, at: datetime, dry_run: bool = False
) -> dict[str, Any]:
    """Count what is new, then compute what trust goes with in one quarter, or in all that have answers.

    Raises:
        NothingThere: if there are neither answers of single people nor figures of the quarter.
        EngineNotThere: if the engine cannot be started.
        ProviderNotKnown: if a survey's provider is not in the directory.
    """
    told = partial(progress, what="Services and providers computed")
    with tried(dry_run=dry_run):
        count_cells()
        known = sorted({*cell_store().quarters(), *driver_quarters()})
        check_quarter(quarter, known, what="answers of single people", otherwise=HOW_TO_ARCHIVE)
        engine = engine_named(settings.ENGINE, settings.SPARK_ADDRESS)
        try:
            done = [
                compute_drivers(one, settings.SUPPRESS_BELOW, engine, by=by, at=at, told=told)
                for one in ([quarter] if quarter else known)
            ]
        finally:
            engine.close()
    return {
        "dry_run": dry_run,
        "n_drivers": sum(c.n_drivers for c in done),
        "n_added": sum(c.n_added for c in done),
        "n_changed": sum(c.n_changed for c in done),
        "n_removed": sum(c.n_removed for c in done),
        "quarters": [asdict(c) for c in done],
        "note": NOT_A_CAUSE,
    }


def _payload(done: list[Computed], compared: list[ChangesComputed], dry_run: bool) -> dict[str, Any]:
    return {
        "dry_run": dry_run,
        "n_scores": sum(c.n_scores for c in done),
        "n_added": sum(c.n_added for c in done),
        "n_changed": sum(c.n_changed for c in done),
        "n_removed": sum(c.n_removed for c in done),
        "n_exclusions": sum(c.n_exclusions for c in done),
        "quarters": [asdict(c) for c in done],
        "changes": changes_payload(compared),
    }


def _lines(payload: dict[str, Any]) -> list[str]:
    would = "would be " if payload["dry_run"] else ""
    return [
        f"{parse_quarter(q['quarter']).label}: {q['n_scores']:,} scores; {q['n_added']:,} {would}new, "
        f"{q['n_changed']:,} {would}changed, {q['n_removed']:,} {would}removed; "
        f"{q['n_group_scores']:,} of groups, {would}{'changed' if q['groups_changed'] else 'as before'}; "
        f"{_left_out(q['n_exclusions'])}."
        for q in payload["quarters"]
    ] or [NOTHING_TO_COMPUTE]


def _left_out(n: int) -> str:
    """Say how many questions, not surveys: of one survey several may be left out."""
    return f"{n:,} {'question' if n == 1 else 'questions'} of surveys left out of something"


@command(group, "cells", example="hearback measure cells --json")
@json_option
@dry_run_option
def cells_command(as_json: bool, dry_run: bool) -> None:
    """Count archived answers that are new into cells. Stopped half-way, the next call goes on."""
    store = cell_store()
    if dry_run:
        stale = stale_cells(collect.answer_archive(), store)
        emit({"would_count": stale}, as_json=as_json, lines=[f"Would count {listed(stale) or 'nothing'}."])
        return
    with refused_in_one_line():
        done = count_cells()
    lines = [
        f"{parse_quarter(one.quarter).label}: {one.how}; {one.n_new_responses:,} new of "
        f"{one.n_responses:,} responses, {one.n_cells:,} cells."
        for one in done
    ]
    nothing = ["Nothing to count: no answers are archived yet. Archive some with `hearback collect answers`."]
    emit({"quarters": [asdict(one) for one in done]}, as_json=as_json, lines=lines or nothing)


@command(group, "quarter", example="hearback measure quarter FY2021-Q2")
@quarter_argument
@click.option("--scores-only", is_flag=True, help="Leave what changed to `hearback measure changes`.")
@json_option
@dry_run_option
@by_option
def quarter_command(quarter: str, scores_only: bool, as_json: bool, dry_run: bool, by: str) -> None:
    """Count archived answers, and compute the scores of one fiscal quarter. Running twice changes nothing."""
    with refused_in_one_line():
        payload = compute_quarter(quarter, by=by, at=now(), dry_run=dry_run, scores_only=scores_only)
    emit(payload, as_json=as_json, lines=_lines(payload))


@command(group, "all", example="hearback measure all --dry-run")
@json_option
@dry_run_option
@by_option
def all_command(as_json: bool, dry_run: bool, by: str) -> None:
    """Count archived answers, and compute the scores of every quarter that has surveys, and what changed."""
    with refused_in_one_line():
        payload = compute_all(by=by, at=now(), dry_run=dry_run)
    emit(payload, as_json=as_json, lines=_lines(payload))


@command(group, "drivers", example="hearback measure drivers --quarter FY2021-Q2")
@quarter_option
@json_option
@dry_run_option
@by_option
def drivers_command(quarter: str | None, as_json: bool, dry_run: bool, by: str) -> None:
    """Compute what trust goes with, from archived answers. Running twice changes nothing."""
    with refused_in_one_line():
        payload = compute_all_drivers(quarter, by=by, at=now(), dry_run=dry_run)
    would = "would be " if dry_run else ""
    lines = [
        f"{parse_quarter(q['quarter']).label}: {q['n_drivers']:,} figures on {q['n_subjects']:,} services, "
        f"providers and weighted surveys; {q['n_added']:,} {would}new, {q['n_changed']:,} {would}changed, "
        f"{q['n_removed']:,} {would}removed."
        for q in payload["quarters"]
    ] or ["Nothing to compute: no answers are archived yet. Archive some with `hearback collect answers`."]
    emit(payload, as_json=as_json, lines=[*lines, NOT_A_CAUSE])
