"""The response families compute cases of other data too: gaps, other names, nobody or everybody answering."""

from pathlib import Path
from typing import Any

import pytest

from hearback.stats.reference.case import CaseNotValid
from tests.stats.reference.other_cases import computed


def test_a_disposition_without_a_column_does_not_occur_and_a_blank_one_is_not_known(tmp_path: Path) -> None:
    found = computed(tmp_path, "aapor", "survey,I,R,NC,UH\nfirst,50,25,25,\nsecond,1,1,0,2\n")
    assert found[0]["RR5"] == 0.5
    assert found[0]["RR1"] is None
    assert (found[1]["RR1"], found[1]["CON3"], found[1]["survey"]) == (0.25, 1.0, "second")


def test_a_stated_share_of_eligible_cases_is_used(tmp_path: Path) -> None:
    found = computed(tmp_path, "aapor", "survey,I,R,UO,NE\na,30,0,100,10\n", {"e": 0.2})
    assert (found[0]["e"], found[0]["RR3"]) == (0.2, 0.6)


ITEMS = "id,way,w,ease,staff\n1,web,1,4,\n2,web,1,,\n3,mail,2,5,\n4,phone,4,,5\n5,phone,2,1,\n"


@pytest.mark.parametrize(
    "skip",
    [
        "staff is not asked on web and mail",
        "staff is not asked on web, mail and fax.",
        "staff is only asked on phone",
        "ease is not asked by fax or web; staff is not asked on (web, mail)",
        {"staff": ["web", "mail"]},
    ],
)
def test_valid_skips_are_read_in_many_words(tmp_path: Path, skip: Any) -> None:
    found = computed(
        tmp_path, "item_response", ITEMS, {"valid_skip": skip, "items": ["staff"], "weight": "w"}
    )
    assert found["staff"]["valid_skips"] == 3
    assert (found["staff"]["rate"], found["staff"]["weighted_rate"]) == (0.5, pytest.approx(4 / 6))
    assert found["staff"]["below_70"] is True


@pytest.mark.parametrize("skip", [None, "", "none"])
def test_there_may_be_no_valid_skips(tmp_path: Path, skip: Any) -> None:
    found = computed(tmp_path, "item_response", ITEMS, {"valid_skip": skip, "items": ["ease"]})
    assert (found["ease"]["answered"], found["ease"]["rate"]) == (3, 0.6)


def test_an_item_asked_of_nobody_has_no_rate(tmp_path: Path) -> None:
    parameters = {"valid_skip": "staff is not asked on web", "filter": "way == web", "items": ["staff"]}
    found = computed(tmp_path, "item_response", ITEMS, parameters)
    assert (found["staff"]["rate"], found["staff"]["below_70"]) == (None, None)


def test_words_that_name_no_skip_are_no_case(tmp_path: Path) -> None:
    with pytest.raises(CaseNotValid, match="cannot be read"):
        computed(tmp_path, "item_response", ITEMS, {"valid_skip": "who knows", "items": ["ease"]})
    with pytest.raises(CaseNotValid, match="no column of the input holds"):
        computed(tmp_path, "item_response", ITEMS, {"valid_skip": "ease is not asked on tv", "items": []})


FRAME = """\
tongue,visits,weight,answered
en,1,2,1
en,2,3,0
en,3,4,1
en,4,5,0
es,1,2,0
es,2,3,1
es,3,4,0
zh,2,3,0
"""
MODEL = {
    "model": "answered ~ tongue + visits, logistic, unweighted fit; references: alphabetical first level"
}


def test_a_group_that_never_answers_is_merged_and_its_model_held_back(tmp_path: Path) -> None:
    found = computed(tmp_path, "nonresponse", FRAME, MODEL)
    assert [row["level"] for row in found["by_tongue"]] == ["en", "es", "zh"]
    assert found["by_tongue"][2]["rate"] == 0.0
    assert found["merged_classes"] == {"zh": "es"}
    assert found["class_factors"]["zh"] == found["class_factors"]["es"]
    assert all(0 < rho < 1 for rho in found["propensity_first_5"])


def test_a_missing_number_leaves_its_row_out_of_the_model_only(tmp_path: Path) -> None:
    gap = FRAME.replace("en,4,5,0", "en,,5,0").replace("zh,2,3,0\n", "")
    found = computed(tmp_path, "nonresponse", gap, MODEL)
    assert found["by_tongue"][0]["n"] == 4
    assert found["visits"]["respondents"] == pytest.approx((1 * 2 + 3 * 4 + 2 * 3) / (2 + 4 + 3))
    assert len(found["propensity_first_5"]) == 5


