"""Average differences in the share that agrees."""

from dataclasses import replace

import numpy as np
import pytest

from hearback.stats.estimate import Reason
from hearback.stats.models import (
    ColumnNotValid,
    OrdinalModel,
    TermUnknown,
    average_difference,
    proportional_odds,
    weighted_proportional_odds,
)
from hearback.stats.models.cumulative import climb
from hearback.stats.survey.design import make_design


def survey(n: int = 400) -> tuple[list[float], dict[str, list[object]]]:
    rng = np.random.default_rng(1)
    ease, web = rng.integers(1, 6, n), rng.random(n) < 0.5
    answers = np.digitize(0.6 * ease + 0.8 * web + rng.logistic(size=n), [0.5, 1.5, 2.5, 3.5]) + 1.0
    return list(answers), {"ease": ease.tolist(), "channel": ["web" if w else "phone" for w in web]}


def agreeing(model: OrdinalModel, people: dict[str, list[object]], channel: str) -> float:
    everybody = {**people, "channel": [channel] * len(people["ease"])}
    found = model.probabilities(everybody)
    assert found is not None
    return float(found[:, 3:].sum(axis=1).mean())


def test_is_the_difference_of_the_mean_chances_to_agree() -> None:
    answers, people = survey()
    model = proportional_odds(answers, people)
    found = average_difference(model, people, "channel", "phone", "web")
    assert found.value == pytest.approx(agreeing(model, people, "web") - agreeing(model, people, "phone"))
    assert found.low < found.value < found.high  # type: ignore[operator]
    assert (found.before, found.after, found.at_least) == ("phone", "web", 4.0)


def test_turned_round_changes_the_sign_and_keeps_the_error() -> None:
    answers, people = survey()
    model = proportional_odds(answers, people)
    one = average_difference(model, people, "channel", "phone", "web")
    other = average_difference(model, people, "channel", "web", "phone")
    assert other.value == pytest.approx(-(one.value or 0))
    assert other.se == pytest.approx(one.se)
    assert average_difference(model, people, "channel", "web", "web").se == 0


def test_error_is_that_of_coefficients_drawn_from_their_distribution() -> None:
    answers, people = survey()
    model = proportional_odds(answers, people)
    found = average_difference(model, people, "ease", 3, 4)
    centre = [t.coefficient for t in model.terms] + [c.value for c in model.cuts]
    assert model.covariance is not None
    drawn = np.random.default_rng(1).multivariate_normal(
        np.array(centre, dtype=float), model.covariance, 2000
    )
    differences = []
    for point in drawn:
        terms = tuple(replace(t, coefficient=v) for t, v in zip(model.terms, point[:2].tolist(), strict=True))
        cuts = tuple(replace(c, value=v) for c, v in zip(model.cuts, point[2:].tolist(), strict=True))
        moved = replace(model, terms=terms, cuts=cuts)
        differences.append(average_difference(moved, people, "ease", 3, 4).value)
    assert found.se == pytest.approx(float(np.std(np.array(differences, dtype=float))), rel=0.06)


def test_without_other_predictors_it_is_near_the_plain_difference() -> None:
    channel = ["web"] * 300 + ["phone"] * 300
    answers = [5] * 120 + [3] * 180 + [5] * 60 + [3] * 240
    model = proportional_odds(answers, {"channel": channel})
    found = average_difference(model, {"channel": channel}, "channel", "phone", "web")
    assert found.value == pytest.approx(0.4 - 0.2, abs=1e-9)
    assert found.se == pytest.approx(np.sqrt(0.4 * 0.6 / 300 + 0.2 * 0.8 / 300), rel=1e-6)


def test_weights_choose_whom_to_average_over_and_gaps_are_left_out() -> None:
    answers, people = survey()
    model = proportional_odds(answers, people)
    first = {name: column[:1] for name, column in people.items()}
    alone = average_difference(model, first, "channel", "phone", "web").value
    weights = [1.0] + [0.0] * 399
    assert average_difference(
        model, people, "channel", "phone", "web", weights=weights
    ).value == pytest.approx(alone)
    gap = {"ease": [*first["ease"], None], "channel": [*first["channel"], "web"]}
    assert average_difference(model, gap, "channel", "phone", "web").value == pytest.approx(alone)


def test_answers_nobody_gave_have_a_difference_of_zero_and_no_interval() -> None:
    model = proportional_odds([1, 2, 3, 2, 1, 3], {"ease": [1, 2, 2, 1, 2, 1]})
    people = {"ease": [1, 2]}
    for at_least in (4, 1, 0.5):
        found = average_difference(model, people, "ease", 1, 2, at_least=at_least)
        assert (found.value, found.se, found.low, found.reason) == (0.0, None, None, Reason.NO_VARIANCE)


def test_level_four_left_out_of_the_answers_counts_from_five() -> None:
    ease = [1, 2, 2, 1, 2, 1, 1, 2]
    model = proportional_odds([1, 3, 5, 5, 3, 1, 3, 5], {"ease": ease})
    four = average_difference(model, {"ease": ease}, "ease", 1, 2)
    five = average_difference(model, {"ease": ease}, "ease", 1, 2, at_least=5)
    assert (four.value, four.se) == (five.value, five.se)


def test_model_without_estimate_passes_its_reason_on() -> None:
    model = proportional_odds([1, 1, 2, 2], {"ease": [1, 2, 3, 4]})
    found = average_difference(model, {"ease": [1]}, "ease", 1, 2)
    assert (found.value, found.reason) == (None, Reason.SEPARATION)


def test_sample_gives_t_intervals_or_none() -> None:
    answers, people = survey()
    many = make_design(400, units=[[row // 10 for row in range(400)]])
    model = weighted_proportional_odds(answers, people, many)
    found = average_difference(model, people, "channel", "phone", "web")
    assert model.df == 37
    assert ((found.high or 0) - (found.low or 0)) / 2 / (found.se or 1) == pytest.approx(2.026192463029111)
    few = weighted_proportional_odds(
        answers, people, make_design(400, units=[[row // 200 for row in range(400)]])
    )
    bare = average_difference(few, people, "channel", "phone", "web")
    assert (bare.low, bare.reason) == (None, Reason.ONE_PSU)
    assert bare.value is not None


def test_refuses_predictors_and_words_the_model_does_not_know() -> None:
    answers, people = survey()
    model = proportional_odds(answers, people)
    with pytest.raises(TermUnknown, match="channel is 'fax'"):
        average_difference(model, people, "channel", "phone", "fax")
    with pytest.raises(TermUnknown, match="needs 'ease'"):
        average_difference(model, {"channel": ["web"]}, "channel", "phone", "web")
    with pytest.raises(ColumnNotValid, match="no people with all predictors"):
        average_difference(model, {"ease": [None], "channel": ["web"]}, "channel", "phone", "web")
    with pytest.raises(TermUnknown, match="the model has no 'speed'; it has ease, channel"):
        average_difference(model, people, "speed", 1, 2)


def test_climb_of_a_single_predictor_is_one_with_the_model() -> None:
    answers, people = survey()
    top = climb(
        np.array(people["ease"], dtype=float)[:, None], np.array(answers).astype(int) - 1, np.ones(400)
    )
    assert top.converged
    assert top.steps < 10
    assert top.coefficients[0] == pytest.approx(
        proportional_odds(answers, {"ease": people["ease"]}).terms[0].coefficient
    )
