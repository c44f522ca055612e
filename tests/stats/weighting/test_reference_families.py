"""The weighting families compute cases of other data too: gaps, other names, margins nobody can meet."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from hearback.stats.reference.case import CaseNotValid
from tests.stats.reference import other_cases

PEOPLE = "kind,size,w,score\na,big,1,1\na,small,1,3\nb,big,1,\nb,small,1,5\n"
DESIGN = ("des <- svydesign(id=~1, weights=~w, data=d)",)
NOTHING = {"mean": None, "se": None}
computed = partial(other_cases.computed, r=DESIGN)


def test_margins_may_stand_in_a_table(tmp_path: Path) -> None:
    margins = "variable,level,population\nkind,a,60\nkind,b,40\nsize,big,30\nsize,small,70\n"
    asked = {"estimates": {"score": {}, "kind_a": {}, "score_top2": {}}}
    found = computed(tmp_path, "rake", [PEOPLE, margins], {}, expected=asked)
    assert found["weights"] == pytest.approx([18, 42, 12, 28])
    assert found["converged"] is True
    assert found["estimates"]["score"]["mean"] == pytest.approx((18 + 3 * 42 + 5 * 28) / 88)
    assert found["estimates"]["kind_a"] == {"mean": pytest.approx(0.6), "se_calibration": 0, "se": 0}
    assert found["estimates"]["score_top2"]["mean"] == pytest.approx(28 / 88)


def test_margins_of_two_populations_leave_everything_undefined(tmp_path: Path) -> None:
    margins = {"kind": {"a": 60, "b": 40}, "size": {"big": 30, "small": 71}}
    asked = {"estimates": {"score": {}}}
    found = computed(tmp_path, "rake", [PEOPLE], {"margins": margins}, expected=asked)
    assert (found["weights"], found["deff_kish"], found["converged"]) == (None, None, False)
    assert found["error"] == "MarginsDiffer"
    assert found["estimates"] == {"score": NOTHING | {"se_calibration": None}}


def test_raking_may_start_from_equal_weights(tmp_path: Path) -> None:
    people = PEOPLE.replace("a,big,1", "a,big,9")
    margins = {"margins": {"kind": {"a": 60, "b": 40}}, "start": "one for everybody"}
    assert computed(tmp_path, "rake", [people], margins)["weights"] == pytest.approx([30, 30, 20, 20])


def test_raking_without_margins_is_no_case(tmp_path: Path) -> None:
    with pytest.raises(CaseNotValid, match="states no margins"):
        computed(tmp_path, "rake", [PEOPLE], {})


def test_cells_are_the_columns_both_tables_share(tmp_path: Path) -> None:
    cells = "size,N\nbig,30\nsmall,70\n"
    found = computed(tmp_path, "poststratify", [PEOPLE, cells], {})
    assert found["weights"] == [15, 35, 15, 35]


def test_a_cell_without_respondents_leaves_everything_undefined(tmp_path: Path) -> None:
    cells = "size,N\nbig,30\nsmall,70\nhuge,5\n"
    asked = {"estimates": {"score": {}}}
    found = computed(tmp_path, "poststratify", [PEOPLE, cells], {"cells": ["size"]}, expected=asked)
    assert (found["weights"], found["estimates"]["score"]) == (None, NOTHING)
    assert "cell = huge" in found["reason"]


@pytest.mark.parametrize("upper", [None, "Infinity", [3.0]])
def test_a_limit_may_be_missing(tmp_path: Path, upper: Any) -> None:
    r = ("trimWeights(svydesign(id=~1, weights=~pw, data=d), upper=, lower=, strict=TRUE)",)
    found = computed(tmp_path, "trim", ["pw\n0.5\n1\n2\n"], {"lower": 0.8, "upper": upper}, r=r)
    assert found["weights"] == pytest.approx([0.8, 0.85, 1.85])
    assert found["sum"] == pytest.approx(3.5)


def test_limits_nobody_can_keep_leave_the_effect_before(tmp_path: Path) -> None:
    found = computed(tmp_path, "trim", ["weight\n1\n3\n"], {"lower": 0, "upper": 1.5}, r=())
    assert (found["weights"], found["kish_deff_after"]) == (None, None)
    assert found["kish_deff_before"] == pytest.approx(1.25)


def test_totals_name_levels_numbers_and_products(tmp_path: Path) -> None:
    people = "kind,score,w\na,1,1\na,2,1\nb,3,1\nb,5,1\nb,4,1\n"
    totals = {"(Intercept)": 5.2, "kindb": 3.1, "kindb:score": 12.6}
    asked = {"g": [], "mean_score": 0, "se_score": 0}
    parameters = {"totals": totals, "bounds": {"low": 0.5, "high": 2}}
    found = computed(tmp_path, "calibrate_bounded", [people], parameters, expected=asked)
    weights = found["weights"]
    assert sum(weights) == pytest.approx(5.2)
    assert 3 * weights[2] + 5 * weights[3] + 4 * weights[4] == pytest.approx(12.6)
    assert found["se_score"] > 0


def test_bounds_that_cannot_be_kept_leave_everything_undefined(tmp_path: Path) -> None:
    parameters = {"totals": {"(Intercept)": 40}, "bounds": [0.5, 2]}
    asked = {"mean_score": 0, "se_score": 0}
    found = computed(tmp_path, "calibrate_bounded", [PEOPLE], parameters, expected=asked)
    assert (found["g"], found["mean_score"], found["se_score"]) == (None, None, None)
    assert "above 10" in found["reason"]


def test_a_total_of_no_column_is_no_case(tmp_path: Path) -> None:
    with pytest.raises(CaseNotValid, match="fits no column"):
        computed(tmp_path, "calibrate_bounded", [PEOPLE], {"totals": {"kindz": 1}, "bounds": [0.5, 2]})