def test_another_reference_and_a_weighted_fit_are_followed(tmp_path: Path) -> None:
    model = {"model": "answered ~ tongue + visits, weighted logistic; references: tongue = es"}
    found = computed(tmp_path, "nonresponse", FRAME.replace("zh,2,3,0\n", ""), model)
    plainly = computed(tmp_path, "nonresponse", FRAME.replace("zh,2,3,0\n", ""), MODEL)
    assert set(found["coefficients"]) == {"(Intercept)", "tongueen", "visits"}
    assert found["coefficients"]["visits"] != plainly["coefficients"]["visits"]


@pytest.mark.parametrize("answer", ["0", "1"])
def test_all_or_none_answering_leaves_the_model_undefined(tmp_path: Path, answer: str) -> None:
    lines = [line.rsplit(",", 1)[0] + f",{answer}" for line in FRAME.splitlines()[1:]]
    table = "\n".join([FRAME.splitlines()[0], *lines]) + "\n"
    found = computed(tmp_path, "nonresponse", table, MODEL)
    assert found["response_rate"] == float(answer)
    assert (found["coefficients"], found["R_indicator"], found["tongue_p"]) == (None, None, None)
    assert (found["visits"]["bias"], found["propensity_first_5"]) == (None, None)
    assert (found["class_factors"] is None) is (answer == "0")


def test_a_model_without_a_formula_is_no_case(tmp_path: Path) -> None:
    with pytest.raises(CaseNotValid, match="cannot be read"):
        computed(tmp_path, "nonresponse", FRAME, {"model": "logistic"})


def test_speed_and_straight_lines_are_read_from_the_rules(tmp_path: Path) -> None:
    table = "id,way,secs,a,b,c\n1,web,10,5,5,5\n2,web,100,1,2,3\n3,web,100,2,2,\n4,tv,,1,1,1\n"
    parameters = {
        "items": ["a", "b", "c"],
        "speeder": "secs < 0.5 x median secs of its way (in the filtered rows)",
        "straightliner": "at least 3 answered items, all equal",
    }
    found = computed(tmp_path, "response_quality", table, parameters)
    assert found["median_duration"] == {"web": 100.0, "tv": None}
    assert (found["n_straightliners"], found["n_speeders"], found["n_both"]) == (2, 1, 1)
    assert [row["id"] for row in found["rows"]] == ["1", "2", "3", "4"]
    listed = computed(
        tmp_path, "response_quality", table, parameters, expected={"rows": [{"id": "3"}, {"id": "1"}]}
    )
    assert [row["id"] for row in listed["rows"]] == ["1", "3"]


def test_a_rule_for_all_together_has_one_median(tmp_path: Path) -> None:
    parameters = {"items": ["a"], "speeder": "secs < 0.5 x median over all rows"}
    found = computed(tmp_path, "response_quality", "id,secs,a\n1,10,5\n2,100,1\n3,90,2\n", parameters)
    assert (found["median_duration"], found["n_speeders"]) == ({"all": 90.0}, 1)


def test_a_blank_wage_leaves_no_cost(tmp_path: Path) -> None:
    table = "collection,responses,minutes,wage\nweb,60,2,10\nphone,30,4,\n"
    found = computed(tmp_path, "burden", table)
    assert (found["total_hours"], found["total_hours_reported"], found["total_cost"]) == (4.0, 4, None)
    assert found["rows"][1] == {"collection": "phone", "hours": 2.0, "cost": None}


def test_times_are_told_by_the_groups_the_case_lists(tmp_path: Path) -> None:
    table = "id,channel,tongue,duration_s\n1,web,en,10\n2,web,es,\n3,web,en,30\n"
    by_channel = computed(tmp_path, "burden", table)
    by_tongue = computed(tmp_path, "burden", table, expected={"en": {}, "es": {}})
    assert by_channel["web"]["mean"] == by_tongue["en"]["mean"] == 20.0
    assert (by_tongue["es"]["n"], by_tongue["es"]["p90"]) == (0, None)


def test_a_table_without_times_is_no_case(tmp_path: Path) -> None:
    with pytest.raises(CaseNotValid, match="no column of durations"):
        computed(tmp_path, "burden", "id,channel\n1,web\n")
