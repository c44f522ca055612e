"""The bundled answers of airport guests: as published, small, and made by the script."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from hearback.collect.answers.layout import decode_layout, read_small_file
from hearback.collect.answers.layout_rules import check_layout

ROOT = Path(__file__).resolve().parents[2]
AIRPORT = ROOT / "examples" / "airport"
SCRIPT = ROOT / "tools" / "make_airport_example.py"
YEARS = (2015, 2016, 2017)
MOST_BYTES = 400_000


def test_the_answers_are_small() -> None:
    assert sum(path.stat().st_size for path in AIRPORT.glob("*.csv")) < MOST_BYTES


@pytest.mark.parametrize("year", YEARS)
def test_a_file_has_the_columns_of_its_layout_and_no_other(year: int) -> None:
    layout = decode_layout(read_small_file(AIRPORT / f"layout_{year}.json"))
    check_layout(layout, f"layout_{year}.json", 10)
    with (AIRPORT / f"answers_{year}.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == list(layout.columns.values())
    assert layout.period == str(year)


def test_what_tells_who_somebody_is_stays_out() -> None:
    headers: set[str] = set()
    for year in YEARS:
        headers |= set((AIRPORT / f"answers_{year}.csv").read_text().splitlines()[0].split(","))
    for word in ("ZIP", "FLIGHT", "GATE", "COM", "COUNTRY", "RESPNUM", "DESTINATION"):
        assert [header for header in headers if word in header] == []


@pytest.mark.shared
def test_made_again_the_answers_are_the_same_bytes(shared: Path, tmp_path: Path) -> None:
    for layout in AIRPORT.glob("layout_*.json"):
        (tmp_path / layout.name).write_bytes(layout.read_bytes())
    done = subprocess.run(
        [sys.executable, SCRIPT, shared / "data" / "surveys", tmp_path],
        capture_output=True, text=True, check=False, timeout=180,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    made = {path.name: path.read_bytes() for path in tmp_path.glob("*.csv")}
    assert made == {path.name: path.read_bytes() for path in AIRPORT.glob("*.csv")}
    assert len(made) == len(YEARS)


def test_wrong_use_of_the_script_says_how_to_use_it() -> None:
    done = subprocess.run([sys.executable, SCRIPT], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Use: python tools/make_airport_example.py" in done.stderr
