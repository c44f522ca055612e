"""Exports: the same responses in every format, safe in a spreadsheet, by half-open periods."""

import csv
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import openpyxl
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from hearback.collect.actions import forms as actions
from hearback.collect.commands import group
from hearback.collect.instruments import files
from hearback.collect.instruments.definition import Choice, Instrument, Page, Question
from hearback.collect.intake.store import Received
from hearback.collect.queries import intake_store
from hearback.collect.response_files.dictionary import AskedIn, dictionary
from hearback.collect.response_files.spreadsheets import guarded, unguarded
from hearback.collect.response_files.table import layout
from tests.collect.forms.conftest import Publish, publish

__all__ = ["publish"]
pytestmark = pytest.mark.django_db
NEW_YORK = ZoneInfo("America/New_York")
DANGEROUS = '=HYPERLINK("http://127.0.0.1/")'

Store = Callable[..., None]


def _store(at: datetime, key: str, answers: dict[str, object], not_shown: tuple[str, ...] = ()) -> None:
    one = Received(
        form="service-2", version=1, key=key, at=int(at.timestamp() * 1000), language="es", channel="website",
        place="lobby", campaign="", answers=msgspec.json.encode(answers), not_shown=not_shown,
    )  # fmt: skip
    with intake_store() as store:
        store.append([one])


@pytest.fixture
def answered(publish: Publish) -> str:
    key = publish()
    _store(datetime(2026, 9, 30, 23, 59, 59, 999_000, NEW_YORK), "last-of-q4", {"trust": "0"}, ("positive",))
    _store(datetime(2026, 10, 1, 0, 0, 0, 0, NEW_YORK), "first-of-q1",
           {"trust": "1", "positive": ["ease", "other"], "positive.text": "the form", "comment": DANGEROUS},
           ("negative",))  # fmt: skip
    return key


def _run(*words: str) -> Result:
    return CliRunner().invoke(group, ["responses", "export", *words])


def test_every_format_holds_the_same(answered: str, tmp_path: Path) -> None:
    for ending in ("csv", "json", "xlsx", "parquet"):
        done = _run(answered, str(tmp_path / f"out.{ending}"))
        assert done.exit_code == 0, done.output
    from_json = json.loads((tmp_path / "out.json").read_text())
    with (tmp_path / "out.csv").open(newline="", encoding="utf-8") as file:
        from_csv = [{name: unguarded(cell) for name, cell in row.items()} for row in csv.DictReader(file)]
    from_parquet = pq.read_table(tmp_path / "out.parquet").to_pylist()
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    assert sheet is not None
    names, *cells = sheet.iter_rows(values_only=True)
    from_xlsx = [dict(zip(names, row, strict=True)) for row in cells]
    as_text = [{n: "" if v is None else str(v) for n, v in row.items()} for row in from_json]
    assert from_csv == as_text
    assert [{n: "" if v is None else str(v) for n, v in row.items()} for row in from_parquet] == as_text
    assert [{n: "" if v is None else str(v) for n, v in row.items()} for row in from_xlsx] == as_text
    assert from_json[1]["comment"] == DANGEROUS
    assert (from_json[1]["positive_ease"], from_json[1]["positive_efficiency"]) == (1, 0)
    assert from_json[1]["negative_ease"] == "not shown"
    assert from_json[0]["comment"] is None


def test_no_text_is_run_by_a_spreadsheet(answered: str, tmp_path: Path) -> None:
    _run(answered, str(tmp_path / "out.csv"))
    _run(answered, str(tmp_path / "out.xlsx"))
    assert f"\"'{DANGEROUS[0]}" in (tmp_path / "out.csv").read_text()
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}


@pytest.mark.parametrize("text", ["=1", "'", "'=1", "''", "it's", "", "+49", "-", "@x", "\t"])
def test_a_guarded_text_comes_back(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t"))


def test_a_quarter_is_half_open_in_the_zone_that_is_named(answered: str, tmp_path: Path) -> None:
    keys = {}
    for quarter in ("FY2026-Q4", "FY2027-Q1"):
        _run(answered, str(tmp_path / f"{quarter}.json"), "--quarter", quarter, "--zone", "America/New_York")
        keys[quarter] = [row["key"] for row in json.loads((tmp_path / f"{quarter}.json").read_text())]
    assert keys == {"FY2026-Q4": ["last-of-q4"], "FY2027-Q1": ["first-of-q1"]}
    _run(answered, str(tmp_path / "utc.json"), "--quarter", "FY2027-Q1")
    assert len(json.loads((tmp_path / "utc.json").read_text())) == 2, "in UTC both are in October"


def test_the_seventeen_columns(answered: str, tmp_path: Path) -> None:
    done = _run(answered, str(tmp_path / "q.csv"), "--seventeen", "--with-time", "--zone", "America/New_York")
    assert done.exit_code == 0, done.output
    with (tmp_path / "q.csv").open(newline="", encoding="utf-8") as file:
        first, second = csv.DictReader(file)
    assert (first["external_id"], first["question_1"], first["positive_ease"]) == ("last-of-q4", "0", "null")
    assert (second["positive_ease"], second["negative_ease"], second["language"]) == ("1", "null", "es")
    assert second["received_at"] == "2026-10-01T00:00:00.000-04:00"


def test_nothing_is_written_over(answered: str, tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_text("mine")
    refused = _run(answered, str(tmp_path / "out.csv"))
    assert (refused.exit_code, (tmp_path / "out.csv").read_text()) == (1, "mine")
    assert "--replace" in refused.output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--zone", "Mars/Olympus"], "is no time zone"),
        (["--zone", "America"], "is no time zone"),
        (["--zone", "x" * 5_000], "is no time zone"),
        (["--since", "yesterday"], "is no day or moment"),
        (["--quarter", "FY2027-Q1", "--since", "2026-10-01"], "not both"),
        (["--quarter", "2027Q1"], "is not a fiscal quarter"),
    ],
)
def test_a_period_that_cannot_be_read_is_told(
    answered: str, tmp_path: Path, words: list[str], told: str
) -> None:
    refused = _run(answered, str(tmp_path / "out.csv"), *words)
    assert refused.exit_code == (2 if words == ["--quarter", "2027Q1"] else 1)
    assert told in refused.output
    assert not (tmp_path / "out.csv").exists()


