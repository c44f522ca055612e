"""What a role may do, how long a link lives, when guessing is stopped."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

PERMISSIONS: dict[str, str] = {
    "see_dashboard": "Open the signed-in home.",
    "see_surveys": "See reported surveys, findings and scores before they are released.",
    "see_history": "See who changed what.",
    "see_people": "See people and their roles.",
}

LINK_LIFETIME = timedelta(hours=12)
# Source: NIST SP 800-63B, section 5.2.2, asks for a limit on consecutive failures of at most 100.
FAILURES_ALLOWED = 10
FAILURE_WINDOW = timedelta(minutes=15)


class PermissionUnknown(ValueError):
    """A role names a permission that does not exist."""


@dataclass(frozen=True)
class Grant:
    """What one membership gives: permissions, and the agencies they hold for; None means everywhere."""

    role: str
    permissions: frozenset[str]
    agencies: frozenset[str] | None


def check_permissions(role: str, permissions: Iterable[str]) -> None:
    """Refuse a role that names an unknown permission.

    Raises:
        PermissionUnknown: names the role, the permission and those that exist.
    """
    for permission in permissions:
        if permission not in PERMISSIONS:
            known = ", ".join(sorted(PERMISSIONS))
            raise PermissionUnknown(f"role {role}: there is no permission {permission!r}; use one of {known}")


def may(grants: Iterable[Grant], permission: str, agency: str | None = None) -> bool:
    """Say whether any grant gives a permission: for one agency, or anywhere at all if none is named."""
    return any(
        permission in grant.permissions
        and (agency is None or grant.agencies is None or agency in grant.agencies)
        for grant in grants
    )


def may_everywhere(grants: Iterable[Grant], permission: str) -> bool:
    """Say whether a permission is held for every agency, as what concerns everybody asks for."""
    return agencies_with(grants, permission) is None


def agencies_with(grants: Iterable[Grant], permission: str) -> frozenset[str] | None:
    """Give the agencies a permission holds for; None means every agency, an empty set none."""
    found: frozenset[str] = frozenset()
    for grant in grants:
        if permission in grant.permissions:
            if grant.agencies is None:
                return None
            found |= grant.agencies
    return found


def is_locked(failures_in_window: int) -> bool:
    """Say whether signing in by password rests for now after too many failures."""
    return failures_in_window >= FAILURES_ALLOWED


def token_hash(token: str) -> str:
    """Hash the token of a one-time link; only this is kept."""
    return hashlib.sha256(token.encode()).hexdigest()
