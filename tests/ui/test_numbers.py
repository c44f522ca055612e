"""Ends of intervals on pages: rounded outwards, and never past what floats are off by."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearback.ui.numbers import NO_BREAK, TO, mean_interval, percent, rounded, share_interval

SHARES = st.floats(0, 1)


def ends(written: str) -> tuple[Decimal, Decimal]:
    low, high = written.removesuffix(f"{NO_BREAK}%").split(TO)
    return Decimal(low), Decimal(high)


@pytest.mark.parametrize(
    ("low", "high", "n", "shown"),
    [
        (0.01098, 0.01142, 230_073, ("1.0", "1.2")),
        (0.1 + 0.2, 0.1 + 0.2, 5000, ("30.0", "30.0")),
        (0.29, 0.58, 50, ("29", "58")),
        (0.0, 1.0, 50, ("0", "100")),
        (-1e-17, 1 + 1e-16, 5000, ("0.0", "100.0")),
        (0.0071, 0.046, 50, ("0.7", "5.0")),
        (0.00083, 0.00096, 5000, ("0.08", "0.10")),
        (0.0, 0.003, 50, ("0.0", "0.3")),
        (0.000312, 0.000468, 241_082, ("0.03", "0.05")),
    ],
)
def test_ends_of_a_share_are_rounded_outwards(
    low: float, high: float, n: int, shown: tuple[str, str]
) -> None:
    assert share_interval(low, high, n) == TO.join(shown) + f"{NO_BREAK}%"


@given(SHARES, SHARES, SHARES, st.sampled_from([50, 5000]))
def test_an_interval_of_a_share_holds_its_ends_and_the_share_as_shown(
    one: float, two: float, three: float, n: int
) -> None:
    low, value, high = sorted((one, two, three))
    first, last = ends(share_interval(low, high, n))
    assert 0 <= first <= Decimal(percent(round(value, 9), n)) <= last <= 100
    assert first <= Decimal(low) * 100 + Decimal("1e-7")
    assert Decimal(high) * 100 <= last + Decimal("1e-7")


@given(st.floats(1, 5), st.floats(1, 5), st.floats(1, 5))
def test_an_interval_of_a_mean_stays_on_the_scale_and_holds_the_mean_as_shown(
    one: float, two: float, three: float
) -> None:
    low, value, high = sorted((one, two, three))
    first, last = ends(mean_interval(low, high))
    assert 1 <= first <= Decimal(rounded(round(value, 9), 2)) <= last <= 5


def test_no_line_ends_within_an_interval() -> None:
    assert mean_interval(4.01, 4.24) == "4.01–\u20604.24"
