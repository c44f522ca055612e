"""Counts of the last ten minutes, under names that tell nothing."""

import pytest

from hearback.collect.intake.guarding.counting import Salted, Window


def test_counts_by_name_and_forgets_evenly() -> None:
    window = Window(600)
    assert [window.add("a", 600) for _ in range(4)] == [1, 2, 3, 4]
    assert window.add("b", 600) == 1
    assert window.add("a", 1_200) == pytest.approx(1 + 4)
    assert window.add("a", 1_500) == pytest.approx(2 + 4 / 2)
    assert window.add("a", 1_799) == pytest.approx(3 + 4 / 600)
    assert window.add("a", 3_000) == 1, "of what is more than one window ago nothing is left"


def test_counts_so_many_names_and_no_more() -> None:
    window = Window(600, most=2)
    for name in "abc":
        window.add(name, 0)
    assert [window.add(name, 0) for name in "abc"] == [2, 2, 1]


def test_a_network_has_another_name_each_day_and_in_each_process() -> None:
    one, other = Salted(), Salted()
    assert one.name(b"net", 86_400) == one.name(b"net", 86_400 + 86_399)
    names = {one.name(b"net", 86_400), other.name(b"net", 86_400), one.name(b"net", 2 * 86_400)}
    assert len(names) == 3
    assert one.name(b"net", 3 * 86_400) != one.name(b"ten", 3 * 86_400)
