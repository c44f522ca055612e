"""The comparison families compute cases of other data too: gaps, other columns, nothing to compare."""

import math
from pathlib import Path

import pytest

from hearback.stats.reference.case import CaseNotValid
from tests.stats.reference.other_cases import computed


def test_p_values_may_be_named_by_words(tmp_path: Path) -> None:
    found = computed(tmp_path, "p_adjust", "id,p\nweb,0.001\nmail,\nphone,0.9\n")
    assert found["significant_BH_10pct"] == ["web"]
    assert found["holm"] == [0.002, None, 0.9]


def test_no_p_value_at_all_is_no_claim(tmp_path: Path) -> None:
    found = computed(tmp_path, "p_adjust", "id,p\n1,\n2,\n")
    assert found["BH"] == [None, None]
    assert found["significant_BH_10pct"] == []


def test_providers_that_came_and_left_are_told_apart(tmp_path: Path) -> None:
    found = computed(tmp_path, "decompose_change", "provider,n1,y1,n2,y2\nA,1,3,,\nB,1,3,1,3.5\nC,0,,2,5\n")
    assert [row["provider"] for row in found["by_provider"]] == ["B"]
    assert found["within"] == pytest.approx(0.5)
    assert found["entry"] == pytest.approx((3.5 + 10) / 3 - 3.5)


GROUPS = "language,item,channel\nen,1,web\nen,2,web\nes,2,mail\nes,,mail\nes,1,web\nen,1,mail\n"


@pytest.mark.parametrize("parameters", [{}, {"group": "language"}])
def test_groups_are_found_in_whichever_column_holds_them(tmp_path: Path, parameters: dict[str, str]) -> None:
    asked = {"x": "en", "y": "es", "item": "item", **parameters}
    found = computed(tmp_path, "ordinal_two_groups", GROUPS, asked)
    assert (found["n_x"], found["n_y"]) == (3, 2)


def test_a_filter_is_applied_before_groups_are_compared(tmp_path: Path) -> None:
    asked = {"x": "en", "y": "es", "item": "item", "filter": "channel == web"}
    found = computed(tmp_path, "ordinal_two_groups", GROUPS, asked)
    assert (found["n_x"], found["n_y"]) == (2, 1)


def test_a_table_of_two_by_two_is_corrected_as_r_does_unless_told_not_to(tmp_path: Path) -> None:
    table = "g,item\n" + "a,1\n" * 12 + "a,2\n" * 5 + "b,1\n" * 3 + "b,2\n" * 9
    asked = {"x": "a", "y": "b", "item": "item"}
    corrected, plain_ = (
        computed(tmp_path, "ordinal_two_groups", table, asked, r=(f"wilcox.test(y, x); {call}",))["chisq"]
        for call in ("chisq.test(table)", "chisq.test(table, correct = FALSE)")
    )
    assert corrected < plain_


def test_groups_found_nowhere_are_an_error_that_names_them(tmp_path: Path) -> None:
    with pytest.raises(CaseNotValid, match="no column holds 'fr'"):
        computed(tmp_path, "ordinal_two_groups", GROUPS, {"x": "fr", "y": "de", "item": "item"})


def test_few_providers_are_fitted_where_a_case_asks_for_it(tmp_path: Path) -> None:
    table = "provider,x,n\nA,9,10\nB,1,10\nC,,\nD,5,10\n"
    found = computed(tmp_path, "empirical_bayes", table, {"target": 0.5, "level": 0.9})
    assert [row["raw"] for row in found["providers"]] == [0.9, 0.1, None, 0.5]
    assert found["providers"][2]["weight_on_own_data"] == 0
    assert 0 < found["mle"]["concentration"] < math.inf


def test_equal_providers_have_an_infinite_concentration(tmp_path: Path) -> None:
    found = computed(tmp_path, "empirical_bayes", "provider,x,n\nA,5,10\nB,5,10\n")
    assert found["mle"]["concentration"] == math.inf
    assert found["moments"] == {"rho": 0, "concentration": None}


def test_means_without_spread_are_one(tmp_path: Path) -> None:
    found = computed(tmp_path, "empirical_bayes_normal", "provider,mean,se\nA,4,0.3\nB,4.1,0.2\nC,,\n")
    assert [found[method]["tau2"] for method in ("REML", "DL", "PM")] == [0, 0, 0]
    assert {row["posterior_mean"] for row in found["providers"]} == {found["REML"]["mu"]}


def test_a_funnel_takes_a_stated_target_and_leaves_out_who_has_no_answers(tmp_path: Path) -> None:
    found = computed(tmp_path, "funnel", "provider,x,n\nA,5,10\nB,0,0\nC,,\n", {"target": 0.5})
    assert found["target"] == 0.5
    assert [(row["provider"], row["z"], row["n"]) for row in found["providers"]] == [("A", 0.0, 10)]
