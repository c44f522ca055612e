"""The small plan with people, who answer for two milestones, a project, a commitment and two measures."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from django.test import Client

from hearback.accounts import actions as accounts
from hearback.accounts.models import User
from hearback.plan import actions
from hearback.plan.actions import Answerer
from hearback.plan.commands import load
from hearback.plan.rounds.reading import EntryFact, round_of
from hearback.plan.rules import About
from tests.plan.small import write

QUARTER = "FY2026-Q2"
OPENED, DUE = date(2026, 3, 2), date(2026, 3, 20)
SEAT = "rivers-department"
MINE = {
    "first": [(About.MILESTONE, "rivers-s1-m2"), (About.MILESTONE, "one-form-m1")],
    "second": [(About.PROJECT, "one-form"), (About.COMMITMENT, "order-a")],
    "third": [(About.MEASURE, "rivers-m1"), (About.MEASURE, "rivers-m2")],
}


@pytest.fixture
def asked(plan_folder: Path, at: datetime) -> None:
    """Three owners, two reviewers, the holder of a seat; a round is open."""
    load(write(plan_folder), by="operator", at=at)
    accounts.load_roles(by="operator", at=at)
    for name in (*MINE, "holder", "reviewer", "chief"):
        accounts.add_person(name, name.title(), by="operator", at=at)
        role = "reviewer" if name in {"reviewer", "chief"} else "member"
        accounts.give_role(name, role, None, by="operator", at=at)
    for name, things in MINE.items():
        actions.set_charges(things, Answerer(name, SEAT), by="reviewer", at=at)
    actions.set_seat_account(SEAT, "holder", by="reviewer", at=at)
    actions.open_round(QUARTER, DUE, None, by="reviewer", at=at, on=OPENED)


@pytest.fixture
def signed_in(asked: None) -> Callable[[str], Client]:
    """The client of somebody who is signed in, by name."""

    def client_of(name: str) -> Client:
        client = Client()
        client.force_login(User.objects.get(username=name))
        return client

    return client_of


def entry_of(about: About, record: str) -> EntryFact:
    """Give what is asked about one thing."""
    one = round_of(QUARTER)
    assert one is not None
    return next(entry for entry in one.entries if (entry.about, entry.record) == (about, record))
