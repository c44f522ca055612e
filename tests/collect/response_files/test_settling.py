"""Responses to forms reach the figures: archived by quarter, once, and gone when they are deleted."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from hearback.collect import opening
from hearback.collect.actions import forms, settling
from hearback.collect.actions.settling import settle
from hearback.collect.archive.batch import question_column
from hearback.collect.commands import group
from hearback.collect.instruments.definition import Choice, Instrument, Page, Question
from hearback.collect.intake.receiving import Receiver, Sent
from hearback.collect.intake.store import OpenForm, Received
from hearback.collect.queries import answer_archive, form, intake_store
from hearback.collect.settling import day_of
from hearback.measure.commands import group as measure
from tests.collect.forms.conftest import Publish, publish, publish_again

__all__ = ["publish", "publish_again"]
pytestmark = pytest.mark.django_db


def _answer(key: str, at: datetime, n: int, **answers: object) -> None:
    found = form(key)
    assert found is not None
    assert found.published is not None
    text = msgspec.json.encode(found.published.instrument)
    receiver = Receiver(OpenForm(key, found.published.number, text))
    taken: list[Received] = [receiver.take(Sent(answers, "en"), at) for _ in range(n)]
    with intake_store() as store:
        store.append(taken)


def _archived(quarter: str) -> int:
    return sum(file.n_responses for file in answer_archive().files(quarter))


def test_new_responses_are_archived_once(publish: Publish, at: datetime) -> None:
    key = publish()
    _answer(key, at, 3, trust="1", positive=["ease"])
    _answer(key, at - timedelta(days=90), 2, trust="0")
    done = settle(by="operator", at=at)
    assert (done.n_responses, done.quarters) == (5, ("FY2026-Q1", "FY2026-Q2"))
    assert settle(by="operator", at=at).n_settlements == 0
    assert (_archived("FY2026-Q1"), _archived("FY2026-Q2")) == (2, 3)
    _answer(key, at, 1, trust="1")
    settle(by="operator", at=at)
    assert (_archived("FY2026-Q1"), _archived("FY2026-Q2")) == (2, 4)


def test_large_settlements_are_left_alone(
    publish: Publish, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settling, "AT_ONCE", 4)
    monkeypatch.setattr(settling, "GROWS_TO", 3)
    key = publish()
    _answer(key, at, 10, trust="1")
    assert settle(by="operator", at=at).n_settlements == 3
    _answer(key, at, 1, trust="1")
    done = settle(by="operator", at=at)
    assert (done.n_settlements, done.n_responses) == (1, 3), "only the last and smallest grew"
    assert _archived("FY2026-Q2") == 11


def test_deleted_responses_leave_the_archive(publish: Publish, at: datetime) -> None:
    key = publish()
    _answer(key, at, 3, trust="1")
    with intake_store() as store:
        taken = next(store.responses(key)).response
        store.append([replace(taken, key=f"imported-{n}", batch="7") for n in range(4)])
    settle(by="operator", at=at)
    assert _archived("FY2026-Q2") == 7
    with intake_store() as store:
        store.delete_batch(key, "7")
    settle(by="operator", at=at)
    assert _archived("FY2026-Q2") == 3
    with intake_store() as store:
        store.delete(key, before=int(at.timestamp() * 1000) + 1)
    settle(by="operator", at=at)
    assert _archived("FY2026-Q2") == 0


def test_the_figures_are_those_of_the_answers(publish: Publish, at: datetime) -> None:
    """From an answer to a score: 300 of 400 chose thumbs up, 120 of those 300 ticked that it was easy."""
    key = publish()
    _answer(key, at, 120, trust="1", positive=["ease"])
    _answer(key, at, 180, trust="1")
    _answer(key, at, 100, trust="0", negative=["efficiency"])
    settle(by="operator", at=at)
    done = CliRunner().invoke(group, ["responses", "settle", "--json"])
    assert json.loads(done.stdout)["n_responses"] == 0
    assert CliRunner().invoke(measure, ["quarter", "FY2026-Q2"]).exit_code == 0
    survey = ["survey", f"{key}-fy2026-q2"]
    shown = CliRunner().invoke(measure, ["show", *survey, "--quarter", "FY2026-Q2", "--json"])
    scores = {row["measure"]: row for row in json.loads(shown.stdout)["scores"]}
    up, ease = scores["trust_thumbs_up_share"], scores["positive_ease_share"]
    assert (up["value"], up["n"]) == (0.75, 400)
    assert (ease["value"], ease["n"]) == (0.4, 300), "asked of those alone who saw the question"


def test_every_choice_is_counted_by_itself_whatever_its_code(publish: Publish, at: datetime) -> None:
    """Codes that differ in large letters, in a sign or after forty characters are not taken for one."""
    long = "which_of_these_things_did_you_use_today"
    codes = ("A", "a", "library-card", "library-room")
    five = tuple(Choice(str(n), {"en": str(n)}) for n in range(1, 6))
    questions = (
        Question(long, "multiple", {"en": "?"}, choices=tuple(Choice(one, {"en": one}) for one in codes)),
        Question("first", "rating", {"en": "first"}, measure="trust", choices=five),
        Question("second", "rating", {"en": "second"}, measure="trust", choices=five),
    )
    key = publish(Instrument("own", {"en": "Own"}, ("en",), (Page(questions),)))
    for n, code in enumerate(codes, start=1):
        _answer(key, at, n, **{long: [code], "first": "5", "second": "1"})
    settle(by="operator", at=at)
    (archived,) = answer_archive().files("FY2026-Q2")
    table = pq.read_table(answer_archive().path("FY2026-Q2", archived))
    items = {one.wording: one.question for form in answer_archive().codes().forms for one in form.items}
    ticked = {words: table[question_column(items[words])].to_pylist().count(2) for words in (*codes, "first")}
    assert ticked == {"A": 1, "a": 2, "library-card": 3, "library-room": 4, "first": 0}
    assert items["first"] == "trust"
    assert set(table[question_column("trust")].to_pylist()) == {5}
    assert set(table[question_column(items["second"])].to_pylist()) == {1}


def test_settling_tells_the_intake_what_it_was_not_told(
    publish: Publish, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store was away when the form was closed, or it was closed while the intake was being told."""
    key = publish()
    forms.close_form(key, by="owner", at=at)  # the transaction of the test never tells
    with intake_store() as store:
        assert store.versions() == {key: (1, False)}
        assert CliRunner().invoke(group, ["responses", "settle", "--dry-run"]).exit_code == 0
        assert store.versions() == {key: (1, False)}
        assert CliRunner().invoke(group, ["responses", "settle"]).exit_code == 0
        assert store.versions() == {key: (1, True)}
    closed = opening.open_form(key)
    assert closed is not None
    said = iter([replace(closed, closed=False), closed, closed])
    monkeypatch.setattr(opening, "open_form", lambda _key: next(said))
    opening.tell_intake(key)
    with intake_store() as store:
        assert store.versions() == {key: (1, True)}


