"""The script that makes the bundled data: the same input gives the committed bytes."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FEDERAL = ROOT / "examples" / "federal"


@pytest.mark.shared
def test_made_again_the_bundled_data_are_the_same_bytes(shared: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "make_examples.py", shared / "data", tmp_path],
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    committed = {path.name: path.read_bytes() for path in FEDERAL.iterdir() if path.name != "README.md"}
    assert sorted(made) == sorted(committed)
    assert [name for name in made if made[name] != committed[name]] == []


def test_wrong_use_of_the_script_says_how_to_use_it() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "make_examples.py"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "Use: python tools/make_examples.py" in done.stderr
