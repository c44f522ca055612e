"""The worked example of the method page is a golden test: read out of the page, and recomputed."""

import re
from datetime import datetime

import numpy as np
import pytest

from hearback.measure.actions import compute_drivers
from hearback.measure.cells.engines import Engine
from hearback.measure.queries import drivers
from tests.measure.answers.people import QUARTER, Person
from tests.measure.drivers.conftest import Archived
from tests.measure.drivers.people import asking
from tests.measure.test_method_pages import agrees, example, section


def given() -> list[tuple[int, ...]]:
    rows = re.findall(r"\| (\d) \| (\d) \| (\d) \| (\d+) \|", section("drivers", "Worked example"))
    return [tuple(int(cell) for cell in row) for row in rows]


def r_squared(*questions: int) -> float:
    """R-squared of trust on some columns, by least squares on the rows of the page."""
    people = np.repeat([row[:3] for row in given()], [row[3] for row in given()], axis=0).astype(float)
    trust = people[:, 0] - people[:, 0].mean()
    columns = np.column_stack([np.ones(len(people)), people[:, questions]])
    rest = trust - columns @ np.linalg.lstsq(columns, trust, rcond=None)[0]
    return float(1 - rest @ rest / (trust @ trust))


def test_the_regressions_of_the_example_come_out() -> None:
    cells = example("drivers")
    assert len(given()) == 13
    assert agrees(cells["R² of ease alone"][0], r_squared(1))
    assert agrees(cells["R² of transparency alone"][0], r_squared(2))
    assert agrees(cells["R² of both"][0], r_squared(1, 2))
    ease = (r_squared(1) + r_squared(1, 2) - r_squared(2)) / 2
    assert agrees(cells["Share of ease"][0], ease / r_squared(1, 2))
    assert agrees(cells["Share of transparency"][0], 1 - ease / r_squared(1, 2))


def test_the_example_comes_out_of_the_archive(archive: Archived, engine: Engine, at: datetime) -> None:
    asked = asking("example", "ease", "transparency")
    archive([
        Person(asked, {"trust": trust, "ease": ease, "transparency": transparency})
        for trust, ease, transparency, n in given()
        for _ in range(n)
    ])  # fmt: skip
    compute_drivers(QUARTER, 10, engine, by="owner", at=at)
    found = drivers(level="service")
    assert [row.driver for row in found] == ["ease", "transparency"]
    cells = example("drivers")
    for row in found:
        assert agrees(cells["People"][0], row.n) or cells["People"][0] == str(row.n)
        assert agrees(cells["R² of both"][0], row.r_squared)
        for label, value in (
            (f"Share of {row.driver}", row.share),
            (f"Lower end of the share of {row.driver}", row.low),
            (f"Upper end of the share of {row.driver}", row.high),
            (f"Mean answer to {row.driver}", row.performance),
        ):
            assert agrees(cells[label][0], value), (label, cells[label], value)
    assert found[0].low == pytest.approx(1 - (found[1].high or 0), abs=1e-9)
