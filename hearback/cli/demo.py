"""`hearback demo`: the bundled record of a real government, loaded, computed and released."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from hearback.cli import WHOLE
from hearback.ui import terminal
from hearback.ui.terminal import Refused, by_option, dry_run_option, emit, json_option, now

SURVEYS = "reported_surveys.csv"
SITE_FORM, SITE_SERVICE, SITE_PROVIDER = "site-feedback", "gsa-pxp-84", "gsa-pxp"
WHY = "The bundled record, loaded for a demonstration."
READY = "Run `hearback init` first, then `hearback demo load`."

command = click.Group("demo", help=WHOLE["demo"])


@dataclass(frozen=True)
class Run:
    """One loading: from where, who does it, when, and whether anything is kept."""

    folder: Path
    by: str
    at: datetime
    dry_run: bool


@dataclass(frozen=True)
class Done:
    """What a step did: how many things changed, and that in words."""

    n_changed: int
    words: str


def load_directory(run: Run) -> Done:
    """Load agencies, providers, services and websites."""
    from hearback.directory.commands import load

    report = load(run.folder, by=run.by, at=run.at)
    return Done(report.n_changes, f"{report.n_changes:,} rows changed")


def load_journeys(run: Run) -> Done:
    """Load what people go through."""
    from hearback.learn.commands import load

    report = load(run.folder, by=run.by, at=run.at)
    return Done(report.n_changes, f"{report.n_changes:,} rows changed")


def load_plan(run: Run) -> Done:
    """Load what was promised."""
    from hearback.plan.commands import load

    report = load(run.folder, by=run.by, at=run.at)
    return Done(report.n_changes, f"{report.n_changes:,} rows changed")


def load_answers(run: Run) -> Done:
    """Load the reported surveys."""
    from hearback.collect.commands import load_file

    report = load_file(run.folder / SURVEYS, by=run.by, at=run.at, dry_run=run.dry_run)
    return Done(report.rows_changed, f"{report.rows_read:,} surveys read, {report.rows_changed:,} changed")


def open_site_form(run: Run) -> Done:
    """Make and publish, once, the form for feedback on the site itself; here too, in the name of two."""
    from hearback.collect.commands.ready import open_ready_form

    if not open_ready_form(
        SITE_FORM, "site_feedback", service=SITE_SERVICE, provider=SITE_PROVIDER, by=run.by, at=run.at
    ):
        return Done(0, "was there already")
    return Done(1, f"{SITE_FORM} is open; HEARBACK_SITE_FORM={SITE_FORM} links to it")


def compute_scores(run: Run) -> Done:
    """Compute every score."""
    from hearback.measure.commands import compute_all

    result = compute_all(by=run.by, at=run.at, dry_run=run.dry_run)
    changed = result["n_added"] + result["n_changed"] + result["n_removed"]
    return Done(changed, f"{result['n_scores']:,} scores, {changed:,} changed")


def add_people(run: Run) -> Done:
    """Add one person for each demonstration role."""
    from hearback.accounts.commands import demo_people

    added = demo_people(by=run.by, at=run.at)
    return Done(added, f"{added} added")


def make_release(run: Run) -> Done:
    """Freeze what is approved, and publish it in the name of a second person, whom a demonstration lacks."""
    from hearback.publish.commands import approve, prepare

    result = prepare(why=WHY, by=run.by, at=run.at, dry_run=run.dry_run)
    if run.dry_run:
        return Done(0, "would be made where anything changed")
    if result["made"]:
        made = approve(result["manifest_sha256"], by=f"{run.by}, second person", at=run.at)
        return Done(1, f"number {made['number']} made")
    return Done(0, f"nothing changed since number {result['number']}")


STEPS: tuple[tuple[str, Callable[[Run], Done]], ...] = (
    ("Directory", load_directory),
    ("Journeys", load_journeys),
    ("Plan", load_plan),
    ("Answers", load_answers),
    ("Site form", open_site_form),
    ("Scores", compute_scores),
    ("People", add_people),
    ("Release", make_release),
)


def examples() -> Path:
    """Give the folder of the bundled data.

    Raises:
        Refused: if it is not beside the program.
    """
    from django.conf import settings

    folder = Path(settings.BASE_DIR) / "examples" / "federal"
    if not folder.is_dir():
        raise Refused(f"The bundled data are not in {folder}; run this from a full checkout.")
    return folder


def load_all(run: Run, *, quiet: bool) -> dict[str, Any]:
    """Take every step and say so as it is taken; a trial takes back what the steps wrote."""
    done: dict[str, Any] = {}
    with _kept(run):
        for number, (name, step) in enumerate(STEPS, start=1):
            click.echo(f"{number}/{len(STEPS)} {name} …", err=quiet)
            result = step(run)
            click.echo(f"    {result.words}", err=quiet)
            done[name.lower()] = {"changed": result.n_changed, "words": result.words}
    return {"dry_run": run.dry_run, "changed": sum(d["changed"] for d in done.values()), "steps": done}


def _kept(run: Run) -> AbstractContextManager[object]:
    return _taken_back() if run.dry_run else nullcontext()


@contextmanager
def _taken_back() -> Iterator[None]:
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@terminal.command(command, "load", example="hearback demo load")
@json_option
@dry_run_option
@by_option
def load_command(as_json: bool, dry_run: bool, by: str) -> None:
    """Load the bundled federal record, compute its scores and make a release.

    Where everything is there already, it changes nothing. A trial (--dry-run) computes scores only from
    answers that are loaded already.
    """
    from hearback.cli import start_django

    start_django()
    from django.db import DatabaseError

    from hearback.directory.files import FileNotGood

    try:
        payload = load_all(Run(examples(), by, now(), dry_run), quiet=as_json)
    except FileNotGood as problem:
        raise Refused(str(problem)) from problem
    except DatabaseError as problem:
        raise Refused(f"The database cannot be used ({problem}). {READY}") from problem
    emit(payload, as_json=as_json, lines=_summary(payload))


def _summary(payload: dict[str, Any]) -> list[str]:
    if payload["dry_run"]:
        return ["Nothing was kept."]
    return [] if payload["changed"] else ["Everything was there already; nothing changed."]


@terminal.command(command, "links", example="hearback demo links")
@json_option
@dry_run_option
@by_option
def links_command(as_json: bool, dry_run: bool, by: str) -> None:
    """Make a fresh sign-in link for each demonstration role. Each works once."""
    from hearback.cli import start_django

    start_django()
    from django.conf import settings

    from hearback.accounts.commands import DEMO_PEOPLE, sign_in_links
    from hearback.accounts.queries import people

    there = {person.username for person in people(now().date())}
    if not {username for username, *_ in DEMO_PEOPLE} <= there:
        raise Refused(f"The demonstration people are not there. {READY}")
    if dry_run:
        links = [{"role": name, "username": username, "link": ""} for username, name, *_ in DEMO_PEOPLE]
    else:
        links = sign_in_links(by=by, at=now())
    lines = [f"{one['role']}: {one['link'] or 'would get a link'}" for one in links]
    lines.append(
        f"The links begin with HEARBACK_SITE_URL, now {settings.SITE_URL}; each works once, for 12 hours."
    )
    emit({"dry_run": dry_run, "links": links}, as_json=as_json, lines=lines)
