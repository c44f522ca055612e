"""Measurements of imports and roll-ups: made-up data are good, memory stays flat, ways of counting agree."""

import importlib.util
import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from hearback.cli.bench import command, rollup
from hearback.cli.bench.importing import measure_import
from hearback.cli.bench.made_up_answers import write_answers
from hearback.cli.bench.made_up_reports import N_PROVIDERS, N_SERVICES, write_reported_surveys
from hearback.cli.bench.research import measure_searches
from hearback.cli.bench.scores import measure_scores
from hearback.collect.archive import Archive
from hearback.collect.checking import check, opened
from hearback.collect.places import Places
from hearback.collect.spool import Spool
from hearback.ui.terminal import Refused

PLACES = Places(
    {str(n): f"provider-{n}" for n in range(1, N_PROVIDERS + 1)},
    {str(n): f"service-{n}" for n in range(1, N_SERVICES + 1)},
    frozenset(),
)


def test_the_made_up_file_is_the_same_every_time_and_good(tmp_path: Path) -> None:
    write_reported_surveys(tmp_path / "a.csv", 300)
    write_reported_surveys(tmp_path / "b.csv", 300)
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    with Spool() as spool:
        checked = check(opened(tmp_path / "a.csv"), PLACES, spool)
        assert (checked.rows_read, checked.rows_good) == (300, 300)
        assert "mean_disagrees" not in spool.findings_by_kind()


def test_an_import_of_its_own_process_is_measured() -> None:
    measured = measure_import(40)
    assert measured["rows"] == 40
    assert 20 < measured["peak_megabytes"] < 400


def test_scores_are_measured_in_seconds_and_cpu_seconds() -> None:
    measured = measure_scores(2)
    assert (measured["services"], measured["n_scores"]) == (2, 2 * 24 * 3 + 2 * 24)
    assert measured["n_group_scores"] > 0
    for key in ("compute_s", "compute_cpu_s", "again_s", "again_cpu_s"):
        assert measured[key] > 0, key


def test_searches_of_research_find_what_is_there() -> None:
    found = measure_searches(40)
    assert [one["query"] for one in found["searches"]][:2] == ["form", "zebra"]
    assert 0 < found["searches"][0]["found"] < 40
    assert found["searches"][1]["found"] == 0
    assert found["start_cpu_s"] > 0


def test_a_dry_run_imports_nothing() -> None:
    result = CliRunner().invoke(command, ["import", "--rows", "9", "--dry-run", "--json"])
    assert json.loads(result.stdout) == {"would_import": [50_000, 9]}


def _peak(path: Path) -> int:
    file = opened(path)
    tracemalloc.start()
    try:
        with Spool() as spool:
            check(file, PLACES, spool)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("rows", [1200])
def test_checking_four_times_the_rows_takes_hardly_more_memory(tmp_path: Path, rows: int) -> None:
    write_reported_surveys(tmp_path / "small.csv", rows // 4)
    write_reported_surveys(tmp_path / "large.csv", rows)
    _peak(tmp_path / "small.csv")  # fills the caches for wordings, which are bounded
    small, large = _peak(tmp_path / "small.csv"), _peak(tmp_path / "large.csv")
    assert large < 1.5 * small + 500_000


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What `bench rollup` measures on few rows."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rollup, "ONE_DAY", 500)
        folder = tmp_path_factory.mktemp("bench")
        words = ["rollup", "--rows", "4000", "--groups", "2", "--folder", str(folder), "--json"]
        result = CliRunner().invoke(command, words)
        assert result.exit_code == 0, result.output
        assert list(folder.iterdir()) == [], "the made-up archive is still there"
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_a_roll_up_is_measured_beside_other_ways_to_count(measured: dict[str, Any]) -> None:
    for key in ("mrows_per_cpu_s", "ratio_to_scan", "ratio_to_kernel", "ratio_to_pandas", "peak_mib"):
        assert measured[key] > 0, key
    assert (measured["rows"], measured["groups"]) == (4000, 2)
    assert 20 < measured["peak_mib"] < 1000
    assert measured["steps"]["generate"]["n_rows"] == measured["steps"]["rollup"]["n_rows"] == 4000
    assert measured["steps"]["pandas"]["n_rows"] == 400
    assert measured["steps"]["add_day"]["n_rows"] == 500


def test_all_ways_of_counting_agree(measured: dict[str, Any]) -> None:
    steps = [measured["steps"][step] for step in ("rollup", "plain_plan", "kernel")]
    for what in ("n_cells_of_everybody", "n_answers", "checksum"):
        assert len({step[what] for step in steps}) == 1, what
    assert steps[0]["n_answers"] == 4000 * 8
    assert measured["n_cells"] > steps[0]["n_cells_of_everybody"]


def test_a_roll_up_with_nothing_new_counts_nothing(measured: dict[str, Any]) -> None:
    assert measured["steps"]["nothing_new"]["kept"] == 1


def test_ways_of_counting_that_disagree_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def run(step: str, folder: Path, *numbers: int) -> dict[str, Any]:
        same = {"cpu_s": 1.0, "peak_mib": 9, "bytes": 9, "n_rows": 4, "n_cells": 2}
        return {**same, "n_cells_of_everybody": 2, "n_answers": 8, "checksum": 7 if step == "kernel" else 6}

    monkeypatch.setattr(rollup, "_run", run)
    with pytest.raises(Refused, match="kernel and the roll-up count differently: checksum 7 and 6"):
        rollup.measure_rollup(tmp_path, 4, 0)


@pytest.mark.parametrize("name", ["numba", "pandas"])
def test_a_missing_library_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda asked: None if asked == name else found(asked))
    result = CliRunner().invoke(command, ["rollup", "--rows", "9"])
    assert result.exit_code == 1
    assert result.stderr.startswith(f"Error: {name}, to compare with, cannot be found; `make setup-dev`")
    assert result.stderr.count("\n") == 1


def test_a_step_that_fails_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "answers").mkdir()
    (tmp_path / "answers" / "files.json").write_text("{}", encoding="utf-8")
    with pytest.raises(
        Refused, match=r"^rollup ended with 1: .+ArchiveNotValid: .+ is no list of archived files"
    ):
        rollup._run("rollup", tmp_path)


def test_the_made_up_answers_are_the_same_every_time(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_answers(tmp_path / name, 3000, 1)
    one, other = Archive(tmp_path / "a"), Archive(tmp_path / "b")
    assert one.quarters() == ["FY2020-Q1"]
    assert one.files("FY2020-Q1") == other.files("FY2020-Q1")
    assert one.verify() == 1


def test_a_dry_run_counts_nothing() -> None:
    result = CliRunner().invoke(command, ["rollup", "--rows", "9", "--dry-run", "--json"])
    assert json.loads(result.stdout) == {"would_count": 9, "groups": 0}
