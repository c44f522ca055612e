"""Season, trend and remainder add up, and each finds what is its own."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearback.stats.monitoring import SeriesNotValid, SettingNotValid, StlSettings, decompose_season


def months(n: int, seed: int = 1) -> list[float]:
    random = np.random.default_rng(seed)
    at = np.arange(n)
    return (70 + 0.05 * at + 2 * np.sin(2 * np.pi * at / 12) + random.normal(0, 0.4, n)).tolist()


@settings(max_examples=20, deadline=None)
@given(st.integers(24, 80), st.integers(0, 99), st.sampled_from([7, 11, "periodic"]))
def test_the_parts_add_up_to_the_series(n: int, seed: int, window: int) -> None:
    series = months(n, seed)
    found = decompose_season(series, period=12, settings=StlSettings(seasonal=window))
    together = np.array(found.seasonal) + np.array(found.trend) + np.array(found.remainder)
    assert together == pytest.approx(series)


def test_a_line_and_a_season_are_told_apart_exactly() -> None:
    line = [70 + 0.1 * month for month in range(60)]
    season = [math.sin(2 * math.pi * month / 12) for month in range(60)]
    found = decompose_season([a + b for a, b in zip(line, season, strict=True)], period=12)
    assert found.trend == pytest.approx(line, abs=1e-4)
    assert found.seasonal == pytest.approx(season, abs=1e-4)
    assert found.remainder == pytest.approx([0] * 60, abs=1e-4)


@settings(max_examples=10, deadline=None)
@given(st.floats(-100, 100), st.floats(0.1, 10))
def test_moving_and_stretching_the_series_does_the_same_to_its_parts(shift: float, scale: float) -> None:
    series = months(48)
    one = decompose_season(series, period=12)
    other = decompose_season([shift + scale * value for value in series], period=12)
    assert other.seasonal == pytest.approx([scale * value for value in one.seasonal], abs=1e-8)
    assert other.trend == pytest.approx([shift + scale * value for value in one.trend], abs=1e-8)


def test_a_periodic_season_is_the_same_every_year() -> None:
    found = decompose_season(months(40), period=12, settings=StlSettings(seasonal="periodic"))
    assert found.seasonal[:28] == pytest.approx(found.seasonal[12:])


def test_weighing_outliers_down_leaves_them_in_the_remainder() -> None:
    series = months(60)
    series[30] += 20
    plain = decompose_season(series, period=12)
    robust = decompose_season(
        series, period=12, settings=StlSettings(inner_iterations=1, outer_iterations=15)
    )
    assert robust.remainder[30] > plain.remainder[30] + 5
    assert robust.remainder[30] == pytest.approx(20, abs=1.5)


def test_windows_left_out_follow_from_period_and_season() -> None:
    stated = StlSettings(seasonal=7, trend=23, low_pass=13)
    assert decompose_season(months(48), period=12) == decompose_season(months(48), period=12, settings=stated)


def test_two_whole_years_are_enough_and_less_is_not() -> None:
    assert len(decompose_season(months(24), period=12).trend) == 24
    assert len(decompose_season(months(8), period=4).trend) == 8
    with pytest.raises(
        SeriesNotValid, match="23 periods and 24 are needed for a season; compare with the same"
    ):
        decompose_season(months(23), period=12)
    with pytest.raises(SeriesNotValid, match="7 periods and 8 are needed"):
        decompose_season(months(7), period=4)
    with pytest.raises(SeriesNotValid, match="0 periods"):
        decompose_season([], period=4)


@pytest.mark.parametrize("gap", [None, math.nan, math.inf])
def test_refuses_a_gap_and_says_where(gap: float | None) -> None:
    with pytest.raises(SeriesNotValid, match="period 4 has no value"):
        decompose_season([*months(3), gap, *months(30)], period=12)


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        (StlSettings(seasonal=8), "seasonal window is 8"),
        (StlSettings(seasonal=1), "seasonal window is 1"),
        (StlSettings(trend=11), "trend window is 11"),
        (StlSettings(low_pass=14), "low_pass window is 14"),
        (StlSettings(jump=0), "jump"),
        (StlSettings(inner_iterations=0), "inner iterations are 1 or more"),
    ],
)
def test_refuses_settings_outside_their_range(setting: StlSettings, message: str) -> None:
    with pytest.raises(SettingNotValid, match=message):
        decompose_season(months(48), period=12, settings=setting)


def test_refuses_a_season_of_one_period() -> None:
    with pytest.raises(SettingNotValid, match="a season of 1 periods is none"):
        decompose_season(months(24), period=1)
