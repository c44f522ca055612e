"""Commands of the program, run in a home of their own, and what they took."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hearback.cli.bench.memory import RUN_AND_TELL, Used, told
from hearback.ui.terminal import Refused

PROGRAM = Path(sys.executable).with_name("hearback")


def environ_of(home: Path) -> dict[str, str]:
    """Give the environment of commands in a home: no setting of whoever measures is in it."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("HEARBACK_")}
    return kept | {"HEARBACK_HOME": str(home)}


def run_measured(words: list[Any], environ: dict[str, str]) -> tuple[Used, str]:
    """Run a command; give what it used, and what it printed.

    Raises:
        Refused: if it does not end well.
    """
    with (
        tempfile.TemporaryDirectory() as folder,
        tempfile.TemporaryFile() as said,
        tempfile.TemporaryFile() as complained,
    ):
        file = Path(folder) / "used"
        command = [sys.executable, "-c", RUN_AND_TELL, file, *words]
        code = subprocess.call([str(word) for word in command], env=environ, stdout=said, stderr=complained)
        if code:
            complained.seek(max(0, complained.seek(0, os.SEEK_END) - 2000))
            why = complained.read().decode(errors="replace")
            raise Refused(f"{words[1]} ended with {code}: {why}")
        said.seek(0)
        return told(file), said.read().decode()
