"""Cronbach's alpha."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import f

from hearback.stats.estimate import Reason
from hearback.stats.reliability import ItemsNotValid, cronbach_alpha, cronbach_alpha_of_covariance
from hearback.stats.reliability.cronbach import Floats

ITEMS = ("trust", "ease", "speed", "clear")


def form(seed: int, n: int = 100) -> dict[str, Floats]:
    rng = np.random.default_rng(seed)
    common = rng.normal(size=n)
    return {item: np.clip(np.round(3 + common + rng.normal(size=n)), 1, 5) for item in ITEMS}


def test_is_the_textbook_formula_with_the_textbook_interval() -> None:
    answers = form(1)
    table = np.column_stack(list(answers.values()))
    alpha = 4 / 3 * (1 - table.var(axis=0, ddof=1).sum() / table.sum(axis=1).var(ddof=1))
    found = cronbach_alpha(answers, level=0.9)
    assert found.alpha == pytest.approx(alpha, rel=1e-12)
    assert found.low == pytest.approx(1 - (1 - alpha) * f.ppf(0.95, 99, 297), rel=1e-10)
    assert found.high == pytest.approx(1 - (1 - alpha) * f.ppf(0.05, 99, 297), rel=1e-10)
    assert found.mean_correlation == pytest.approx((np.corrcoef(table.T).sum() - 4) / 12)


def test_dropping_an_item_gives_alpha_of_the_others_and_its_correlation_with_their_sum() -> None:
    answers = form(2)
    found = cronbach_alpha(answers)
    for item in found.items:
        rest = {name: values for name, values in answers.items() if name != item.name}
        assert item.alpha_if_dropped == pytest.approx(cronbach_alpha(rest).alpha, rel=1e-10)
        total = np.sum(list(rest.values()), axis=0)
        assert item.item_rest_correlation == pytest.approx(
            np.corrcoef(answers[item.name], total)[0, 1], rel=1e-10
        )


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 100_000), scale=st.floats(1e-3, 1e3), shift=st.floats(-50, 50))
def test_units_and_order_do_not_matter_and_alpha_is_one_at_most(
    seed: int, scale: float, shift: float
) -> None:
    answers = form(seed, 40)
    order = np.random.default_rng(seed).permutation(40)
    found = cronbach_alpha(answers)
    moved = cronbach_alpha({name: (values[order] + shift) * scale for name, values in answers.items()})
    assert moved.alpha == pytest.approx(found.alpha, rel=1e-8)
    assert found.low < found.alpha < found.high <= 1  # type: ignore[operator]


def test_standardised_is_alpha_of_items_with_one_variance() -> None:
    answers = {name: values * (k + 1) for k, (name, values) in enumerate(form(3).items())}
    standard = {name: values / values.std() for name, values in answers.items()}
    assert cronbach_alpha(answers).standardised == pytest.approx(cronbach_alpha(standard).alpha, rel=1e-10)


def test_covariance_is_enough_whatever_its_divisor() -> None:
    answers = form(4)
    covariance = np.cov(np.array(list(answers.values())), bias=True)
    found, rows = cronbach_alpha_of_covariance(ITEMS, covariance, 100), cronbach_alpha(answers)
    assert (found.alpha, found.low) == (pytest.approx(rows.alpha), pytest.approx(rows.low))


def test_people_who_left_an_item_out_do_not_count() -> None:
    answers = form(5)
    answers["ease"][:10] = np.nan
    found = cronbach_alpha(answers)
    assert found.n == 90
    assert found.alpha == pytest.approx(cronbach_alpha({k: v[10:] for k, v in answers.items()}).alpha)


def test_alpha_below_zero_is_given_and_the_item_turned_round_named() -> None:
    answers = form(6)
    assert (cronbach_alpha({"ease": answers["ease"], "hard": 6.5 - answers["ease"] ** 1.1}).alpha or 0) < 0
    found = cronbach_alpha(answers | {"ease": 6 - answers["ease"]})
    assert [item.name for item in found.items if item.against_the_rest] == ["ease"]


def test_item_that_does_not_vary_leaves_alpha_and_takes_the_correlations() -> None:
    answers = form(7)
    found = cronbach_alpha(answers | {"same": np.full(100, 4.0)})
    assert found.alpha == pytest.approx(5 / 4 * 3 / 4 * (cronbach_alpha(answers).alpha or 0))
    assert (found.standardised, found.mean_correlation) == (None, None)
    assert found.items[-1].item_rest_correlation is None
    assert found.items[-1].alpha_if_dropped == pytest.approx(cronbach_alpha(answers).alpha)


def test_two_items_have_no_alpha_without_one_of_them() -> None:
    answers = form(8)
    found = cronbach_alpha({name: answers[name] for name in ITEMS[:2]})
    assert [item.alpha_if_dropped for item in found.items] == [None, None]
    assert found.items[0].item_rest_correlation == pytest.approx(found.mean_correlation)


def test_items_answered_alike_have_an_alpha_of_one() -> None:
    found = cronbach_alpha({"a": [1, 2, 5], "b": [1, 2, 5], "c": [1, 2, 5]})
    assert (found.alpha, found.low, found.high) == (1, 1, 1)


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({}, Reason.ONE_ITEM),
        ({"ease": [1, 2, 3]}, Reason.ONE_ITEM),
        ({"ease": [], "speed": []}, Reason.NO_ANSWERS),
        ({"ease": [1, np.nan], "speed": [np.nan, 2]}, Reason.NO_ANSWERS),
        ({"ease": [1], "speed": [2]}, Reason.ONE_ANSWER),
        ({"ease": [4, 4], "speed": [5, 5]}, Reason.NO_VARIANCE),
        ({"ease": [1, 5, 3], "hard": [5, 1, 3]}, Reason.NO_VARIANCE),
    ],
)
def test_where_it_is_undefined_it_says_why(answers: dict[str, list[float]], reason: Reason) -> None:
    found = cronbach_alpha(answers)
    assert (found.alpha, found.low, found.standardised, found.reason) == (None, None, None, reason)
    assert [item.name for item in found.items] == list(answers)


def test_refuses_what_are_no_answers() -> None:
    with pytest.raises(ItemsNotValid, match="ease, speed differ in length"):
        cronbach_alpha({"ease": [1, 2], "speed": [1]})
    with pytest.raises(ItemsNotValid, match="row 2 of speed is infinite"):
        cronbach_alpha({"ease": [1, 2], "speed": [1, np.inf]})
    with pytest.raises(ItemsNotValid, match="must be numbers"):
        cronbach_alpha({"ease": ["good", "bad"], "speed": [1, 2]})
    with pytest.raises(ItemsNotValid, match="2 rows and columns"):
        cronbach_alpha_of_covariance(["a", "b"], [[1.0]], 10)
    with pytest.raises(ValueError, match="not between 0 and 1"):
        cronbach_alpha({"ease": [1, 2], "speed": [1, 2]}, level=95)
