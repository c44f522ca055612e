"""The families of experiments compute cases of other data too: other names, gaps, nothing to compare."""

from pathlib import Path

import pytest

from hearback.stats.reference.case import CaseNotValid
from tests.stats.reference.other_cases import computed

LOOKS = {"tau2": 0.01, "looks": [4, 8], "alpha": 0.9, "kind": "proportion"}
ANSWERS = [("A", 1), ("B", 1), ("A", 0), ("B", 1), ("A", 0), ("B", 1), ("A", 0), ("B", 0)]


def table_of(rows: list[tuple[str, object]], head: str = "arm,y") -> str:
    return "\n".join([head, *(f"{arm},{y}" for arm, y in rows), ""])


def test_a_test_that_stops_says_at_which_look(tmp_path: Path) -> None:
    found = computed(
        tmp_path, "msprt", table_of(10 * ANSWERS), {**LOOKS, "looks": [4, 40, 80], "alpha": 0.05}
    )
    assert found["stop_at"] == 80
    assert [look["n_a"] for look in found["looks"]] == [2, 20, 40]


def test_rows_are_looked_at_in_their_stated_order(tmp_path: Path) -> None:
    turned = [f"{place},{arm},{y}" for place, (arm, y) in enumerate(ANSWERS)][::-1]
    found = computed(tmp_path, "msprt", "\n".join(["order,arm,y", *turned, ""]), LOOKS)
    assert found == computed(tmp_path, "msprt", table_of(ANSWERS), LOOKS)


def test_the_control_is_known_by_its_name_or_stated(tmp_path: Path) -> None:
    named = {"A": "old", "B": "new"}
    table = table_of([(named[arm], y) for arm, y in ANSWERS], "group,answer")
    here = computed(tmp_path, "msprt", table, LOOKS)
    assert here["looks"][1]["difference"] == 0.5
    there = computed(tmp_path, "msprt", table, {**LOOKS, "control": "new"})
    assert there["looks"][1]["difference"] == -0.5


def test_missing_answers_are_rows_of_a_look(tmp_path: Path) -> None:
    table = table_of([("A", ""), *ANSWERS])
    found = computed(tmp_path, "msprt", table, {**LOOKS, "looks": [2, 9]})
    assert [look["n_a"] for look in found["looks"]] == [1, 4]
    assert found["looks"][0]["difference"] is None


def test_a_ratio_beyond_every_float_is_infinite(tmp_path: Path) -> None:
    rows: list[tuple[str, object]] = [("AB"[i % 2], i % 2 + 0.0001 * (i % 4)) for i in range(400)]
    found = computed(tmp_path, "msprt", table_of(rows), {"tau2": 1, "looks": [400], "kind": "mean"})
    assert found["looks"][0]["lambda"] == "Infinity"
    assert found["looks"][0]["p_always_valid"] == 0


def test_one_arm_alone_has_no_difference(tmp_path: Path) -> None:
    found = computed(tmp_path, "msprt", table_of([("A", 1), ("A", 0)]), {**LOOKS, "looks": [2]})
    assert (found["looks"][0]["n_a"], found["looks"][0]["difference"]) == (2, None)


def test_three_arms_are_not_compared(tmp_path: Path) -> None:
    with pytest.raises(CaseNotValid, match="two named arms"):
        computed(tmp_path, "msprt", table_of([("A", 1), ("B", 1), ("C", 0)]), LOOKS)


def test_a_table_without_arms_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseNotValid, match="names the arms"):
        computed(tmp_path, "msprt", "a,y\n1,2\n", LOOKS)


def test_another_level_and_other_columns_are_read(tmp_path: Path) -> None:
    rows = "".join(f"{'AB'[i % 2]},{i % 5},{i % 5 + i % 3}\n" for i in range(30))
    found = computed(tmp_path, "cuped", "arm,pre,post\n" + rows, {"level": 0.9})
    wider = computed(tmp_path, "cuped", "arm,pre,post\n" + rows, {"alpha": 0.05})
    assert wider["raw"]["ci"][0] < found["raw"]["ci"][0]


def test_a_score_before_that_never_differs_adjusts_nothing(tmp_path: Path) -> None:
    found = computed(tmp_path, "cuped", "arm,before,after\nA,3,1\nA,3,2\nB,3,4\nB,,6\n", {})
    assert (found["theta"], found["adjusted"]) == (None, None)
    assert found["raw"]["difference"] == 3.5


def test_sizes_are_asked_for_in_parameters_or_in_what_is_expected(tmp_path: Path) -> None:
    asked = {"two_proportions": [{"p1": 0.7, "p2": 0.75}]}
    by_parameters = computed(tmp_path, "sample_size", "", asked, expected={})
    by_expected = computed(tmp_path, "sample_size", "", {}, expected=asked)
    assert (
        by_parameters["two_proportions"][0]["n_design"]
        == by_expected["two_proportions"][0]["n_design"]
        == 1251
    )


def test_one_sided_sizes_are_read_from_the_level(tmp_path: Path) -> None:
    asked = {"two_proportions": [{"p1": 0.7, "p2": 0.75}]}
    found = computed(tmp_path, "sample_size", "", {"level": "one-sided"}, expected=asked)
    assert found["two_proportions"][0]["n_design"] == 986


@pytest.mark.parametrize("after", [0.7, 1.2])
def test_a_change_that_is_none_or_impossible_has_no_size(tmp_path: Path, after: float) -> None:
    asked = {"two_proportions": [{"p1": 0.7, "p2": after, "n_per_group": 5}]}
    row = computed(tmp_path, "sample_size", "", {}, expected=asked)["two_proportions"][0]
    assert (row["n_per_group"], row["n_design"]) == (None, None)
