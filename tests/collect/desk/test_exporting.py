"""Responses as a file from the browser: the same as on the command line, and noted in the history."""

import csv
import io
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from hearback.collect.actions import forms as actions
from hearback.collect.intake.store import StoreNotReady
from hearback.collect.queries import intake_store
from hearback.history.queries import latest_entries
from tests.collect.desk.test_pages import stored

pytestmark = pytest.mark.django_db
CHOSEN = {"quarter": "", "since": "", "until": "", "zone": "UTC", "shape": "all", "words": "",
          "language": "en", "kind": "csv"}  # fmt: skip


@pytest.fixture
def published(draft: str, at: datetime, django_capture_on_commit_callbacks: Callable[..., Any]) -> str:
    """The form, published, with five responses of five days from 3 March 2026 on; gives its address."""
    actions.move_version("service-2", "submit", by="owner", at=at)
    with django_capture_on_commit_callbacks(execute=True):
        actions.move_version("service-2", "publish", by="reviewer", at=at)
    with intake_store() as store:
        store.append([stored(n) for n in range(5)])
    return draft


def sent(client: Client, address: str, **chosen: str) -> Any:
    """Ask for a file."""
    return client.post(f"{address}export/", {**CHOSEN, **chosen})


def body(answer: Any) -> bytes:
    """Read all of a file that was sent; at its end the test client lets go of it."""
    return b"".join(answer.streaming_content)


def rows(answer: Any) -> list[dict[str, str]]:
    """Read a CSV file that was sent."""
    return list(csv.DictReader(io.StringIO(body(answer).decode())))


def test_a_file_has_the_responses_and_the_history_says_who_took_it(owner: Client, published: str) -> None:
    answer = sent(owner, published)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == 'attachment; filename="service-2.csv"'
    assert "no-store" in answer.headers["Cache-Control"]
    found = rows(answer)
    assert [row["comment"] for row in found] == [f"No. {n}" for n in range(5)]
    assert (found[0]["trust"], found[0]["positive_ease"]) == ("0", "not shown")
    (noted,) = latest_entries(1, "form", "service-2")
    assert (noted.verb, noted.by) == ("responses.exported", "owner")
    assert noted.after == {"rows": 5, "file": "csv", "columns": "all"}


def test_what_was_exported_stands_in_words_in_the_history(
    owner: Client, reviewer: Client, published: str
) -> None:
    assert len(rows(sent(owner, published, since="2026-03-02", until="2026-03-03", shape="with_time"))) == 2
    told = "2 responses; 2026-03-02 to 2026-03-03; the 17 columns, with time and language; CSV"
    assert told in owner.get(f"{published}versions/").content.decode()
    page = reviewer.get("/dashboard/history/").content.decode()
    assert told in page
    assert "responses exported" in page
    assert "responses.exported" not in page


@pytest.mark.parametrize(
    ("shape", "name"),
    [("seventeen", "service-2-17-columns.csv"), ("with_time", "service-2-17-columns-with-time.csv")],
)
def test_files_of_other_columns_have_other_names(
    owner: Client, published: str, shape: str, name: str
) -> None:
    answer = sent(owner, published, shape=shape)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert len(rows(answer)) == 5


def test_a_quarter_or_days_in_a_zone_are_half_open(
    owner: Client, published: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = sent(owner, published, since="2026-03-02", until="2026-03-03")
    assert [row["comment"] for row in rows(answer)] == ["No. 0", "No. 1"], "the last day is in it"
    far = sent(owner, published, since="2026-03-02", until="2026-03-02", zone="Pacific/Kiritimati")
    assert [row["comment"] for row in rows(far)] == []
    monkeypatch.setattr("hearback.collect.desk.export_form.QUARTERS", 40)
    answer = sent(owner, published, quarter="FY2026-Q2")
    assert answer.headers["Content-Disposition"].endswith('"service-2-FY2026-Q2.csv"')
    assert len(rows(answer)) == 5
    assert rows(sent(owner, published, quarter="FY2026-Q1")) == []
    (noted,) = latest_entries(1, "form", "service-2")
    assert noted.after == {
        "rows": 0, "file": "csv", "columns": "all",
        "since": "2025-10-01T00:00:00+00:00", "until": "2026-01-01T00:00:00+00:00",
    }  # fmt: skip


def test_words_columns_and_kinds(owner: Client, published: str) -> None:
    assert rows(sent(owner, published, words="yes", language="es"))[0]["trust"] == "Pulgar abajo"
    seventeen = rows(sent(owner, published, shape="seventeen"))
    assert len(seventeen[0]) == 17
    assert seventeen[0]["negative_efficiency"] == "1"
    assert len(rows(sent(owner, published, shape="with_time"))[0]) == 19
    assert len(json.loads(body(sent(owner, published, kind="json")))) == 5
    assert body(sent(owner, published, kind="xlsx"))[:2] == b"PK"
    assert body(sent(owner, published, kind="parquet"))[:4] == b"PAR1"
    told = rows(sent(owner, published, do="dictionary"))
    assert {"column", "type", "words", "values"} <= {*told[0]}
    assert "comment" in {row["column"] for row in told}
    exports = [one for one in latest_entries(20, "form", "service-2") if one.verb == "responses.exported"]
    assert len(exports) == 6, "the dictionary holds no response"


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ({"zone": "Nowhere/At_All"}, "Write a time zone"),
        ({"zone": ""}, "This field is required."),
        ({"since": "yesterday"}, "Enter a valid date."),
        ({"since": "2026-03-03", "until": "2026-03-02"}, "not before the first"),
        ({"kind": "exe"}, "Select a valid choice"),
        ({"shape": "all", "quarter": "FY1800-Q1"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_asked_is_told(
    owner: Client, published: str, chosen: dict[str, str], told: str
) -> None:
    answer = sent(owner, published, **chosen)
    assert answer.status_code == 422
    assert told in answer.content.decode()


def test_a_quarter_and_days_are_not_taken_together(
    owner: Client, published: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hearback.collect.desk.export_form.QUARTERS", 40)
    answer = sent(owner, published, quarter="FY2026-Q2", since="2026-03-03")
    assert "Choose a quarter or days, not both." in answer.content.decode()


def test_while_the_store_cannot_be_read_nothing_is_sent_and_nothing_noted(
    owner: Client, published: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise StoreNotReady

    monkeypatch.setattr("hearback.collect.exporting.intake_store", away)
    answer = sent(owner, published)
    assert (answer.status_code, "Try again in a minute." in answer.content.decode()) == (503, True)
    assert latest_entries(1, "form", "service-2")[0].verb == "form.publish"


def test_a_form_without_a_trust_question_offers_no_17_columns(owner: Client, draft: str) -> None:
    page = owner.get(f"{draft}export/").content.decode()
    assert "No response yet." in page, "nothing was published"
    assert sent(owner, draft, shape="seventeen").status_code == 422
