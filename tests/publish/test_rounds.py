"""What the public reads of quarterly rounds: what was confirmed, what stayed silent, whose seat it is."""

import csv
import io
import re
from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from hearback.plan import queries as plan
from hearback.publish.formats import data_files
from hearback.publish.frozen import Content
from tests.publish.content import content
from tests.publish.publishing import make_release
from tests.publish.test_milestones import FIRST, SECOND

pytestmark = pytest.mark.django_db


def asked(
    about: str, record: str, word: str, seat: str | None, *days: str | bool | None
) -> plan.ConfirmationFact:
    first, late, confirmed = days or (None, None, None)
    return plan.ConfirmationFact(about, record, seat, word, first, late, confirmed)  # type: ignore[arg-type]


ROUNDS = (
    plan.PublicRoundFact("FY2026-Q2", "2026-01-12", "2026-01-30", "2026-02-20", (
        asked("milestone", "first", "not confirmed", "leader"),
        asked("milestone", "second", "confirmed", "leader", "2026-02-02", True, "2026-02-09"),
        asked("commitment", "duty", "confirmed", None, "2026-01-20", False, "2026-03-02"),
    )),
    plan.PublicRoundFact("FY2026-Q1", "2025-10-10", "2025-10-31", "2025-11-07", (
        asked("milestone", "first", "confirmed", "leader", "2025-10-30", False, "2025-10-30"),
    )),
)  # fmt: skip
SEAT = plan.SeatFact(
    "leader", "Leader", "bureau", (plan.SeatHolderFact(None, None, "2026-01", None, None, None),)
)
DUTY = plan.CommitmentFact(
    "duty", "agency_commitment", None, (), None, "Answer mail.", None, None, None, None, None, None
)
OTHER = plan.CommitmentFact(
    "other", "agency_commitment", None, (), None, "Open early.", None, None, None, None, None, None
)


@pytest.fixture
def frozen(tmp_path: Path, settings: Settings, at: datetime) -> Content:
    """A release with two rounds and a vacant seat, made on 2 March 2026."""
    settings.HOME = tmp_path
    (tmp_path / "releases").mkdir()
    strategy = plan.StrategyFact("s1", 1, "Listen", None, None, (), (FIRST, SECOND), (), None)
    area = plan.PriorityAreaFact("area", 1, "Area", None, None, None, (SEAT,), (), (strategy,), None)
    made = content(
        priority_areas=(area,),
        commitments=(DUTY, OTHER),
        rounds=ROUNDS,
        answerable=(plan.AnswerableFact("milestone", "first", "leader"),),
    )
    make_release(made, data_files(made), by="reviewer", at=at)
    return made


def text_of(client: Client, address: str) -> str:
    page = client.get(address).content.decode()
    main = re.search(r"<main.*?</main>", page, re.DOTALL)
    assert main
    return " ".join(re.sub(r"<[^>]+>", " ", main[0]).split())


def test_each_thing_says_when_it_was_last_confirmed(frozen: Content, client: Client) -> None:
    said = text_of(client, "/strategies/s1/")
    assert "Last confirmed on 30 October 2025, 4 months before this release" in said
    assert "round of FY2026 Q2: not confirmed" in said
    assert "seat behind it: Leader, bureau (vacant)" in said
    assert "Last confirmed on 9 February 2026, 3 weeks before this release" in said
    said = text_of(client, "/commitments/")
    assert "Last confirmed on 2 March 2026, the day of this release" in said
    assert said.count("never confirmed by who answers for it") == 1  # the one that nobody was asked about


def test_each_round_counts_what_was_confirmed_and_names_what_was_not(frozen: Content, client: Client) -> None:
    said = text_of(client, "/rounds/")
    newer, older = said.split("FY2026 Q1", 1)
    assert "Asked about 3 Confirmed 2 Answered late 1" in newer
    assert "1 thing is not confirmed" in newer
    assert re.search(r"Ask people Milestone not confirmed Leader, bureau \( ?vacant ?\)", newer)
    assert "Asked about 1 Confirmed 1 Answered late 0 Everything was confirmed." in older


def test_open_data_holds_the_same(frozen: Content, client: Client) -> None:
    answer = client.get("/data/confirmations.csv")
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))
    assert [(r["quarter"], r["record"], r["word"], r["late"], r["confirmed_on"]) for r in rows] == [
        ("FY2026-Q2", "first", "not confirmed", "", ""),
        ("FY2026-Q2", "second", "confirmed", "true", "2026-02-09"),
        ("FY2026-Q2", "duty", "confirmed", "false", "2026-03-02"),
        ("FY2026-Q1", "first", "confirmed", "false", "2025-10-30"),
    ]


def test_a_release_without_rounds_says_nothing_of_them(
    tmp_path: Path, settings: Settings, at: datetime, client: Client
) -> None:
    settings.HOME = tmp_path
    (tmp_path / "releases").mkdir()
    made = content(commitments=(DUTY,))
    make_release(made, data_files(made), by="reviewer", at=at)
    assert "confirmed" not in text_of(client, "/commitments/")
    assert "No round was held before this release." in text_of(client, "/rounds/")
