"""The proportional-odds model: its maximum, its errors, and when there is none."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import minimize
from statsmodels.discrete.discrete_model import Logit
from statsmodels.miscmodels.ordinal_model import OrderedModel

from hearback.stats.estimate import Reason
from hearback.stats.models import ColumnNotValid, OrdinalModel, TermUnknown, proportional_odds
from hearback.stats.models.cumulative import derivatives

Floats = NDArray[np.float64]


def survey(seed: int, n: int = 300) -> dict[str, Floats]:
    rng = np.random.default_rng(seed)
    ease, speed = rng.integers(1, 6, n), rng.integers(1, 6, n)
    latent = 0.8 * ease + 0.3 * speed + rng.logistic(size=n)
    return {
        "trust": np.digitize(latent, [1.5, 2.5, 3.5, 4.8]) + 1.0,
        "ease": ease * 1.0,
        "speed": speed * 1.0,
    }


def fitted(data: dict[str, Floats], **options: object) -> OrdinalModel:
    return proportional_odds(data["trust"], {k: v for k, v in data.items() if k != "trust"}, **options)  # type: ignore[arg-type]


def test_agrees_with_statsmodels() -> None:
    data = survey(1)
    theirs = OrderedModel(data["trust"], np.column_stack([data["ease"], data["speed"]]), distr="logit").fit(
        method="bfgs", disp=False, gtol=1e-8
    )
    ours = fitted(data)
    assert [term.coefficient for term in ours.terms] == pytest.approx(theirs.params[:2], rel=1e-5)
    assert [term.se for term in ours.terms] == pytest.approx(theirs.bse[:2], rel=1e-4)
    assert [cut.value for cut in ours.cuts] == pytest.approx(
        theirs.model.transform_threshold_params(theirs.params)[1:-1], rel=1e-5
    )
    assert ours.log_likelihood == pytest.approx(theirs.llf, rel=1e-10)


def test_is_logistic_regression_where_two_answers_are_in_use() -> None:
    data = survey(2) | {"trust": (survey(2)["trust"] > 3) * 1.0}
    theirs = Logit(data["trust"], np.column_stack([np.ones(300), data["ease"], data["speed"]])).fit(
        disp=False
    )
    ours = fitted(data)
    assert [term.coefficient for term in ours.terms] == pytest.approx(theirs.params[1:], rel=1e-8)
    assert [term.se for term in ours.terms] == pytest.approx(theirs.bse[1:], rel=1e-8)
    assert ours.cuts[0].value == pytest.approx(-theirs.params[0], rel=1e-8)


def test_score_and_hessian_are_the_derivatives_of_the_likelihood() -> None:
    rng = np.random.default_rng(3)
    matrix, codes, weights = rng.normal(size=(30, 2)), np.arange(30) % 4, rng.uniform(0.5, 2, 30)
    point, step = np.array([-1.0, 0.2, 1.4, 0.5, -0.3]), 1e-5
    _, scores, information = derivatives(matrix, codes, weights, point)
    for j in range(5):
        move = np.eye(5)[j] * step
        up, down = (derivatives(matrix, codes, weights, point + sign * move) for sign in (1, -1))
        assert (up[0] - down[0]) / (2 * step) == pytest.approx(float(weights @ scores[:, j]), rel=1e-6)
        assert (weights @ (up[1] - down[1])) / (2 * step) == pytest.approx(
            -information[j], rel=1e-6, abs=1e-8
        )


def test_no_optimiser_finds_a_higher_likelihood() -> None:
    data = survey(4, 80)
    ours = fitted(data)
    matrix, codes = ours.matrix(data), data["trust"].astype(int) - 1
    top = np.array([cut.value for cut in ours.cuts] + [term.coefficient for term in ours.terms], dtype=float)

    def loss(point: Floats) -> float:
        return -derivatives(matrix, codes, np.ones(80), point)[0] if (np.diff(point[:4]) > 0).all() else 1e9

    rng = np.random.default_rng(0)
    starts = [top + rng.normal(scale=0.05, size=6) for _ in range(3)]
    assert (
        min(minimize(loss, start, method="Nelder-Mead").fun for start in starts)
        >= -(ours.log_likelihood or 0) - 1e-9
    )


def test_keeps_its_digits_far_out_in_the_tails() -> None:
    value, scores, information = derivatives(
        np.array([[800.0], [-800.0], [800.0]]), np.array([0, 2, 1]), np.ones(3), np.array([0.0, 1.0, 1.0])
    )
    assert value == pytest.approx(-800 - 801 - 799 + np.log(1 - np.exp(-1)))
    assert np.isfinite(scores).all()
    assert np.isfinite(information).all()


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000), scale=st.floats(1e-6, 1e6), shift=st.floats(-100, 100))
def test_units_of_a_predictor_and_the_order_of_rows_do_not_matter(
    seed: int, scale: float, shift: float
) -> None:
    data = survey(seed, 120)
    order = np.random.default_rng(seed).permutation(120)
    moved = {name: column[order] for name, column in data.items()}
    moved["ease"] = (moved["ease"] + shift) * scale
    first, second = fitted(data), fitted(moved)
    assert second.log_likelihood == pytest.approx(first.log_likelihood, rel=1e-9)
    assert (second.terms[0].coefficient or 0) * scale == pytest.approx(first.terms[0].coefficient, rel=1e-6)
    assert (second.terms[0].se or 0) * scale == pytest.approx(first.terms[0].se, rel=1e-6)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_answers_turned_round_turn_the_signs_round(seed: int) -> None:
    data = survey(seed, 150)
    turned = fitted(data | {"trust": 6 - data["trust"]})
    straight = fitted(data)
    assert [term.coefficient for term in turned.terms] == pytest.approx(
        [-(term.coefficient or 0) for term in straight.terms], rel=1e-6
    )
    assert turned.log_likelihood == pytest.approx(straight.log_likelihood, rel=1e-10)


def test_expected_shares_of_every_answer_are_those_observed_without_predictors() -> None:
    answers = [1, 1, 2, 4, 4, 4, 5, 5]
    model = proportional_odds(answers, {})
    found = model.probabilities({"none": [0]})
    assert model.levels.labels == ("1", "2", "4", "5")
    assert found is not None
    assert found[0] == pytest.approx([0.25, 0.125, 0.375, 0.25])


def test_counts_say_the_same_as_rows() -> None:
    data = survey(5)
    table, counts = np.unique(np.column_stack(list(data.values())), axis=0, return_counts=True)
    short = fitted(dict(zip(data, table.T, strict=True)), counts=counts)
    long = fitted(data)
    assert short.n == 300
    assert [t.se for t in short.terms] == pytest.approx([t.se for t in long.terms], rel=1e-9)
    assert short.aic == pytest.approx(long.aic)


def test_level_nobody_chose_is_dropped() -> None:
    model = proportional_odds([1, 3, 5, 3, 1, 5], {"ease": [1, 2, 3, 3, 2, 2]})
    assert [cut.name for cut in model.cuts] == ["1|3", "3|5"]


def test_rows_with_a_missing_value_are_left_out_before_levels_are_found() -> None:
    model = proportional_odds(
        [1, 2, 3, 2, None, 3, 9],
        {"channel": ["web", "web", "app", "app", "mail", None, ""], "ease": [1, 2, 2, 1, 1, 1, 1]},
    )
    assert model.n == 4
    assert model.levels.labels == ("1", "2", "3")
    assert [term.name for term in model.terms] == ["channelweb", "ease"]


def test_first_word_in_the_alphabet_is_the_reference_whatever_its_case() -> None:
    words = ["web", "Mail", "app"] * 4
    model = proportional_odds([1, 2, 3, 3, 2, 1] * 2, {"channel": words})
    assert model.codings[0].reference == "app"
    assert [term.name for term in model.terms] == ["channelMail", "channelweb"]


def test_another_reference_turns_the_comparison_round() -> None:
    answers, words = [1, 2, 3, 3, 2, 1, 1, 3] * 2, ["web", "app"] * 5 + ["web"] * 6
    one = proportional_odds(answers, {"channel": words})
    other = proportional_odds(answers, {"channel": words}, references={"channel": "web"})
    assert other.term("channelapp").coefficient == pytest.approx(-(one.term("channelweb").coefficient or 0))
    assert other.log_likelihood == pytest.approx(one.log_likelihood)


@pytest.mark.parametrize(
    ("answers", "predictors", "names"),
    [
        ([1, 1, 2, 2, 3, 3], {"ease": [1, 2, 3, 4, 5, 6]}, ("ease",)),
        ([1, 2, 1, 2, 3, 3], {"group": ["a", "a", "b", "b", "c", "c"]}, ("groupc",)),
        ([1, 2, 3, 1, 2, 3, 3], {"ease": [1, 2, 2, 1, 2, 1, 2], "late": [0, 0, 0, 0, 0, 0, 1]}, ("late",)),
    ],
)
def test_separated_answers_have_no_estimate(
    answers: list[int], predictors: dict[str, list[object]], names: tuple[str, ...]
) -> None:
    model = proportional_odds(answers, predictors)
    assert model.reason is Reason.SEPARATION
    assert model.separating == names
    assert model.probabilities(predictors) is None
    assert {model.log_likelihood, model.aic, model.terms[0].coefficient, model.cuts[0].value} == {None}
    assert model.terms[0].odds_ratio is None


def test_large_coefficient_is_not_taken_for_separation() -> None:
    rng = np.random.default_rng(6)
    ease = rng.uniform(0, 0.01, 400)
    answers = np.digitize(ease * 600 + rng.logistic(size=400), [2, 4])
    model = proportional_odds(answers, {"ease": ease})
    assert model.reason is None
    assert (model.terms[0].coefficient or 0) > 300


def test_nearly_separated_answers_have_an_estimate() -> None:
    late = np.repeat([0, 1], 2000)
    answers = np.concatenate([np.tile([1, 2, 3], 667)[:2000], np.full(2000, 3)])
    answers[-1] = 1
    model = proportional_odds(answers, {"late": late})
    assert model.reason is None
    assert (model.terms[0].coefficient or 0) > 6


def test_without_answers_or_with_one_answer_only_there_is_none() -> None:
    assert proportional_odds([], {"ease": []}).reason is Reason.NO_ANSWERS
    assert proportional_odds([None, 2], {"ease": [1, None]}).reason is Reason.NO_ANSWERS
    assert proportional_odds([4, 4, 4], {"ease": [1, 2, 3]}).reason is Reason.NO_VARIANCE


def test_predictor_that_adds_nothing_is_named_and_the_rest_is_as_without_it() -> None:
    data = survey(7, 100)
    more = data | {"twice": data["ease"] * 2 + 1, "same": np.full(100, 3.0)}
    model = fitted(more)
    assert model.aliased == ("twice", "same")
    assert model.term("twice").coefficient is None
    assert model.term("speed").se == pytest.approx(fitted(data).term("speed").se)
    assert model.aic == pytest.approx(fitted(data).aic)
    assert np.asarray(model.probabilities(more)).sum(axis=1) == pytest.approx(np.ones(100))


def test_interval_widens_with_the_level_and_holds_the_estimate() -> None:
    narrow, wide = fitted(survey(8), level=0.8).terms[0], fitted(survey(8), level=0.99).terms[0]
    assert wide.low < narrow.low < narrow.coefficient < narrow.high < wide.high  # type: ignore[operator]
    assert narrow.odds_ratio_low < narrow.odds_ratio < narrow.odds_ratio_high  # type: ignore[operator]


def test_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    covered = 0
    for seed in range(200):
        term = fitted(survey(seed, 150)).term("ease")
        covered += (term.low or 0) <= 0.8 <= (term.high or 0)
    assert 182 <= covered <= 199


def test_words_are_answers_in_the_order_given_only() -> None:
    words = ["low", "high", "mid", "low", "mid", "high"]
    ease = [1, 2, 2, 2, 1, 1]
    model = proportional_odds(words, {"ease": ease}, order=["low", "mid", "high"])
    assert [cut.name for cut in model.cuts] == ["low|mid", "mid|high"]
    numbers = proportional_odds([["low", "mid", "high"].index(word) for word in words], {"ease": ease})
    assert model.terms[0].coefficient == pytest.approx(numbers.terms[0].coefficient)
    with pytest.raises(ColumnNotValid, match="need their order"):
        proportional_odds(words, {"ease": ease})
    with pytest.raises(ColumnNotValid, match="'mid' is not in the order low, high; add it"):
        proportional_odds(words, {"ease": ease}, order=["low", "high"])


@pytest.mark.parametrize(
    ("predictors", "options", "message"),
    [
        ({"ease": [1, 2]}, {}, "ease has 2 values for 3 rows"),
        ({"ease": [1, 2, np.inf]}, {}, "row 3 of ease is infinite"),
        ({"ease": [1, 2, 3]}, {"counts": [1, 2]}, "3 rows and 2 counts"),
        ({"ease": [1, 2, 3]}, {"counts": [1, 2, 1.5]}, "count of row 3 is 1.5; give whole people"),
    ],
)
def test_refuses_columns_that_do_not_fit(
    predictors: dict[str, list[float]], options: dict[str, list[float]], message: str
) -> None:
    with pytest.raises(ColumnNotValid, match=message):
        proportional_odds([1, 2, 3], predictors, **options)  # type: ignore[arg-type]


def test_refuses_references_and_words_it_does_not_know() -> None:
    answers, channel = [1, 2, 3, 1, 2, 3], ["web", "app"] * 3
    with pytest.raises(TermUnknown, match="'mail' is no word of channel; it has app, web"):
        proportional_odds(answers, {"channel": channel}, references={"channel": "mail"})
    with pytest.raises(TermUnknown, match="'office', which is no predictor"):
        proportional_odds(answers, {"channel": channel}, references={"office": "A"})
    with pytest.raises(TermUnknown, match="ease is a number"):
        proportional_odds(answers, {"ease": [1, 2, 1, 2, 2, 1]}, references={"ease": "1"})
    model = proportional_odds(answers, {"channel": channel})
    with pytest.raises(TermUnknown, match="channel is 'fax' in row 2; the model knows app, web"):
        model.probabilities({"channel": ["web", "fax"]})
    with pytest.raises(TermUnknown, match="needs 'channel'"):
        model.probabilities({"ease": [1]})


def test_refuses_a_level_outside_zero_and_one() -> None:
    with pytest.raises(ValueError, match="not between 0 and 1"):
        proportional_odds([1, 2], {"ease": [1, 1]}, level=95)
