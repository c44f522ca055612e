"""Key drivers: shares of R-squared, from rows, sums and covariances."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearback.stats.estimate import Reason
from hearback.stats.models import (
    ColumnNotValid,
    KeyDrivers,
    key_drivers,
    key_drivers_of_moments,
    moments_of,
    moments_of_covariance,
)
from hearback.stats.models.shares import explained_by_subsets
from hearback.stats.models.terms import Floats

ITEMS = ("ease", "speed", "clear", "fair")


def survey(seed: int, n: int = 200) -> dict[str, Floats]:
    rng = np.random.default_rng(seed)
    common = rng.normal(size=n)
    data = {item: np.clip(np.round(3 + 0.7 * common + rng.normal(size=n)), 1, 5) for item in ITEMS}
    data["trust"] = np.clip(
        np.round(0.5 * data["ease"] + 0.3 * data["fair"] + rng.normal(size=n) + 0.6), 1, 5
    )
    return data


def r_squared(data: dict[str, Floats], items: tuple[str, ...], weights: Floats) -> float:
    """R-squared of one weighted regression, by least squares on the rows."""
    root = np.sqrt(weights)
    columns = np.column_stack([np.ones(len(weights)), *(data[item] for item in items)])
    rest = (
        data["trust"]
        - columns @ np.linalg.lstsq(columns * root[:, None], data["trust"] * root, rcond=None)[0]
    )
    apart = data["trust"] - np.average(data["trust"], weights=weights)
    return 1 - float(weights @ rest**2 / (weights @ apart**2))


def by_orders(data: dict[str, Floats], weights: Floats) -> dict[str, float]:
    """The mean gain over all orders of entering, one regression at a time."""
    gains = dict.fromkeys(ITEMS, 0.0)
    for order in itertools.permutations(ITEMS):
        for place, item in enumerate(order):
            gains[item] += r_squared(data, order[: place + 1], weights) - r_squared(
                data, order[:place], weights
            )
    return {item: gain / math.factorial(len(ITEMS)) for item, gain in gains.items()}


def values(found: KeyDrivers, kind: str) -> list[float]:
    return [getattr(driver, kind) for driver in found.drivers]


@pytest.mark.parametrize("weighted", [False, True])
def test_lmg_is_the_mean_gain_over_all_orders(weighted: bool) -> None:
    data = survey(1)
    weights = np.random.default_rng(1).uniform(0.2, 3, 200) if weighted else np.ones(200)
    found = key_drivers("trust", data, weights=weights)
    expected = by_orders(data, weights)
    assert dict(zip(ITEMS, values(found, "lmg"), strict=True)) == pytest.approx(expected, rel=1e-9)
    assert found.r_squared == pytest.approx(r_squared(data, ITEMS, weights), rel=1e-10)
    last = [
        r_squared(data, ITEMS, weights) - r_squared(data, tuple(i for i in ITEMS if i != item), weights)
        for item in ITEMS
    ]
    assert values(found, "last") == pytest.approx(last, rel=1e-8)
    assert values(found, "first") == pytest.approx(
        [r_squared(data, (item,), weights) for item in ITEMS], rel=1e-9
    )


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 100_000), scale=st.floats(1e-3, 1e3), weight=st.floats(1e-5, 1e5))
def test_shares_add_up_and_ignore_units_order_and_scale_of_weights(
    seed: int, scale: float, weight: float
) -> None:
    data = survey(seed, 80)
    found = key_drivers("trust", data)
    for kind in ("lmg", "johnson", "pratt"):
        assert sum(values(found, kind)) == pytest.approx(found.r_squared, rel=1e-9)
    assert sum(values(found, "lmg_share")) == pytest.approx(1)
    assert min(values(found, "lmg") + values(found, "johnson")) >= 0
    order = np.random.default_rng(seed).permutation(80)
    moved = {name: column[order] for name, column in data.items()}
    moved["ease"] = moved["ease"] * scale - 7
    again = key_drivers("trust", moved, weights=np.full(80, weight))
    assert values(again, "lmg") == pytest.approx(values(found, "lmg"), rel=1e-7, abs=1e-12)
    assert values(again, "johnson") == pytest.approx(values(found, "johnson"), rel=1e-7, abs=1e-12)


def test_uncorrelated_drivers_get_their_squared_correlation_by_every_method() -> None:
    matrix = [[1, 0, 0.3], [0, 4, 0.8], [0.3, 0.8, 1]]
    found = key_drivers_of_moments("trust", moments_of_covariance(["a", "b", "trust"], matrix, 100))
    for kind in ("lmg", "johnson", "first", "last", "pratt"):
        assert values(found, kind) == pytest.approx([0.09, 0.16])
    assert found.ranked == ("b", "a")


def test_sums_of_parts_are_enough() -> None:
    data = survey(2)
    parts = [moments_of({k: v[start : start + 50] for k, v in data.items()}) for start in range(0, 200, 50)]
    whole = key_drivers_of_moments("trust", parts[0] + parts[1] + parts[2] + parts[3])
    assert values(whole, "lmg") == pytest.approx(values(key_drivers("trust", data), "lmg"), rel=1e-10)
    assert whole.n == 200


def test_counts_of_answer_patterns_are_enough() -> None:
    data = survey(3)
    table, counts = np.unique(np.column_stack(list(data.values())), axis=0, return_counts=True)
    short = key_drivers("trust", dict(zip(data, table.T, strict=True)), counts=counts)
    assert values(short, "johnson") == pytest.approx(values(key_drivers("trust", data), "johnson"), rel=1e-10)
    assert short.n == 200


def test_constant_driver_is_named_and_left_out() -> None:
    data = survey(4)
    found = key_drivers("trust", data | {"same": np.full(200, 4.0)})
    same = found.drivers[-1]
    assert found.constant == ("same",)
    assert (same.name, same.mean, same.lmg, same.correlation) == ("same", 4.0, None, None)
    assert "same" not in found.ranked
    assert values(found, "lmg")[:4] == pytest.approx(values(key_drivers("trust", data), "lmg"), rel=1e-10)


def test_drivers_that_say_the_same_share_it_and_are_named() -> None:
    data = survey(5)
    found = key_drivers("trust", data | {"again": data["ease"] * 3 - 1})
    assert found.collinear == ("ease", "again")
    ease, again = found.drivers[0], found.drivers[-1]
    assert ease.lmg == pytest.approx(again.lmg)
    assert ease.johnson == pytest.approx(again.johnson)
    assert ease.last == pytest.approx(0, abs=1e-12)
    assert (ease.pratt, ease.standardised_beta) == (None, None)
    assert found.r_squared == pytest.approx(key_drivers("trust", data).r_squared)
    assert found.drivers[1].standardised_beta == pytest.approx(
        key_drivers("trust", data).drivers[1].standardised_beta
    )


def test_driver_that_is_the_sum_of_others_adds_nothing_last() -> None:
    data = survey(6)
    found = key_drivers("trust", data | {"sum": data["ease"] + data["speed"]})
    assert set(found.collinear) == {"ease", "speed", "sum"}
    assert sum(values(found, "lmg")) == pytest.approx(found.r_squared)
    assert sum(values(found, "johnson")) == pytest.approx(found.r_squared)


def test_driver_found_with_lower_answers_is_flagged() -> None:
    data = survey(7)
    found = key_drivers("trust", data | {"ease": 6 - data["ease"]})
    assert [driver.name for driver in found.drivers if driver.goes_against] == ["ease"]


def test_below_ten_people_per_driver_there_is_none() -> None:
    short = {name: column[:39] for name, column in survey(8).items()}
    found = key_drivers("trust", short)
    assert (found.n, found.r_squared, found.reason) == (39, None, Reason.TOO_FEW_ANSWERS)
    assert found.drivers[0].lmg is None
    assert found.ranked == ()
    assert key_drivers("trust", {name: column[:40] for name, column in survey(8).items()}).reason is None


def test_without_answers_or_differences_there_is_none() -> None:
    assert key_drivers("trust", {"trust": [], "ease": []}).reason is Reason.NO_ANSWERS
    assert key_drivers("trust", {"trust": [5] * 50, "ease": [1, 2] * 25}).reason is Reason.NO_VARIANCE
    assert key_drivers("trust", {"trust": [1, 2] * 25, "ease": [5] * 50}).reason is Reason.NO_VARIANCE


def test_with_more_than_twelve_drivers_johnson_stands_alone() -> None:
    rng = np.random.default_rng(9)
    data = {f"item{j}": rng.normal(size=200) for j in range(13)}
    data["trust"] = data["item3"] + rng.normal(size=200)
    found = key_drivers("trust", data)
    fewer = key_drivers("trust", {k: v for k, v in data.items() if k != "item12"})
    assert found.reason is Reason.TOO_MANY_DRIVERS
    assert found.drivers[0].lmg is None
    assert found.ranked[0] == "item3"
    assert sum(values(found, "johnson")) == pytest.approx(found.r_squared)
    assert found.drivers[12].last == pytest.approx((found.r_squared or 0) - (fewer.r_squared or 0), abs=1e-12)


def test_people_who_left_one_out_or_weigh_nothing_do_not_count() -> None:
    data = survey(10)
    data["ease"][0], weights = np.nan, np.ones(200)
    weights[1] = 0
    found = key_drivers("trust", data, weights=weights)
    rest = key_drivers("trust", {name: column[2:] for name, column in data.items()})
    assert found.n == 198
    assert values(found, "lmg") == pytest.approx(values(rest, "lmg"), rel=1e-10)


def test_answers_that_go_with_nothing_have_no_shares() -> None:
    found = key_drivers("trust", {"trust": [1, 1, 2, 2] * 10, "ease": [1, 2, 1, 2] * 10})
    assert found.r_squared == pytest.approx(0, abs=1e-12)
    assert found.drivers[0].lmg_share is None
    assert not found.drivers[0].goes_against


def test_all_subsets_are_swept_at_once() -> None:
    data = survey(11)
    correlation = np.corrcoef([data[name] for name in (*ITEMS, "trust")])
    swept = explained_by_subsets(correlation)
    for subset in range(16):
        items = tuple(item for j, item in enumerate(ITEMS) if subset >> j & 1)
        assert swept[subset] == pytest.approx(r_squared(data, items, np.ones(200)), abs=1e-12)


def test_refuses_words_and_matrices_that_are_no_covariance() -> None:
    with pytest.raises(ColumnNotValid, match="must be numbers"):
        key_drivers("trust", {"trust": ["good"] * 20, "ease": [1, 2] * 10})
    with pytest.raises(ColumnNotValid, match="symmetric"):
        moments_of_covariance(["a", "b"], [[1, 0.5], [0.2, 1]], 10)
    with pytest.raises(ColumnNotValid, match="2 rows and columns"):
        moments_of_covariance(["a", "b"], [[1]], 10)
    with pytest.raises(ColumnNotValid, match="cannot be added"):
        moments_of({"a": [1]}) + moments_of({"b": [1]})
    with pytest.raises(KeyError, match="'trust' is none of a"):
        key_drivers_of_moments("trust", moments_of({"a": [1]}))
    with pytest.raises(ColumnNotValid, match="weight of zero or more"):
        key_drivers("trust", {"trust": [1, 2], "ease": [1, 2]}, weights=[1, -1])
