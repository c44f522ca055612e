"""Computed values held against expected ones, leaf by leaf."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

INFINITY = "Infinity"
NAMES = ("domain", "provider", "survey", "service", "word", "term", "response_id", "id", "look", "level")
"""Fields that name a row of a list. Rows that carry one are matched by it, others by their place."""


@dataclass(frozen=True)
class Mismatch:
    """One expected value that was not computed: where it stands, what was expected, what came."""

    where: str
    expected: Any
    got: Any

    def __str__(self) -> str:
        return f"{self.where}: expected {self.expected!r}, got {self.got!r}"


class _Absent:
    def __repr__(self) -> str:
        return "nothing of that name"


ABSENT = _Absent()


def mismatches(expected: Any, got: Any, rel: float, absolute: float, where: str = "") -> Iterator[Mismatch]:
    """Give every leaf of `expected` that `got` does not agree with.

    Numbers agree within rel * |expected| + absolute; a nan never does. Words, whole structures and true or
    false must be equal; null agrees with null only. What was computed besides is not looked at.
    """
    if isinstance(expected, Mapping):
        for key, value in expected.items():
            found = got.get(key, ABSENT) if isinstance(got, Mapping) else ABSENT
            yield from mismatches(value, found, rel, absolute, f"{where}.{key}" if where else key)
    elif isinstance(expected, list | tuple):
        yield from _of_lists(list(expected), got, rel, absolute, where)
    elif not _agrees(expected, got, rel, absolute):
        yield Mismatch(where or "value", expected, got)


def _of_lists(expected: list[Any], got: Any, rel: float, absolute: float, where: str) -> Iterator[Mismatch]:
    if not isinstance(got, list | tuple):
        yield Mismatch(where, f"a list of {len(expected)}", got)
        return
    if len(got) != len(expected):
        yield Mismatch(where, f"{len(expected)} rows", f"{len(got)} rows")
        return
    name = next((name for name in NAMES if _is_named(expected, name) and _is_named(got, name)), None)
    by_name = {row[name]: row for row in got} if name else {}
    for place, value in enumerate(expected):
        label = str(value[name]) if name else str(place)
        found = by_name.get(value[name], ABSENT) if name else got[place]
        yield from mismatches(value, found, rel, absolute, f"{where}[{label}]")


def _is_named(rows: Any, name: str) -> bool:
    """Say whether every row is a mapping with that field, and no two rows share it."""
    if not rows or not all(isinstance(row, Mapping) and isinstance(row.get(name), str | int) for row in rows):
        return False
    return len({row[name] for row in rows}) == len(rows)


def _agrees(expected: Any, got: Any, rel: float, absolute: float) -> bool:
    if expected is None or isinstance(expected, bool) or got is None or isinstance(got, bool):
        return expected is got
    if expected == INFINITY:
        return got == INFINITY or (isinstance(got, float) and got == math.inf)
    if isinstance(expected, int | float):
        is_number = isinstance(got, int | float) and not math.isnan(got)
        return is_number and abs(got - expected) <= rel * abs(expected) + absolute
    return bool(expected == got)
