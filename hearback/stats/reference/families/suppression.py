"""A two-way table with published margins: small cells, what an outsider finds out, and what else to hide."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from hearback.stats.privacy import Bounds, Tables, audit, choose_complement, crossed, primary_cells
from hearback.stats.reference.case import Case, number
from hearback.stats.reference.comparing import Mismatch

INFORMATION = frozenset(
    {"one_optimal_complement", "number_of_optimal_patterns", "optimal_cells_added", "optimal_cost"}
)
WORST = 1.5
"""A chosen pattern may cost so many times the least. Source: README of the reference vectors, suppression."""


def compute(case: Case) -> dict[str, Any]:
    """Audit the small cells alone and with the case's own complement, and choose a complement."""
    table, threshold = table_of(case), int(case.parameter("threshold"))
    width = width_of(case, threshold)
    small = [cell for cell in primary_cells(table, threshold) if cell in table.inner]
    alone = audit(table, small, small, width=width)
    chosen = choose_complement(table, small, width=width)
    given = case.expected.get("one_optimal_complement")
    together = audit(table, [*small, *_named(given or ())], small, width=width)
    return {
        "primary": [_row(cell, count=table.counts[cell]) for cell in _in_order(case, "primary", small)],
        "bounds_primary_only": list(_bounds(case, "bounds_primary_only", alone.bounds, None)),
        "primary_only_is_safe": alone.is_safe,
        "optimal_cost": None if chosen is None else chosen.cost,
        "optimal_cells_added": None if chosen is None else len(chosen.cells),
        "one_optimal_complement": None
        if chosen is None
        else [_row(cell, count=table.counts[cell]) for cell in chosen.cells],
        "bounds_with_that_complement": None
        if given is None
        else list(_bounds(case, "bounds_with_that_complement", together.bounds, small)),
    }


def judge(case: Case, got: Any) -> Iterable[Mismatch]:
    """Demand that the chosen pattern passes an audit of its own and costs little more than the best."""
    best, cost = case.expected.get("optimal_cost"), got["optimal_cost"]
    if best is None or cost is None:
        if "optimal_cost" in case.expected and best is not cost:
            yield Mismatch("optimal_cost", best, cost)
        return
    if cost > WORST * best + case.abs:
        yield Mismatch("cost of the chosen pattern", f"at most {WORST} x {best}", cost)
    table, threshold = table_of(case), int(case.parameter("threshold"))
    small = [cell for cell in primary_cells(table, threshold) if cell in table.inner]
    added = got["one_optimal_complement"]
    exposed = audit(table, [*small, *_named(added)], small, width=width_of(case, threshold)).exposed
    if exposed:
        yield Mismatch("small cells exposed by the chosen pattern", [], list(exposed))


def table_of(case: Case) -> Tables:
    """Read the table: rows named `row`, `column`, `count`, or by their place; blank counts are 0."""
    columns = list(case.rows[0]) if case.rows else []
    names = ["row", "column", "count"] if {"row", "column", "count"} <= set(columns) else columns[:3]
    cells: dict[tuple[str, ...], int] = {}
    for one in case.rows:
        row, column, count = (one[name] for name in names)
        cells[row, column] = cells.get((row, column), 0) + (int(number(count)) if count else 0)
    return crossed(cells)


def width_of(case: Case, threshold: int) -> int:
    """Read how wide a primary cell's range must be, from the words of the case; else the threshold less 1."""
    stated = re.search(r">=\s*(\d+)", str(case.parameters.get("protection") or ""))
    return int(stated[1]) if stated else threshold - 1


def _bounds(
    case: Case, name: str, bounds: Sequence[Bounds], small: Collection[Any] | None
) -> Iterator[dict[str, Any]]:
    by_cell = {one.cell: one for one in bounds}
    for cell in _in_order(case, name, list(by_cell)):
        one = by_cell[cell]
        told: dict[str, Any] = {"low": one.low, "high": one.high}
        yield _row(cell, count=one.count, **({} if small is None else {"primary": cell in small}), **told)


def _in_order(case: Case, name: str, cells: Sequence[Any]) -> list[Any]:
    """Sort cells as the case lists them, as they are to be matched by name; others follow."""
    listed = _named(case.expected.get(name) or ())
    return sorted(cells, key=lambda cell: listed.index(cell) if cell in listed else len(listed))


def _named(rows: Iterable[Mapping[str, Any]]) -> list[Any]:
    return [(row["row"], row["column"]) for row in rows]


def _row(cell: Any, **values: Any) -> dict[str, Any]:
    return {"row": cell[0], "column": cell[1], **values}
