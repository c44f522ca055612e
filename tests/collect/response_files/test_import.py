"""Bringing in the quarterly file: every cell checked, nothing twice, and all of it can be taken back."""

import csv
import json
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from hearback.collect.actions import responses as actions
from hearback.collect.commands import group
from hearback.collect.intake.store.postgres import PostgresStore
from hearback.collect.intake.store.sqlite import SqliteStore
from hearback.collect.queries import responses
from hearback.collect.response_files.seventeen import COLUMNS
from hearback.history.queries import latest_entries
from tests.collect.forms.conftest import Publish, publish

__all__ = ["publish"]
pytestmark = pytest.mark.django_db
GOOD = [
    {"external_id": "a", "question_1": "1", "positive_ease": "1", "question_4": "'=well"},
    {"external_id": "b", "question_1": "0", "negative_other": "1", "question_4": "Write to me@example.org"},
]


def _file(
    tmp_path: Path, rows: list[dict[str, str]], name: str = "q.csv", extra: tuple[str, ...] = ()
) -> Path:
    file = tmp_path / name
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, [*COLUMNS, *extra], restval="0")
        writer.writeheader()
        writer.writerows({"question_4": "", **row} for row in rows)
    return file


def _run(*words: str) -> Result:
    return CliRunner().invoke(group, ["responses", *words, "--json"])


def _import(form: str, file: Path, *words: str) -> dict[str, Any]:
    done = _run("import", form, str(file), "--quarter", "FY2026-Q2", *words)
    assert done.exit_code in {0, 1}, done.output
    printed: dict[str, Any] = json.loads(done.stdout)
    return printed


def test_responses_are_stored_masked_and_in_their_quarter(publish: Publish, tmp_path: Path) -> None:
    form = publish()
    told = _import(form, _file(tmp_path, GOOD))
    assert (told["rows_read"], told["rows_stored"], told["rows_rejected"]) == (2, 2, 0)
    first, second = responses(form)
    assert json.loads(first.response.answers) == {"trust": "1", "positive": ["ease"], "comment": "=well"}
    assert first.response.not_shown == ("negative",)
    assert "me@example.org" not in second.response.answers.decode()
    assert second.response.masked == {"email": 1}
    assert first.response.at == 1_774_483_199_999 + 6 * 86_400_000, "the last moment of March 2026, UTC"
    (batch,) = json.loads(_run("batches", form).stdout)["batches"]
    assert (batch["period"], batch["state"], batch["n_stored"]) == ("FY2026-Q2", "stored", 2)


def test_the_same_file_again_changes_nothing(publish: Publish, tmp_path: Path) -> None:
    form = publish()
    _import(form, _file(tmp_path, GOOD))
    told = _import(form, _file(tmp_path, GOOD))
    assert (told["rows_stored"], told["rows_known"], len(responses(form))) == (0, 2, 2)
    more = _file(tmp_path, [*GOOD, {"external_id": "c", "question_1": "1"}], "more.csv")
    told = _import(form, more)
    assert (told["rows_stored"], told["rows_known"], len(responses(form))) == (1, 2, 3)


def test_a_batch_is_taken_back_whole_and_no_other(publish: Publish, tmp_path: Path) -> None:
    form = publish()
    first = _import(form, _file(tmp_path, GOOD))["batch"]
    _import(form, _file(tmp_path, [{"external_id": "c", "question_1": "1"}], "c.csv"))
    assert json.loads(_run("reverse", form, str(first), "--dry-run").stdout)["deleted"] == 2
    assert len(responses(form)) == 3
    assert json.loads(_run("reverse", form, str(first)).stdout)["deleted"] == 2
    assert [one.response.key for one in responses(form)] == ["c"]
    assert _run("reverse", form, str(first)).exit_code == 1
    assert latest_entries(1)[0].verb == "responses.import_reversed"
    assert _import(form, _file(tmp_path, GOOD))["rows_stored"] == 2, "and can come again"


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ({"external_id": "", "question_1": "1"}, "external_id"),
        ({"external_id": "a", "question_1": "1"}, "external_id"),
        ({"external_id": "x", "question_1": "7"}, "question_1"),
        ({"external_id": "x", "question_1": ""}, "question_1"),
        ({"external_id": "x", "question_1": "1", "positive_ease": "yes"}, "positive_ease"),
    ],
)
def test_a_bad_cell_is_named_and_nothing_stored(
    publish: Publish, tmp_path: Path, row: dict[str, str], column: str
) -> None:
    form = publish()
    file = _file(tmp_path, [*GOOD, row])
    told = _import(form, file)
    assert (told["rows_rejected"], told["rows_stored"], told["batch"]) == (1, 0, None)
    assert [(one["line"], one["column"]) for one in told["rejections"]] == [(4, column)]
    assert responses(form) == []
    assert _import(form, file, "--keep-good")["rows_stored"] == 2


