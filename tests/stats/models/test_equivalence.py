"""Whether groups read a question alike."""

from typing import Literal

import numpy as np
import pytest

from hearback.stats.estimate import Reason
from hearback.stats.models import TermUnknown, form_equivalence, item_equivalence, proportional_odds
from hearback.stats.models.terms import Floats


def form(
    seed: int, shift: float = 0.0, experience: float = 0.0, n: int = 500
) -> tuple[dict[str, Floats], list[str]]:
    """Four items; Spanish speakers differ in experience, and read the item trust lower by a shift."""
    rng = np.random.default_rng(seed)
    spanish = rng.random(n) < 0.4
    latent = rng.normal(size=n) + experience * spanish
    items = {
        name: np.digitize(2 * latent + rng.logistic(size=n), [-2.5, -1, 0.5, 2]) + 1.0
        for name in ("trust", "ease", "speed", "clear")
    }
    items["trust"] = (
        np.digitize(2 * latent - shift * spanish + rng.logistic(size=n), [-2.5, -1, 0.5, 2]) + 1.0
    )
    return items, ["es" if yes else "en" for yes in spanish]


def test_wording_read_lower_is_found_and_its_size_told() -> None:
    items, groups = form(1, shift=1.2)
    found = item_equivalence(items, groups, "trust")
    assert (found.df, found.reference, found.n) == (2, "en", 500)
    assert (found.p_value or 1) < 1e-4
    assert found.is_large
    one = found.differences[0]
    assert (one.before, one.after) == ("en", "es")
    assert one.low < one.value < one.high < 0  # type: ignore[operator]


def false_alarms(matching: Literal["regressed", "rest"]) -> int:
    forms = [form(seed, experience=1.0, n=300) for seed in range(100)]
    found = [item_equivalence(items, groups, "trust", matching=matching) for items, groups in forms]
    return sum((one.p_value or 0) < 0.05 for one in found)


def test_better_experience_alone_is_not_taken_for_another_reading() -> None:
    assert false_alarms("regressed") <= 13


def test_plain_rest_score_takes_better_experience_for_another_reading() -> None:
    assert false_alarms("rest") >= 25


def test_test_is_the_likelihood_ratio_of_two_models() -> None:
    items, groups = form(2, shift=0.5)
    rest = (items["ease"] + items["speed"] + items["clear"]) / 3
    spanish = np.array([group == "es" for group in groups]) * 1.0
    plain = proportional_odds(items["trust"], {"rest": rest})
    full = proportional_odds(items["trust"], {"rest": rest, "es": spanish, "both": rest * spanish})
    found = item_equivalence(items, groups, "trust", matching="rest")
    ratio = 2 * ((full.log_likelihood or 0) - (plain.log_likelihood or 0))
    assert found.chi_square == pytest.approx(ratio, rel=1e-6)
    average = full.probabilities({"rest": [rest.mean()] * 2, "es": [0, 1], "both": [0, rest.mean()]})
    assert average is not None
    agree = average[:, 3:].sum(axis=1)
    assert found.differences[0].value == pytest.approx(agree[1] - agree[0], abs=1e-7)


def test_without_error_in_the_other_answers_both_scores_are_one() -> None:
    items, groups = form(9, shift=0.7)
    same = {"trust": items["trust"], "ease": items["ease"], "again": items["ease"]}
    regressed = item_equivalence(same, groups, "trust")
    rest = item_equivalence(same, groups, "trust", matching="rest")
    assert regressed.chi_square == pytest.approx(rest.chi_square)


def test_every_item_of_a_form_is_tested_in_its_order() -> None:
    items, groups = form(3, shift=1.5)
    found = form_equivalence(items, groups)
    assert [one.item for one in found] == list(items)
    assert min(found, key=lambda one: one.p_value or 1).item == "trust"


def test_reference_can_be_chosen_and_turns_the_sign_round() -> None:
    items, groups = form(4, shift=0.8)
    one = item_equivalence(items, groups, "trust")
    other = item_equivalence(items, groups, "trust", reference="es")
    assert other.reference == "es"
    assert other.chi_square == pytest.approx(one.chi_square, rel=1e-6)
    assert other.differences[0].value == pytest.approx(-(one.differences[0].value or 0), abs=1e-7)


def test_three_groups_take_two_degrees_each_and_small_ones_are_left_out_by_name() -> None:
    items, groups = form(5)
    groups[:100] = ["vi"] * 100
    groups[100:129] = ["so"] * 29
    groups[129] = ""
    found = item_equivalence(items, groups, "trust")
    assert (found.df, found.left_out, found.n) == (4, ("so",), 470)
    assert [one.after for one in found.differences] == ["es", "vi"]


def test_group_may_be_named_like_a_column_of_the_model() -> None:
    items, groups = form(6)
    odd = item_equivalence(items, ["score" if group == "es" else "group" for group in groups], "trust")
    assert odd.chi_square == pytest.approx(item_equivalence(items, groups, "trust").chi_square)
    assert odd.differences[0].value is not None


def test_people_with_a_gap_do_not_count() -> None:
    items, groups = form(7)
    items["ease"][:50] = np.nan
    assert item_equivalence(items, groups, "trust").n == 450


@pytest.mark.parametrize(
    ("items", "groups", "reason"),
    [
        ({"trust": [1, 2, 3] * 30}, ["en", "es", "es"] * 30, Reason.ONE_ITEM),
        ({"trust": [1, 2, 3] * 30, "ease": [1, 2, 2] * 30}, ["en", "es", "es"] * 30, Reason.ONE_ITEM),
        (dict.fromkeys(("trust", "ease", "speed"), [1, 3, 2] * 30), ["en"] * 90, Reason.TOO_FEW_ANSWERS),
        (
            {"trust": [4] * 90, "ease": [1, 3, 2] * 30, "speed": [1, 2, 2] * 30},
            ["en", "es", "es"] * 30,
            Reason.NO_VARIANCE,
        ),
        (
            dict.fromkeys(("trust", "ease", "speed"), [1, 2, 3] * 30),
            ["en"] * 45 + ["es"] * 45,
            Reason.SEPARATION,
        ),
    ],
)
def test_without_a_test_it_says_why(items: dict[str, list[int]], groups: list[str], reason: Reason) -> None:
    found = item_equivalence(items, groups, "trust")
    assert (found.reason, found.p_value, found.differences) == (reason, None, ())
    assert not found.is_large


def test_refuses_a_reference_that_is_no_group_and_an_item_that_is_not_there() -> None:
    items, groups = form(8)
    with pytest.raises(TermUnknown, match="'fr' is no group with 30 people; there are en, es"):
        item_equivalence(items, groups, "trust", reference="fr")
    with pytest.raises(KeyError):
        item_equivalence(items, groups, "equity")
