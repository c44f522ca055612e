"""The grid of commitments: for each agency, one tile for each thing it is bound to do, by how that stands."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from hearback.plan.queries import CommitmentFact
from hearback.publish.charts.drawing import PLAIN, Drawing, Type, lines_of, width_of
from hearback.publish.charts.figure import Column, Figure
from hearback.publish.charts.look import HAIR, INK, MUTED, NARROW, PAPER, POOL_COLOURS, WIDE
from hearback.publish.frozen import Content
from hearback.publish.pages.progress import status
from hearback.ui.numbers import NO_BREAK

NAME = "commitments"
SHAPES = {
    "done": "Complete",
    "open": "In progress",
    "planned": "Planned",
    "other": "Another status",
    "unknown": "Status not known",
}
NOBODY = "No single agency"
TILE, STEP, NAMES = 14.0, 20.0, 280.0
LEGEND = Type(13)
Key = tuple[str, Callable[[float, float], None]]
"""Words of the legend, and what paints their mark, as wide as a tile, from its corner on."""
COLUMNS = (
    Column("agency", "Agency"),
    Column("commitment", "Commitment"),
    Column("due", "Due", "date"),
    Column("status", "Status, in the words of its source"),
    Column("shape", "Shown as"),
    Column("joint", "With other agencies"),
)


@dataclass(frozen=True)
class Row:
    """One agency, and the shapes of what it is bound to do in the order of the texts."""

    name: str
    shapes: tuple[str, ...]


def figures(data: Content) -> Iterator[Figure]:
    """Give the grid, where there are commitments."""
    if not data.commitments:
        return
    names = {agency.key: agency.name for agency in data.agencies}
    bound: dict[str, list[tuple[str, str | None, str | None, str, bool]]] = {}
    for one in data.commitments:
        shape = status(one.status).shape
        everybody = _everybody(one, names)
        for who in everybody:
            bound.setdefault(who, []).append((one.gist, one.due, one.status, shape, len(everybody) > 1))
    ordered = sorted(bound.items(), key=lambda item: item[0].casefold())
    rows = [Row(who, tuple(fact[3] for fact in facts)) for who, facts in ordered]
    yield Figure(
        name=NAME,
        kind="Grid of tiles, one row for each agency",
        title="Commitments by agency and status",
        says=_says([status(one.status).shape for one in data.commitments], data),
        note=_note(sum(len(row.shapes) for row in rows), len(data.commitments)),
        columns=COLUMNS,
        rows=tuple(
            (who, gist, due, words, SHAPES[shape], "yes" if joint else "no")
            for who, facts in ordered
            for gist, due, words, shape, joint in facts
        ),
        page="/commitments/",
        page_name="Commitments",
        tables=("commitments",),
        numbers=rows,
        draw=draw,
    )


def _everybody(one: CommitmentFact, names: Mapping[str, str]) -> list[str]:
    """Name who is bound, as rows begin: agencies, and a group beside them or in their place."""
    group = one.bound_group
    found = [names.get(key, key) for key in one.agency_keys]
    return [*found, *([group[:1].upper() + group[1:]] if group else [])] or [NOBODY]


def _note(n_tiles: int, n: int) -> str:
    """Say how to read it; and how many tiles there are, where that is not how many commitments there are."""
    said = "One tile for each commitment, in the order of the texts that bind."
    if n_tiles == n:
        return said
    return f"{said} What binds several stands in the row of each, so there are {n_tiles} tiles."


def _says(shapes: Sequence[str], data: Content) -> tuple[str, ...]:
    counted = [
        f"{shapes.count(shape)}{NO_BREAK}{words.lower()}"
        for shape, words in SHAPES.items()
        if shape in shapes
    ]
    things = "commitment" if len(shapes) == 1 else "commitments"
    said = [f"{len(shapes)} {things}: {', '.join(counted)}."]
    read_here = sum(one.status is not None and one.status_is_official is False for one in data.commitments)
    if read_here:
        were = "was" if read_here == 1 else "were"
        said.append(
            f"{read_here} of the statuses {were} read here from what was published: no official rating."
        )
    if "unknown" in shapes:
        said.append("That a status is not known does not say that nothing was done.")
    return tuple(said)


def draw(rows: Sequence[Row], narrow: bool) -> str:
    """Draw the names and their tiles, which go on below where they do not fit."""
    width = NARROW if narrow else WIDE
    sheet = Drawing(width)
    names = width if narrow else NAMES
    there = {shape for row in rows for shape in row.shapes}
    y = legend(sheet, tiles_of(sheet, SHAPES, there), width)
    left = 0.0 if narrow else NAMES + 16
    beside = int((width - left) // STEP)
    for row in rows:
        sheet.line((0, y), (width, y), ink=HAIR)
        y += 8
        lines = lines_of(row.name, names, PLAIN)
        for n, line in enumerate(lines):
            sheet.label(line, 0, y + 12 + n * PLAIN.leading, PLAIN)
        top = y + len(lines) * PLAIN.leading + 2 if narrow else y
        for at, shape in enumerate(row.shapes):
            tile(sheet, left + at % beside * STEP, top + at // beside * STEP, shape)
        tiles = -(-len(row.shapes) // beside) * STEP
        y = max(y + len(lines) * PLAIN.leading, top + tiles) + 6
    return sheet.finish(y)


def legend(sheet: Drawing, keys: Sequence[Key], width: float) -> float:
    """Say what the marks that are there mean; returns where that ends."""
    x, y = 0.0, 2.0
    for words, paint in keys:
        room = 24 + width_of(words, LEGEND)
        if x + room > width:
            x, y = 0.0, y + 24
        paint(x, y)
        sheet.label(words, x + 20, y + 12, LEGEND)
        x += room + 14
    return y + 34


def tiles_of(sheet: Drawing, shapes: Mapping[str, str], there: set[str]) -> list[Key]:
    """Give the tiles that are there to the legend."""
    return [(words, partial(_tile_of, sheet, shape)) for shape, words in shapes.items() if shape in there]


def _tile_of(sheet: Drawing, shape: str, x: float, y: float) -> None:
    tile(sheet, x, y, shape)


def tile(sheet: Drawing, x: float, y: float, shape: str) -> None:
    """Draw how something stands: full, half, empty, dotted; told apart without colour."""
    colour = POOL_COLOURS["increased"][0]
    match shape:
        case "done":
            sheet.box(x, y, TILE, TILE, fill=colour, ink=colour)
        case "open":
            sheet.box(x, y, TILE, TILE, fill=PAPER, ink=colour)
            sheet.box(x, y, TILE / 2, TILE, fill=colour)
        case "planned":
            sheet.box(x, y, TILE, TILE, fill=PAPER, ink=INK)
        case "other":
            sheet.box(x, y, TILE, TILE, fill=PAPER, ink=INK)
            sheet.line((x, y + TILE), (x + TILE, y), ink=INK)
        case _:
            sheet.box(x, y, TILE, TILE, fill=PAPER, ink=MUTED, dashed=True)
