"""Words of cases read as figures, samples and designs."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hearback.stats.reference.case import Case, CaseNotValid, read_cases
from hearback.stats.reference.checking import check_case
from hearback.stats.reference.figures import sample_of, stacked_design, values_of

ROWS = [
    {"trust": "5", "sch_wide": "Yes", "ell": "60", "stype": "E"},
    {"trust": "2", "sch_wide": "No", "ell": "61", "stype": "H"},
    {"trust": "", "sch_wide": "", "ell": "", "stype": ""},
]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("trust", [5, 2]),
        ("trust mean score", [5, 2]),
        ("trust top2", [1, 0]),
        ("trust_bottom2", [0, 1]),
        ("trust_net", [1, -1]),
        ("trust_is_5", [1, 0]),
        ("trust_answered_2", [0, 1]),
        ("trust_answered_6", [0, 0]),
        ("trust_answered_at_all", [1, 1]),
        ("trust_at_least_3", [1, 0]),
        ("trust >= 4", [1, 0]),
        ("I(trust<=2)", [0, 1]),
        ("trust in (2, 3)", [0, 1]),
        ("trust == 5.0", [1, 0]),
        ("ell_over_60", [0, 1]),
        ("ell_under_61", [1, 0]),
        ("sch_wide_Yes", [1, 0]),
        ("sch.wide == Yes", [1, 0]),
        ("sch_wide != 'Yes'", [0, 1]),
        ("stype_H", [0, 1]),
        ("stype_X", [0, 0]),
    ],
)
def test_reads_words_as_numbers_and_blanks_as_missing(words: str, expected: list[float]) -> None:
    found = values_of(ROWS, words)
    assert found[:2].tolist() == expected
    assert np.isnan(found[2])


@pytest.mark.parametrize("words", ["nonsense", "truste_top2", "sch_wide >= Yes", "colour == red"])
def test_refuses_words_that_name_nothing(words: str) -> None:
    with pytest.raises(CaseNotValid):
        values_of(ROWS, words)


def case_of(folder: Path, table: str, **parts: Any) -> Case:
    (folder / "expected").mkdir()
    (folder / "table.csv").write_text(table, encoding="utf-8")
    one = {"id": "c", "family": "f", "inputs": ["table.csv"], "parameters": {}, "r": [], "expected": {}}
    one |= {"tolerance": {"rel": 1e-9, "abs": 1e-12}, **parts}
    (folder / "index.json").write_text(json.dumps({"cases": [{"id": "c"}]}), encoding="utf-8")
    (folder / "expected" / "c.json").write_text(json.dumps(one), encoding="utf-8")
    return read_cases(folder)[0]


TABLE = """quarter,office,region,weight,offices_in_region,channel,trust
Q1,a,n,1,5,web,5
Q1,b,n,2,5,phone,4
Q1,c,n,1,5,web,
Q2,a,n,1,5,web,3
Q2,d,n,1,5,web,1
"""
CALL = "des <- svydesign(id=~office, strata=~region, weights=~weight, fpc=~offices_in_region, data=d)"


def test_a_filter_takes_out_other_quarters_and_keeps_the_rest_of_the_quarter_in_the_design(
    tmp_path: Path,
) -> None:
    words = "quarter == Q1 and channel in (web); trust answered"
    found = sample_of(case_of(tmp_path, TABLE, parameters={"filter": words}, r=[CALL]))
    assert len(found.design) == 3
    assert found.domain.tolist() == [True, False, False]
    assert found.values("trust top2")[:2].tolist() == [1, 1]


def test_without_a_filter_every_row_is_in(tmp_path: Path) -> None:
    found = sample_of(case_of(tmp_path, TABLE, r=[CALL]))
    assert found.domain.all()
    assert len(found.rows) == 5


def test_a_filter_that_keeps_nobody_leaves_the_design(tmp_path: Path) -> None:
    found = sample_of(case_of(tmp_path, TABLE, parameters={"filter": "channel == fax"}, r=[CALL]))
    assert len(found.design) == 5
    assert not found.domain.any()


def test_a_stacked_design_is_read_from_words_or_from_a_call(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "call").mkdir()
    words = case_of(tmp_path / "words", TABLE, r=["same offices: des over both, strata=region, PSU=office"])
    call = case_of(tmp_path / "call", TABLE, r=[CALL])
    one, other = stacked_design(words, words.rows), stacked_design(call, call.rows)
    assert one.units.tolist() == other.units.tolist()
    assert one.stages[0].populations.tolist() == [5.0] * 5
    assert one.weights.tolist() == other.weights.tolist() == [1, 2, 1, 1, 1]


def test_a_case_that_states_no_design_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseNotValid, match="states no design"):
        stacked_design(case_of(tmp_path, TABLE, r=["mean(x)"]), [])


def test_a_change_between_quarters_of_which_one_is_not_there_is_none(tmp_path: Path) -> None:
    nothing = {"n": 0, "mean": None, "se": None}
    parameters = {"quarters": ["Q2", "Q3"], "item": "trust", "statistic": "proportion 4 or 5"}
    case = case_of(
        tmp_path,
        TABLE,
        family="change",
        parameters=parameters,
        r=["strata=region, PSU=office"],
        expected={"quarter1": {"n": 2, "mean": 0.0}, "quarter2": nothing, "difference": None},
    )
    result = check_case(case)
    assert result.passed, result.error or result.mismatches
