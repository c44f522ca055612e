"""The cases on which the server and the embed must say the same."""

import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def cases(name: str) -> list[dict[str, Any]]:
    """Read a table of cases: `conditions` or `answers`."""
    read: list[dict[str, Any]] = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
    return read
