"""Cases of models, agreement and comments written in other ways than those carried."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from hearback.stats.reference.case import Case, CaseNotValid
from hearback.stats.reference.checking import check_case, plain
from hearback.stats.reference.families import cronbach, drivers, krippendorff, log_odds, polr, svyolr

Rows = list[dict[str, Any]]


def a_case(
    folder: Path, family: str, rows: Rows, parameters: dict[str, Any], r: tuple[str, ...] = ()
) -> Case:
    with (folder / "data.csv").open("w", encoding="utf-8", newline="") as text:
        table = csv.DictWriter(text, list(rows[0]))
        table.writeheader()
        table.writerows(rows)
    return Case(family, family, folder, ("data.csv",), parameters, r, 1e-9, 1e-12, {})


def answers(n: int = 60) -> Rows:
    return [
        {
            "id": row,
            "trust": 1 + (row * 7 + row // 5) % 5,
            "ease": 1 + (row * 3 + row // 7) % 4,
            "late": "yes" if row % 3 else "no",
            "weight": 1 + row % 4,
            "office": f"O{row // 6}",
            "quarter": "2024Q1" if row < 48 else "2024Q2",
        }
        for row in range(n)
    ]


@pytest.mark.parametrize(
    ("excluded", "kept"),
    [
        ("rows with trust == 2", 48),
        ("rows with trust in (1, 2)", 36),
        ("rows with trust >= 4", 36),
        ("rows where late != yes", 40),
        ("rows with trust == 2 or late == no", 32),
        ("rows with ease missing", 60),
        (None, 60),
    ],
)
def test_polr_leaves_out_the_rows_its_case_excludes(tmp_path: Path, excluded: str | None, kept: int) -> None:
    parameters = {"response": "trust", "predictors": ["ease", "late"], "exclude": excluded}
    assert polr.compute(a_case(tmp_path, "polr", answers(), parameters))["n"] == kept


def test_polr_refuses_an_exclusion_it_cannot_read(tmp_path: Path) -> None:
    parameters = {"response": "trust", "predictors": ["ease"], "exclude": "the odd ones"}
    with pytest.raises(CaseNotValid, match="'the odd ones', cannot be read"):
        polr.compute(a_case(tmp_path, "polr", answers(), parameters))


def test_polr_reads_words_blanks_and_whole_numbers_with_a_point(tmp_path: Path) -> None:
    rows = [row | {"trust": f"{row['trust']}.0"} for row in answers()]
    rows[0] |= {"ease": ""}
    found = polr.compute(
        a_case(tmp_path, "polr", rows, {"response": "trust", "predictors": ["late", "ease"]})
    )
    assert found["levels"] == ["1", "2", "3", "4", "5"]
    assert list(found["coefficients"]) == ["lateyes", "ease"]
    assert found["n"] == 59
    assert plain(found["probabilities_first_3_rows"])[0] != []


def test_polr_of_words_takes_them_in_alphabetical_order(tmp_path: Path) -> None:
    rows = [row | {"trust": "abc"[row["trust"] % 3]} for row in answers()]
    found = polr.compute(a_case(tmp_path, "polr", rows, {"response": "trust", "predictors": ["ease"]}))
    assert list(found["thresholds"]) == ["a|b", "b|c"]


def test_polr_of_separated_answers_is_undefined(tmp_path: Path) -> None:
    rows = [{"trust": row, "ease": row} for row in (1, 2, 3, 1, 2, 3)]
    found = polr.compute(a_case(tmp_path, "polr", rows, {"response": "trust", "predictors": ["ease"]}))
    assert (found["coefficients"], found["aic"], found["probabilities_first_3_rows"]) == (None, None, None)


def test_svyolr_keeps_a_quarter_whole_and_takes_the_rest_of_the_filter_as_a_domain(tmp_path: Path) -> None:
    rows = answers()
    parameters = {"response": "trust", "predictors": ["ease"], "filter": "quarter == 2024Q1 and late == yes"}
    design = ("svydesign(id=~office, weights=~weight, data=d)",)
    domain = svyolr.compute(a_case(tmp_path, "svyolr", rows, parameters, design))
    assert [one["term"] for one in domain] == ["ease", "1|2", "2|3", "3|4", "4|5"]
    blanked = [
        row | ({} if row["late"] == "yes" else {"trust": ""}) for row in rows if row["quarter"] == "2024Q1"
    ]
    same = svyolr.compute(a_case(tmp_path, "svyolr", blanked, parameters | {"filter": None}, design))
    assert domain == same


def test_drivers_leave_a_constant_out_and_are_undefined_for_few(tmp_path: Path) -> None:
    rows = [row | {"same": 3, "speed": 1 + row["id"] % 5} for row in answers()]
    parameters = {"response": "trust", "predictors": ["ease", "same", "speed"], "weights": "weight"}
    found = drivers.compute(a_case(tmp_path, "drivers", rows, parameters))
    assert (found["n"], found["lmg"]["same"], len(found["rank_lmg"])) == (60, None, 2)
    few = drivers.compute(a_case(tmp_path, "drivers", rows[:19], parameters | {"weights": None}))
    assert (few["n"], few["r_squared"], few["lmg"], few["rank_lmg"]) == (19, None, None, None)


def test_cronbach_takes_every_column_but_names_where_no_items_are_named(tmp_path: Path) -> None:
    rows = [{"response_id": row["id"], "trust": row["trust"], "ease": row["ease"]} for row in answers()]
    found = cronbach.compute(a_case(tmp_path, "cronbach", rows, {}))
    assert (found["k"], list(found["alpha_if_dropped"].values())) == (2, [None, None])
    one = cronbach.compute(a_case(tmp_path, "cronbach", rows, {"items": ["ease"]}))
    assert (one["k"], one["alpha"], one["feldt_ci_95"], one["alpha_if_dropped"]) == (1, None, None, None)


def test_krippendorff_of_words_is_nominal_only(tmp_path: Path) -> None:
    rows = [
        {"comment_id": "c1", "anna": "wait", "ben": "wait"},
        {"comment_id": "c2", "anna": "staff", "ben": "wait"},
    ]
    found = krippendorff.compute(a_case(tmp_path, "krippendorff", rows, {}))
    assert found["nominal"] == pytest.approx(0)
    assert (found["ordinal"], found["ratio"], found["pairable_values"]) == (None, None, 4)


def test_log_odds_takes_the_groups_its_case_names(tmp_path: Path) -> None:
    rows = [{"id": 1, "group": "down", "comment": "Slow, slow"}, {"id": 2, "group": "up", "comment": "quick"}]
    parameters = {"prior_total": 5, "groups": ["down", "up"]}
    found = log_odds.compute(a_case(tmp_path, "log_odds", rows, parameters))
    assert (found["tokens_down"], found["tokens_up"], found["top5_down"]) == (2, 1, ["slow", "quick"])
    assert found["uniform"] is None


def test_case_that_cannot_be_computed_fails_alone_and_says_why(tmp_path: Path) -> None:
    case = a_case(tmp_path, "polr", answers(), {"response": "trust", "predictors": ["speed"]})
    assert "no column 'speed'" in (check_case(case).error or "")
    assert json.dumps(plain({"n": case.rows[0]["trust"]}))
