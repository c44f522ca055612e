"""Reading people, API keys, and what they may do."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from hearback.accounts.models import ApiKey, Membership, SignInFailure, SignInLink, User
from hearback.accounts.rules import FAILURE_WINDOW, Grant, is_locked, state_of_key, token_hash
from hearback.directory.queries import agency_subtree


@dataclass(frozen=True)
class MembershipFact:
    """One role a person holds; `agency_key` None means everywhere."""

    role: str
    role_name: str
    agency_key: str | None


@dataclass(frozen=True)
class PersonFact:
    """Somebody who may sign in, with the roles held on a day."""

    username: str
    display_name: str
    is_active: bool
    memberships: tuple[MembershipFact, ...]
    email: str | None = None


@dataclass(frozen=True)
class ApiKeyFact:
    """An API key without the key itself: `prefix` is the part that is shown.

    `agencies` are those whose data it may see; None means every agency.
    """

    prefix: str
    name: str
    scopes: tuple[str, ...]
    agency_key: str | None
    agencies: frozenset[str] | None
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    last_used_on: date | None

    def state(self, at: datetime) -> str:
        """Say whether it is active, expired or revoked."""
        return state_of_key(self.revoked_at, self.expires_at, at)


def grants_of(username: str, on: date) -> tuple[Grant, ...]:
    """Give what a person's memberships allow on a day; nothing for an unknown or inactive person."""
    rows = _held(on).filter(user__username=username, user__is_active=True)
    return tuple(
        Grant(
            role=m.role.key,
            permissions=frozenset(m.role.permissions),
            agencies=None if m.agency is None else agency_subtree(m.agency.key),
        )
        for m in rows
    )


def people(on: date) -> list[PersonFact]:
    """List everybody by name, with the roles held on a day."""
    held: dict[int, list[MembershipFact]] = {}
    for m in _held(on):
        fact = MembershipFact(m.role.key, m.role.name, m.agency.key if m.agency else None)
        held.setdefault(m.user_id, []).append(fact)
    return [
        PersonFact(u.username, u.display_name, u.is_active, tuple(held.get(u.pk, [])), u.email)
        for u in User.objects.order_by("display_name", "username")
    ]


def link_is_good(token_sha256: str, at: datetime) -> bool:
    """Say whether a one-time link can still be used."""
    return SignInLink.objects.filter(
        token_sha256=token_sha256, used_at__isnull=True, expires_at__gt=at, user__is_active=True
    ).exists()


def password_rests(username: str, at: datetime) -> bool:
    """Say whether signing in by password is stopped for this name because of failures just now."""
    recent = SignInFailure.objects.filter(username=username, at__gt=at - FAILURE_WINDOW)
    return is_locked(recent.count())


def api_keys() -> list[ApiKeyFact]:
    """List all API keys, the earliest first."""
    return [_api_key(row) for row in ApiKey.objects.select_related("agency")]


def api_key(key: str, at: datetime) -> ApiKeyFact | None:
    """Give the API key that was shown; None where there is none such, or it is expired or revoked."""
    row = ApiKey.objects.select_related("agency").filter(key_sha256=token_hash(key)).first()
    found = None if row is None else _api_key(row)
    return found if found is not None and found.state(at) == "active" else None


def _api_key(row: ApiKey) -> ApiKeyFact:
    return ApiKeyFact(
        prefix=row.prefix,
        name=row.name,
        scopes=tuple(row.scopes),
        agency_key=None if row.agency is None else row.agency.key,
        agencies=None if row.agency is None else agency_subtree(row.agency.key),
        created_at=row.created_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        last_used_on=row.last_used_on,
    )


def _held(on: date):  # type: ignore[no-untyped-def]
    return (
        Membership.objects.filter(Q(ends_before__isnull=True) | Q(ends_before__gt=on), starts_on__lte=on)
        .select_related("role", "agency", "user")
        .order_by("user_id", "role__key", "agency__key")
    )
