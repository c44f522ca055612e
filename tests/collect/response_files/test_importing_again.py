"""A file that comes in again: what is not stored yet is, and what is known is told truly."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from hearback.collect.actions import responses as actions
from hearback.collect.commands.groups import responses_group
from hearback.collect.instruments import files
from hearback.collect.intake.open_forms import OpenForms
from hearback.collect.opening import receiver
from hearback.collect.queries import intake_store, responses
from tests.collect.forms.conftest import Publish, publish, publish_again
from tests.collect.response_files.test_import import GOOD, _file, _import, _run

__all__ = ["publish", "publish_again"]
pytestmark = pytest.mark.django_db
MAPPING = """
format: hearback-mapping-1
zone: UTC
received: {kind: fixed, day: 2026-01-05, because: all were given on one day}
key: {column: id}
answers: [{column: said, question: trust, codes: %s}]
"""


def _mapped(form: str, tmp_path: Path, codes: str, *words: str) -> dict[str, Any]:
    (tmp_path / "said.csv").write_text("id,said\na,good\nb,bad\nc,awful\n", encoding="utf-8")
    (tmp_path / "m.yaml").write_text(MAPPING % codes, encoding="utf-8")
    done = _run("import", form, str(tmp_path / "said.csv"), "--mapping", str(tmp_path / "m.yaml"), *words)
    assert done.stdout, done.output
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _batches(form: str) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = json.loads(_run("batches", form).stdout)["batches"]
    return listed


def _counts(told: dict[str, Any]) -> tuple[int, int]:
    return told["rows_stored"], told["rows_known"]


def test_a_better_mapping_of_the_same_file_stores_what_it_adds(publish: Publish, tmp_path: Path) -> None:
    form = publish()
    poor, better = '{good: "1", bad: "0"}', '{good: "1", bad: "0", awful: "0"}'
    assert _counts(_mapped(form, tmp_path, poor, "--keep-good")) == (2, 0)
    assert _counts(_mapped(form, tmp_path, better, "--dry-run")) == (0, 2)
    told = _mapped(form, tmp_path, better)
    assert _counts(told) == (1, 2)
    assert [one.response.key for one in responses(form)] == ["a", "b", "c"]
    assert [(one["batch"], one["n_stored"]) for one in _batches(form)][1:] == [(told["batch"], 1)]
    assert json.loads(_run("reverse", form, str(told["batch"])).stdout)["deleted"] == 1


def test_a_version_that_was_published_since_is_taken(
    publish: Publish, publish_again: Callable[[str], None], tmp_path: Path
) -> None:
    form, other = publish(), publish(key="other-form")
    _import(form, _file(tmp_path, GOOD))
    out = tmp_path / "out.csv"
    _run("export", form, str(out))
    out.write_text(out.read_text().replace(",1,en,import", ",2,en,import", 1))
    assert _counts(json.loads(_run("import", other, str(out), "--keep-good").stdout)) == (1, 0)
    publish_again(other)
    assert _counts(json.loads(_run("import", other, str(out)).stdout)) == (1, 1)


def test_what_an_overlapping_batch_took_away_comes_in_again(publish: Publish, tmp_path: Path) -> None:
    form = publish()
    first = _import(form, _file(tmp_path, GOOD))["batch"]
    both = _file(tmp_path, [*GOOD, {"external_id": "c", "question_1": "1"}], "both.csv")
    assert _counts(_import(form, both)) == (1, 2)
    _run("reverse", form, str(first))
    assert _counts(_import(form, both)) == (2, 1)
    assert sorted(one.response.key for one in responses(form)) == ["a", "b", "c"]


def test_an_import_of_what_is_known_leaves_no_batch_and_says_so(publish: Publish, tmp_path: Path) -> None:
    form = publish()
    _import(form, _file(tmp_path, GOOD))
    told = _import(form, _file(tmp_path, [*reversed(GOOD)], "turned.csv"))
    assert (_counts(told), told["batch"], len(_batches(form))) == ((0, 2), None, 1)
    words = ["import", form, str(tmp_path / "turned.csv"), "--quarter", "FY2026-Q2"]
    said = CliRunner().invoke(responses_group, words).stdout
    assert "2 rows are passed over" in said
    assert "take their batch back first" in said


def test_an_import_that_was_killed_is_counted_as_it_is(
    publish: Publish, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = publish()

    def killed(*_: object, **__: object) -> None:
        raise SystemExit("killed")

    monkeypatch.setattr(actions, "_finish", killed)
    assert _run("import", form, str(_file(tmp_path, GOOD)), "--quarter", "FY2026-Q2").exit_code == 1
    monkeypatch.undo()
    (batch,) = _batches(form)
    assert (batch["state"], batch["n_stored"]) == ("unfinished", 2)
    other = _run("import", form, str(_file(tmp_path, GOOD)), "--quarter", "FY2026-Q3")
    assert (other.exit_code, "broken off with FY2026-Q2" in other.output) == (1, True)
    assert _counts(_import(form, _file(tmp_path, GOOD))) == (0, 2)
    (batch,) = _batches(form)
    assert (batch["state"], batch["n_stored"]) == ("stored", 2)


def test_no_moment_loses_a_millisecond(publish: Publish, tmp_path: Path) -> None:
    form, other = publish(), publish(key="other-form")
    start = datetime(2040, 1, 1, tzinfo=UTC)
    moments = [start + timedelta(milliseconds=n) for n in range(50)]
    rows = [
        {"external_id": f"t{n}", "question_1": "1", "received_at": at.isoformat(), "language": "en"}
        for n, at in enumerate(moments)
    ]
    _run("import", form, str(_file(tmp_path, rows, extra=("received_at", "language"))))
    _run("export", form, str(tmp_path / "out.csv"))
    _run("import", other, str(tmp_path / "out.csv"))
    wanted = [2_208_988_800_000 + n for n in range(50)]
    assert [one.response.at for one in responses(form)] == wanted
    assert [one.response.at for one in responses(other)] == wanted


def test_imported_responses_fill_no_quota(publish: Publish, tmp_path: Path) -> None:
    start = files.ready("thumbs")
    form = publish(replace(start, delivery=replace(start.delivery, quota=2)))
    _import(form, _file(tmp_path, GOOD))
    found = receiver(form)
    assert found is not None
    found.check_open(datetime(2026, 10, 1, tzinfo=UTC))
    opened = OpenForms(UTC)
    with intake_store() as store:
        opened.read(store)
    assert opened.by_key is not None
    opened.by_key[form].check_open(datetime(2026, 10, 1, tzinfo=UTC))
