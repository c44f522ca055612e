"""Cases that no folder carries: a test makes the tables, and has the family compute them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hearback.stats.reference.case import Case
from hearback.stats.reference.checking import plain
from hearback.stats.reference.families import family_named


def computed(
    folder: Path,
    family: str,
    table: str | Sequence[str],
    parameters: dict[str, Any] | None = None,
    *,
    r: tuple[str, ...] = (),
    expected: Any = None,
) -> Any:
    """Compute a case of one table or several, written into the folder; gives plain numbers and lists."""
    tables = [table] if isinstance(table, str) else table
    names = tuple(f"table_{number}.csv" for number in range(len(tables)))
    for name, text in zip(names, tables, strict=True):
        (folder / name).write_text(text, encoding="utf-8")
    found = family_named(family)
    assert found is not None
    return plain(found.compute(Case("other", family, folder, names, parameters or {}, r, 0, 0, expected)))
