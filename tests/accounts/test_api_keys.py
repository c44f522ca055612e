"""API keys: shown once, kept as a hash, good for what they say and for no longer."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from click.testing import CliRunner, Result

from hearback.accounts import actions
from hearback.accounts.access import program
from hearback.accounts.commands import group
from hearback.accounts.models import ApiKey
from hearback.accounts.queries import api_key, api_keys
from hearback.accounts.rules import ScopeUnknown, state_of_key
from hearback.directory.models import Agency
from hearback.history.queries import latest_entries

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)


def _made(at: datetime, agency: str | None = None) -> tuple[str, str]:
    return actions.make_api_key(
        "Kiosks", ["responses:write"], agency, expires_at=at + YEAR, by="operator", at=at
    )


def run(*words: str) -> Result:
    return CliRunner().invoke(group, ["key", *words])


def test_a_key_is_good_until_the_moment_it_expires(at: datetime) -> None:
    prefix, key = _made(at)
    found = api_key(key, at)
    assert found is not None
    assert (found.prefix, found.scopes, found.agencies) == (prefix, ("responses:write",), None)
    assert api_key(key, at + YEAR - timedelta(microseconds=1)) is not None
    assert api_key(key, at + YEAR) is None
    assert state_of_key(None, at + YEAR, at + YEAR) == "expired"


def test_only_the_hash_is_kept(at: datetime) -> None:
    prefix, key = _made(at)
    assert key.startswith(f"{prefix}_")
    row = ApiKey.objects.values().get()
    assert key not in str(row)
    assert key not in str([entry.after for entry in latest_entries(10)])
    assert api_key(prefix, at) is None
    assert api_key(row["key_sha256"], at) is None


def test_a_revoked_key_is_good_for_nothing(at: datetime) -> None:
    prefix, key = _made(at)
    assert actions.revoke_api_key(prefix, by="operator", at=at) == "Kiosks"
    assert api_key(key, at) is None
    assert [one.state(at) for one in api_keys()] == ["revoked"]
    with pytest.raises(actions.KeyNotThere, match="already"):
        actions.revoke_api_key(prefix, by="operator", at=at)


def test_a_key_of_an_agency_sees_what_is_under_it_and_nothing_else(at: datetime) -> None:
    parent = Agency.objects.create(key="dept", name="Department", abbreviation="D", level="federal")
    Agency.objects.create(key="office", name="Office", abbreviation="O", level="federal", parent=parent)
    Agency.objects.create(key="other", name="Other", abbreviation="X", level="federal")
    found = api_key(_made(at, "dept")[1], at)
    assert found is not None
    assert found.agencies == {"dept", "office"}


def test_only_the_day_of_use_is_noted(at: datetime) -> None:
    _, key = _made(at)
    assert api_keys()[0].last_used_on is None
    before = len(latest_entries(100))
    assert program(key, at) is not None
    assert api_keys()[0].last_used_on == date(2026, 3, 2)
    assert program(key, datetime(2026, 3, 3, 0, 0, tzinfo=UTC)) is not None
    assert api_keys()[0].last_used_on == date(2026, 3, 3)
    assert program("hb_none", at) is None
    assert len(latest_entries(100)) == before, "history tells the time of day, so it has no row of this"


@pytest.mark.parametrize("scopes", [[], ["forms:write"]])
def test_a_scope_that_does_not_exist_is_refused(scopes: list[str], at: datetime) -> None:
    with pytest.raises(ScopeUnknown, match="responses:write"):
        actions.make_api_key("Kiosks", scopes, None, expires_at=at + YEAR, by="operator", at=at)


def test_a_key_is_made_listed_and_revoked_by_command() -> None:
    words = ("new", "Kiosks", "--scope", "responses:write", "--scope", "forms:read", "--days", "30", "--json")
    made = json.loads(run(*words).output)
    (listed,) = json.loads(run("list", "--json").output)["keys"]
    assert {name: listed[name] for name in ("prefix", "name", "scopes", "agency", "state")} == {
        "prefix": made["prefix"],
        "name": "Kiosks",
        "scopes": ["forms:read", "responses:write"],
        "agency": None,
        "state": "active",
    }
    assert "key" not in listed
    assert run("revoke", made["prefix"]).exit_code == 0
    assert json.loads(run("list", "--json").output)["keys"][0]["state"] == "revoked"
    assert [entry.verb for entry in latest_entries(2)] == ["api_key.revoked", "api_key.made"]


def test_a_trial_makes_no_key_and_revokes_none(at: datetime) -> None:
    trial = json.loads(run("new", "Kiosks", "--scope", "forms:read", "--dry-run", "--json").output)
    assert "key" not in trial
    assert not ApiKey.objects.exists()
    prefix, key = _made(at)
    assert run("revoke", prefix, "--dry-run").exit_code == 0
    assert api_key(key, at) is not None


@pytest.mark.parametrize(
    "words", [("new", "Kiosks", "--scope", "forms:read", "--agency", "nowhere"), ("revoke", "hb_00000000")]
)
def test_what_does_not_exist_is_refused(words: tuple[str, ...]) -> None:
    result = run(*words)
    assert result.exit_code == 1
    assert "Error: there is no" in result.output
    assert not ApiKey.objects.exists()
