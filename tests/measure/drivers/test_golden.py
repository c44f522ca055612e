"""Cases computed elsewhere come out of the whole road: archived, counted by pattern, computed, stored."""

from datetime import datetime

import pytest

from hearback.measure.actions import compute_drivers
from hearback.measure.cells.engines import Engine
from hearback.measure.queries import DriverFact, drivers
from tests.measure.answers.people import QUARTER
from tests.measure.drivers.conftest import Archived
from tests.measure.drivers.people import GOLDEN, golden

CASES = sorted(path.stem.removeprefix("drivers__") for path in GOLDEN.glob("expected/drivers__*.json"))


def computed(engine: Engine, at: datetime) -> list[DriverFact]:
    compute_drivers(QUARTER, 10, engine, by="owner", at=at)
    return drivers(quarter=QUARTER)


def test_there_are_cases_of_both_kinds() -> None:
    weighted = {case.endswith("_w") for case in CASES}
    assert weighted == {True, False}


@pytest.mark.parametrize("case", CASES)
def test_a_case_comes_out(archive: Archived, engine: Engine, at: datetime, case: str) -> None:
    people, expected = golden(case)
    archive(people)
    found = computed(engine, at)
    levels = {"survey"} if case.endswith("_w") else {"service", "provider"}
    assert {row.level for row in found} == levels
    for level in levels:
        rows = [row for row in found if row.level == level]
        assert {row.driver: row.share for row in rows} == pytest.approx(expected["lmg_share"], rel=1e-8)
        assert {row.n for row in rows} == {expected["n"]}
        assert [row.r_squared for row in rows] == pytest.approx([expected["r_squared"]] * len(rows), rel=1e-8)
        ranked = sorted(rows, key=lambda row: -(row.share or 0))
        assert [row.driver for row in ranked] == expected["rank_lmg"]
        assert all(row.low < row.share < row.high for row in rows)  # type: ignore[operator]
        assert {row.reason for row in rows} == {None}
