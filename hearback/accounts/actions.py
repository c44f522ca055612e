"""Changing people, roles, sign-in links and API keys."""

import json
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from hearback.accounts.models import ApiKey, Membership, Role, SignInFailure, SignInLink, User
from hearback.accounts.rules import (
    FAILURE_WINDOW,
    LINK_LIFETIME,
    check_permissions,
    check_scopes,
    may_mail_link,
    token_hash,
)
from hearback.directory.queries import agency_ids
from hearback.history.actions import Change, record

ROLES_FILE = Path(__file__).parent / "roles.json"


class LinkNotGood(Exception):
    """The one-time link was used, has run out, or never was."""


class RoleUnknown(Exception):
    """There is no such role, agency or person."""


class KeyNotThere(Exception):
    """There is no API key of that prefix, or it is revoked already."""


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
        raise _no_agency(agency)
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
def make_mailed_link(username: str, *, by: str, at: datetime) -> tuple[str, str] | None:
    """Make a one-time link to be mailed; gives the address and the token.

    None where there is nobody active of that name with an address, or one was made just now.
    """
    user = User.objects.select_for_update().filter(username=username, is_active=True).first()
    if user is None or not user.email:
        return None
    made_at = SignInLink.objects.filter(user=user).values_list("created_at", flat=True)
    if not may_mail_link(made_at, at):
        return None
    return user.email, make_sign_in_link(username, by=by, at=at)


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
def set_email(username: str, email: str | None, *, by: str, at: datetime) -> bool:
    """Say where reminders for a person go, null is nowhere; returns whether that was new.

    Raises:
        RoleUnknown: if there is no such person.
        ValidationError: if the address is none.
    """
    user = User.objects.select_for_update().filter(username=username).first()
    if user is None:
        raise RoleUnknown(f"there is nobody named {username!r}")
    email = email or None
    before, user.email = user.email, email
    if before == email:
        return False
    user.clean_fields(exclude=["password"])
    user.save()
    record(Change("email.set", "person", username, {"email": before}, {"email": email}), by=by, at=at)
    return True


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


@transaction.atomic
def make_api_key(
    name: str, scopes: Iterable[str], agency: str | None, *, expires_at: datetime, by: str, at: datetime
) -> tuple[str, str]:
    """Make an API key; returns its prefix and the key, which is not kept and cannot be shown again.

    Args:
        agency: whose data it may see, with those of everything under it; None means every agency.

    Raises:
        ScopeUnknown: if there is no such scope, or none is given.
        RoleUnknown: if there is no such agency.
    """
    wanted = check_scopes(scopes)
    agency_id = None if agency is None else agency_ids().get(agency)
    if agency is not None and agency_id is None:
        raise _no_agency(agency)
    prefix = f"hb_{secrets.token_hex(4)}"
    key = f"{prefix}_{secrets.token_urlsafe(32)}"
    ApiKey.objects.create(
        prefix=prefix,
        key_sha256=token_hash(key),
        name=name,
        scopes=list(wanted),
        agency_id=agency_id,
        created_at=at,
        expires_at=expires_at,
    )
    after = {"name": name, "scopes": list(wanted), "agency": agency, "expires_at": expires_at.isoformat()}
    record(Change("api_key.made", "api_key", prefix, after=after), by=by, at=at)
    return prefix, key


@transaction.atomic
def revoke_api_key(prefix: str, *, by: str, at: datetime) -> str:
    """Make an API key good for nothing, from now on; returns the name it was given.

    Raises:
        KeyNotThere: if there is no key of that prefix, or it is revoked already.
    """
    key = ApiKey.objects.select_for_update().filter(prefix=prefix).first()
    if key is None:
        raise KeyNotThere(f"there is no API key {prefix!r}; `hearback accounts key list` names them all")
    if key.revoked_at is not None:
        raise KeyNotThere(f"the API key {prefix!r} is revoked already")
    key.revoked_at = at
    key.save()
    record(Change("api_key.revoked", "api_key", prefix, before={"name": key.name}), by=by, at=at)
    return key.name


@transaction.atomic
def note_use_of_api_key(prefix: str, *, by: str, at: datetime) -> None:
    """Note the day on which an API key is used. History has no row of it: its rows tell the time of day."""
    ApiKey.objects.filter(prefix=prefix).update(last_used_on=at.astimezone(UTC).date())


def _no_agency(key: str) -> RoleUnknown:
    return RoleUnknown(f"there is no agency {key!r}; `hearback directory list` names them all")


def _role_values(row: Role) -> dict[str, Any]:
    return {"key": row.key, "name": row.name, "gist": row.gist, "permissions": row.permissions}
