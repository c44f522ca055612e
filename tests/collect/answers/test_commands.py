"""`hearback collect answers`: one JSON object for scripts, lines for people, exit codes for both."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from hearback.collect import queries
from hearback.collect.commands import group
from hearback.history.queries import latest_entries
from tests.collect.answers.small import layout, row, write

pytestmark = pytest.mark.usefixtures("home", "directory")


@pytest.fixture
def by(tmp_path: Path) -> Path:
    """The small layout as a file."""
    path = tmp_path / "layout.json"
    path.write_bytes(layout().data)
    return path


@pytest.fixture
def known(tmp_path: Path) -> Path:
    """Margins of two age bands."""
    path = tmp_path / "margins.json"
    path.write_text('{"age_band": {"18-34": 10, "35 and over": 90}}')
    return path


def run(*words: object) -> Result:
    return CliRunner().invoke(group, ["answers", *[str(word) for word in words]])


def told(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_json_is_one_object_with_all_that_scripts_rely_on(tmp_path: Path, by: Path) -> None:
    result = run(write(tmp_path / "a.csv", row()), "--layout", by, "--json", "--by", "ann")
    report = told(result)
    assert result.exit_code == 0
    assert len(report.pop("sha256")) == 64
    assert report == {
        "file": "a.csv", "survey": "counter", "period": "2021-01", "kind": "answers", "rows_read": 1,
        "rows_loaded": 1, "rows_rejected": 0, "changed": True, "n_replaced": 0, "refused": False,
        "quarters": {"FY2021-Q2": 1}, "weighting": None, "dry_run": False, "findings": [], "rejections": [],
    }  # fmt: skip
    assert {entry.by for entry in latest_entries()} == {"ann"}


def test_a_rejected_row_ends_with_1_and_is_told_in_words_and_in_json(tmp_path: Path, by: Path) -> None:
    file = write(tmp_path / "a.csv", row(), row(w="-2"))
    result = run(file, "--layout", by, "--json")
    assert result.exit_code == 1
    (rejection,) = told(result)["rejections"]
    assert (rejection["row"], rejection["record"], rejection["column"]) == (3, 2, "w")
    words = run(file, "--layout", by)
    assert words.exit_code == 1
    assert "2 rows read, 1 are archived already; nothing changed, 1 rejected." in words.stdout
    assert "a.csv, row 3, column w: '-2' is negative." in words.stdout


def test_good_rows_replace_earlier_answers_only_when_told(tmp_path: Path, by: Path) -> None:
    run(write(tmp_path / "a.csv", row(), row(q1="1")), "--layout", by)
    file = write(tmp_path / "b.csv", row(q1="2"), row(w="x"))
    refused = run(file, "--layout", by)
    assert refused.exit_code == 1
    assert "Nothing was loaded: the file was refused (2 rows read)." in refused.stdout
    assert "--keep-good" in refused.stdout
    kept = run(file, "--layout", by, "--keep-good")
    assert kept.exit_code == 1
    assert "1 loaded in place of 2 archived earlier, 1 rejected" in kept.stdout


def test_lines_say_what_was_loaded_and_what_it_replaced(tmp_path: Path, by: Path) -> None:
    first = run(write(tmp_path / "a.csv", row(), row(q1="1")), "--layout", by).stdout
    assert "a.csv: answers to counter, 2021-01" in first
    assert "2 rows read, 2 loaded, 0 rejected." in first
    assert "FY2021-Q2: 2 responses" in first
    again = run(write(tmp_path / "b.csv", row(q1="1")), "--layout", by).stdout
    assert "1 loaded in place of 2 archived earlier" in again


def test_margins_are_told_with_ratios_and_the_kish_effect(tmp_path: Path, by: Path, known: Path) -> None:
    file = write(tmp_path / "a.csv", row(age="1"), row(age="2"))
    lines = run(file, "--layout", by, "--margins", known).stdout
    assert "Weights brought to the margins of age_band" in lines
    assert "apart from scale they became 0.2 to 1.8 times what they were" in lines
    assert "Kish design effect 1.640" in lines
    weighting = told(run(file, "--layout", by, "--margins", known, "--json"))["weighting"]
    assert weighting["groups"] == ["age_band"]
    assert weighting["kish_effect"] == pytest.approx(1.64, rel=1e-9)


def test_weights_that_grow_much_are_pointed_out(tmp_path: Path, by: Path, known: Path) -> None:
    rows = [row(age="1", w="99"), row(age="2", w="1")]
    assert (
        "more than five times"
        in run(write(tmp_path / "a.csv", *rows), "--layout", by, "--margins", known).stdout
    )


def test_a_trial_changes_nothing(tmp_path: Path, by: Path) -> None:
    result = run(write(tmp_path / "a.csv", row()), "--layout", by, "--dry-run")
    assert "1 rows read, 1 would be loaded, 0 rejected." in result.stdout
    assert queries.answer_archive().quarters() == []


def test_rejections_for_one_reason_are_told_together_and_each_in_json(tmp_path: Path, by: Path) -> None:
    file = write(tmp_path / "a.csv", *[row(q1="9") for _ in range(30)], row(w="x"))
    words = run(file, "--layout", by).stdout
    assert "Nothing was loaded: 31 of 31 rows rejected." in words
    assert "a.csv, 30 rows (2, 3, 4, 5, 6, …), column q1: '9' is no code of question trust" in words
    assert "a.csv, row 32, column w: 'x' is no number." in words
    assert "more; --json" not in words
    assert len(told(run(file, "--layout", by, "--json"))["rejections"]) == 31


def test_many_reasons_are_cut_short_in_words_and_whole_in_json(tmp_path: Path, by: Path) -> None:
    file = write(tmp_path / "a.csv", *[row(w=f"x{n}") for n in range(30)], row(w="x1"))
    words = run(file, "--layout", by).stdout
    assert "a.csv, 2 rows (3, 32), column w: 'x1' is no number." in words
    assert "and 10 more" in words
    assert len(told(run(file, "--layout", by, "--json"))["rejections"]) == 31


def test_a_file_without_a_column_is_refused_with_the_reason(tmp_path: Path, by: Path) -> None:
    file = write(tmp_path / "a.csv", header=("when", "how", "tongue", "age", "q1", "q2", "weight"))
    words = run(file, "--layout", by).stdout
    assert "Nothing was loaded: the file was refused before a row was read, for this reason:" in words
    assert "a.csv, row 1, column w: The layout looks for the column 'w' (weight)" in words
    assert "0 of 0" not in words


@pytest.mark.parametrize(
    ("which", "words"),
    [("layout", "layout.json: line 1"), ("margins", "margins.json: line 1"), ("archive", "files.json")],
)
def test_what_cannot_be_used_is_refused_in_one_line(
    tmp_path: Path, by: Path, known: Path, home: Path, which: str, words: str
) -> None:
    file = write(tmp_path / "a.csv", row(age="1"), row(age="2"))
    if which == "archive":
        assert run(file, "--layout", by).exit_code == 0
        next((home / "answers").rglob("files.json")).write_text("no")
    else:
        {"layout": by, "margins": known}[which].write_text("no")
    result = run(file, "--layout", by, "--margins", known)
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert words in result.output
    assert len(result.output.strip().splitlines()) == 1


def test_wrong_use_ends_with_2(tmp_path: Path, by: Path) -> None:
    assert run(tmp_path / "none.csv", "--layout", by).exit_code == 2
    assert run(write(tmp_path / "a.csv", row())).exit_code == 2
    assert run(write(tmp_path / "a.csv", row()), "--layout", tmp_path / "none.json").exit_code == 2


def test_a_service_not_linked_to_its_provider_is_told(tmp_path: Path, by: Path) -> None:
    by.write_bytes(layout(service="service-5").data)
    lines = run(write(tmp_path / "a.csv", row()), "--layout", by).stdout
    assert (
        "service_not_linked_to_provider: The directory knows provider provider-21 and service service-5"
        in lines
    )
