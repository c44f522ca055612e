"""The measurement of an import: its made-up file is good, and memory stays flat."""

import json
import tracemalloc
from pathlib import Path

import pytest
from click.testing import CliRunner

from hearback.cli.bench import command, measure_import
from hearback.cli.made_up import N_PROVIDERS, N_SERVICES, write_reported_surveys
from hearback.collect.checking import check, opened
from hearback.collect.places import Places
from hearback.collect.spool import Spool

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
