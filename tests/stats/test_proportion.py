"""Intervals of shares against R and statsmodels, at their ends, and in what must always hold."""

import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom
from statsmodels.stats.proportion import proportion_confint

from hearback.stats import (
    CountNotValid,
    Estimate,
    NoEstimate,
    Reason,
    agresti_coull_interval,
    clopper_pearson_interval,
    jeffreys_interval,
    wilson_interval,
)
from hearback.stats.proportion import clopper_pearson_limits
from tests.golden.read import golden

WILSON = golden("wilson")


@pytest.mark.parametrize("case", WILSON.cases, ids=lambda c: f"{c['x']} of {c['n']} at {c['level']}")
def test_agrees_with_r(case: dict[str, float]) -> None:
    found = wilson_interval(int(case["x"]), int(case["n"]), case["level"])
    if case["n"] == 0:
        assert isinstance(found, NoEstimate)
        return
    assert isinstance(found, Estimate)
    assert WILSON.near(found.value, case["share"])
    assert WILSON.near(found.low, case["low"])
    assert WILSON.near(found.high, case["high"])


def test_the_ends_are_exact() -> None:
    none, all_of_them = wilson_interval(0, 10), wilson_interval(10, 10)
    assert isinstance(none, Estimate)
    assert isinstance(all_of_them, Estimate)
    assert none.low == 0.0
    assert all_of_them.high == 1.0


def test_nobody_asked_is_no_estimate() -> None:
    found = wilson_interval(0, 0)
    assert isinstance(found, NoEstimate)
    assert found.reason is Reason.NO_ANSWERS


@pytest.mark.parametrize(("n_hits", "n"), [(-1, 3), (4, 3), (0, -1)])
def test_refuses_a_part_larger_than_its_whole(n_hits: int, n: int) -> None:
    with pytest.raises(CountNotValid):
        wilson_interval(n_hits, n)


@pytest.mark.parametrize("level", [0.0, 1.0, 95.0])
def test_refuses_a_level_that_is_no_probability(level: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        wilson_interval(1, 2, level)


@st.composite
def parts(draw: st.DrawFn) -> tuple[int, int]:
    n = draw(st.integers(1, 10**9))
    return draw(st.integers(0, n)), n


@given(parts())
def test_holds_the_share_and_stays_between_0_and_1(part: tuple[int, int]) -> None:
    found = wilson_interval(*part)
    assert isinstance(found, Estimate)
    assert found.low is not None
    assert found.high is not None
    assert 0 <= found.low <= found.value <= found.high <= 1
    assert found.low < found.high


@given(parts())
def test_mirrors_what_is_not_hit(part: tuple[int, int]) -> None:
    hits, n = part
    one, other = wilson_interval(hits, n), wilson_interval(n - hits, n)
    assert isinstance(one, Estimate)
    assert isinstance(other, Estimate)
    assert one.low == pytest.approx(1 - (other.high or 0), abs=1e-12)


@given(parts())
def test_a_higher_level_is_wider(part: tuple[int, int]) -> None:
    usual, wide = wilson_interval(*part), wilson_interval(*part, 0.99)
    assert isinstance(usual, Estimate)
    assert isinstance(wide, Estimate)
    assert (wide.high or 0) - (wide.low or 0) > (usual.high or 0) - (usual.low or 0)


@given(st.integers(1, 10**16), st.floats(0, 1))
def test_the_share_lies_in_its_interval_however_many_answered(n: int, part: float) -> None:
    found = wilson_interval(min(n, round(n * part)), n)
    assert isinstance(found, Estimate)
    assert found.low is not None
    assert found.high is not None
    assert 0 <= found.low <= found.value <= found.high <= 1


Method = Callable[..., Estimate | NoEstimate]
OTHERS = {
    clopper_pearson_interval: "beta",
    jeffreys_interval: "jeffreys",
    agresti_coull_interval: "agresti_coull",
}


def ends(found: Estimate | NoEstimate) -> tuple[float, float]:
    assert isinstance(found, Estimate)
    assert found.low is not None
    assert found.high is not None
    return found.low, found.high


@pytest.mark.parametrize("method", OTHERS)
@pytest.mark.parametrize(
    ("n_hits", "n", "level"), [(1, 2, 0.95), (3, 40, 0.9), (39, 40, 0.99), (500, 1001, 0.95)]
)
def test_the_others_agree_with_statsmodels(method: Method, n_hits: int, n: int, level: float) -> None:
    expected = proportion_confint(n_hits, n, alpha=1 - level, method=OTHERS[method])
    expected = (max(expected[0], 0.0), min(expected[1], 1.0))
    assert ends(method(n_hits, n, level)) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("method", "name"),
    [*OTHERS.items(), (wilson_interval, "wilson")],
    ids=lambda one: getattr(one, "__name__", one),
)
@pytest.mark.parametrize(("n_hits", "n", "deff"), [(3, 40, 1.7), (39, 40, 4.0), (500, 1001, 0.8)])
def test_a_design_effect_divides_hits_and_answers(
    method: Callable[..., Estimate | NoEstimate], name: str, n_hits: int, n: int, deff: float
) -> None:
    low, high = proportion_confint(n_hits / deff, n / deff, alpha=0.05, method=name)
    found = method(n_hits, n, deff=deff)
    assert ends(found) == pytest.approx((max(low, 0.0), min(high, 1.0)), rel=1e-12)
    assert isinstance(found, Estimate)
    assert (found.value, found.n) == (n_hits / n, n)


