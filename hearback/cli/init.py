"""`hearback init`: make an empty home ready."""

import base64
import os
import secrets
from pathlib import Path

import click

from hearback.ui.terminal import ExampleCommand, Refused, dry_run_option, emit, json_option, now

SEED_BYTES = 32  # of an Ed25519 key
FOLDERS = ("archive", "answers", "cells", "scores", "releases", "keys", "cache", "embed")


def make_home(home: Path) -> list[str]:
    """Create the folders and the secret keys where they are missing; returns what was made.

    A new home can be entered by its owner only: it holds the database.
    """
    made = []
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in FOLDERS:
        folder = home / name
        if not folder.is_dir():
            folder.mkdir(mode=0o700)
            made.append(name)
    for name, secret in (("secret_key", _session_secret), ("signing_key", _signing_secret)):
        key = home / "keys" / name
        if not key.exists():
            descriptor = os.open(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(secret())
            made.append(f"keys/{name}")
    return made


def _session_secret() -> str:
    return secrets.token_urlsafe(48)


def _signing_secret() -> str:
    return base64.b64encode(secrets.token_bytes(SEED_BYTES)).decode("ascii")


@click.command("init", cls=ExampleCommand, example="HEARBACK_HOME=/srv/hearback hearback init")
@json_option
@dry_run_option
def command(as_json: bool, dry_run: bool) -> None:
    """Create folders, keys, tables and roles in the home folder. May be run again at any time."""
    from hearback.cli import home_folder, start_django

    home = home_folder()
    if dry_run:
        missing = [name for name in FOLDERS if not (home / name).is_dir()]
        emit(
            {"home": str(home), "would_make": missing},
            as_json=as_json,
            lines=[
                f"Would make in {home}: {', '.join(missing) or 'nothing'}; then bring the tables up to date."
            ],
        )
        return
    try:
        made = make_home(home)
    except OSError as problem:
        raise Refused(f"Cannot make {home} ready: {problem.strerror} ({problem.filename}).") from problem
    start_django()
    from django.core.management import call_command

    from hearback.accounts.commands import load_roles
    from hearback.collect import embed

    call_command("migrate", verbosity=0, interactive=False)
    roles = load_roles(by="operator", at=now())
    embed.keep(home)
    emit(
        {"home": str(home), "made": made, "roles_changed": roles},
        as_json=as_json,
        lines=[f"{home} is ready."],
    )
