"""Intervals of key drivers: units drawn again."""

from dataclasses import replace

import numpy as np
import pytest

from hearback.stats.estimate import Reason
from hearback.stats.models import (
    ColumnNotValid,
    KeyDrivers,
    bootstrap_key_drivers,
    driver_draws,
    key_drivers,
    moments_of,
    unit_sums,
)
from tests.stats.models.test_drivers import survey


def without_interval(found: KeyDrivers) -> KeyDrivers:
    bare = {"lmg_share_low": None, "lmg_share_high": None, "rank_low": None, "rank_high": None}
    drivers = tuple(replace(one, **bare) for one in found.drivers)  # type: ignore[arg-type]
    return replace(found, drivers=drivers, r_squared_low=None, r_squared_high=None, draws=None, seed=None)


def widths(found: KeyDrivers) -> list[float]:
    return [(one.lmg_share_high or 0) - (one.lmg_share_low or 0) for one in found.drivers]


def test_same_seed_gives_the_same_interval_whatever_the_order_of_rows() -> None:
    data = survey(1)
    offices = [f"O{row // 8}" for row in range(200)]
    order = np.random.default_rng(1).permutation(200)
    moved = {name: column[order] for name, column in data.items()}
    for units, moved_units in ((None, None), (offices, [offices[row] for row in order])):
        one = bootstrap_key_drivers("trust", unit_sums(data, units=units), seed=5, draws=300)
        two = bootstrap_key_drivers("trust", unit_sums(moved, units=moved_units), seed=5, draws=300)
        other = bootstrap_key_drivers("trust", unit_sums(data, units=units), seed=6, draws=300)
        assert widths(two) == pytest.approx(widths(one), rel=1e-9)
        assert widths(other) != pytest.approx(widths(one), rel=1e-9)


def test_point_is_that_of_the_rows_and_lies_in_the_interval() -> None:
    data = survey(2)
    found = bootstrap_key_drivers("trust", unit_sums(data), seed=1, draws=500)
    plain = key_drivers("trust", data)
    for one, other in zip(found.drivers, plain.drivers, strict=True):
        assert one.lmg_share == pytest.approx(other.lmg_share, rel=1e-9)
        assert one.lmg_share_low < one.lmg_share < one.lmg_share_high  # type: ignore[operator]
    assert found.r_squared_low < found.r_squared < found.r_squared_high  # type: ignore[operator]
    assert (found.seed, found.draws) == (1, 500)


def test_interval_is_that_of_rows_drawn_one_by_one() -> None:
    data = survey(3, 120)
    found = bootstrap_key_drivers("trust", unit_sums(data), seed=1, draws=2000)
    rng = np.random.default_rng(99)
    shares = []
    for _ in range(1000):
        rows = rng.integers(0, 120, 119)
        drawn = key_drivers("trust", {name: column[rows] for name, column in data.items()})
        shares.append([one.lmg_share for one in drawn.drivers])
    low, high = np.quantile(np.array(shares, dtype=float), [0.025, 0.975], axis=0)
    assert [one.lmg_share_low for one in found.drivers] == pytest.approx(low, abs=0.025)
    assert [one.lmg_share_high for one in found.drivers] == pytest.approx(high, abs=0.025)


def test_interval_is_wider_where_people_of_an_office_answer_alike() -> None:
    data = {name: np.repeat(column[:40], 5) for name, column in survey(4).items()}
    offices = np.repeat(np.arange(40), 5)
    by_office = bootstrap_key_drivers("trust", unit_sums(data, units=list(offices)), seed=1, draws=500)
    by_person = bootstrap_key_drivers("trust", unit_sums(data), seed=1, draws=500)
    assert sum(widths(by_office)) > 1.7 * sum(widths(by_person))


def test_strata_keep_their_sizes_in_every_draw() -> None:
    data = survey(5, 60)
    data["ease"] = np.repeat([1.0, 5.0], 30)
    strata = ["low"] * 30 + ["high"] * 30
    units = unit_sums({"trust": data["ease"], "ease": data["ease"]}, strata=strata)
    found = bootstrap_key_drivers("trust", units, seed=1, draws=50)
    assert (found.r_squared_low, found.r_squared_high) == (pytest.approx(1), pytest.approx(1))
    assert set(units.strata.tolist()) == {0, 1}


