"""Groups keep the whole design, and their differences the covariance."""

import numpy as np
import pytest
from hypothesis import given, settings

from hearback.stats import Reason
from hearback.stats.survey import (
    AnswersNotValid,
    DomainUnknown,
    difference_of,
    domain_means,
    estimate_mean,
    gap_to_rest,
    linearise_mean,
    make_design,
)
from tests.stats.survey.samples import Drawn, drawn, drawn_from, other_program


def halves(n: int) -> list[str]:
    return ["web" if i % 3 else "phone" for i in range(n)]


@pytest.mark.parametrize("seed", [1, 2])
def test_agrees_with_svy_group_by_group(seed: int) -> None:
    sample = drawn_from(seed)
    groups = halves(len(sample.answers))
    found = domain_means(sample.design, sample.answers, groups)
    theirs = other_program(sample, group=groups).estimation.mean("y", by="group", drop_nulls=True).estimates
    for one in theirs:
        mine = found.estimates[one.by_level[0]]
        assert mine.value == pytest.approx(one.est, rel=1e-12)
        assert mine.se == pytest.approx(one.se, rel=1e-9)
        assert (mine.df, mine.n) == (one.df, one.n)


def test_filtering_first_gives_another_and_wrong_error() -> None:
    sample = drawn_from(4, missing=0.0)
    inside = np.array([unit.endswith("0") for unit in sample.units])
    kept = sample.picked(list(np.flatnonzero(inside)))
    whole = estimate_mean(sample.design, sample.answers, domain=inside)
    assert whole.value == pytest.approx(estimate_mean(kept.design, kept.answers).value)
    assert whole.se != pytest.approx(estimate_mean(kept.design, kept.answers).se, rel=1e-3)


@given(drawn())
@settings(max_examples=20)
def test_a_difference_has_the_variance_its_covariance_says(sample: Drawn) -> None:
    found = domain_means(sample.design, sample.answers, halves(len(sample.answers)))
    web, phone = found.estimates["web"], found.estimates["phone"]
    difference = found.difference("web", "phone")
    if web.value is None or phone.value is None:
        assert difference.reason is Reason.NO_ANSWERS
        return
    assert difference.value == pytest.approx(phone.value - web.value)
    if difference.se is not None:
        (v_phone, v_both), (_, v_web) = found.covariance
        assert difference.se**2 == pytest.approx(v_web + v_phone - 2 * v_both, abs=1e-12)
        assert difference.covariance == pytest.approx(v_both, abs=1e-15)
    back = found.difference("phone", "web")
    assert back.value == pytest.approx(-difference.value)
    assert back.p == pytest.approx(difference.p)


def test_a_group_nobody_of_whom_answered_is_there_with_nothing() -> None:
    found = domain_means(make_design(3), [5, 4, 3], ["a", "a", "b"], labels=["a", "b", "c"])
    assert (found.estimates["c"].n, found.estimates["c"].value) == (0, None)
    difference = found.difference("a", "c")
    assert (difference.value, difference.se, difference.reason) == (None, None, Reason.NO_ANSWERS)
    assert found.covariance.shape == (2, 2)


def test_rows_of_no_known_group_count_for_none() -> None:
    found = domain_means(make_design(4), [5, 4, 3, 1], ["a", "a", None, "unknown"])
    assert {label: one.n for label, one in found.estimates.items()} == {"a": 2, "unknown": 1}


def test_groups_come_sorted_numbers_before_words() -> None:
    found = domain_means(make_design(4), [5, 4, 3, 1], ["b", 10, 9, "a"])
    assert list(found.estimates) == [9, 10, "a", "b"]


def test_a_gap_is_to_the_rest_and_not_to_all() -> None:
    design = make_design(6)
    found = gap_to_rest(design, [5, 5, 2, 2, 2, 3], [True, True, False, False, False, False])
    assert found.value == pytest.approx(5 - 9 / 4)
    known = gap_to_rest(design, [5, 5, 2, 2, 2, 3], [True] * 2 + [False] * 4, known=[True] * 5 + [False])
    assert known.value == pytest.approx(3.0)


def test_a_gap_of_everybody_to_nobody_is_none() -> None:
    assert gap_to_rest(make_design(2), [5, 4], [True, True]).reason is Reason.NO_ANSWERS


def test_equal_answers_differ_by_nothing_and_are_not_tested() -> None:
    found = domain_means(make_design(4), [5, 5, 5, 5], ["a", "a", "b", "b"]).difference("a", "b")
    assert (found.value, found.se, found.t, found.p, found.reason) == (
        0.0,
        0.0,
        None,
        None,
        Reason.NO_VARIANCE,
    )


def test_groups_of_one_and_the_same_office_have_no_error_of_their_difference() -> None:
    design = make_design(4, units=[["a", "a", "b", "b"]])
    one, other = (
        linearise_mean(design, [5, 4, 3, 2], domain=flags)
        for flags in ([True, False, False, False], [False, True, False, False])
    )
    found = difference_of(design, one, other)
    assert (found.value, found.se, found.low, found.reason) == (-1.0, None, None, Reason.ONE_PSU)


def test_refuses_a_group_there_is_not() -> None:
    found = domain_means(make_design(2), [5, 4], ["a", "b"])
    with pytest.raises(DomainUnknown, match="no group 'c'; there are"):
        found.difference("a", "c")


def test_refuses_labels_of_other_rows() -> None:
    with pytest.raises(AnswersNotValid, match="2 rows and 1 labels of groups"):
        domain_means(make_design(2), [5, 4], ["a"])
