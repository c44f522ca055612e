"""The families of privacy compute cases of other tables too, and judge the choice of cells by itself."""

from pathlib import Path
from typing import Any

import pytest

from hearback.stats.reference.case import Case
from hearback.stats.reference.checking import check_case, plain
from hearback.stats.reference.families import family_named
from hearback.stats.reference.families import suppression as family


def case_of(folder: Path, table: str, parameters: dict[str, Any], expected: Any) -> Case:
    (folder / "table.csv").write_text(table, encoding="utf-8")
    return Case("other", "suppression", folder, ("table.csv",), parameters, (), 1e-9, 1e-9, expected)


LONE = "row,column,count\na,x,4\nb,x,71\na,y,90\nb,y,28\n"


def test_the_choice_is_computed_where_none_is_given(tmp_path: Path) -> None:
    found = plain(family.compute(case_of(tmp_path, LONE, {"threshold": 10}, {})))
    assert found["primary"] == [{"row": "a", "column": "x", "count": 4}]
    assert found["bounds_primary_only"] == [{"row": "a", "column": "x", "count": 4, "low": 4, "high": 4}]
    assert (found["primary_only_is_safe"], found["optimal_cost"], found["optimal_cells_added"]) == (
        False,
        189,
        3,
    )
    assert found["bounds_with_that_complement"] is None


def test_rows_are_given_in_the_order_in_which_they_are_expected(tmp_path: Path) -> None:
    listed = [{"row": "b", "column": "x", "count": 6}, {"row": "a", "column": "x", "count": 4}]
    table = "row,column,count\na,x,4\nb,x,6\nc,x,50\na,y,30\nb,y,20\nc,y,44\n"
    case = case_of(tmp_path, table, {"threshold": 11}, {"primary": listed})
    assert check_case(case).passed
    assert family.compute(case)["primary"] == listed


def test_a_table_that_cannot_be_protected_has_no_choice(tmp_path: Path) -> None:
    table = "row,column,count\na,x,4\na,y,60\nb,x,0\nb,y,0\n"
    expected = {"primary_only_is_safe": False, "optimal_cost": None, "one_optimal_complement": None,
                "bounds_with_that_complement": None}  # fmt: skip
    assert check_case(case_of(tmp_path, table, {"threshold": 11}, expected)).passed


def test_the_width_is_read_from_the_words_of_the_case(tmp_path: Path) -> None:
    case = case_of(tmp_path, LONE, {"threshold": 10, "protection": "upper - lower >= 3"}, {})
    assert family.width_of(case, 10) == 3
    assert family.width_of(case_of(tmp_path, LONE, {"threshold": 10}, {}), 10) == 9


def test_columns_of_other_names_and_blank_counts_are_read(tmp_path: Path) -> None:
    table = family.table_of(case_of(tmp_path, "channel,language,n\nweb,en,12\nweb,es,\n", {}, {}))
    assert (table.counts["web", "en"], table.counts["web", "es"], table.counts["web", None]) == (12, 0, 12)


GIVEN = {"optimal_cost": 189}


@pytest.mark.parametrize(
    ("cost", "added", "told"),
    [
        (284, [("b", "x"), ("a", "y"), ("b", "y")], "cost of the chosen pattern"),
        (71, [("b", "x")], "small cells exposed"),
        (None, [], "optimal_cost"),
    ],
)
def test_a_choice_that_is_dear_or_tells_is_a_mismatch(
    tmp_path: Path, cost: int | None, added: list[tuple[str, str]], told: str
) -> None:
    got = {
        "optimal_cost": cost,
        "one_optimal_complement": [{"row": row, "column": column} for row, column in added],
    }
    wrong = list(family.judge(case_of(tmp_path, LONE, {"threshold": 10}, GIVEN), got))
    assert [told in one.where for one in wrong] == [True]


def test_a_choice_that_costs_as_little_and_tells_nothing_is_right(tmp_path: Path) -> None:
    case = case_of(tmp_path, LONE, {"threshold": 10}, GIVEN)
    assert list(family.judge(case, family.compute(case))) == []


def test_half_widths_of_other_levels_and_other_probabilities_are_computed(tmp_path: Path) -> None:
    rows = [{"epsilon": 1, "sensitivity": 1, "p2": 0, "halfwidth_99": 0, "laplace_halfwidth_90": 0}]
    found = family_named("dp_count")
    assert found is not None
    row = plain(found.compute(Case("other", "dp_count", tmp_path, (), {}, (), 0, 0, rows)))[0]
    assert row["halfwidth_99"] == 4
    assert row["laplace_halfwidth_90"] == pytest.approx(2.302585093)
    assert row["p2"] == pytest.approx(0.46211715726 * 0.1353352832366)
