"""Hiding small counts in tables, so that nobody can reckon them from what is published."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from hearback.stats.estimate import Reason
from hearback.stats.privacy.complement import Complement, choose_complement
from hearback.stats.privacy.outsider import Bounds, Outsider
from hearback.stats.privacy.tables import Cell, Tables

FEWEST_TO_NAME = 11
"""Counts of 1 to 10 are small. Source: Centers for Medicare & Medicaid Services, cell suppression policy."""


class ThresholdNotValid(ValueError):
    """A threshold or width with which no cell could be small."""


class Withheld(StrEnum):
    """What had to be withheld to protect the small cells."""

    NOTHING = "nothing"
    CELLS = "cells"
    CELLS_AND_MARGINS = "cells and margins"
    ALL_BUT_TOTALS = "all but the outermost totals"
    ALL = "all"


@dataclass(frozen=True)
class Audit:
    """What an outsider can find out about every hidden or small cell, and which small cells are exposed."""

    bounds: tuple[Bounds, ...]
    exposed: tuple[Cell, ...]

    @property
    def is_safe(self) -> bool:
        """Say whether no small cell can be told too closely."""
        return not self.exposed


@dataclass(frozen=True)
class Protection:
    """What to hide, in the tables' order: the small cells, those that protect them, and the audit of both.

    `cost` is the sum of the counts hidden besides the small ones, and no choice of cells of this kind costs
    less than `at_least`. Where the audit is not safe, `reason` says so: what was published before tells too
    much, and no further hiding helps.
    """

    tables: Tables
    primary: tuple[Cell, ...]
    complement: tuple[Cell, ...]
    cost: int
    at_least: int
    audit: Audit
    reason: Reason | None = None

    @property
    def withheld(self) -> Withheld:
        """Say in a word what is withheld."""
        shown = frozenset(self.tables.cells) - self.hidden
        if not self.hidden:
            return Withheld.NOTHING
        if self.hidden <= self.tables.inner:
            return Withheld.CELLS
        if shown <= self.tables.outermost:
            return Withheld.ALL_BUT_TOTALS if shown else Withheld.ALL
        return Withheld.CELLS_AND_MARGINS

    @property
    def hidden(self) -> frozenset[Cell]:
        """Give every cell to hide; percents, means and charts made from one are hidden with it."""
        return frozenset(self.complement).union(self.primary)


def primary_cells(
    tables: Tables, threshold: int, *, telling_zeros: Collection[Cell] = ()
) -> tuple[Cell, ...]:
    """Name the cells too small to publish: counts from 1 up to below the threshold, margins too.

    Zeros are published, but for those that tell something of everyone in a named group: no "satisfied" in a
    group says that all were not. State those. Where shares are published, add the rests (`with_rests`) first.

    Args:
        threshold: the smallest count that may be published, 2 or more.
        telling_zeros: cells that are hidden also at 0.

    Raises:
        ThresholdNotValid: if the threshold is below 2.

    Source: Hundepool et al. (2012), Statistical disclosure control, section 5.2 (minimum frequency rule).

    >>> primary_cells(Tables({"web": 120, "mail": 10, "phone": 0}), 11)
    ('mail',)
    """
    if threshold < 2:
        raise ThresholdNotValid(f"a threshold of {threshold} hides no count; give 2 or more")
    return tuple(
        cell for cell, count in tables.counts.items()
        if 0 < count < threshold or (count == 0 and cell in telling_zeros)
    )  # fmt: skip


def audit(tables: Tables, hidden: Collection[Cell], primary: Collection[Cell], *, width: int) -> Audit:
    """Find what an outsider can find out, and which primary cells he can tell more closely than the width.

    A primary cell that is not hidden is exposed.

    Args:
        width: how far the most a primary cell can be must be above the least; the threshold less 1 by rule.

    Raises:
        TableNotValid: if a hidden or primary cell is no cell of the tables.
        ThresholdNotValid: if the width is below 1.

    Source: as `Outsider`.

    >>> from hearback.stats.privacy.tables import crossed
    >>> table = crossed({("a", "x"): 8, ("b", "x"): 66, ("a", "z"): 40, ("b", "z"): 30})
    >>> audit(table, [("a", "x")], [("a", "x")], width=10).exposed
    (('a', 'x'),)
    """
    if width < 1:
        raise ThresholdNotValid(f"a width of {width} protects nothing; give 1 or more")
    outsider = Outsider(tables, frozenset(hidden))
    small = frozenset(primary)
    unknown = Outsider(tables, small)  # refuses cells that are none
    looked_at = [cell for cell in tables.cells if cell in outsider.hidden or cell in unknown.hidden]
    bounds = outsider.all_bounds(looked_at)
    return Audit(bounds, tuple(one.cell for one in bounds if one.cell in small and one.is_narrower(width)))


def protect(
    tables: Tables,
    threshold: int = FEWEST_TO_NAME,
    *,
    width: int | None = None,
    telling_zeros: Collection[Cell] = (),
    published: Collection[Cell] = (),
) -> Protection:
    """Choose what to hide so that no small cell can be told closely, withholding as little as does it.

    First further inner cells are hidden; where that is not enough margins too; then all but the outermost
    totals; then everything.

    Args:
        threshold: the smallest count that may be published.
        width: see `audit`; None for the threshold less 1.
        telling_zeros: see `primary_cells`.
        published: cells that were published before and cannot be hidden any more. Join earlier releases on
            the same people to the tables and name their cells here, or their difference tells.

    Raises:
        ThresholdNotValid: if threshold or width is too small to protect anything.
        TableNotValid: if a published cell is no cell of the tables.

    Source: as `choose_complement`.

    >>> from hearback.stats.privacy.tables import crossed
    >>> table = crossed({("a", "x"): 4, ("b", "x"): 71, ("a", "y"): 90, ("b", "y"): 28})
    >>> done = protect(table, 10)
    >>> done.withheld.value, done.complement, done.audit.is_safe
    ('cells', (('a', 'y'), ('b', 'x'), ('b', 'y')), True)
    >>> protect(crossed({("a", "x"): 4, ("b", "x"): 5, ("a", "y"): 3, ("b", "y"): 6}), 11).withheld.value
    'all but the outermost totals'
    """
    width = threshold - 1 if width is None else width
    primary = primary_cells(tables, threshold, telling_zeros=telling_zeros)
    open_to_all = Outsider(tables, frozenset(published)).hidden
    small = [cell for cell in primary if cell not in open_to_all]
    for candidates in (tables.inner, frozenset(tables.cells) - tables.outermost):
        found = choose_complement(tables, small, width=width, candidates=candidates - open_to_all)
        if found is not None:
            break
    else:
        found = _everything(tables, small, open_to_all, width)
    audited = audit(tables, {*small, *found.cells}, primary, width=width)
    reason = None if audited.is_safe else Reason.NOT_PROTECTED
    return Protection(tables, tuple(small), found.cells, found.cost, found.at_least, audited, reason)


def _everything(
    tables: Tables, small: Collection[Cell], open_to_all: frozenset[Cell], width: int
) -> Complement:
    """Hide all but the outermost totals, and these too where that is not enough."""
    for kept in (tables.outermost, frozenset[Cell]()):
        rest = tuple(cell for cell in tables.cells if cell not in kept | open_to_all and cell not in small)
        if audit(tables, {*small, *rest}, small, width=width).is_safe:
            break
    cost = sum(int(tables.counts[cell]) for cell in rest)
    return Complement(rest, cost, cost)
