"""A crash at any write leaves the archive as it was or as it should be, and the next change completes it."""

import itertools
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from hearback.collect.archive import Archive
from tests.collect.archive.responses import (
    DAY,
    NEXT_QUARTER,
    archive,
    files_on_disk,
    files_that_count,
    trusts,
)
from tests.crashes import Crash, crash_from

State = dict[str, list[int]]
Change = Callable[[Archive], object]
CHANGES: dict[str, Change] = {
    "add": lambda here: archive(here, [4, 5], "new", [DAY, NEXT_QUARTER]),
    "replace": lambda here: archive(here, [4, 5], "both", [DAY, NEXT_QUARTER]),
    "move": lambda here: archive(here, [4], "both", NEXT_QUARTER + 92),
    "remove": lambda here: here.remove(np.array([0, 1, 2])),
}


def filled_at(root: Path) -> Archive:
    """Make an archive with responses 0 and 1 of one source in two quarters, and response 2 of another."""
    here = Archive(root)
    archive(here, [1, 2], "both", [DAY, NEXT_QUARTER])
    archive(here, [3], "other")
    return here


@pytest.fixture
def filled(tmp_path: Path) -> Archive:
    """Such an archive."""
    return filled_at(tmp_path / "answers")


def state(here: Archive) -> State:
    """Say what the archive holds."""
    here.verify()
    return {quarter: trusts(here, quarter) for quarter in here.quarters()}


@pytest.mark.parametrize("name", CHANGES)
def test_a_crash_at_any_write_leaves_all_or_nothing(name: str, tmp_path: Path) -> None:
    change = CHANGES[name]
    whole = filled_at(tmp_path / "whole")
    before = state(whole)
    change(whole)
    after = state(whole)
    seen: list[State] = []
    for place in itertools.count():
        here = filled_at(tmp_path / str(place))
        with pytest.MonkeyPatch.context() as patch:
            crash_from(patch, place)
            try:
                change(here)
            except Crash:
                seen.append(state(here))
            else:
                break
        change(here)
        assert state(here) == after, f"again after a crash at write {place}"
        assert files_on_disk(here.root) == files_that_count(here), f"a crash at write {place} left files"
    assert len(seen) >= 2
    n_before = seen.count(before)
    assert n_before > 0
    assert seen == [before] * n_before + [after] * (len(seen) - n_before)


def test_a_crash_just_before_deleting_is_made_good_by_the_next_change(
    filled: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", _crash)
        with pytest.raises(Crash):
            filled.remove(np.array([2]))
    assert state(filled) == {"FY2021-Q1": [1], "FY2021-Q2": [2]}
    assert len(files_on_disk(filled.root)) == 3
    assert filled.remove(np.array([2])) == 0
    assert files_on_disk(filled.root) == files_that_count(filled)


def test_a_half_written_file_is_never_taken_for_a_whole_one(
    filled: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(filled)
    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", _crash)
        with pytest.raises(Crash):
            archive(filled, [5], "new")
    assert state(filled) == before
    archive(filled, [5], "new")
    assert state(filled)["FY2021-Q1"] == [1, 3, 5]
    assert files_on_disk(filled.root) == files_that_count(filled)


def _crash(*_: object, **__: object) -> None:
    raise Crash
