"""What may be shown: each rule at its edge."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearback.stats import Reason
from hearback.stats.presentation import Decision, Review, present_count, present_mean, present_share
from hearback.stats.survey import (
    AnswerCells,
    SampleEstimate,
    ShareNotValid,
    estimate_mean,
    make_design,
    means_of_cells,
)

PRESENT, SUPPRESS = Decision.PRESENT, Decision.SUPPRESS


def simple(share: float, n: int) -> tuple[float, float, int, int]:
    return share, (share * (1 - share) / n) ** 0.5, n, n - 1


@pytest.mark.parametrize(
    ("share", "se", "n", "df", "decision"),
    [
        (*simple(0.5, 29), SUPPRESS),  # fewer than 30 answers
        (0.4, 0.1, 200, 60, SUPPRESS),  # fewer than 30 effective answers
        (*simple(0.5, 44), SUPPRESS),  # 0.30 wide or more
        (*simple(0.5, 48), PRESENT),
        (*simple(0.03, 60), SUPPRESS),  # more than 1.30 times as wide as it is large
        (*simple(0.10, 100), PRESENT),
        (*simple(0.01, 2000), PRESENT),  # narrow, whatever its relative width
        (0.0, 0.0, 2000, 60, PRESENT),
        (0.0, 0.0, 45, 44, SUPPRESS),  # nothing to be relative to
        (1.0, 0.0, 45, 44, PRESENT),
    ],
)
def test_decides_by_answers_width_and_relative_width(
    share: float, se: float, n: int, df: int, decision: Decision
) -> None:
    found = present_share(share, se, n, df)
    assert found.decision is decision
    assert (found.reason is None) == (decision is PRESENT)


def test_a_wide_but_relatively_narrow_share_is_suppressed_at_030() -> None:
    found = present_share(*simple(0.7, 36))
    assert found.width is not None
    assert found.width >= 0.30
    assert found.relative_width is not None
    assert found.relative_width < 1.30
    assert found.decision is SUPPRESS


@pytest.mark.parametrize(
    ("share", "se", "n", "df", "review"),
    [
        (1.0, 0.0, 45, 44, (Review.ZERO_OR_ONE,)),
        (0.0, 0.0, 2000, 7, (Review.ZERO_OR_ONE, Review.FEW_DF)),
        (0.55, 0.03, 3000, 7, (Review.FEW_DF,)),
        (0.55, 0.03, 3000, 8, ()),
        (0.97, 0.011, 300, 6, (Review.FEW_DF, Review.COMPLEMENT)),
        (0.985, 0.003, 4000, 60, ()),
    ],
)
def test_names_what_to_look_at_first(
    share: float, se: float, n: int, df: int, review: tuple[Review, ...]
) -> None:
    found = present_share(share, se, n, df)
    assert found.decision is PRESENT
    assert found.review == review


def test_what_is_suppressed_needs_no_review() -> None:
    assert present_share(0.0, 0.0, 29, 5).review == ()


@pytest.mark.parametrize(
    ("share", "se", "n", "df", "reason"),
    [
        (None, None, 0, 0, Reason.NO_ANSWERS),
        (0.5, None, 1, 0, Reason.SUPPRESSED_UNRELIABLE),
        (0.5, 0.1, 50, 0, Reason.ONE_PSU),
    ],
)
def test_without_an_interval_a_share_is_suppressed(
    share: float | None, se: float | None, n: int, df: int, reason: Reason
) -> None:
    found = present_share(share, se, n, df)
    assert (found.decision, found.low, found.n_eff, found.reason) == (SUPPRESS, None, None, reason)


@given(st.floats(0, 1), st.floats(0, 0.3), st.integers(1, 5000), st.integers(1, 300))
def test_nothing_shown_rests_on_fewer_than_thirty_answers_or_is_wide(
    share: float, se: float, n: int, df: int
) -> None:
    found = present_share(share, se, n, df)
    if found.decision is PRESENT:
        assert n >= 30
        assert found.n_eff is not None
        assert found.n_eff >= 30
        assert found.width is not None
        assert found.width < 0.30


@pytest.mark.parametrize(
    ("value", "low", "high", "n", "decision"),
    [
        (100.0, 40.0, 200.0, 10, PRESENT),  # 160 % wide
        (100.0, 39.0, 200.0, 10, SUPPRESS),
        (100.0, 90.0, 110.0, 9, SUPPRESS),
        (0.0, 0.0, 3.0, 50, SUPPRESS),
        (100.0, None, None, 50, SUPPRESS),
    ],
)
def test_a_count_needs_ten_answers_and_160_percent(
    value: float, low: float | None, high: float | None, n: int, decision: Decision
) -> None:
    assert present_count(value, low, high, n).decision is decision


def test_refuses_an_interval_of_another_count() -> None:
    with pytest.raises(ValueError, match="does not lie between"):
        present_count(5.0, 6.0, 7.0, 50)


def mean_of(counts: list[int]) -> SampleEstimate:
    return means_of_cells(AnswerCells([counts]), [1, 2, 3, 4, 5])[0]


@pytest.mark.parametrize(
    ("counts", "decision", "reason"),
    [
        ([0, 0, 5, 20, 10], PRESENT, None),
        ([0, 0, 5, 15, 9], SUPPRESS, Reason.SUPPRESSED_UNRELIABLE),  # 29 answers
        ([12, 3, 2, 3, 12], SUPPRESS, Reason.SUPPRESSED_UNRELIABLE),  # wider than 0.6
        ([0, 0, 0, 0, 50], SUPPRESS, Reason.NO_VARIANCE),
        ([0, 0, 0, 0, 0], SUPPRESS, Reason.NO_ANSWERS),
        ([0, 0, 0, 0, 1], SUPPRESS, Reason.ONE_ANSWER),
    ],
)
def test_a_mean_needs_thirty_answers_and_a_narrow_interval(
    counts: list[int], decision: Decision, reason: Reason | None
) -> None:
    found = present_mean(mean_of(counts))
    assert (found.decision, found.reason) == (decision, reason)


def test_a_mean_of_many_answers_from_few_offices_counts_as_few() -> None:
    offices = [f"office {i}" for i in range(12) for _ in range(20)]
    answers = [4.0 if i % 2 else 4.6 for i in range(12) for _ in range(20)]
    found = present_mean(estimate_mean(make_design(240, units=[offices]), answers))
    assert found.n_eff is not None
    assert found.n_eff < 30
    assert found.decision is SUPPRESS


def test_a_mean_of_few_offices_is_looked_at() -> None:
    offices = [f"office {i % 6}" for i in range(240)]
    answers = [float(1 + i * 7 % 5) for i in range(240)]
    found = present_mean(estimate_mean(make_design(240, units=[offices]), answers))
    assert (found.decision, found.review) == (PRESENT, (Review.FEW_DF,))


def test_a_census_is_shown_by_the_answers_it_has() -> None:
    answers = [1.0, 5.0] * 20
    found = present_mean(estimate_mean(make_design(40, populations=[[40] * 40]), answers))
    assert (found.decision, found.n_eff, found.width) == (PRESENT, 40.0, 0.0)


def test_refuses_what_is_no_share() -> None:
    with pytest.raises(ShareNotValid):
        present_share(1.5, 0.1, 50, 20)
    with pytest.raises(ValueError, match="between 0 and 1"):
        present_share(None, None, 0, 0, level=95)
