"""The worked examples of the pages on change are golden tests: read out of the page, and recomputed."""

import re
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from hearback.measure.changes.bands import bands_of
from hearback.measure.changes.charts import chart_of
from hearback.measure.changes.fairness import PLACES, compared_fairly
from hearback.measure.changes.families import judge
from hearback.measure.changes.means import Errors, compare_means
from hearback.measure.changes.shares import Differences, Pairs, compare_shares, smallest_shares
from hearback.stats.comparison import (
    ProviderMeans,
    decompose_change,
    within_of_means,
    within_of_shares,
)
from tests.measure.changes.series import counts_of, quarters, score, series
from tests.measure.test_method_pages import agrees, section

PAGES = ("change", "control-charts", "fair-comparison")
Rows = dict[str, list[str]]


def tables(page: str) -> dict[str, Rows]:
    """Read the tables of a worked example by their first heading: first cell of each row to the others."""
    found: dict[str, Rows] = {}
    lines = section(page, "Worked example").splitlines()
    heading = ""
    for line, after in pairwise([*lines, ""]):
        cells = [cell.strip() for cell in line.strip("| ").split("|")]
        if re.match(r"^\|[-:| ]+\|$", after):
            heading = cells[0]
            found[heading] = {}
        elif line.startswith("|") and "---" not in line:
            found[heading][cells[0]] = cells[1:]
    return found


def test_the_example_of_a_change_of_a_share_comes_out() -> None:
    read = tables("change")
    rows = [[int(cell) for cell in row] for row in read["Given"].values()]
    totals = [float(sum(column)) for column in zip(*rows, strict=True)]
    pairs = Pairs(*(np.array([total]) for total in totals))
    found, smallest = compare_shares(pairs), smallest_shares(pairs, 0.05)
    before = [x / n if n else None for x, n, _, _ in rows]
    after = [x / n if n else None for _, _, x, n in rows]
    split = decompose_change([n for _, n, _, _ in rows], before, [n for *_, n in rows], after)
    numbers = {
        "Share before": pairs.before[0], "Share after": pairs.after[0], "Difference": found.difference[0],
        "Lower end": found.low[0], "Upper end": found.high[0], "p": found.p[0],
        "Smallest change found, alone in its family": smallest[0], "Within": split.within, "Mix": split.mix,
        "Entry": split.entry, "Exit": split.exit,
    }  # fmt: skip
    told = {name: cells[0] for name, cells in read["Result"].items() if "of within" not in name}
    assert {name: agrees(text, numbers[name]) for name, text in told.items()} == dict.fromkeys(numbers, True)


def test_the_examples_of_what_surveys_did_come_out() -> None:
    read = tables("change")
    for given, told in (("Given", "Result"), ("Given of sizes", "Result of sizes")):
        x1, n1, x2, n2 = zip(*([int(cell) for cell in row] for row in read[given].values()), strict=True)
        found = within_of_shares(x1, n1, x2, n2)
        totals = Pairs(*(np.array([float(sum(column))]) for column in (x1, n1, x2, n2)))
        whole = compare_shares(totals)
        numbers = {
            "Difference": whole.difference[0], "Lower end": whole.low[0], "Upper end": whole.high[0],
            "Within": found.within, "Lower end of within": found.low, "Upper end of within": found.high,
            "p of within": found.p,
        }  # fmt: skip
        agreed = {name: agrees(read[told][name][0], number) for name, number in numbers.items()}
        assert agreed == dict.fromkeys(numbers, True)


def test_the_example_of_two_means_comes_out() -> None:
    read = tables("change")
    columns = list(zip(*([float(c) for c in row] for row in read["Given of means"].values()), strict=True))
    own = within_of_means(ProviderMeans(*columns[:3]), ProviderMeans(*columns[3:]))
    told = read["Result of two means"].values()
    numbers = (own.within, own.low, own.high, own.p)
    assert [agrees(cells[0], x) for cells, x in zip(told, numbers, strict=True)] == [True] * 4


