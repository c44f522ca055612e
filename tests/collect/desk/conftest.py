"""What tests of the desk share: people in the four roles, and a form that one of them made."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client

from hearback.accounts import actions as accounts
from hearback.accounts.models import User
from hearback.collect.actions import forms as actions
from hearback.collect.instruments import files
from hearback.directory.models import Agency

ADDRESS = "/dashboard/forms/service-2/"


@pytest.fixture
def people(directory: None, at: datetime) -> Callable[[str], Client]:
    """Give the client of somebody who is signed in: owner, reviewer, outsider or administrator."""
    Agency.objects.create(key="other", name="Another agency", abbreviation="OA", level="federal")
    accounts.load_roles(by="operator", at=at)
    held = {
        "owner": ("member", "agency"),
        "second_owner": ("member", "agency"),
        "reviewer": ("reviewer", None),
        "outsider": ("member", "other"),
        "administrator": ("administrator", None),
    }
    for name, (role, agency) in held.items():
        accounts.add_person(name, name.title(), by="operator", at=at)
        accounts.give_role(name, role, agency, by="operator", at=at)

    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(User.objects.get(username=name))
        return client

    return signed_in


@pytest.fixture
def owner(people: Callable[[str], Client]) -> Client:
    """Somebody who runs forms at the agency."""
    return people("owner")


@pytest.fixture
def reviewer(people: Callable[[str], Client]) -> Client:
    """Somebody who publishes forms of every agency."""
    return people("reviewer")


@pytest.fixture
def draft(home: Path, directory: None, at: datetime) -> str:
    """A form whose first draft is the thumbs instrument; gives its address."""
    start = files.ready("thumbs")
    actions.create_form("service-2", start, service="service-2", provider="provider-21", by="owner", at=at)
    return ADDRESS
