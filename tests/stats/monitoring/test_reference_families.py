"""The monitoring families compute cases of other data too: gaps, other columns, other settings."""

from pathlib import Path

import pytest

from hearback.stats.monitoring import StlSettings, decompose_season
from tests.stats.reference.other_cases import computed

CHART = {"target": 0.5, "k": 0.5, "h": 1, "lambda": 0.2, "L": 1}


def test_periods_without_counts_are_carried_over(tmp_path: Path) -> None:
    found = computed(tmp_path, "cusum_ewma", "period,x,n\na,90,100\nb,,\nc,0,0\nd,,20\n", CHART)
    assert found["z"] == [pytest.approx(8), None, None, None]
    assert found["cusum_high"] == [pytest.approx(7.5)] * 4
    assert (found["alarm_high"], found["ewma_alarm"], found["first_alarm_cusum"]) == (["a"], ["a"], "a")


def test_a_chart_without_alarms_has_no_first_one(tmp_path: Path) -> None:
    found = computed(tmp_path, "cusum_ewma", "period,x,n\na,5,10\n", CHART)
    assert (found["first_alarm_cusum"], found["alarm_low"]) == (None, [])


def test_one_sigma_serves_where_there_is_no_column_of_them(tmp_path: Path) -> None:
    found = computed(tmp_path, "cusum_ewma", "period,y\na,0.7\nb,\n", {**CHART, "sigma": 0.1})
    assert found["z"] == [pytest.approx(2), None]


def test_a_column_of_sigmas_may_vary_and_have_gaps(tmp_path: Path) -> None:
    found = computed(tmp_path, "cusum_ewma", "period,y,sigma\na,0.7,0.1\nb,0.7,0.2\nc,0.9,\n", CHART)
    assert found["z"] == [pytest.approx(2), pytest.approx(1), None]


def test_a_design_effect_widens_the_errors(tmp_path: Path) -> None:
    found = computed(tmp_path, "cusum_ewma", "period,x,n\na,90,100\n", {**CHART, "deff": 4})
    assert found["z"] == [pytest.approx(4)]


def test_run_lengths_follow_the_sides_of_the_call(tmp_path: Path) -> None:
    charts = {"cusum": [{"k": 0.5, "h": 4, "mu": 0}]}
    one, two = (
        computed(tmp_path, "arl", "", charts, r=(f"spc::xcusum.arl(k, h, mu, sided='{sided}')",))
        for sided in ("one", "two")
    )
    assert one["cusum"][0] == pytest.approx(2 * two["cusum"][0])
    assert one["ewma"] == []


def test_change_points_pass_over_empty_periods(tmp_path: Path) -> None:
    parameters = {"alpha": 1, "beta": 1, "hazard": 0.1}
    found = computed(tmp_path, "bocpd", "period,x,n\na,3,4\nb,0,0\nc,,\n", parameters)
    assert found["map_run_length"] == [1, 2, 3]
    assert len(found["final_run_length_distribution"]) == 4


def test_seasons_take_the_windows_stated_and_odd_ones_only(tmp_path: Path) -> None:
    values = [float(10 + (quarter % 4) ** 2 + quarter / 3 + (quarter * 7 % 5) / 9) for quarter in range(20)]
    table = "quarter,y\n" + "".join(f"{place},{value}\n" for place, value in enumerate(values))
    stated = {"period": 4, "seasonal": 8, "degree": 0, "robust": True, "outer_iterations": 3}
    settings = StlSettings(
        seasonal=9,
        seasonal_degree=0,
        trend_degree=0,
        low_pass_degree=0,
        inner_iterations=1,
        outer_iterations=3,
    )
    expected = decompose_season(values, period=4, settings=settings)
    found = computed(tmp_path, "stl", table, stated)
    assert found["seasonal"] == pytest.approx(expected.seasonal)
    assert found["trend"] == pytest.approx(expected.trend)