def test_the_example_of_a_change_of_a_mean_comes_out() -> None:
    text = section("change", "Worked example")
    one, two = re.findall(r"(\d\.\d+) \(error (\d\.\d+), (\d+) degrees", text)
    errors = Errors(*(np.array([float(x)]) for x in (one[1], one[2], two[1], two[2])))
    found = compare_means(np.array([float(one[0])]), np.array([float(two[0])]), errors, 4.0)
    numbers = (found.difference[0], found.low[0], found.high[0], found.p[0])
    told = tables("change")["Result of the means"].values()
    assert [agrees(cells[0], number) for cells, number in zip(told, numbers, strict=True)] == [True] * 4


def test_the_example_of_a_family_comes_out() -> None:
    rows = list(tables("change")["Comparison"].values())
    p = np.array([float(row[0]) for row in rows])
    found = judge(Differences(np.ones(4), np.ones(4), np.ones(4), p)).q_value
    assert [agrees(row[1], q) for row, q in zip(rows, found, strict=True)] == [True] * 4


def test_the_example_of_a_chart_comes_out() -> None:
    read = tables("control-charts")
    text = section("control-charts", "Worked example")
    n, watched = (
        int(re.findall(r"([\d,]+) answers", text)[0].replace(",", "")),
        int(re.findall(r"(\d+) series", text)[0]),
    )
    chart = chart_of(series([(int(row[0]), n) for row in read["Given"].values()]), watched)
    (stretch,) = chart.stretches
    given = series([(int(row[0]), n) for row in read["Given"].values()])
    band = list(bands_of(replace(one, level="service") for one in given))[5]
    sixth, seventh = stretch.points[5:]
    numbers = {
        "Target": stretch.target, "Spread": stretch.spread, "Mean run length": chart.run_length,
        "Threshold of the CUSUM": chart.threshold, "Limit of the EWMA": chart.limit,
        "Low sum after quarter 6": sixth.cusum_low, "Low sum after quarter 7": seventh.cusum_low,
        "Average after quarter 6": sixth.ewma, "Lower limit in quarter 6": sixth.ewma_low,
        "Band in quarter 6, from": band.low, "Band in quarter 6, to": band.high,
    }  # fmt: skip
    assert {name: agrees(cells[0], numbers[name]) for name, cells in read["Result"].items()} == dict.fromkeys(
        numbers, True
    )
    codes = quarters(7)
    assert [(a.chart, codes.index(a.quarter) + 1) for a in stretch.alarms] == [
        ("ewma", 6),
        ("cusum", 7),
        ("ewma", 7),
    ]
    assert {a.since for a in stretch.alarms if a.chart == "cusum"} == {codes[5]}


def test_the_example_of_a_fair_comparison_comes_out() -> None:
    read = tables("fair-comparison")
    given = {key: (int(row[0]), int(row[1])) for key, row in read["Given"].items()}
    found = compared_fairly(
        [score("FY2021-Q2", counts_of(*counts), subject=key) for key, counts in given.items()]
    )
    for one in found.standings:
        told = read["Result"][one.subject]
        assert [agrees(t, x) for t, x in zip(told, (one.value, one.low, one.high, one.z), strict=True)] == [
            True
        ] * 4
    assert agrees(read["Together"]["Target"][0], found.target)
    assert agrees(read["Together"]["Spread"][0], found.spread)
    ranks = {one.subject: (one.rank_low, one.rank_high) for one in found.standings}
    assert (ranks["d"], ranks["f"]) == ((6, 6), (1, 5))
    assert {one.subject for one in found.standings if one.place != "within"} == {"d"}
    assert set(PLACES) >= {one.place for one in found.standings}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_says_how_to_compute_it_again(page: str) -> None:
    assert "hearback measure " in section(page, "Compute it again")