def test_a_dry_run_changes_nothing(publish: Publish, tmp_path: Path) -> None:
    form = publish()
    told = _import(form, _file(tmp_path, GOOD), "--dry-run")
    assert (told["rows_good"], told["rows_stored"]) == (2, 0)
    assert responses(form) == []
    assert json.loads(_run("batches", form).stdout)["batches"] == []


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("external_id,question_1", "lacks the columns"),
        (",".join([*COLUMNS, "ip"]), "unknown the columns 'ip'"),
    ],
)
def test_a_header_that_is_another_is_refused(
    publish: Publish, tmp_path: Path, header: str, told: str
) -> None:
    form = publish()
    (tmp_path / "h.csv").write_text(header + "\n")
    refused = _run("import", form, str(tmp_path / "h.csv"), "--quarter", "FY2026-Q2")
    assert refused.exit_code == 1
    assert told in refused.output


def test_times_and_languages_of_the_file_stand(publish: Publish, tmp_path: Path) -> None:
    form = publish()
    rows = [
        {"external_id": "t", "question_1": "1", "received_at": "2026-01-05T09:00-05:00", "language": "es"}
    ]
    file = _file(tmp_path, rows, extra=("received_at", "language"))
    assert _run("import", form, str(file)).exit_code == 0
    (stored,) = responses(form)
    assert (stored.response.language, stored.response.at) == ("es", 1_767_621_600_000)
    assert _run("import", form, str(_file(tmp_path, GOOD))).exit_code == 1, "no time, no quarter"


@pytest.mark.parametrize("moment", ["1926-01-05T09:00-05:00", "0001-01-01T00:00+14:00", "2206-01-05T09:00Z"])
def test_a_slip_of_the_pen_in_the_year_is_told(publish: Publish, tmp_path: Path, moment: str) -> None:
    """Such a row would be in no fiscal year, and keep all others from being settled."""
    rows = [{"external_id": "t", "question_1": "1", "received_at": moment, "language": "en"}]
    refused = _run("import", publish(), str(_file(tmp_path, rows, extra=("received_at", "language"))))
    assert refused.exit_code == 1
    assert "1991 to 2099" in refused.output


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Pacific/Kiritimati"])
def test_a_quarter_that_is_named_is_the_one_that_figures_count(
    publish: Publish, tmp_path: Path, zone: str
) -> None:
    form = publish()
    file = str(_file(tmp_path, GOOD))
    assert _run("import", form, file, "--quarter", "FY2026-Q2", "--zone", zone).exit_code == 0
    for place in (UTC, ZoneInfo(zone)):
        days = {datetime.fromtimestamp(one.response.at / 1000, place).date() for one in responses(form)}
        assert max(days) < date(2026, 4, 1)
        assert min(days) > date(2026, 3, 29)


