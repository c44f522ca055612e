"""Archived answers counted into cells: how many people of a context and a group gave which answer.

`definition` says what a cell is, as SQL that every engine understands; `engines` run it; `store` keeps the
cells of each quarter; `rollup` brings them in line with the archive.
"""

from hearback.measure.cells.definition import CELLS, DEFINITION_VERSION
from hearback.measure.cells.engines import Engine, EngineFailed, EngineNotThere, engine_named
from hearback.measure.cells.rollup import RolledUp, roll_up, stale_cells
from hearback.measure.cells.store import CellsNotValid, CellStore, QuarterCells

__all__ = [
    "CELLS",
    "DEFINITION_VERSION",
    "CellStore",
    "CellsNotValid",
    "Engine",
    "EngineFailed",
    "EngineNotThere",
    "QuarterCells",
    "RolledUp",
    "engine_named",
    "roll_up",
    "stale_cells",
]
