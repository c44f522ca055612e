"""The sampling variance against what it is by definition, and what a design refuses."""

from itertools import combinations, product

import numpy as np
import polars as pl
import pytest
import svy
from hypothesis import given, settings
from hypothesis import strategies as st

from hearback.stats.survey import (
    DesignNotValid,
    check_weights,
    covariance_of_totals,
    degrees_of_freedom,
    estimate_mean,
    make_design,
    variance_of_total,
)
from tests.stats.survey.samples import Drawn, drawn

VALUES = np.array([1.0, 4.0, 4.0, 7.0, 12.0])


def test_the_estimated_variance_is_right_on_average_over_all_samples_there_are() -> None:
    n, size = 3, len(VALUES)
    totals, variances = [], []
    for places in combinations(range(size), n):
        design = make_design(n, populations=[np.full(n, size)])
        values = VALUES[list(places)] * design.weights
        totals.append(values.sum())
        variances.append(variance_of_total(design, values))
    assert np.mean(totals) == pytest.approx(VALUES.sum())
    assert np.mean(variances) == pytest.approx(np.var(totals))


def test_the_variance_of_two_stages_is_right_on_average_over_all_samples_there_are() -> None:
    groups = [np.array([1.0, 2.0, 6.0]), np.array([4.0, 4.0, 9.0, 1.0]), np.array([0.0, 5.0, 5.0])]
    totals, variances, chances = [], [], []
    for chosen in combinations(range(3), 2):
        inside = [list(combinations(range(len(groups[g])), 2)) for g in chosen]
        for picks in product(*inside):
            rows = [(g, groups[g][i]) for g, pick in zip(chosen, picks, strict=True) for i in pick]
            design = make_design(
                4,
                units=[[g for g, _ in rows], list(range(4))],
                populations=[np.full(4, 3), np.array([len(groups[g]) for g, _ in rows])],
            )
            values = design.weights * np.array([value for _, value in rows])
            totals.append(values.sum())
            variances.append(variance_of_total(design, values))
            chances.append(1 / 3 / len(inside[0]) / len(inside[1]))
    mean = np.average(totals, weights=chances)
    assert mean == pytest.approx(sum(group.sum() for group in groups))
    expected = np.average((np.array(totals) - mean) ** 2, weights=chances)
    assert np.average(variances, weights=chances) == pytest.approx(expected)


def test_a_stratified_cluster_sample_is_the_textbook_sum() -> None:
    design = make_design(
        6,
        weights=[1.0] * 6,
        strata=list("aaabbb"),
        units=[[1, 1, 2, 1, 2, 3]],
        populations=[[4, 4, 4, 10, 10, 10]],
    )
    # totals of units: 3 and 3 in a; 1, 5, 6 in b with a variance of 7
    assert variance_of_total(design, np.array([1.0, 2.0, 3.0, 1.0, 5.0, 6.0])) == pytest.approx(0.7 * 3 * 7)


@given(drawn(), st.randoms(use_true_random=False))
@settings(max_examples=30)
def test_the_order_of_rows_makes_no_difference(sample: Drawn, random: object) -> None:
    places = list(range(len(sample.answers)))
    random.shuffle(places)  # type: ignore[attr-defined]
    influence = sample.weights * np.nan_to_num(sample.answers)
    shuffled = variance_of_total(sample.picked(places).design, influence[places])
    assert shuffled == pytest.approx(variance_of_total(sample.design, influence), rel=1e-9)


@given(drawn())
@settings(max_examples=30)
def test_a_covariance_matrix_has_no_negative_variance_in_any_direction(sample: Drawn) -> None:
    columns = np.column_stack([sample.weights, sample.weights * np.nan_to_num(sample.answers)])
    found = covariance_of_totals(sample.design, columns)
    assert np.allclose(found, found.T)
    assert np.linalg.eigvalsh(found).min() >= -1e-9 * np.abs(found).max()


def test_a_census_has_no_variance() -> None:
    design = make_design(3, populations=[[3, 3, 3]])
    assert variance_of_total(design, np.array([1.0, 5.0, 2.0])) == 0
    assert design.weights.tolist() == [1, 1, 1]


def test_rows_weigh_what_every_stage_says_they_stand_for() -> None:
    design = make_design(4, units=[["a", "a", "b", "b"], [1, 2, 1, 2]], populations=[[6] * 4, [4, 4, 10, 10]])
    assert design.weights.tolist() == [6, 6, 15, 15]


def test_rows_weigh_one_where_nothing_says_otherwise() -> None:
    assert make_design(2).weights.tolist() == [1, 1]


def test_a_unit_label_in_two_strata_is_two_units() -> None:
    design = make_design(4, strata=list("aabb"), units=[[1, 2, 1, 2]])
    assert np.unique(design.units).size == 4
    assert degrees_of_freedom(design) == 2


def test_degrees_of_freedom_count_what_enters_with_a_weight() -> None:
    design = make_design(5, weights=[1, 1, 0, 1, 1], strata=list("aaabb"))
    assert degrees_of_freedom(design) == 2
    assert degrees_of_freedom(design, np.array([True, True, True, False, False])) == 1
    assert degrees_of_freedom(design, np.zeros(5, dtype=bool)) == 0


