"""What starts often starts fast: no library for large tables is loaded before something asks for a table."""

import subprocess
import sys

import pytest

HEAVY = {"duckdb", "numpy", "openpyxl", "pandas", "pyarrow", "scipy", "statsmodels"}
PROGRAM = "import sys; {words}; print(sorted({heavy} & set(sys.modules)))"
STARTED = "from hearback.cli import start_django; start_django(); import hearback.{module}"


def loaded(environ: dict[str, str], words: str, heavy: set[str] = HEAVY) -> str:
    """Run a program of its own; returns which of the heavy libraries it has loaded, as a list is printed."""
    environ |= {"HEARBACK_SECRET_KEY": "only-for-checks-only-for-checks-only-for-checks"}
    program = PROGRAM.format(words=words, heavy=heavy)
    done = subprocess.run(
        [sys.executable, "-c", program], env=environ, capture_output=True, text=True, check=True, timeout=180
    )
    return done.stdout.splitlines()[-1]


def test_a_heavy_library_is_found_where_it_is_loaded(environ: dict[str, str]) -> None:
    assert "'numpy'" in loaded(environ, "import numpy")


def test_the_list_of_commands_loads_neither_django_nor_a_heavy_library(environ: dict[str, str]) -> None:
    words = "from hearback.cli import program; program(['--help'], standalone_mode=False)"
    assert loaded(environ, words, HEAVY | {"django"}) == "[]"


@pytest.mark.parametrize("stage", ["directory", "accounts", "learn", "plan", "publish"])
def test_commands_about_rows_load_no_heavy_library(environ: dict[str, str], stage: str) -> None:
    assert loaded(environ, STARTED.format(module=f"{stage}.commands")) == "[]"


def test_pages_load_no_heavy_library(environ: dict[str, str]) -> None:
    assert loaded(environ, STARTED.format(module="config.urls")) == "[]"
