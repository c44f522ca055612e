"""`hearback accounts key`: keys for programs that use the API."""

from datetime import datetime, timedelta
from typing import Any

import click
from django.db import transaction

from hearback.accounts import actions
from hearback.accounts.queries import ApiKeyFact, api_keys
from hearback.accounts.rules import SCOPES, ScopeUnknown
from hearback.ui.terminal import Refused, by_option, command, dry_run_option, emit, json_option, now

key_group = click.Group("key", help="Keys for programs that use the API.")
MOST_DAYS = 1_096
"""Three years: a key that nobody renews is one that nobody looks after."""


@command(
    key_group,
    "new",
    example="hearback accounts key new 'Kiosks at the front desk' --scope responses:write --agency va",
)
@click.argument("name")
@click.option(
    "--scope",
    "scopes",
    required=True,
    multiple=True,
    type=click.Choice(list(SCOPES)),
    help="What it is good for; give it once for each.",
)
@click.option("--agency", default=None, help="Key of the agency; left out, it is good for every agency.")
@click.option(
    "--days",
    default=365,
    show_default=True,
    type=click.IntRange(1, MOST_DAYS),
    help="How long it is good for.",
)
@json_option
@dry_run_option
@by_option
def new_command(
    name: str, scopes: tuple[str, ...], agency: str | None, days: int, as_json: bool, dry_run: bool, by: str
) -> None:
    """Make an API key for the program NAME and show it, once. Only its hash is kept."""
    at = now()
    expires_at = at + timedelta(days=days)
    try:
        with transaction.atomic():
            prefix, key = actions.make_api_key(name, scopes, agency, expires_at=expires_at, by=by, at=at)
            transaction.set_rollback(dry_run)
    except (actions.RoleUnknown, ScopeUnknown) as problem:
        raise Refused(str(problem)) from problem
    payload = {"name": name, "scopes": sorted(set(scopes)), "agency": agency,
               "expires_at": expires_at.isoformat(), "dry_run": dry_run}  # fmt: skip
    if dry_run:
        emit(payload, as_json=as_json, lines=[f"Would make an API key for {name}."])
        return
    lines = [key, f"Keep it safe: it is not shown again. It is good until {expires_at:%Y-%m-%d}."]
    emit({**payload, "prefix": prefix, "key": key}, as_json=as_json, lines=lines)


@command(key_group, "list", example="hearback accounts key list --json")
@json_option
def list_command(as_json: bool) -> None:
    """List API keys: by what they begin with, what they are good for, and the day they were last used."""
    rows = [_shown(key, now()) for key in api_keys()]
    lines = [
        f"{r['prefix']}  {r['state']:<7} until {r['expires_at'][:10]}, used {r['last_used_on'] or 'never'}: "
        f"{r['name']}, {', '.join(r['scopes'])} at {r['agency'] or 'every agency'}"
        for r in rows
    ]
    emit({"keys": rows}, as_json=as_json, lines=lines or ["There is no API key yet."])


def _shown(key: ApiKeyFact, at: datetime) -> dict[str, Any]:
    return {
        "prefix": key.prefix,
        "name": key.name,
        "scopes": list(key.scopes),
        "agency": key.agency_key,
        "state": key.state(at),
        "created_at": key.created_at.isoformat(),
        "expires_at": key.expires_at.isoformat(),
        "revoked_at": key.revoked_at.isoformat() if key.revoked_at else None,
        "last_used_on": key.last_used_on.isoformat() if key.last_used_on else None,
    }


@command(key_group, "revoke", example="hearback accounts key revoke hb_1f2e3d4c")
@click.argument("prefix")
@json_option
@dry_run_option
@by_option
def revoke_command(prefix: str, as_json: bool, dry_run: bool, by: str) -> None:
    """Make the API key that begins with PREFIX good for nothing, at once and for ever."""
    try:
        with transaction.atomic():
            name = actions.revoke_api_key(prefix, by=by, at=now())
            transaction.set_rollback(dry_run)
    except actions.KeyNotThere as problem:
        raise Refused(str(problem)) from problem
    verb = "Would revoke" if dry_run else "Revoked"
    emit({"prefix": prefix, "name": name, "dry_run": dry_run}, as_json=as_json,
         lines=[f"{verb} {prefix} of {name}."])  # fmt: skip