@pytest.mark.parametrize(
    ("rule", "expected"),
    [("remove", 4.0), ("certainty", 4.0), ("adjust", 4.0 + 9.0), ("average", 4.0 * 2)],
)
def test_a_single_unit_counts_as_its_rule_says(rule: str, expected: float) -> None:
    design = make_design(3, weights=[1.0] * 3, strata=list("aab"), lonely=rule)  # type: ignore[arg-type]
    assert variance_of_total(design, np.array([1.0, 3.0, 3.0])) == pytest.approx(expected)


def test_a_single_unit_that_is_all_there_is_adds_nothing_under_any_rule() -> None:
    for rule in ("adjust", "average"):
        design = make_design(3, weights=[1.0] * 3, strata=list("aab"), populations=[[8, 8, 1]], lonely=rule)  # type: ignore[arg-type]
        assert variance_of_total(design, np.array([1.0, 3.0, 3.0])) == pytest.approx(0.75 * 4)


def test_strata_of_one_unit_each_have_no_average() -> None:
    design = make_design(2, strata=list("ab"), lonely="average")
    with pytest.raises(DesignNotValid, match="join strata"):
        variance_of_total(design, np.array([1.0, 2.0]))


def test_an_empty_sample_has_no_variance_and_no_degrees_of_freedom() -> None:
    design = make_design(0)
    assert len(design) == 0
    assert degrees_of_freedom(design) == 0
    assert covariance_of_totals(design, np.zeros((0, 2))).tolist() == [[0, 0], [0, 0]]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"weights": [1, 2]}, "3 rows and 2 weights"),
        ({"weights": [1, -1, 1]}, "weight of row 2 is negative"),
        ({"weights": [1, 1, float("nan")]}, "weight of row 3 is not a number"),
        ({"weights": [1, float("inf"), 1]}, "weight of row 2 is not a number"),
        ({"weights": [0, 0, 0]}, "all weights are zero"),
        ({"strata": ["a", "", "a"]}, "row 2 has no stratum"),
        ({"strata": ["a", "b"]}, "3 rows and 2 labels of the stratum"),
        ({"units": [[1, 2, None]]}, "row 3 has no unit of stage 1"),
        ({"units": [[1, 1, 2], [1, float("nan"), 1]]}, "row 2 has no unit of stage 2"),
        ({"populations": [[2, 2, 2]]}, "drew 3 units in the stratum of row 1, which holds 2"),
        ({"populations": [[5, 5, float("nan")]]}, "population of stage 1 in row 3"),
        ({"populations": [[5, 5, 0]]}, "population of stage 1 in row 3"),
        ({"populations": [[5, 5, 6]]}, "row 3 says that its stratum of stage 1 holds 6"),
        ({"lonely": "fail"}, "no rule 'fail' for single units"),
    ],
)
def test_refuses_what_is_no_sample_and_says_where(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(DesignNotValid, match=message):
        make_design(3, **arguments)  # type: ignore[arg-type]


def test_refuses_influences_of_other_rows() -> None:
    with pytest.raises(DesignNotValid, match="2 rows and 3 influences"):
        variance_of_total(make_design(2), np.zeros(3))


def test_no_rows_need_no_weight_above_zero() -> None:
    assert check_weights([], 0).size == 0


def test_two_stages_agree_with_svy() -> None:
    random = np.random.default_rng(2)
    rows = []
    for unit in range(6):
        n = int(random.integers(2, 5))
        size = float(n + random.integers(0, 4))
        rows += [(f"u{unit}", f"u{unit}-{i}", 15.0, size, float(random.integers(1, 6))) for i in range(n)]
    table = pl.DataFrame(rows, schema=["unit", "person", "units", "people", "y"], orient="row")
    design = make_design(
        len(rows),
        units=[list(table["unit"]), list(table["person"])],
        populations=[table["units"].to_numpy(), table["people"].to_numpy()],
    )
    sizes = svy.PopSize(psu="units", ssu="people")
    other = svy.Sample(
        table.with_columns(w=pl.Series(design.weights)),
        svy.Design(psu="unit", ssu="person", wgt="w", pop_size=sizes),
    )
    found, theirs = estimate_mean(design, table["y"].to_numpy()), other.estimation.mean("y").estimates[0]
    assert (found.value, found.se, found.df) == pytest.approx((theirs.est, theirs.se, theirs.df), rel=1e-10)


@pytest.mark.parametrize(("rule", "name"), [("adjust", "center"), ("remove", "skip"), ("average", "scale")])
def test_single_units_agree_with_svy_under_its_names_of_the_rules(rule: str, name: str) -> None:
    table = pl.DataFrame({"stratum": list("aabbbc"), "y": [1.0, 4, 2, 5, 3, 4], "w": [1.0, 2, 1, 1, 3, 2]})
    design = make_design(6, weights=table["w"], strata=list(table["stratum"]), lonely=rule)  # type: ignore[arg-type]
    other = svy.Sample(table, svy.Design(stratum="stratum", wgt="w", singleton=name))
    found, theirs = estimate_mean(design, table["y"].to_numpy()), other.estimation.mean("y").estimates[0]
    assert (found.value, found.se, found.df) == pytest.approx((theirs.est, theirs.se, theirs.df), rel=1e-10)
