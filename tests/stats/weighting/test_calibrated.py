"""The standard error under calibrated weights is what the weighting leaves unexplained."""

import math

import numpy as np
import polars as pl
import pytest
import svy
from hypothesis import given, settings
from hypothesis import strategies as st

from hearback.stats import Reason
from hearback.stats.survey import DesignNotValid, make_design
from hearback.stats.weighting import (
    calibrate_weights,
    calibrated_covariance,
    calibrated_mean,
    calibrated_total,
    poststratify_weights,
    rake_weights,
)
from tests.stats.weighting.samples import (
    CHANNEL,
    MARGINS,
    OFFICE,
    REGION,
    SCORES,
    VARIABLES,
    WEIGHTS,
    N,
    design,
)

WEB = np.array([float(channel == "web") for channel in CHANNEL])
RAKED = rake_weights(design(), VARIABLES, MARGINS)
CELLS = poststratify_weights(design(), CHANNEL, MARGINS["channel"])


def test_agrees_with_another_program() -> None:
    table = pl.DataFrame(
        {"channel": CHANNEL, "office": OFFICE, "region": REGION, "w": WEIGHTS, "score": SCORES}
    )
    sample = svy.Sample(table, svy.Design(wgt="w", psu="office", stratum="region"))
    other = sample.weighting.poststratify(MARGINS["channel"], cells="channel").estimation.mean("score")
    found = calibrated_mean(CELLS, SCORES)
    assert found.value == pytest.approx(other.estimates[0].est, rel=1e-10)
    assert found.se == pytest.approx(other.estimates[0].se, rel=1e-8)


def test_a_share_that_is_a_margin_has_no_error() -> None:
    found = calibrated_mean(RAKED, WEB)
    assert found.value == pytest.approx(0.5, rel=1e-11)
    assert found.se == 0.0
    assert calibrated_total(RAKED, np.ones(N)).se == 0.0


def test_weighting_by_what_explains_the_answers_narrows_the_interval() -> None:
    explained = 2 * WEB + 0.01 * SCORES
    plain = poststratify_weights(design(), ["all"] * N, {"all": 1000.0})
    narrow, wide = calibrated_mean(CELLS, explained).se, calibrated_mean(plain, explained).se
    assert narrow is not None
    assert wide is not None
    assert narrow < wide / 10


def test_weights_that_move_nothing_leave_the_error_of_a_plain_mean() -> None:
    """Calibrated to the size of the sample alone, a simple random sample has s / sqrt(n)."""
    sample = make_design(N)
    found = calibrated_mean(poststratify_weights(sample, ["all"] * N, {"all": N}), SCORES)
    assert found.se == pytest.approx(SCORES.std(ddof=1) / math.sqrt(N))
    assert found.df == N - 1


def test_stratified_by_hand() -> None:
    """Two cells of two rows, computed on paper from the residuals around the means of the cells."""
    sample = make_design(4)
    found = calibrated_mean(poststratify_weights(sample, list("aabb"), {"a": 2, "b": 6}), [1, 3, 2, 6])
    # influences w e / 8 are -1/8, 1/8, -6/8, 6/8; their squares add up to 74/64, times n / (n - 1) = 4/3
    assert found.value == pytest.approx((2 * 2 + 6 * 4) / 8)
    assert found.se == pytest.approx(math.sqrt(74 / 64 * 4 / 3))


def test_rows_without_an_answer_or_outside_the_domain_stay_in_the_sample() -> None:
    answers = SCORES.copy()
    answers[:10] = np.nan
    found = calibrated_mean(RAKED, answers, domain=WEB == 1)
    assert found.n == int((WEB[10:] == 1).sum())
    inside = (WEB == 1) & ~np.isnan(answers)
    assert found.value == pytest.approx(np.average(answers[inside], weights=RAKED.weights[inside]))
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.value < found.high


