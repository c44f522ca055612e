"""The cases on which the server and the script of the search must say the same."""

import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def cases() -> list[dict[str, Any]]:
    """Read the table: a question, signposts as in the index, and the addresses found in their order."""
    read: list[dict[str, Any]] = json.loads((HERE / "cases.json").read_text(encoding="utf-8"))
    return read