def test_an_import_that_was_broken_off_goes_on(
    publish: Publish, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = publish()
    monkeypatch.setattr(actions, "AT_ONCE", 1)
    monkeypatch.setattr(actions, "_finish", _interrupted)
    with pytest.raises(click.Abort):
        CliRunner().invoke(group, ["responses", "import", form, str(_file(tmp_path, GOOD)), "--quarter",
                                   "FY2026-Q2"], standalone_mode=False, catch_exceptions=False)  # fmt: skip
    monkeypatch.undo()
    assert _import(form, _file(tmp_path, GOOD))["rows_stored"] == 0
    (batch,) = json.loads(_run("batches", form).stdout)["batches"]
    assert (batch["state"], batch["n_stored"]) == ("stored", 2)


def _interrupted(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_what_one_installation_exports_another_imports(publish: Publish, tmp_path: Path, at: object) -> None:
    form, other = publish(), publish(key="other-form")
    _import(form, _file(tmp_path, GOOD))
    out = str(tmp_path / "out.csv")
    assert _run("export", form, out, "--seventeen", "--with-time").exit_code == 0
    assert _run("import", other, out).exit_code == 0
    before, after = responses(form), responses(other)
    assert [(b.response.key, b.response.answers, b.response.not_shown, b.response.at) for b in before] == [
        (a.response.key, a.response.answers, a.response.not_shown, a.response.at) for a in after
    ]


def _breaks(*_: object, **__: object) -> None:
    raise SystemExit("killed")


def test_a_deletion_that_is_broken_off_stands_in_history(
    publish: Publish, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """History says what is to be deleted before it is; the same command ends what was begun."""
    form = publish()
    batch = _import(form, _file(tmp_path, GOOD))["batch"]
    monkeypatch.setattr(SqliteStore, "delete_batch", _breaks)
    monkeypatch.setattr(PostgresStore, "delete_batch", _breaks)
    assert _run("reverse", form, str(batch)).exit_code == 1
    monkeypatch.undo()
    (entry,) = latest_entries(1)
    assert (entry.verb, entry.after) == ("responses.reversal_begun", {"batch": batch, "due": 2})
    (told,) = json.loads(_run("batches", form).stdout)["batches"]
    assert told["state"] == "being taken back"
    again = _run("import", form, str(_file(tmp_path, GOOD)), "--quarter", "FY2026-Q2")
    assert (again.exit_code, "half taken back" in again.output) == (1, True)
    assert json.loads(_run("reverse", form, str(batch)).stdout)["deleted"] == 2
    assert latest_entries(1)[0].verb == "responses.import_reversed"


@pytest.mark.parametrize(
    "moment", ["2026-W01-1", "20260105T0900Z", "2026-01-05T09Z", "me@example.org", "2026-005"]
)
def test_one_way_alone_to_write_moments_is_read_and_no_cell_is_repeated(
    publish: Publish, tmp_path: Path, moment: str
) -> None:
    rows = [{"external_id": "t", "question_1": "1", "received_at": moment, "language": "en"}]
    refused = _run("import", publish(), str(_file(tmp_path, rows, extra=("received_at", "language"))))
    assert refused.exit_code == 1
    (rejection,) = json.loads(refused.stdout)["rejections"]
    assert (rejection["line"], rejection["column"]) == (2, "received_at")
    assert moment not in rejection["message"]


def test_nothing_of_an_import_lies_about_by_a_name(
    publish: Publish, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the program is killed in the midst of storing, no copy of the texts is left."""
    form, temporary = publish(), tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    seen: list[list[Path]] = []
    before = SqliteStore.append
    monkeypatch.setattr(
        SqliteStore, "append", lambda *a: seen.append(list(temporary.iterdir())) or before(*a)
    )
    file = _file(tmp_path, GOOD)
    assert _import(form, file)["rows_stored"] == 2
    assert all(listed == [] for listed in seen)
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("name", ["ann@example.org", "Ann Poe", "555-123-4567"])
def test_a_name_of_a_response_that_could_be_a_persons_is_refused(
    publish: Publish, tmp_path: Path, name: str
) -> None:
    form = publish()
    told = _import(form, _file(tmp_path, [{"external_id": name, "question_1": "1"}]))
    (rejection,) = told["rejections"]
    assert (rejection["line"], rejection["column"]) == (2, "external_id")
    assert name not in str(told)
    assert responses(form) == []


@pytest.mark.parametrize("ending", ["csv", "json", "xlsx", "parquet"])
def test_what_one_installation_exports_in_any_format_another_imports(
    publish: Publish, tmp_path: Path, ending: str
) -> None:
    form, other = publish(), publish(key="other-form")
    _import(form, _file(tmp_path, GOOD))
    out = tmp_path / f"out.{ending}"
    assert _run("export", form, str(out), "--zone", "Asia/Kathmandu").exit_code == 0
    tried = _run("import", other, str(out), "--dry-run")
    assert json.loads(tried.stdout)["counts"]["answers"]["trust"] == {"0": 1, "1": 1}
    assert _run("import", other, str(out)).exit_code == 0
    again = json.loads(_run("import", other, str(out)).stdout)
    assert (again["kind"], again["rows_stored"], again["rows_known"]) == ("export", 0, 2)
    before, after = responses(form), responses(other)
    assert [replace(one.response, form="", batch="", masked={}) for one in before] == [
        replace(one.response, form="", batch="", masked={}) for one in after
    ]


@pytest.mark.parametrize("ending", ["json", "xlsx", "parquet"])
@pytest.mark.parametrize("kept", [0, 30, 400, -20])
def test_a_file_that_lost_bytes_is_refused(publish: Publish, tmp_path: Path, ending: str, kept: int) -> None:
    form = publish()
    _import(form, _file(tmp_path, GOOD))
    out = tmp_path / f"out.{ending}"
    assert _run("export", form, str(out)).exit_code == 0
    out.write_bytes(out.read_bytes()[:kept])
    refused = _run("import", publish(key="other-form"), str(out))
    assert refused.exit_code == 1
    assert refused.exception is None or isinstance(refused.exception, SystemExit)
    assert responses("other-form") == []


def test_a_version_that_is_not_published_here_is_rejected(publish: Publish, tmp_path: Path) -> None:
    form, other = publish(), publish(key="other-form")
    _import(form, _file(tmp_path, GOOD))
    out = tmp_path / "out.csv"
    _run("export", form, str(out))
    out.write_text(out.read_text().replace(",1,en,import", ",7,en,import", 1))
    told = json.loads(_run("import", other, str(out)).stdout)
    (rejection,) = told["rejections"]
    assert (rejection["line"], rejection["column"], told["rows_stored"]) == (2, "version", 0)
