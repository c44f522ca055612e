"""Changing people, roles and sign-in links."""

import json
import secrets
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from hearback.accounts.models import Membership, Role, SignInFailure, SignInLink, User
from hearback.accounts.rules import FAILURE_WINDOW, LINK_LIFETIME, check_permissions, token_hash
from hearback.directory.queries import agency_ids
from hearback.history.actions import Change, record

ROLES_FILE = Path(__file__).parent / "roles.json"


class LinkNotGood(Exception):
    """The one-time link was used, has run out, or never was."""


class RoleUnknown(Exception):
    """There is no such role, agency or person."""


@transaction.atomic
def load_roles(*, by: str, at: datetime, path: Path = ROLES_FILE) -> int:
    """Bring the roles in line with the data file; returns how many changed.

    Raises:
        PermissionUnknown: if a role names a permission that does not exist.
    """
    changed = 0
    for wanted in json.loads(path.read_text(encoding="utf-8")):
        check_permissions(wanted["key"], wanted["permissions"])
        row = Role.objects.filter(key=wanted["key"]).first()
        before = None if row is None else _role_values(row)
        if before == wanted:
            continue
        Role.objects.update_or_create(key=wanted["key"], defaults=wanted)
        record(Change("role.loaded", "role", wanted["key"], before=before, after=wanted), by=by, at=at)
        changed += 1
    return changed


@transaction.atomic
def add_person(username: str, display_name: str, *, by: str, at: datetime) -> bool:
    """Add somebody who may sign in by one-time link; returns False where they are there already."""
    user, made = User.objects.get_or_create(username=username, defaults={"display_name": display_name})
    if made:
        user.set_unusable_password()
        user.save()
        record(Change("person.added", "person", username, after={"display_name": display_name}), by=by, at=at)
    return made


@transaction.atomic
def give_role(username: str, role: str, agency: str | None, *, by: str, at: datetime) -> bool:
    """Give a person a role in an agency, or everywhere; returns False where they hold it already.

    Raises:
        RoleUnknown: if there is no such person, role or agency.
    """
    user = User.objects.filter(username=username).first()
    held_role = Role.objects.filter(key=role).first()
    agency_id = None if agency is None else agency_ids().get(agency)
    if user is None:
        raise RoleUnknown(f"there is nobody named {username!r}")
    if held_role is None:
        known = ", ".join(Role.objects.order_by("key").values_list("key", flat=True))
        raise RoleUnknown(f"there is no role {role!r}; use one of {known}")
    if agency is not None and agency_id is None:
        raise RoleUnknown(f"there is no agency {agency!r}; `hearback directory list` names them all")
    _, made = Membership.objects.get_or_create(
        user=user, role=held_role, agency_id=agency_id, ends_before=None, defaults={"starts_on": at.date()}
    )
    if made:
        record(Change("role.given", "person", username, after={"role": role, "agency": agency}), by=by, at=at)
    return made


@transaction.atomic
def make_sign_in_link(username: str, *, by: str, at: datetime) -> str:
    """Make a one-time link; returns its token, which is not kept and cannot be shown again.

    Raises:
        RoleUnknown: if there is no such active person.
    """
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise RoleUnknown(f"there is nobody active named {username!r}")
    token = secrets.token_urlsafe(32)
    SignInLink.objects.create(
        user=user, token_sha256=token_hash(token), created_at=at, expires_at=at + LINK_LIFETIME
    )
    record(Change("link.made", "person", username), by=by, at=at)
    return token


@transaction.atomic
def use_sign_in_link(token: str, *, by: str, at: datetime) -> User:
    """Use up a one-time link; returns the person it signs in.

    Raises:
        LinkNotGood: if it was used, has run out, or never was.
    """
    link = (
        SignInLink.objects.select_for_update()
        .filter(token_sha256=token_hash(token), used_at__isnull=True, expires_at__gt=at, user__is_active=True)
        .select_related("user")
        .first()
    )
    if link is None:
        raise LinkNotGood("This link was used already or has run out. Ask for a new one.")
    link.used_at = at
    link.save()
    record(Change("link.used", "person", link.user.username), by=by, at=at)
    return link.user


@transaction.atomic
def note_sign_in_failure(username: str, *, by: str, at: datetime) -> None:
    """Note a failed password, and forget those too old to count."""
    SignInFailure.objects.filter(at__lte=at - FAILURE_WINDOW).delete()
    SignInFailure.objects.create(username=username[:150], at=at)
    record(Change("sign_in.failed", "person", username[:150]), by=by, at=at)


@transaction.atomic
def set_password(username: str, password: str, *, by: str, at: datetime) -> None:
    """Give a person a password; the history notes that it changed, never what it is.

    Raises:
        RoleUnknown: if there is no such person.
    """
    user = User.objects.filter(username=username).first()
    if user is None:
        raise RoleUnknown(f"there is nobody named {username!r}")
    user.set_password(password)
    user.save()
    record(Change("password.set", "person", username), by=by, at=at)


def _role_values(row: Role) -> dict[str, Any]:
    return {"key": row.key, "name": row.name, "gist": row.gist, "permissions": row.permissions}