def test_a_mean_is_the_ratio_of_two_totals_and_so_is_its_error() -> None:
    """The delta method on the covariance of total and count gives the same standard error."""
    inside = np.array(OFFICE) < 12
    total, count = calibrated_total(RAKED, SCORES, domain=inside), calibrated_total(RAKED, 1.0 * inside)
    both = calibrated_covariance(RAKED, np.column_stack([SCORES * inside, 1.0 * inside]))
    assert total.value is not None
    assert count.value is not None
    slope = np.array([1 / count.value, -total.value / count.value**2])
    found = calibrated_mean(RAKED, SCORES, domain=inside)
    assert found.value == pytest.approx(total.value / count.value)
    assert found.se == pytest.approx(math.sqrt(slope @ both @ slope))


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(N)), st.sampled_from([1e-5, 1.0, 1e5]))
def test_neither_row_order_nor_the_scale_of_the_weights_matters(order: list[int], scale: float) -> None:
    rows = np.array(order)
    usual = calibrated_mean(CELLS, SCORES)
    cells = poststratify_weights(design(scale, rows), [CHANNEL[row] for row in rows], MARGINS["channel"])
    found = calibrated_mean(cells, SCORES[rows])
    assert found.value == pytest.approx(usual.value)
    assert found.se == pytest.approx(usual.se)


def test_nobody_who_answered_is_no_estimate() -> None:
    nothing = calibrated_mean(RAKED, np.full(N, np.nan))
    assert (nothing.value, nothing.se, nothing.low, nothing.n) == (None, None, None, 0)
    assert nothing.reason is Reason.NO_ANSWERS
    assert calibrated_total(RAKED, SCORES, domain=[False] * N).reason is Reason.NO_ANSWERS


def test_one_and_the_same_answer_has_no_interval() -> None:
    found = calibrated_mean(RAKED, np.full(N, 5.0))
    assert found.value == pytest.approx(5)
    assert (found.low, found.high, found.reason) == (None, None, Reason.NO_VARIANCE)


def test_one_unit_has_no_standard_error() -> None:
    sample = make_design(3, units=[["office"] * 3])
    found = calibrated_mean(poststratify_weights(sample, ["a"] * 3, {"a": 9}), [1, 2, 3])
    assert (found.value, found.se, found.low, found.reason) == (2.0, None, None, Reason.ONE_PSU)


def test_one_row_is_one_answer() -> None:
    found = calibrated_mean(poststratify_weights(make_design(1), ["a"], {"a": 9}), [4])
    assert (found.value, found.se, found.reason) == (4.0, None, Reason.ONE_ANSWER)


def test_a_group_in_one_unit_has_no_interval() -> None:
    office = OFFICE[0]
    inside = np.array([one == office for one in OFFICE])
    found = calibrated_mean(RAKED, SCORES, domain=inside)
    assert found.se is not None
    assert (found.low, found.df, found.reason) == (None, 0, Reason.ONE_PSU)


def test_lengths_must_fit() -> None:
    with pytest.raises(DesignNotValid, match="120 rows and 3 answers"):
        calibrated_mean(RAKED, [1, 2, 3])
    with pytest.raises(DesignNotValid, match="1 marks of the domain"):
        calibrated_mean(RAKED, SCORES, domain=[True])
    with pytest.raises(DesignNotValid, match="influences"):
        calibrated_covariance(RAKED, [1.0])
    with pytest.raises(ValueError, match="between 0 and 1"):
        calibrated_mean(RAKED, SCORES, level=95)


def test_the_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    """A population weighted by a variable that explains answers and response; 400 samples of 80."""
    random = np.random.default_rng(7)
    group = random.integers(0, 3, 4000)
    answers = 2.0 + group + random.normal(0, 1, 4000)
    targets = {code: float((group == code).sum()) for code in range(3)}
    chance = np.array([0.5, 1.0, 2.0])[group]
    hits = 0
    for _ in range(400):
        drawn = random.choice(4000, 80, replace=False, p=chance / chance.sum())
        weighted = poststratify_weights(make_design(80), group[drawn].tolist(), targets)
        found = calibrated_mean(weighted, answers[drawn])
        assert found.low is not None
        assert found.high is not None
        hits += found.low <= answers.mean() <= found.high
    assert 0.93 <= hits / 400 <= 0.975


def test_bounded_calibration_gives_the_error_of_the_regression_estimate() -> None:
    """With bounds far away, all distances agree to first order; residuals are those of a line."""
    x = np.column_stack([np.ones(N), WEB])
    totals = WEIGHTS @ x
    found = calibrated_mean(calibrate_weights(design(), x, totals, bounds=(0.2, 5)), SCORES)
    cells = poststratify_weights(
        design(),
        ["web" if web else "other" for web in WEB],
        {"web": totals[1], "other": totals[0] - totals[1]},
    )
    assert found.se == pytest.approx(calibrated_mean(cells, SCORES).se)
