"""Commands of learn."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from django.db import transaction

from hearback.collect.sheets import doors
from hearback.directory.rows import LoadReport, Wanted
from hearback.learn import evidence, queries
from hearback.learn.actions import load_journeys
from hearback.learn.dumping import records
from hearback.learn.finding import KINDS as KINDS_OF_THINGS
from hearback.learn.finding import Thing
from hearback.learn.finding import search as search_all
from hearback.learn.rules import Hit, QueryNotGood, Term
from hearback.learn.rules import shown as marked
from hearback.learn.sheets.book import BOOK
from hearback.learn.sheets.loading import read_source
from hearback.ui.terminal import Refused, by_option, command, dry_run_option, emit, json_option, now

group = click.Group(
    "learn", help="Journeys with stages and steps, pain points, stories, studies, personas, insights."
)
doors.add_dump_and_template(group, BOOK, records, what="journeys", file="journeys.xlsx")


def load(source: Path, *, by: str, at: datetime, dry_run: bool = False) -> LoadReport:
    """Load journeys from a folder of JSON or CSV, or from a workbook; returns what changed, or what would.

    Raises:
        FileNotGood: if anything in it is wrong; nothing is loaded then. A `SheetsNotGood` tells all at once.
    """
    with transaction.atomic():
        found = read_source(source)
        report = load_journeys(found.wanted, by=by, at=at)
        report.losses += found.losses
        if dry_run:
            transaction.set_rollback(True)
    return report


def load_rows(wanted: Sequence[Wanted], *, by: str, at: datetime) -> LoadReport:
    """Load what files beside those of other stages say of journeys; returns what changed.

    Raises:
        FileNotGood: if a row clashes with what is loaded; nothing is loaded then.
    """
    return load_journeys(wanted, by=by, at=at)


@command(group, "load", example="hearback learn load examples/federal --dry-run")
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@json_option
@dry_run_option
@by_option
def load_command(source: Path, as_json: bool, dry_run: bool, by: str) -> None:
    """Load journeys from journeys.json in a folder, a folder of CSV, or a workbook, as `dump` writes them.

    All or nothing; the services and agencies they name must be in the directory. What is in the database and
    not in the file stays and is reported. All that is wrong in sheets is told at once. May be run again at
    any time.
    """
    doors.load(lambda: load(source, by=by, at=now(), dry_run=dry_run), as_json=as_json, dry_run=dry_run)


@command(group, "counts", example="hearback learn counts --json")
@json_option
def counts_command(as_json: bool) -> None:
    """Count every kind of record: journeys, their stages and steps, pain points, and all of research."""
    found = queries.counts()
    lines = [f"{n} {name.replace('_', ' ')}" for name, n in found.items()]
    emit(dict(found), as_json=as_json, lines=lines)


@command(group, "evidence", example="hearback learn evidence --json")
@json_option
def evidence_command(as_json: bool) -> None:
    """List links of insights and personas that lead to nothing, as things stand now.

    Looks up what is cited by its key: pain points, observations, passages, published figures. Names also what
    is marked as published and has no evidence left: the next release leaves it out. Exit code 1 if any link
    leads to nothing.
    """
    found = evidence.check()
    payload = {
        "not_there": [asdict(one) for one in found.lost],
        "unfounded": [{"kind": kind, "key": key} for kind, key in found.unfounded],
    }
    lines = [f"{one}." for one in found.lost] or ["All that is cited by key is there."]
    lines += [
        f"{kind} {key} has no evidence left: the next release leaves it out." for kind, key in found.unfounded
    ]
    emit(payload, as_json=as_json, lines=lines)
    if found.lost:
        click.get_current_context().exit(1)


@command(group, "search", example="hearback learn search form 'two weeks' --kind observation --json")
@click.argument("words", nargs=-1, required=True)
@click.option("--kind", type=click.Choice(list(KINDS_OF_THINGS)), help="Only things of this kind.")
@click.option(
    "--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, help="Most things to print."
)
@json_option
def search_command(words: tuple[str, ...], kind: str | None, limit: int, as_json: bool) -> None:
    """Search all that was learnt, published or not; what is printed may hold what is never published.

    All words must be found, in any order; the beginning of a word is enough. Words in one pair of quotation
    marks stand together. Kinds come one after the other, the best of each first.
    """
    query = " ".join(f'"{word}"' if " " in word and '"' not in word else word for word in words)
    try:
        found = search_all(query)
    except QueryNotGood as problem:
        raise Refused(str(problem)) from problem
    if not found.terms:
        raise Refused("There is no word in that; give letters or digits.")
    printed = [_told(found.terms, hit) for hit in found.of_kind(kind or "")[:limit]]
    lines = [
        f"{one['kind'].replace('_', ' ')} {one['key']}: "
        + " – ".join(part for part in (one["title"], one["passage"]) if part)
        for one in printed
    ]
    if not found.hits:
        lines = ["Nothing holds all of these words; try fewer, or the beginning of a word."]
    emit({"counts": found.counts, "alone": found.alone, "found": printed}, as_json=as_json, lines=lines)


def _told(terms: tuple[Term, ...], hit: Hit[Thing]) -> dict[str, Any]:
    thing = hit.thing
    title, more = marked(terms, thing)
    return {
        "kind": thing.kind,
        "key": thing.key,
        "journey": thing.journey_key,
        "study": thing.study_key,
        "title": str(title),
        "passage": None if more is None else str(more),
    }
