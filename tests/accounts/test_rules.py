"""What a role may do."""

import json

import pytest

from hearback.accounts.actions import ROLES_FILE
from hearback.accounts.rules import (
    FAILURES_ALLOWED,
    PERMISSIONS,
    Grant,
    PermissionUnknown,
    agencies_with,
    check_permissions,
    is_locked,
    may,
)

OWNER = Grant("member", frozenset({"see_surveys"}), frozenset({"va", "va-child"}))
REVIEWER = Grant("reviewer", frozenset({"see_surveys", "see_history"}), None)


def test_an_owner_sees_their_own_agency_and_no_other() -> None:
    assert may([OWNER], "see_surveys", "va-child")
    assert not may([OWNER], "see_surveys", "usda")
    assert not may([OWNER], "see_history")


def test_a_reviewer_sees_every_agency() -> None:
    assert may([REVIEWER], "see_surveys", "usda")
    assert agencies_with([OWNER, REVIEWER], "see_surveys") is None


def test_nobody_without_a_grant_may_do_anything() -> None:
    assert not may([], "see_dashboard")
    assert agencies_with([], "see_surveys") == frozenset()


def test_a_role_with_an_unknown_permission_is_refused() -> None:
    with pytest.raises(PermissionUnknown, match="see_everything"):
        check_permissions("member", ["see_everything"])


def test_the_bundled_roles_name_only_known_permissions_and_the_public_has_none() -> None:
    roles = {r["key"]: r["permissions"] for r in json.loads(ROLES_FILE.read_text())}
    assert set(roles) == {"public", "member", "reviewer", "administrator"}
    assert roles["public"] == []
    assert {p for permissions in roles.values() for p in permissions} <= set(PERMISSIONS)


def test_the_name_rests_from_the_last_allowed_failure_on() -> None:
    assert not is_locked(FAILURES_ALLOWED - 1)
    assert is_locked(FAILURES_ALLOWED)
