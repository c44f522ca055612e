"""The worked example of the page on progress is a golden test, and its table states the rule."""

from datetime import date

import pytest

from hearback.plan.rules import Aim, ProgressFact, ReadingFact, judge
from hearback.stats import Estimate, wilson_interval
from tests.measure.test_method_pages import agrees, example

PAGE = "progress"
ON = date(2024, 6, 1)


def index(start: ReadingFact) -> ProgressFact:
    cells = {name: float(cell) for name, (cell, *_) in example("progress").items() if name in GIVEN}
    aim = Aim("up", "2025", cells["T"], baseline_value=cells["S"], baseline_as_of="2021")
    latest = ReadingFact("2023", cells["L"], cells["Lower end of L"], cells["Upper end of L"])
    return judge(aim, (start, latest), ON)


GIVEN = {"S", "L", "Lower end of L", "Upper end of L", "T"}


def test_the_example_of_an_index_comes_out() -> None:
    found, cells = index(ReadingFact("2021", 61, 61, 61)), example(PAGE)
    assert found.status == "off track"
    for name, number in {
        "a": found.years_passed, "b": found.years_left, "Rate so far": found.actual_rate,
        "Lower end of the rate": found.actual_low, "Upper end of the rate": found.actual_high,
        "Rate needed": found.needed_low, "P": found.projected, "Lower end of P": found.projected_low,
        "Upper end of P": found.projected_high,
    }.items():  # fmt: skip
        assert agrees(cells[name][0], number), (name, number)


def test_the_example_with_an_unsure_baseline_comes_out() -> None:
    found = index(ReadingFact("2021", 61, 59.5, 62.5))
    assert found.status == "cannot tell yet"
    assert agrees("70.183247", found.projected_high)


def test_the_example_of_a_share_comes_out() -> None:
    cells = example(PAGE)
    (given,) = [parts for name, parts in cells.items() if name.startswith("FY2024-Q4 to FY2025-Q4")]
    x1, n1, x2, n2 = map(int, given)
    readings = []
    for quarter, hits, n in (("FY2024-Q4", x1, n1), ("FY2025-Q4", x2, n2)):
        found = wilson_interval(hits, n)
        assert isinstance(found, Estimate)
        readings.append(ReadingFact(quarter, found.value, found.low, found.high))
    told = judge(Aim("up", "FY2026-Q4", 0.75), readings, date(2026, 1, 1))
    assert (told.status, told.reason) == ("cannot tell yet", "either_rate")
    for name, number in {
        "Rate so far of the share": told.actual_rate,
        "Lower end of the rate of the share": told.actual_low,
        "Upper end of the rate of the share": told.actual_high,
        "Lower end of P of the share": told.projected_low,
        "Upper end of P of the share": told.projected_high,
    }.items():
        assert agrees(cells[name][0], number), (name, number)
    assert told.projected == pytest.approx(0.79, abs=0.001)
