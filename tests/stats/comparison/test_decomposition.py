"""A change is the sum of its parts, whoever reported."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hearback.stats.comparison import ProviderNotValid, decompose_change
from hearback.stats.estimate import Reason

sizes = st.sampled_from([0, 0, 1, 5]) | st.integers(0, 100_000)
providers = st.lists(st.tuples(sizes, st.floats(1, 5), sizes, st.floats(1, 5)), min_size=1, max_size=12)
Rows = list[tuple[int, float, int, float]]


def columns(rows: Rows) -> tuple[list[float], list[float], list[float], list[float]]:
    n1, y1, n2, y2 = ([float(row[place]) for row in rows] for place in range(4))
    return n1, y1, n2, y2


@given(providers)
def test_the_parts_add_up_to_the_change(rows: Rows) -> None:
    assume(any(n1 and n2 for n1, _, n2, _ in rows))
    parts = decompose_change(*columns(rows))
    assert None not in (parts.within, parts.mix, parts.entry, parts.exit, parts.change)
    found = math.fsum((parts.within, parts.mix, parts.entry, parts.exit))  # type: ignore[arg-type]
    assert found == pytest.approx(parts.change, abs=1e-12)
    assert math.fsum(one.within for one in parts.providers) == pytest.approx(parts.within, abs=1e-12)
    assert math.fsum(one.mix for one in parts.providers) == pytest.approx(parts.mix, abs=1e-12)


@given(providers, st.floats(0.01, 1000))
def test_the_unit_in_which_sizes_are_counted_does_not_matter(rows: Rows, unit: float) -> None:
    assume(any(n1 and n2 for n1, _, n2, _ in rows))
    n1, y1, n2, y2 = columns(rows)
    scaled = decompose_change([n * unit for n in n1], y1, [n * unit for n in n2], y2)
    parts = decompose_change(n1, y1, n2, y2)
    for name in ("within", "mix", "entry", "exit"):
        assert getattr(scaled, name) == pytest.approx(getattr(parts, name), abs=1e-10)


@given(providers)
def test_turning_time_round_turns_every_sign(rows: Rows) -> None:
    assume(any(n1 and n2 for n1, _, n2, _ in rows))
    n1, y1, n2, y2 = columns(rows)
    there, back = decompose_change(n1, y1, n2, y2), decompose_change(n2, y2, n1, y1)
    assert there.within == pytest.approx(-back.within, abs=1e-12)  # type: ignore[operator]
    assert there.mix == pytest.approx(-back.mix, abs=1e-12)  # type: ignore[operator]
    assert there.entry == pytest.approx(-back.exit, abs=1e-12)  # type: ignore[operator]


def test_a_large_provider_that_left_is_exit_and_no_performance() -> None:
    parts = decompose_change([9000, 1000], [4.5, 3.5], [0, 1000], [None, 3.5])
    assert parts.change == pytest.approx(-0.9)
    assert parts.exit == pytest.approx(-0.9)
    assert (parts.within, parts.mix, parts.entry) == (0, 0, 0)
    assert [one.provider for one in parts.providers] == [1]


def test_the_same_providers_with_the_same_sizes_are_all_performance() -> None:
    parts = decompose_change([10, 30], [3, 4], [20, 60], [3.4, 4])
    assert parts.within == pytest.approx(0.1) == parts.change
    assert parts.mix == pytest.approx(0)


def test_sizes_alone_are_all_mix() -> None:
    parts = decompose_change([50, 50], [2, 4], [25, 75], [2, 4])
    assert parts.mix == pytest.approx(0.5) == parts.change
    assert parts.within == 0


def test_without_a_provider_in_both_periods_the_change_stands_and_its_parts_do_not() -> None:
    parts = decompose_change([10, None], [3, None], [0, 10], [None, 4])
    assert parts.change == 1
    assert (parts.within, parts.mix, parts.entry, parts.exit, parts.providers) == (None, None, None, None, ())
    assert parts.reason is Reason.NO_LIKE_FOR_LIKE


def test_a_period_in_which_nobody_reported_has_no_change() -> None:
    parts = decompose_change([10], [3], [0], [None])
    assert (parts.before, parts.after, parts.change) == (3, None, None)
    assert parts.reason is Reason.NO_ANSWERS


def test_no_provider_at_all_has_no_change() -> None:
    assert decompose_change([], [], [], []).reason is Reason.NO_ANSWERS


def test_a_size_without_a_mean_is_an_absence() -> None:
    assert decompose_change([10, 99], [3, None], [10, 99], [4, 5]).entry == pytest.approx(
        (10 * 4 + 99 * 5) / 109 - 4
    )


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        (([1], [3, 4], [1], [3]), "1 sizes and 2 means"),
        (([1, 1], [3, 4], [1], [3]), "2 providers before and 1 after"),
        (([1, -1], [3, 4], [1, 1], [3, 3]), "provider 2 has size -1"),
        (([1], [math.inf], [1], [3]), "provider 1 has size 1 and mean inf"),
    ],
)
def test_refuses_what_cannot_be_used_and_says_where(
    columns: tuple[list[float], list[float], list[float], list[float]], message: str
) -> None:
    with pytest.raises(ProviderNotValid, match=message):
        decompose_change(*columns)
