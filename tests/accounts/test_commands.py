"""Commands of accounts: what they say, and that a trial leaves no trace."""

import json
from datetime import datetime

import pytest
from click.testing import CliRunner, Result

from hearback.accounts import actions
from hearback.accounts.commands import group
from hearback.accounts.models import Membership, SignInLink, User
from hearback.history.queries import latest_entries

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _roles(at: datetime) -> None:
    actions.load_roles(by="operator", at=at)


def run(*words: str) -> Result:
    return CliRunner().invoke(group, list(words))


def test_a_person_is_added_listed_and_gets_a_link_that_works(at: datetime) -> None:
    assert run("add", "desk", "--name", "Front desk", "--role", "reviewer").exit_code == 0
    listed = json.loads(run("list", "--json").output)
    assert listed["people"] == [
        {
            "username": "desk",
            "name": "Front desk",
            "active": True,
            "email": None,
            "roles": [{"role": "reviewer", "agency": None}],
        }
    ]
    made = json.loads(run("link", "desk", "--json").output)
    assert "/sign-in/link/" in made["link"]
    assert SignInLink.objects.count() == 1


def test_a_trial_adds_nobody_and_makes_no_link(at: datetime) -> None:
    before = len(latest_entries(100))
    assert run("add", "desk", "--name", "Front desk", "--role", "reviewer", "--dry-run").exit_code == 0
    assert not User.objects.exists()
    actions.add_person("desk", "Front desk", by="operator", at=at)
    assert json.loads(run("link", "desk", "--dry-run", "--json").output)["link"] is None
    assert run("password", "desk", "--password", "a long enough phrase", "--dry-run").exit_code == 0
    assert not SignInLink.objects.exists()
    assert not User.objects.get(username="desk").has_usable_password()
    assert len(latest_entries(100)) == before + 1


@pytest.mark.parametrize("trial", [(), ("--dry-run",)])
@pytest.mark.parametrize(
    "words",
    [
        ("add", "desk", "--name", "Front desk", "--role", "king"),
        ("add", "desk", "--name", "Front desk", "--role", "member", "--agency", "nowhere"),
        ("link", "nobody"),
        ("password", "nobody", "--password", "a long enough phrase"),
    ],
)
def test_what_does_not_exist_is_refused_and_nothing_is_left(
    words: tuple[str, ...], trial: tuple[str, ...]
) -> None:
    result = run(*words, *trial)
    assert result.exit_code == 1
    assert "Error: " in result.output
    assert not User.objects.exists()
    assert not Membership.objects.exists()


def test_a_weak_password_is_refused_with_what_to_do(at: datetime) -> None:
    actions.add_person("desk", "Front desk", by="operator", at=at)
    result = run("password", "desk", "--password", "short")
    assert result.exit_code == 1
    assert "at least 12 characters" in result.output
