"""Wilson's interval against R, at its ends, and in what must always hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearback.stats import CountNotValid, Estimate, NoEstimate, Reason, wilson_interval
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
