"""Responses are deleted when their time is over, from the store and from the archive, and history says so."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from hearback.collect.actions.forms import FormNotThere
from hearback.collect.actions.retention import delete_expired, keep_responses
from hearback.collect.commands import group
from hearback.collect.intake.store.postgres import PostgresStore
from hearback.collect.intake.store.sqlite import SqliteStore
from hearback.collect.queries import answer_archive, intake_store, responses
from hearback.history.queries import latest_entries
from tests.collect.forms.conftest import Publish
from tests.collect.intake.made import response

pytestmark = pytest.mark.django_db


def _store(key: str, at: datetime, names: str) -> None:
    with intake_store() as store:
        moment = int(at.timestamp() * 1000)
        store.append([replace(response(name, form=key, at=moment), version=1) for name in names])


def test_only_what_is_older_than_the_rule_goes(publish: Publish, at: datetime) -> None:
    key = publish()
    _store(key, at - timedelta(days=31), "ab")
    _store(key, at - timedelta(days=30), "c")
    assert delete_expired(by="operator", at=at) == [], "nobody has decided"
    keep_responses(key, 30, by="owner", at=at)
    (told,) = delete_expired(by="operator", at=at, dry_run=True)
    assert (told.n_deleted, len(responses(key))) == (2, 3)
    (done,) = delete_expired(by="operator", at=at)
    assert (done.n_deleted, done.retention_days) == (2, 30)
    assert [one.response.key for one in responses(key)] == ["c"]
    entry = latest_entries(1)[0]
    assert (entry.verb, entry.subject_key) == ("responses.expired", key)


def test_the_archive_follows(publish: Publish) -> None:
    key = publish()
    _store(key, datetime(2026, 1, 5, tzinfo=UTC), "abc")
    run = CliRunner()
    assert run.invoke(group, ["responses", "settle"]).exit_code == 0
    assert sum(file.n_responses for file in answer_archive().files("FY2026-Q2")) == 3
    assert run.invoke(group, ["form", "keep", key, "--days", "1"]).exit_code == 0
    told = json.loads(run.invoke(group, ["responses", "expire", "--json"]).stdout)
    assert [(one["form"], one["n_deleted"]) for one in told["deleted"]] == [(key, 3)]
    assert answer_archive().files("FY2026-Q2") == ()


def test_a_form_that_is_not_there_is_refused(at: datetime, directory: None) -> None:
    with pytest.raises(FormNotThere):
        keep_responses("nothing", 30, by="owner", at=at)


@pytest.mark.parametrize("days", [0, 36_501, 10**9])
def test_a_rule_by_which_nothing_could_be_deleted_is_refused(
    publish: Publish, at: datetime, days: int
) -> None:
    """One form with a rule that no calendar counts would keep the responses to all others."""
    key = publish()
    with pytest.raises(ValueError, match="1 to 36,500 days"):
        keep_responses(key, days, by="owner", at=at)
    assert CliRunner().invoke(group, ["form", "keep", key, "--days", str(days)]).exit_code == 2
    keep_responses(key, 36_500, by="owner", at=at)
    assert delete_expired(by="operator", at=at) == []


def test_a_run_that_is_broken_off_leaves_no_deletion_unknown_to_history(
    publish: Publish, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = publish()
    _store(key, at - timedelta(days=31), "ab")
    keep_responses(key, 30, by="owner", at=at)

    def deletes_and_dies(store: Any, form: str, *, before: int) -> int:
        raise KeyboardInterrupt

    for store in (SqliteStore, PostgresStore):
        monkeypatch.setattr(store, "delete", deletes_and_dies)
    with pytest.raises(KeyboardInterrupt):
        delete_expired(by="operator", at=at)
    (entry,) = latest_entries(1)
    assert (entry.verb, entry.after["due"] if entry.after else None) == ("responses.expiry_begun", 2)