@pytest.mark.parametrize("method", [*OTHERS, wilson_interval])
@pytest.mark.parametrize("deff", [0.0, -1.0, math.inf, math.nan, 40.5])
def test_a_design_effect_that_leaves_no_answer_is_refused(method: Method, deff: float) -> None:
    with pytest.raises(CountNotValid, match="a design effect of"):
        method(3, 40, deff=deff)


@pytest.mark.parametrize("method", OTHERS)
def test_the_ends_of_the_others_are_exact_too(method: Method) -> None:
    assert ends(method(0, 12))[0] == 0.0
    assert ends(method(12, 12))[1] == 1.0
    nothing = method(0, 0)
    assert isinstance(nothing, NoEstimate)
    assert (nothing.reason, nothing.n) == (Reason.NO_ANSWERS, 0)


@pytest.mark.parametrize("method", OTHERS)
@given(part=parts(), level=st.floats(0.01, 0.999))
def test_the_others_hold_the_share_and_stay_between_0_and_1(
    method: Method, part: tuple[int, int], level: float
) -> None:
    low, high = ends(method(*part, level))
    assert 0 <= low <= part[0] / part[1] <= high <= 1


@given(st.integers(1, 200), st.floats(0, 1))
def test_the_exact_interval_leaves_out_what_would_have_been_too_unlikely(n: int, part: float) -> None:
    n_hits = round(n * part)
    low, high = ends(clopper_pearson_interval(n_hits, n))
    if n_hits:
        assert binom.sf(n_hits - 1, n, low) == pytest.approx(0.025)
    if n_hits < n:
        assert binom.cdf(n_hits, n, high) == pytest.approx(0.025)


@given(st.integers(1, 500), st.floats(0, 1))
def test_agresti_and_coulls_interval_holds_wilsons(n: int, part: float) -> None:
    n_hits = round(n * part)
    inner, outer = ends(wilson_interval(n_hits, n)), ends(agresti_coull_interval(n_hits, n))
    assert outer[0] <= inner[0] + 1e-12
    assert inner[1] <= outer[1] + 1e-12


def test_the_exact_ends_of_parts_of_answers_lie_between_those_of_whole_ones() -> None:
    lows = [clopper_pearson_limits(hits, 20.0)[0] for hits in (5, 5.5, 6)]
    assert lows == sorted(lows)
    assert clopper_pearson_limits(0.0, 17.3)[0] == 0.0
    assert clopper_pearson_limits(17.3, 17.3)[1] == 1.0


@pytest.mark.parametrize("method", [*OTHERS, clopper_pearson_limits])
def test_the_others_refuse_what_is_no_part_or_no_level(method: Method) -> None:
    for n_hits, n in ((-1, 3), (4, 3), (0, -1)):
        with pytest.raises(CountNotValid):
            method(n_hits, n)
    with pytest.raises(ValueError, match="between 0 and 1"):
        method(1, 2, 95.0)


def test_the_exact_ends_of_no_answers_are_refused() -> None:
    with pytest.raises(CountNotValid, match="one answer at least"):
        clopper_pearson_limits(0, 0)