def test_what_the_main_database_does_not_know_is_told_and_settled_later(
    publish: Publish, publish_again: Callable[[str], None], at: datetime
) -> None:
    """As after a restore of the main database from a backup that is older than the store of responses."""
    key = publish()
    _answer(key, at, 2, trust="1")
    with intake_store() as store:
        taken = next(store.responses(key)).response
        store.append([replace(taken, key=f"later-{n}", version=2) for n in range(3)])
    done = CliRunner().invoke(group, ["responses", "settle"])
    assert "3 responses to service-2, version 2, wait" in done.output
    assert _archived("FY2026-Q2") == 2
    assert settle(by="operator", at=at).waiting == {f"{key}:2": 3}, "it is told again"
    publish_again(key)
    assert settle(by="operator", at=at).waiting == {}
    assert _archived("FY2026-Q2") == 5


def test_days_are_those_of_the_installations_zone(publish: Publish, settings: Any) -> None:
    """What is one quarter in an export is that quarter in the figures; another zone counts anew."""
    key, late = publish(), datetime(2026, 4, 1, 3, 0, tzinfo=UTC)
    _answer(key, late, 1, trust="1")
    settle(by="operator", at=late)
    assert (_archived("FY2026-Q2"), _archived("FY2026-Q3")) == (0, 1)
    settings.ZONE = ZoneInfo("America/New_York")
    assert settle(by="operator", at=late).n_settlements == 1
    assert (_archived("FY2026-Q2"), _archived("FY2026-Q3")) == (1, 0)
    assert settle(by="operator", at=late).n_settlements == 0


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"])
def test_the_day_of_a_moment_is_that_of_its_zone(zone: str) -> None:
    place = ZoneInfo(zone)
    first = datetime(2026, 1, 1, tzinfo=UTC)
    for hours in range(0, 24 * 366, 5):
        moment = first + timedelta(hours=hours, minutes=hours % 60, seconds=59)
        wanted = (moment.astimezone(place).date() - date(1970, 1, 1)).days
        assert day_of(int(moment.timestamp() * 1000), place) == wanted
