"""`hearback settings`: what can be set, and what is."""

import os
from typing import Any

import click

from hearback.ui.terminal import ExampleCommand, emit, json_option


@click.command("settings", cls=ExampleCommand, example="hearback settings --json")
@json_option
def command(as_json: bool) -> None:
    """List every setting with its default and what it is for. Secrets are never shown."""
    from hearback.cli import start_django

    start_django()
    from django.conf import settings

    rows = [
        {
            "name": s.name,
            "default": None if s.secret else s.default,
            "given": None if s.secret else os.environ.get(s.name),
            "secret": s.secret,
            "help": s.help,
        }
        for s in settings.TABLE
    ]
    emit(
        {"settings": rows},
        as_json=as_json,
        lines=[f"{r['name']}  {_state(r)}\n    {r['help']}" for r in rows],
    )


def _state(row: dict[str, Any]) -> str:
    if row["secret"]:
        return "(secret: never shown)"
    if row["given"] is not None:
        return f"= {row['given']}  (default: {row['default']})"
    return f"= {row['default']}  (the default)"
