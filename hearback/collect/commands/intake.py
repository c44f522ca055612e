"""`hearback collect intake`: the process that takes answers, and nothing else."""

import os
import sys

import click
from django.conf import settings

from hearback.collect.commands.groups import group
from hearback.collect.intake.store import StoreNotReady
from hearback.collect.opening import tell_intake_all
from hearback.collect.queries import intake_database, intake_store
from hearback.ui.listening import check_free
from hearback.ui.terminal import Refused, command, dry_run_option, emit, json_option


@command(group, "intake", example="hearback collect intake --port 8001")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8001, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on."
)
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Worker processes.")
@json_option
@dry_run_option
def intake_command(host: str, port: int, workers: int, as_json: bool, dry_run: bool) -> None:
    """Take answers until stopped: the addresses under /intake/, apart from the site.

    A trial (--dry-run) opens the store, says what would be served, and ends.
    """
    check_free(host, port)
    try:
        with intake_store() as store:
            n_forms = len(store.versions())
        if not dry_run:
            tell_intake_all()
    except StoreNotReady as problem:
        raise Refused(f"The store of responses cannot be used: {problem}.") from problem
    kind = "PostgreSQL" if intake_database() else "SQLite"
    payload = {"host": host, "port": port, "workers": workers, "forms": n_forms, "store": kind}
    line = f"Intake on http://{host}:{port}/intake/, forms: {n_forms}, stored in {kind}."
    emit(payload, as_json=as_json, lines=[line])
    if not dry_run:
        _become_the_intake(host, port, workers)


def _become_the_intake(host: str, port: int, workers: int) -> None:
    """Put the intake in the place of this program, which has loaded all of Django."""
    sys.stdout.flush()
    words = [sys.executable, "-m", "hearback.collect.intake.serving", str(port), host, str(workers)]
    place = {"HEARBACK_HOME": str(settings.HOME), "HEARBACK_DATABASE_URL": intake_database()}
    os.execve(sys.executable, words, {**os.environ, **place})  # noqa: S606 - there is no shell to escape
