"""What a role or an API key may do, how long a link lives, when guessing is stopped."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

PERMISSIONS: dict[str, str] = {
    "see_dashboard": "Open the signed-in home.",
    "see_surveys": "See reported surveys, findings and scores before they are released.",
    "see_history": "See who changed what.",
    "see_people": "See people and their roles.",
    "see_research": "See and search all research, with passages of transcripts that are never published.",
    "edit_forms": "Make forms and change, submit, close and archive them.",
    "publish_forms": "Publish, return, close, reopen and archive forms.",
    "edit_plan": "Change what is promised: milestones, their status and their due dates.",
    "write_updates": "Write updates and submit them for review.",
    "approve_updates": "Read every draft of an update; return or approve those of others.",
    "answer_rounds": "Say in a quarterly round how what one answers for stands.",
    "run_rounds": "Open and close quarterly rounds, say who answers for what, decide on answers of others.",
    "prepare_releases": "Prepare what the public will see next; withdraw it.",
    "approve_releases": "Look at what somebody else prepared; publish it or withdraw it.",
    "see_responses": "Read and export what people answered, masked.",
}

FORM_PERMISSIONS = ("edit_forms", "publish_forms", "see_responses")
"""Each of them lets a person see that a form is there, what it asks, and how many people answered."""

SCOPES: dict[str, str] = {
    "forms:read": "Read forms and what they ask.",
    "responses:read": "Read responses, as they are stored: masked.",
    "responses:write": "Send responses.",
}
"""What an API key can be good for."""

LINK_LIFETIME = timedelta(hours=12)
# Source: NIST SP 800-63B, section 5.2.2, asks for a limit on consecutive failures of at most 100.
FAILURES_ALLOWED = 10
FAILURE_WINDOW = timedelta(minutes=15)
MAIL_PAUSE = timedelta(minutes=5)
MAILS_A_DAY = 10
"""How often links are mailed to one person who asks, or for whom somebody else does."""


class PermissionUnknown(ValueError):
    """A role names a permission that does not exist."""


class ScopeUnknown(ValueError):
    """An API key is asked for with a scope that does not exist, or with none."""


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


def check_scopes(scopes: Iterable[str]) -> tuple[str, ...]:
    """Give the scopes of a key in order, each once.

    Raises:
        ScopeUnknown: names the one that does not exist and those that do; or there is none at all.
    """
    wanted = tuple(sorted(set(scopes)))
    for scope in wanted or ("",):
        if scope not in SCOPES:
            raise ScopeUnknown(f"there is no scope {scope!r}; use one or more of {', '.join(SCOPES)}")
    return wanted


def state_of_key(revoked_at: datetime | None, expires_at: datetime, at: datetime) -> str:
    """Say whether an API key is active, expired or revoked; from the moment it expires it is not active."""
    if revoked_at is not None:
        return "revoked"
    return "active" if at < expires_at else "expired"


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


def may_mail_link(made_at: Iterable[datetime], at: datetime) -> bool:
    """Say whether another sign-in link may be mailed to a person, by when those of late were made."""
    of_the_day = [one for one in made_at if one > at - timedelta(days=1)]
    return len(of_the_day) < MAILS_A_DAY and all(one <= at - MAIL_PAUSE for one in of_the_day)


def token_hash(token: str) -> str:
    """Hash the token of a one-time link, or an API key; only this is kept."""
    return hashlib.sha256(token.encode()).hexdigest()
