"""Intervals of shares: their ends, their order, their cover, and where they are undefined."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from hearback.stats import Estimate, clopper_pearson_interval, wilson_interval
from hearback.stats.survey import (
    SampleShare,
    ShareNotValid,
    arcsine_interval,
    estimate_mean,
    korn_graubard,
    likelihood_interval,
    logit_interval,
    make_design,
    share_of_estimate,
    wald_interval,
    wilson_interval_of_sample,
)
from tests.stats.survey.samples import drawn_from, other_program

METHODS = [
    korn_graubard,
    logit_interval,
    likelihood_interval,
    wilson_interval_of_sample,
    arcsine_interval,
    wald_interval,
]


@st.composite
def shares(draw: st.DrawFn) -> SampleShare:
    n = draw(st.integers(2, 10_000))
    value = draw(st.floats(1e-4, 1 - 1e-4))
    deff = draw(st.floats(0.2, 20))
    return SampleShare(value, (deff * value * (1 - value) / n) ** 0.5, n, draw(st.integers(1, 500)))


@given(shares(), st.floats(0.5, 0.999))
def test_every_interval_holds_the_share_and_all_but_wald_stay_between_0_and_1(
    share: SampleShare, level: float
) -> None:
    for method in METHODS:
        found = method(share, level)
        assert found is not None
        assert found.low <= share.value <= found.high
        if method is not wald_interval:
            assert found.low >= 0
            assert found.high <= 1


@given(shares())
def test_truncating_never_makes_the_interval_to_publish_narrower(share: SampleShare) -> None:
    plain, truncated = korn_graubard(share, truncate=False), korn_graubard(share)
    assert plain is not None
    assert truncated is not None
    assert truncated.width >= plain.width - 1e-12


@given(shares())
def test_the_share_of_the_others_has_the_mirrored_interval(share: SampleShare) -> None:
    other = SampleShare(1 - share.value, share.se, share.n, share.df)
    for method in METHODS:
        found, mirrored = method(share), method(other)
        assert found is not None
        assert mirrored is not None
        assert (1 - mirrored.high, 1 - mirrored.low) == pytest.approx(found, abs=1e-8)


def test_a_simple_sample_has_the_exact_interval() -> None:
    n, hits = 40, 9
    share = SampleShare(hits / n, (hits / n * (1 - hits / n) / n) ** 0.5, n, n - 1)
    exact = clopper_pearson_interval(hits, n)
    assert isinstance(exact, Estimate)
    assert korn_graubard(share) == pytest.approx((exact.low, exact.high))


def test_many_degrees_of_freedom_give_wilsons_interval() -> None:
    share = SampleShare(0.3, (0.21 / 200) ** 0.5, 200, 10**7)
    wilson = wilson_interval(60, 200)
    assert isinstance(wilson, Estimate)
    assert wilson_interval_of_sample(share) == pytest.approx((wilson.low, wilson.high), rel=1e-6)


def test_the_likelihood_at_its_ends_is_as_low_as_allowed() -> None:
    share = SampleShare(0.2, 0.03, 150, 20)
    found = likelihood_interval(share)
    assert found is not None
    deff = share.se**2 * share.n / 0.16
    for end in found:
        ratio = binom.logpmf(30, 150, 0.2) - binom.logpmf(30, 150, end)
        assert 2 * ratio == pytest.approx(2.0859634472658**2 * deff)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_agrees_with_svy_where_it_follows_r(seed: int) -> None:
    sample = drawn_from(seed, missing=0.0)
    agrees = (sample.answers >= 4).astype(float)
    share = share_of_estimate(estimate_mean(sample.design, agrees))
    assert share is not None
    other = other_program(sample, agrees=[str(int(a)) for a in agrees]).estimation
    for name, found in (
        ("logit", logit_interval(share)),
        ("beta", korn_graubard(share, truncate=False)),
        ("korn-graubard", korn_graubard(share)),
    ):
        theirs = next(one for one in other.prop("agrees", ci_method=name).estimates if one.y_level == "1")
        assert found == pytest.approx((theirs.lci, theirs.uci), rel=1e-8)


@pytest.mark.parametrize(("value", "expected"), [(0.0, (0.0, 0.0787)), (1.0, (0.9213, 1.0))])
def test_at_an_end_only_the_interval_to_publish_is_defined(
    value: float, expected: tuple[float, float]
) -> None:
    share = SampleShare(value, 0.0, n=45, df=44)
    assert korn_graubard(share) == pytest.approx(expected, abs=5e-5)
    assert korn_graubard(share, truncate=False) is None
    assert share.n_eff is None
    assert share.truncated_n_eff == 45
    for method in METHODS[1:]:
        assert method(share) is None


def test_without_degrees_of_freedom_nothing_is_defined() -> None:
    for share in (SampleShare(0.5, 0.1, 20, 0), SampleShare(0.0, 0.0, 20, 0)):
        assert [method(share) for method in METHODS] == [None] * len(METHODS)
        assert share.truncated_n_eff is None


def test_one_row_has_no_degrees_of_freedom_to_correct_by() -> None:
    share = SampleShare(0.5, 0.1, 1, 3)
    assert share.adjusted_n_eff is None
    assert korn_graubard(share, truncate=False) is None


def test_a_share_known_for_certain_has_an_interval_of_no_width_but_is_published_as_if_asked() -> None:
    share = SampleShare(0.25, 0.0, 40, 30)
    for method in METHODS[1:]:
        assert method(share) == pytest.approx((0.25, 0.25))
    assert korn_graubard(share, truncate=False) == (0.25, 0.25)
    published = korn_graubard(share)
    exact = clopper_pearson_interval(10, 40)
    assert isinstance(exact, Estimate)
    assert published == pytest.approx((exact.low, exact.high))


@pytest.mark.parametrize("se", [1e-17, 5e-324])
def test_an_error_that_rounding_left_over_counts_as_none(se: float) -> None:
    share = SampleShare(0.25, se, 40, 30)
    assert share.n_eff is None
    assert share.truncated_n_eff == 40
    assert korn_graubard(share, truncate=False) == (0.25, 0.25)
    assert likelihood_interval(share) == (0.25, 0.25)


def test_an_arcsine_interval_is_cut_off_and_not_turned_back() -> None:
    found = arcsine_interval(SampleShare(0.02, 0.02, 50, 10))
    assert found is not None
    assert found.low == 0.0


def test_the_interval_to_publish_covers_in_clustered_samples() -> None:
    random = np.random.default_rng(20)
    covered = 0
    runs = 300
    for _ in range(runs):
        offices = np.repeat(random.beta(0.9 * 10, 0.1 * 10, 20), 20)
        answers = (random.random(400) < offices).astype(float)
        design = make_design(400, units=[list(np.repeat(np.arange(20), 20))])
        share = share_of_estimate(estimate_mean(design, answers))
        assert share is not None
        found = korn_graubard(share)
        covered += found is not None and found.low <= 0.9 <= found.high
    assert covered / runs >= 0.93


@pytest.mark.parametrize(
    ("value", "se", "n"),
    [(1.2, 0.1, 10), (-0.1, 0.1, 10), (0.5, -0.1, 10), (0.5, float("inf"), 10), (0.5, 0.1, 0)],
)
def test_refuses_what_is_no_share(value: float, se: float, n: int) -> None:
    with pytest.raises(ShareNotValid):
        SampleShare(value, se, n, 5)


@pytest.mark.parametrize("method", METHODS)
def test_refuses_a_level_that_is_no_probability(method) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match="between 0 and 1"):
        method(SampleShare(0.0, 0.0, 10, 9), 95.0)


def test_an_estimate_without_an_error_has_no_share_to_take_an_interval_of() -> None:
    assert share_of_estimate(estimate_mean(make_design(1), [1.0])) is None
