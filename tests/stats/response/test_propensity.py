"""The model of response, at its usual and its impossible."""

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from hearback.stats import Reason
from hearback.stats.response import PredictorNotUsable, fit_propensity, propensity_weights, response_rate
from hearback.stats.survey import DesignNotValid
from tests.stats.response.frames import CHANNEL, RESPONDED, WAIT, WEIGHTS, N

PREDICTORS = {"channel": CHANNEL, "wait": WAIT}


def matrix() -> np.ndarray:
    groups = [np.array([float(channel == level) for channel in CHANNEL]) for level in ("phone", "web")]
    return np.column_stack([np.ones(N), *groups, WAIT])


@pytest.mark.parametrize("weighted", [False, True])
def test_agrees_with_another_program(weighted: bool) -> None:
    weights = WEIGHTS if weighted else None
    other = sm.GLM(
        RESPONDED.astype(float), matrix(), family=sm.families.Binomial(), freq_weights=weights
    ).fit(tol=1e-12)
    found = fit_propensity(RESPONDED, PREDICTORS, weights=weights)
    assert found.coefficients is not None
    assert [c.value for c in found.coefficients] == pytest.approx(other.params, rel=1e-7)
    assert [c.se for c in found.coefficients] == pytest.approx(other.bse, rel=1e-7)
    assert found.propensities == pytest.approx(other.fittedvalues, rel=1e-7)
    assert found.ridge == 0


def test_propensities_add_up_to_those_who_answered() -> None:
    found = fit_propensity(RESPONDED, PREDICTORS).propensities
    assert found is not None
    assert found.sum() == pytest.approx(RESPONDED.sum())


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(N)), st.sampled_from([1e-6, 1.0, 1e6]))
def test_neither_row_order_nor_units_change_a_propensity(order: list[int], unit: float) -> None:
    usual = fit_propensity(RESPONDED, PREDICTORS).propensities
    assert usual is not None
    shuffled = {"channel": [CHANNEL[row] for row in order], "wait": WAIT[order] * unit}
    found = fit_propensity(RESPONDED[order], shuffled).propensities
    assert found == pytest.approx(usual[order], rel=1e-7)


def test_another_reference_group_changes_no_propensity() -> None:
    usual = fit_propensity(RESPONDED, PREDICTORS)
    other = fit_propensity(RESPONDED, PREDICTORS, references={"channel": "web"})
    assert other.propensities == pytest.approx(usual.propensities, rel=1e-9)
    assert other.coefficients is not None
    assert [c.level for c in other.coefficients] == [None, "mail", "phone", None]


def test_a_group_of_which_nobody_answered_is_held_back_and_said() -> None:
    silent = np.array([channel == "mail" for channel in CHANNEL])
    found = fit_propensity(RESPONDED & ~silent, PREDICTORS)
    assert found.ridge > 0
    assert found.propensities is not None
    assert found.propensities[silent].max() < 1e-3
    others = fit_propensity(
        RESPONDED[~silent],
        {"channel": [c for c in CHANNEL if c != "mail"], "wait": WAIT[~silent]},
    )
    assert found.propensities[~silent] == pytest.approx(others.propensities, abs=1e-4)


def test_a_number_that_tells_answer_from_silence_is_held_back_and_said() -> None:
    found = fit_propensity([False] * 10 + [True] * 10, {"wait": np.arange(20.0)})
    assert found.ridge > 0
    assert found.propensities is not None
    assert np.isfinite(found.propensities).all()


@pytest.mark.parametrize(
    ("responded", "reason"), [([True] * 3, Reason.ALL_RESPONDED), ([False] * 3, Reason.NO_ANSWERS)]
)
def test_all_or_none_answering_has_no_model(responded: list[bool], reason: Reason) -> None:
    found = fit_propensity(responded, {"wait": [1.0, 2.0, 3.0]})
    assert (found.coefficients, found.propensities, found.reason) == (None, None, reason)


def test_a_predictor_that_follows_from_others_is_named() -> None:
    with pytest.raises(PredictorNotUsable, match="twice follows from"):
        fit_propensity(RESPONDED, {"wait": WAIT, "twice": 2 * WAIT})
    with pytest.raises(PredictorNotUsable, match="constant follows from"):
        fit_propensity(RESPONDED, {"constant": np.ones(N)})


def test_a_missing_number_is_named() -> None:
    with pytest.raises(PredictorNotUsable, match="person 2 has no wait"):
        fit_propensity([True, False, True], {"wait": [1.0, np.nan, 2.0]})


def test_a_reference_group_must_occur() -> None:
    with pytest.raises(PredictorNotUsable, match="reference group 'fax' of channel"):
        fit_propensity(RESPONDED, {"channel": CHANNEL}, references={"channel": "fax"})


def test_input_must_fit() -> None:
    with pytest.raises(DesignNotValid, match="give one each"):
        fit_propensity([True, False], {"wait": [1.0]})
    with pytest.raises(DesignNotValid, match="neither yes nor no"):
        fit_propensity([0.5, 1], {"wait": [1.0, 2.0]})  # type: ignore[list-item]


def test_weights_by_propensity_stand_for_everybody() -> None:
    """In a saturated model, the weights of respondents add up to all, group by group."""
    rho = fit_propensity(RESPONDED, {"channel": CHANNEL}).propensities
    assert rho is not None
    weights = propensity_weights(rho, RESPONDED)
    for channel in ("mail", "phone", "web"):
        inside = np.array([c == channel for c in CHANNEL])
        assert weights[inside].sum() == pytest.approx(inside.sum())
    assert response_rate(weights > 0).n_responded == RESPONDED.sum()


def test_a_respondent_without_a_chance_is_refused() -> None:
    with pytest.raises(DesignNotValid, match="propensity of zero"):
        propensity_weights([0.0, 0.5], [True, False])
    with pytest.raises(DesignNotValid, match="give one each"):
        propensity_weights([0.5], [True, False])
