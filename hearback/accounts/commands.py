"""Commands of accounts."""

from datetime import datetime
from typing import Any

import click
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from hearback.accounts import actions
from hearback.accounts.key_commands import key_group
from hearback.accounts.queries import people
from hearback.ui.terminal import Refused, by_option, command, dry_run_option, emit, json_option, now

group = click.Group("accounts", help="People, roles, sign-in links, API keys.")
group.add_command(key_group)

# One person for each demonstration role: user name, shown name, role, agency.
DEMO_PEOPLE = (
    ("service-owner", "Service owner", "member", "va"),
    ("reviewer", "Reviewer", "reviewer", None),
    ("administrator", "Administrator", "administrator", None),
)


def load_roles(*, by: str, at: datetime) -> int:
    """Bring the roles in line with their data file; returns how many changed."""
    return actions.load_roles(by=by, at=at)


def demo_people(*, by: str, at: datetime) -> int:
    """Add one person for each demonstration role; returns how many were new."""
    added = 0
    for username, name, role, agency in DEMO_PEOPLE:
        added += actions.add_person(username, name, by=by, at=at)
        actions.give_role(username, role, agency, by=by, at=at)
    return added


def sign_in_links(*, by: str, at: datetime) -> list[dict[str, str]]:
    """Make a one-time sign-in link for each demonstration role."""
    return [
        {"role": name, "username": username, "link": _link(actions.make_sign_in_link(username, by=by, at=at))}
        for username, name, _role, _agency in DEMO_PEOPLE
    ]


def _link(token: str) -> str:
    return f"{settings.SITE_URL}{reverse('sign_in_by_link', args=[token])}"


@command(group, "list", example="hearback accounts list --json")
@json_option
def list_command(as_json: bool) -> None:
    """List people and the roles they hold today."""
    rows: list[dict[str, Any]] = [
        {
            "username": p.username,
            "name": p.display_name,
            "active": p.is_active,
            "email": p.email,
            "roles": [{"role": m.role, "agency": m.agency_key} for m in p.memberships],
        }
        for p in people(now().date())
    ]
    lines = [
        f"{r['username']}: "
        + (", ".join(f"{m['role']} at {m['agency'] or 'every agency'}" for m in r["roles"]) or "–")
        for r in rows
    ]
    emit({"people": rows}, as_json=as_json, lines=lines or ["Nobody yet."])


@command(
    group, "add", example="hearback accounts add front-desk --name 'Front desk' --role member --agency va"
)
@click.argument("username")
@click.option("--name", required=True, help="Name shown to others.")
@click.option("--role", required=True, help="Role: member, reviewer or administrator.")
@click.option("--agency", default=None, help="Key of the agency; left out, the role holds everywhere.")
@json_option
@dry_run_option
@by_option
def add_command(
    username: str, name: str, role: str, agency: str | None, as_json: bool, dry_run: bool, by: str
) -> None:
    """Add a person and give them a role."""
    at = now()
    try:
        with transaction.atomic():
            actions.add_person(username, name, by=by, at=at)
            actions.give_role(username, role, agency, by=by, at=at)
            transaction.set_rollback(dry_run)
    except actions.RoleUnknown as problem:
        raise Refused(str(problem)) from problem
    verb = "Would add" if dry_run else "Added"
    emit(
        {"username": username, "role": role, "agency": agency, "dry_run": dry_run},
        as_json=as_json,
        lines=[f"{verb} {username} as {role} at {agency or 'every agency'}."],
    )


@command(group, "link", example="hearback accounts link reviewer")
@click.argument("username")
@json_option
@dry_run_option
@by_option
def link_command(username: str, as_json: bool, dry_run: bool, by: str) -> None:
    """Make a one-time sign-in link for a person. It works once, for 12 hours."""
    try:
        with transaction.atomic():
            token = actions.make_sign_in_link(username, by=by, at=now())
            transaction.set_rollback(dry_run)
    except actions.RoleUnknown as problem:
        raise Refused(str(problem)) from problem
    link = None if dry_run else _link(token)
    emit(
        {"username": username, "link": link, "dry_run": dry_run},
        as_json=as_json,
        lines=[link or f"Would make a link for {username}."],
    )


@command(group, "email", example="hearback accounts email front-desk front-desk@example.gov")
@click.argument("username")
@click.argument("address", required=False)
@json_option
@dry_run_option
@by_option
def email_command(username: str, address: str | None, as_json: bool, dry_run: bool, by: str) -> None:
    """Say where reminders for a person go; without an address, nowhere."""
    try:
        with transaction.atomic():
            changed = actions.set_email(username, address, by=by, at=now())
            transaction.set_rollback(dry_run)
    except (actions.RoleUnknown, ValidationError) as problem:
        text = " ".join(problem.messages) if isinstance(problem, ValidationError) else str(problem)
        raise Refused(text) from problem
    would = "would go" if dry_run else "go"
    emit(
        {"username": username, "email": address, "changed": changed, "dry_run": dry_run},
        as_json=as_json,
        lines=[f"Reminders for {username} {would} to {address or 'nowhere'}."],
    )


@command(group, "password", example="hearback accounts password reviewer")
@click.argument("username")
@click.password_option(help="Asked for where it is left out; never shown.")
@json_option
@dry_run_option
@by_option
def password_command(username: str, password: str, as_json: bool, dry_run: bool, by: str) -> None:
    """Give a person a password."""
    try:
        validate_password(password)
        with transaction.atomic():
            actions.set_password(username, password, by=by, at=now())
            transaction.set_rollback(dry_run)
    except (actions.RoleUnknown, ValidationError) as problem:
        text = " ".join(problem.messages) if isinstance(problem, ValidationError) else str(problem)
        raise Refused(text) from problem
    emit(
        {"username": username, "dry_run": dry_run},
        as_json=as_json,
        lines=[f"Password of {username} {'would be' if dry_run else 'is'} set."],
    )
