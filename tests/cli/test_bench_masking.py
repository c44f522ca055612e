"""`hearback bench masking`: precision, recall and cost of masking, on the examples of the tests."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from hearback.cli.bench import command
from hearback.cli.bench import masking as bench
from hearback.collect.masking import KINDS, Masker


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two small parts of examples; and few rounds, as nothing is timed in earnest here."""
    monkeypatch.setattr(bench, "ROUNDS", 1)
    monkeypatch.setattr(bench, "REPEATS", 1)
    monkeypatch.setattr(bench, "LONG", 200)
    for part, text in (("tuned", "call {phone:202-555-0143}"), ("held_out", "room 12, {name:somebody}")):
        (tmp_path / part).mkdir()
        examples = {"countries": ["us"], "examples": [text, "nothing to mask"]}
        (tmp_path / part / "some.json").write_text(json.dumps([examples]), encoding="utf-8")
    return tmp_path


def _run(*words: str) -> Any:
    result = CliRunner().invoke(command, ["masking", *words])
    assert result.exit_code == 0, result.output
    return result


def test_precision_and_recall_are_reported_for_both_parts(folder: Path) -> None:
    payload = json.loads(_run("--examples", str(folder), "--json").stdout)
    assert list(payload["tuned"]["kinds"]) == list(KINDS)
    assert payload["tuned"]["n_examples"] == 2
    assert payload["tuned"]["n_without_marks"] == 1
    phone = {"n_marked": 1, "n_found": 1, "n_right": 1, "n_clear": 0, "precision": 1.0, "recall": 1.0}
    assert payload["tuned"]["kinds"]["phone"] == phone
    name = {"n_marked": 1, "n_found": 0, "n_right": 0, "n_clear": 1, "precision": None, "recall": 0.0}
    assert payload["held_out"]["kinds"]["name"] == name
    assert payload["held_out"]["structured"]["recall"] is None
    assert payload["cpu_us_per_comment"] > 0
    assert payload["cpu_ms_of_worst_long_text"] > 0


def test_the_report_is_a_table_for_people(folder: Path) -> None:
    lines = _run("--examples", str(folder)).stdout.splitlines()
    assert lines[0].split()[:4] == ["tuned:", "marked", "precision", "recall"]
    assert [line.split()[0] for line in lines[1:13]] == [*KINDS, "structured", "total"]
    assert "phone 1 1.000 1.000 0 - -" in [" ".join(line.split()) for line in lines]
    assert lines[-1].endswith("hostile texts of 200 characters.")


def test_a_folder_without_examples_is_refused_in_one_line(tmp_path: Path) -> None:
    result = CliRunner().invoke(command, ["masking", "--examples", str(tmp_path)])
    assert result.exit_code == 1
    assert result.stderr.startswith(f"Error: {tmp_path / 'tuned'} has no examples; ")


def test_comments_are_of_the_length_they_stand_for() -> None:
    assert [text for text in bench.TYPICAL if not 180 <= len(text) <= 225] == []
    masker = Masker(["us"])
    assert sum(bool(masker.mask(text).found) for text in bench.TYPICAL) == 2