def test_stratum_with_one_office_adds_nothing_and_only_such_give_none() -> None:
    data = survey(6, 80)
    offices = [f"O{row // 20}" for row in range(80)]
    alone = bootstrap_key_drivers("trust", unit_sums(data, units=offices, strata=offices), seed=1, draws=50)
    assert alone.interval_reason is Reason.ONE_PSU
    assert alone.drivers[0].lmg_share is not None
    assert alone.drivers[0].lmg_share_low is None
    one_alone = ["A"] * 20 + ["B"] * 60
    mixed = bootstrap_key_drivers("trust", unit_sums(data, units=offices, strata=one_alone), seed=1, draws=50)
    assert mixed.drivers[0].lmg_share_low is not None


def test_office_label_in_two_strata_is_two_offices() -> None:
    data = survey(7, 40)
    units = unit_sums(data, units=["A", "B"] * 20, strata=["N"] * 20 + ["S"] * 20)
    assert len(units.times) == 4


def test_sums_of_units_add_up_to_the_whole() -> None:
    data = survey(8)
    weights = np.random.default_rng(8).uniform(0.5, 2, 200)
    offices = list(np.arange(200) // 10)
    for units in (unit_sums(data, weights=weights), unit_sums(data, weights=weights, units=offices)):
        whole = moments_of(data, weights=weights)
        assert units.moments.n == whole.n
        assert units.moments.means == pytest.approx(whole.means)
        assert units.moments.covariance == pytest.approx(whole.covariance, abs=1e-12)


def test_equal_people_take_the_room_of_one() -> None:
    units = unit_sums({"trust": [1, 2] * 5000, "ease": [3, 4] * 5000})
    assert units.times.tolist() == [5000, 5000]
    counted = unit_sums({"trust": [1, 2], "ease": [3, 4]}, counts=[5000, 5000])
    assert counted.times.tolist() == [5000, 5000]


def test_no_interval_where_everybody_gives_one_answer_in_many_draws() -> None:
    data = {"trust": [5] * 59 + [4], "ease": [5, 4] * 30}
    found = bootstrap_key_drivers("trust", unit_sums(data), seed=1, draws=200)
    assert found.interval_reason is Reason.NO_VARIANCE
    assert found.drivers[0].lmg_share == 1


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"trust": [1, 2, 3], "ease": [1, 3, 2]}, Reason.TOO_FEW_ANSWERS),
        ({"trust": [4] * 30, "ease": [1, 2, 3] * 10}, Reason.NO_VARIANCE),
        ({"trust": [], "ease": []}, Reason.NO_ANSWERS),
    ],
)
def test_reason_of_no_shares_is_that_of_no_interval(data: dict[str, list[int]], reason: Reason) -> None:
    found = bootstrap_key_drivers("trust", unit_sums(data), seed=1)
    assert (found.reason, found.interval_reason) == (reason, reason)
    assert found.r_squared_low is None


def test_collinear_and_constant_drivers_stay_as_they_are_without_draws() -> None:
    data = survey(9)
    more = data | {"again": data["ease"] * 2, "same": np.full(200, 3.0)}
    found = bootstrap_key_drivers("trust", unit_sums(more), seed=1, draws=100)
    assert found.constant == ("same",)
    assert set(found.collinear) == {"ease", "again"}
    assert found.drivers[-1].lmg_share_low is None
    assert found.drivers[0].lmg_share_low == pytest.approx(found.drivers[-2].lmg_share_low, rel=1e-6)


def test_refuses_no_draws_an_odd_level_and_missing_labels() -> None:
    units = unit_sums(survey(10))
    with pytest.raises(ValueError, match="0 draws give no interval"):
        bootstrap_key_drivers("trust", units, seed=1, draws=0)
    with pytest.raises(ValueError, match="not between 0 and 1"):
        bootstrap_key_drivers("trust", units, seed=1, level=95)
    with pytest.raises(ColumnNotValid, match="row 2 has no unit; fill it in"):
        unit_sums({"trust": [1, 2]}, units=["A", None])
    with pytest.raises(ColumnNotValid, match="2 rows and 1 labels of the stratum"):
        unit_sums({"trust": [1, 2]}, strata=["A"])


