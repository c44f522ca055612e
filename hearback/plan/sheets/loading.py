"""Read a plan, with the journeys that it names, from wherever it is kept."""

from pathlib import Path

from hearback.collect.sheets.checking import checked
from hearback.collect.sheets.data_files import wanted_of_files
from hearback.collect.sheets.opening import JSON, grids_of, kind_of
from hearback.collect.sheets.wanting import Found, wanted_of
from hearback.directory.holding import Held
from hearback.learn.sheets import loading as journeys
from hearback.learn.wanted import JOURNEYS
from hearback.plan.action_plans.checks import flaws
from hearback.plan.actions.loading import TABLES
from hearback.plan.queries import ids_of_others
from hearback.plan.sheets.book import BOOK, OF_JOURNEYS
from hearback.plan.wanted import MAY_BE_MISSING


def read_source(source: Path) -> Found:
    """Read a plan from a folder of JSON or CSV, or from a workbook.

    Raises:
        FileNotGood: naming file, record or row, field and what to do; a `SheetsNotGood` tells all at once.
    """
    kind, held = kind_of(BOOK, source), Held()
    if kind == JSON:
        return Found(wanted_of_files(BOOK, source, held, (*MAY_BE_MISSING, JOURNEYS)))
    return wanted_of(BOOK, checked(BOOK, grids_of(kind, source), held), held, known_keys(), target, flaws)


def known_keys() -> dict[str, set[str]]:
    """Give the keys of everything in the database that the plan may link to, by kind."""
    known = {kind: set(ids) for kind, ids in ids_of_others().items()} | journeys.known_keys()
    for table in TABLES:
        known[table.kind] = {table.key_of(row) for row in table.model._default_manager.all()}
    return known


def target(kind: str, name: str) -> str:
    """Give the kind of row that a link leads to."""
    if kind in OF_JOURNEYS:
        return journeys.target(kind, name)
    found = next(table for table in TABLES if table.kind == kind)
    return found.targets.get(name, name)