def test_the_dictionary_keeps_every_wording(
    answered: str, at: datetime, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    first = files.ready("thumbs")
    trust = msgspec.structs.replace(first.questions[0], words={"en": "I trust it.", "es": "Confío."})
    page = msgspec.structs.replace(first.pages[0], questions=(trust, *first.questions[1:]))
    second = msgspec.structs.replace(first, pages=(page,))
    actions.save_draft(answered, second, by="owner", at=at)
    actions.move_version(answered, "submit", by="owner", at=at)
    with django_capture_on_commit_callbacks(execute=True):
        version = actions.move_version(answered, "publish", by="reviewer", at=at)
    assert version.question_versions == {"trust": 2, "positive": 1, "negative": 1, "comment": 1}
    asked = [AskedIn(1, first, {"trust": 1}), AskedIn(2, second, version.question_versions)]
    rows = dictionary(layout([(1, first), (2, second)]), asked)
    assert [(row[1], row[2], row[4]) for row in rows if row[0] == "trust"] == [
        ("2", "2", "I trust it."),
        ("1", "1", first.questions[0].words["en"]),
    ]
    assert next(row[1] for row in rows if row[0] == "comment") in {"1-2", "2"}


def test_times_are_told_with_their_zone(answered: str, tmp_path: Path) -> None:
    _run(answered, str(tmp_path / "out.json"))
    row = json.loads((tmp_path / "out.json").read_text())[0]
    assert datetime.fromisoformat(row["received_at"]) == datetime(2026, 10, 1, 3, 59, 59, 999_000, UTC)


def test_whole_numbers_are_written_whole(publish: Publish, at: datetime, tmp_path: Path) -> None:
    asked = (Question("minutes", "number", {"en": "Minutes?"}), Question("hours", "number", {"en": "Hours?"}))
    key = publish(Instrument("own", {"en": "Own"}, ("en",), (Page(asked),)))
    _store(at, "a", {"minutes": 12.0, "hours": 2.5})
    for ending in ("csv", "json", "xlsx"):
        assert _run(key, str(tmp_path / f"out.{ending}")).exit_code == 0
    with (tmp_path / "out.csv").open(newline="", encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    assert (row["minutes"], row["hours"]) == ("12", "2.5")
    assert '"minutes":12,' in (tmp_path / "out.json").read_text().replace(" ", "")


def test_no_answer_is_left_out_because_of_its_code(publish: Publish, at: datetime, tmp_path: Path) -> None:
    """A question may be called as a column of ours is, or as a choice of another question."""
    ease = (Choice("ease", {"en": "Ease"}, asks_text=True),)
    questions = (
        Question("language", "text", {"en": "Where?"}),
        Question("positive", "multiple", {"en": "What?"}, choices=ease),
        Question("positive_ease", "number", {"en": "How many?"}),
    )
    key = publish(Instrument("own", {"en": "Own"}, ("en",), (Page(questions),)))
    _store(
        at, "a", {"language": "Dock", "positive": ["ease"], "positive.text": "x", "positive_ease": 1234567.25}
    )
    for ending in ("csv", "json", "xlsx", "parquet"):
        assert _run(key, str(tmp_path / f"out.{ending}")).exit_code == 0
    (row,) = json.loads((tmp_path / "out.json").read_text())
    assert (row["language"], row["answer_language"]) == ("es", "Dock")
    assert (row["positive_ease"], row["positive.text"], row["answer_positive_ease"]) == (1, "x", 1234567.25)
    (held,) = pq.read_table(tmp_path / "out.parquet").to_pylist()
    assert {name: str(cell) for name, cell in held.items()} == {name: str(cell) for name, cell in row.items()}
    with (tmp_path / "out.csv.dictionary.csv").open(newline="", encoding="utf-8") as file:
        described = {one["column"]: one["words"] for one in csv.DictReader(file)}
    assert (described["answer_language"], described["answer_positive_ease"]) == ("Where?", "How many?")
