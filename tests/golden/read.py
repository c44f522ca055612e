"""Read golden values, and compare with their tolerance."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Golden:
    """One file of golden values."""

    rel: float
    abs: float
    cases: tuple[dict[str, Any], ...]

    def near(self, got: float | None, expected: float | None) -> bool:
        """Say whether a number agrees: null only with null, else within the file's tolerance."""
        if got is None or expected is None:
            return got is expected
        return abs(got - expected) <= self.rel * abs(expected) + self.abs


@cache
def golden(name: str) -> Golden:
    """Read one file of golden values by its name."""
    raw = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return Golden(raw["tolerance"]["rel"], raw["tolerance"]["abs"], tuple(raw["cases"]))