def test_equal_people_counted_together_are_drawn_as_often_as_one_by_one() -> None:
    data = {name: np.repeat(column, 10) for name, column in survey(11, 40).items()}
    together = bootstrap_key_drivers("trust", unit_sums(data), seed=1)
    one_by_one = bootstrap_key_drivers("trust", unit_sums(data, units=list(range(400))), seed=2)
    assert widths(together) == pytest.approx(widths(one_by_one), rel=0.08)
    assert together.r_squared_low == pytest.approx(one_by_one.r_squared_low, abs=0.02)


def test_many_people_give_the_interval_of_people_drawn_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    data = {name: np.tile(column, 12) for name, column in survey(12, 250).items()}
    units = unit_sums({**data, "trust": data["trust"] + np.repeat(np.arange(12) % 3, 250)})
    assert len(units.times) > driver_draws.MANY_UNITS
    quick = bootstrap_key_drivers("trust", units, seed=1, draws=4000)
    monkeypatch.setattr(driver_draws, "MANY_UNITS", 10**9)
    slow = bootstrap_key_drivers("trust", units, seed=1, draws=4000)
    assert slow.r_squared_low != quick.r_squared_low, "two ways, not one"
    assert quick.r_squared_low == pytest.approx(slow.r_squared_low, abs=0.004)
    assert quick.r_squared_high == pytest.approx(slow.r_squared_high, abs=0.004)
    for one, other in zip(quick.drivers, slow.drivers, strict=True):
        assert one.lmg_share_low == pytest.approx(other.lmg_share_low, abs=0.008)
        assert one.lmg_share_high == pytest.approx(other.lmg_share_high, abs=0.008)
        assert (one.rank_low, one.rank_high) == (other.rank_low, other.rank_high)


def test_people_are_drawn_one_by_one_where_one_of_them_weighs_much() -> None:
    data = {name: np.tile(column, 12) for name, column in survey(12, 250).items()}
    data["trust"] = data["trust"] + np.repeat(np.arange(12) % 3, 250)
    rare = {**data, "seldom": np.where(np.arange(3000) < 3, 1.0, 5.0)}
    assert driver_draws._root_of_many(unit_sums(data)) is not None
    assert driver_draws._root_of_many(unit_sums(rare)) is None


def test_ranks_hold_the_places_that_could_be_chance() -> None:
    people = np.arange(512)
    data = {name: (people >> bit) & 1 for bit, name in enumerate("abc")}
    data["clear"] = (people >> 3) & 7
    other = (people * 37 % 512) / 512
    data["trust"] = 2 * data["clear"] + data["a"] + data["b"] + data["c"] + 3 * other
    found = {one.name: one for one in bootstrap_key_drivers("trust", unit_sums(data), seed=1).drivers}
    assert (found["clear"].rank_low, found["clear"].rank_high) == (1, 1)
    assert {(found[name].rank_low, found[name].rank_high) for name in "abc"} == {(2, 4)}


def test_drivers_that_are_told_apart_by_rounding_alone_have_one_place() -> None:
    shares = np.array([[0.2, 0.4, 0.4 + 1e-15], [0.5, 0.3, 0.2]])
    assert driver_draws._ranks(shares).tolist() == [[3, 1, 1], [1, 2, 3]]


def test_draws_are_the_same_however_they_are_split(monkeypatch: pytest.MonkeyPatch) -> None:
    units = unit_sums(survey(14))
    whole = bootstrap_key_drivers("trust", units, seed=1, draws=500)
    monkeypatch.setattr(driver_draws, "NUMBERS_AT_A_TIME", 10_000)
    split = bootstrap_key_drivers("trust", units, seed=1, draws=500)
    assert widths(split) == pytest.approx(widths(whole), rel=1e-9)
