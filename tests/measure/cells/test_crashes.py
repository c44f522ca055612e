"""A crash at any write leaves the cells of a quarter old or new, and the next run completes them."""

import itertools
from pathlib import Path

import pytest

from hearback.collect.archive import Archive
from hearback.measure.cells import CellStore, Engine, roll_up
from tests.crashes import Crash, crash_from
from tests.measure.cells.counting import NEXT_QUARTER, OFFICE, Q1, Q2, Response, archive, contents, stored

EARLY = [Response(OFFICE, {"solved": 2, "trust": answer}) for answer in (1, 5)]
LATE = [Response(OFFICE, {"solved": 1, "trust": 4}, day=NEXT_QUARTER)]


def prepared(folder: Path, engine: Engine) -> tuple[Archive, CellStore]:
    """Count two quarters; then one grows and of the other everything is removed."""
    here, store = Archive(folder / "answers"), CellStore(folder / "cells")
    archive(here, [*EARLY, *LATE], "a")
    roll_up(here, store, engine)
    archive(here, EARLY, "b")
    here.remove([2])
    return here, store


def test_a_crash_at_any_write_leaves_old_or_new_cells(tmp_path: Path, engine: Engine) -> None:
    here, store = prepared(tmp_path / "whole", engine)
    before = {quarter: stored(store, here.codes(), quarter) for quarter in (Q1, Q2)}
    roll_up(here, store, engine)
    after = {quarter: stored(store, here.codes(), quarter) for quarter in (Q1, Q2)}
    whole = contents(store.root)
    assert after[Q1] != before[Q1]
    assert after[Q2] == {}
    for place in itertools.count():
        here, store = prepared(tmp_path / str(place), engine)
        with pytest.MonkeyPatch.context() as patch:
            crash_from(patch, place)
            try:
                roll_up(here, store, engine)
            except Crash:
                pass
            else:
                break
        for quarter in (Q1, Q2):
            assert stored(store, here.codes(), quarter) in (before[quarter], after[quarter]), f"write {place}"
        roll_up(here, store, engine)
        assert contents(store.root) == whole, f"again after a crash at write {place}"
    assert place >= 4
