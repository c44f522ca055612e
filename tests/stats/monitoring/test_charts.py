"""Control charts: paths by hand, what empty periods do, and when an alarm may sound."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearback.stats.monitoring import (
    CusumAlarm,
    EwmaAlarm,
    SeriesNotValid,
    SettingNotValid,
    baseline_share,
    cusum,
    ewma,
    share_errors,
    standard_scores,
)

scores = st.lists(st.none() | st.floats(-6, 6), max_size=40)
values = st.lists(st.none() | st.floats(0, 1), max_size=30)


def test_a_cusum_adds_what_is_beyond_the_allowance_and_never_falls_below_zero() -> None:
    chart = cusum([1.0, 0.2, -3.0, 2.5], k=0.5, h=5, first_periods=0)
    assert chart.high == pytest.approx((0.5, 0.2, 0.0, 2.0))
    assert chart.low == pytest.approx((0.0, 0.0, 2.5, 0.0))
    assert chart.alarms == ()


def test_an_alarm_names_the_period_its_run_began_with() -> None:
    chart = cusum([3.0, -4.0, 0.0, -2.0, None, -2.0, -2.0], k=0.5, h=4, first_periods=0)
    assert chart.low == pytest.approx((0, 3.5, 3.0, 4.5, 4.5, 6.0, 7.5))
    assert chart.alarms == tuple(CusumAlarm(period, "low", since=1) for period in (3, 5, 6))


def test_a_run_begins_anew_after_the_sum_was_zero() -> None:
    chart = cusum([2.0, 0.0, -9.0, None, 3.0, 3.0], k=0.5, h=4, first_periods=0)
    high = [alarm for alarm in chart.alarms if alarm.side == "high"]
    assert high == [CusumAlarm(5, "high", since=4)]


def test_a_sum_on_its_threshold_is_no_alarm() -> None:
    assert cusum([4.5], k=0.5, h=4, first_periods=0).alarms == ()
    assert cusum([4.6], k=0.5, h=4, first_periods=0).alarms != ()


def test_the_first_four_periods_raise_no_alarm_but_count() -> None:
    chart = cusum([3.0] * 6, k=0.5, h=4)
    assert [alarm.period for alarm in chart.alarms] == [4, 5]
    assert chart.high[-1] == pytest.approx(15)
    average = ewma([0.9] * 6, 0.5, [0.05] * 6, weight=0.2, limit=3)
    assert [alarm.period for alarm in average.alarms] == [4, 5]


@given(scores)
def test_turning_the_scores_round_turns_the_chart_round(series: list[float | None]) -> None:
    there = cusum(series, k=0.5, h=4, first_periods=0)
    back = cusum([None if z is None else -z for z in series], k=0.5, h=4, first_periods=0)
    assert (there.high, there.low) == (back.low, back.high)
    turned = {(alarm.period, alarm.since, alarm.side == "low") for alarm in back.alarms}
    assert {(alarm.period, alarm.since, alarm.side == "high") for alarm in there.alarms} == turned


@given(scores)
def test_empty_periods_leave_a_chart_as_it_was_and_never_alarm(series: list[float | None]) -> None:
    chart = cusum(series, k=0.5, h=4, first_periods=0)
    known = cusum([z for z in series if z is not None], k=0.5, h=4, first_periods=0)
    assert tuple(s for s, z in zip(chart.high, series, strict=True) if z is not None) == known.high
    for period, z in enumerate(series):
        if z is None:
            assert chart.high[period] == (chart.high[period - 1] if period else 0)
            assert period not in {alarm.period for alarm in chart.alarms}


@given(scores)
def test_every_sum_over_the_threshold_is_an_alarm_of_an_unbroken_run(series: list[float | None]) -> None:
    chart = cusum(series, k=0.5, h=4, first_periods=0)
    sums = {"high": chart.high, "low": chart.low}
    for alarm in chart.alarms:
        path = sums[alarm.side]
        assert path[alarm.period] > 4
        assert all(s > 0 for s in path[alarm.since : alarm.period + 1])
        assert alarm.since == 0 or path[alarm.since - 1] == 0
    over = sum(s > 4 for path in sums.values() for s, z in zip(path, series, strict=True) if z is not None)
    assert len(chart.alarms) == over


@given(values, st.floats(0.05, 1))
def test_an_ewma_is_the_weighted_sum_of_all_values(series: list[float | None], weight: float) -> None:
    errors = [0.1 + 0.01 * place for place in range(len(series))]
    chart = ewma(series, 0.5, errors, weight=weight, limit=3)
    known = [(value, e) for value, e in zip(series, errors, strict=True) if value is not None]
    powers = [weight * (1 - weight) ** age for age in reversed(range(len(known)))]
    average = math.fsum(p * value for p, (value, _) in zip(powers, known, strict=True))
    variance = math.fsum((p * e) ** 2 for p, (_, e) in zip(powers, known, strict=True))
    if series:
        assert chart.average[-1] == pytest.approx(average + (1 - weight) ** len(known) * 0.5)
        assert chart.sd[-1] == pytest.approx(math.sqrt(variance))


def test_an_ewma_alarm_names_its_side() -> None:
    chart = ewma([0.5, 0.1, None, 0.1], 0.5, [0.05] * 4, weight=0.5, limit=3, first_periods=0)
    assert chart.alarms == (EwmaAlarm(1, "low"), EwmaAlarm(3, "low"))
    assert chart.average[2] == chart.average[1]


def test_an_ewma_that_has_seen_nothing_stands_on_its_target() -> None:
    chart = ewma([None, 0.6], 0.5, [None, 0.1], weight=0.2, limit=3, first_periods=0)
    assert (chart.average[0], chart.sd[0], chart.alarms) == (0.5, 0.0, ())


def test_with_all_weight_on_the_newest_period_an_ewma_is_a_shewhart_chart() -> None:
    chart = ewma([0.6, 0.81, 0.4], 0.5, [0.1] * 3, weight=1, limit=3, first_periods=0)
    assert chart.average == pytest.approx((0.6, 0.81, 0.4))
    assert [alarm.period for alarm in chart.alarms] == [1]


def test_few_answers_count_for_less() -> None:
    few, many = share_errors(0.7, [10, 1000])
    assert few == pytest.approx(10 * many)  # type: ignore[operator]
    assert share_errors(0.7, [100], deff=4)[0] == pytest.approx(2 * math.sqrt(0.7 * 0.3 / 100))


def test_periods_without_answers_have_no_error_and_no_score() -> None:
    errors = share_errors(0.7, [10, 0, None, math.nan])
    assert errors[1:] == (None, None, None)
    assert standard_scores([0.7, 0.9, None, 0.1], 0.7, errors) == (0.0, None, None, None)


def test_a_baseline_of_nothing_but_hits_is_no_target_of_1() -> None:
    assert baseline_share(30, 30) == pytest.approx(30.5 / 31)
    assert baseline_share(0, 30) == pytest.approx(0.5 / 31)
    assert baseline_share(29, 30) == 29 / 30


@pytest.mark.parametrize(("hits", "n"), [(0, 0), (3, 2), (-1, 2)])
def test_refuses_a_baseline_without_a_share(hits: int, n: int) -> None:
    with pytest.raises(SeriesNotValid, match=f"{hits} of {n} is no share"):
        baseline_share(hits, n)


@pytest.mark.parametrize("target", [0.0, 1.0, 72.0])
def test_refuses_a_target_at_which_any_answer_would_alarm_and_says_what_to_do(target: float) -> None:
    with pytest.raises(SeriesNotValid, match="see baseline_share"):
        share_errors(target, [10])


def test_refuses_series_that_cannot_be_charted() -> None:
    with pytest.raises(SeriesNotValid, match="2 values and 1 errors"):
        standard_scores([1, 2], 1, [1])
    with pytest.raises(SeriesNotValid, match="error of period 2 is 0"):
        standard_scores([1, 2], 1, [1, 0])
    with pytest.raises(SeriesNotValid, match="error of period 1 is negative"):
        standard_scores([1], 1, [-1])
    with pytest.raises(SeriesNotValid, match="value of period 1 is infinite"):
        standard_scores([math.inf], 1, [1])
    with pytest.raises(SeriesNotValid, match="target of nan"):
        ewma([1], math.nan, [1], weight=0.2, limit=3)
    with pytest.raises(SeriesNotValid, match="number of answers of period 1 is negative"):
        share_errors(0.5, [-3])


def test_refuses_settings_outside_their_range() -> None:
    for k, h in ((-0.1, 4), (0.5, 0), (0.5, math.inf)):
        with pytest.raises(SettingNotValid, match="the threshold above 0"):
            cusum([0.0], k=k, h=h)
    for weight, limit in ((0, 3), (1.1, 3), (0.2, 0)):
        with pytest.raises(SettingNotValid, match="not above 0"):
            ewma([0.5], 0.5, [0.1], weight=weight, limit=limit)
    with pytest.raises(SettingNotValid, match="design effect of 0"):
        share_errors(0.5, [10], deff=0)


def test_a_drop_is_found_soon_and_the_run_begins_near_it() -> None:
    random = np.random.default_rng(8)
    n = np.full(60, 120)
    hits = random.binomial(n, np.where(np.arange(60) < 40, 0.75, 0.65))
    errors = share_errors(0.75, n.tolist())
    chart = cusum(standard_scores((hits / n).tolist(), 0.75, errors), k=0.5, h=5)
    assert 40 <= chart.alarms[0].period <= 45
    assert 37 <= chart.alarms[0].since <= 42
