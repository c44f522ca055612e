"""Control charts: a frozen target, limits for the number of series, and an alarm where a level is left."""

import math
from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest

from hearback.measure.actions import compute_scores
from hearback.measure.changes.charts import (
    BASELINE,
    ControlChart,
    Stretch,
    chart_of,
    limits_for,
    spread_of,
    unbroken,
)
from hearback.measure.changes.reading import control_chart
from hearback.stats.monitoring import cusum_run_length, ewma_run_length
from tests.measure.changes.series import quarters, score, series
from tests.measure.conftest import Load, row

STEADY = [(700, 1000), (712, 1000), (694, 1000), (706, 1000)]
SEED = 5


def chart(scores: list, n_series: int = 20) -> Stretch:  # type: ignore[type-arg]
    """Chart a series that is not broken."""
    (only,) = chart_of(scores, n_series).stretches
    return only


def test_the_target_is_the_share_of_the_first_four_quarters_and_stays_it() -> None:
    short, long = chart(series([*STEADY, (600, 1000)])), chart(series([*STEADY, (600, 1000), (300, 1000)]))
    assert short.target == long.target == (700 + 712 + 694 + 706) / 4000
    assert short.baseline == tuple(quarters(4))
    assert short.spread == long.spread


def test_the_sums_are_those_reckoned_by_hand() -> None:
    found = chart(series([*STEADY, (760, 1000), (755, 1000)]))
    assert found.target is not None
    se = math.sqrt(found.target * (1 - found.target) / 1000) * (found.spread or 0)
    high = 0.0
    for point, hits in zip(found.points, (700, 712, 694, 706, 760, 755), strict=True):
        z = (hits / 1000 - found.target) / se
        high = max(0.0, high + z - 0.5)
        assert point.score == pytest.approx(z)
        assert point.cusum_high == pytest.approx(high)
    assert found.spread == 1.0


def test_a_level_that_is_left_raises_alarms_that_say_since_when() -> None:
    found = chart(series([*STEADY, (702, 1000), *[(640, 1000)] * 3]))
    alarms = [alarm for alarm in found.alarms if alarm.chart == "cusum"]
    assert [alarm.side for alarm in alarms] == ["low"] * len(alarms) != []
    assert {alarm.since for alarm in alarms} == {quarters(8)[5]}
    assert {alarm.chart for alarm in found.alarms} == {"cusum", "ewma"}


def test_means_are_charted_by_the_spread_of_their_answers() -> None:
    found = chart(series([*STEADY, (702, 1000), *[(640, 1000)] * 3], "trust_mean"))
    assert found.target is not None
    assert 3 < found.target < 4
    assert [alarm.side for alarm in found.alarms] == ["low"] * len(found.alarms) != []


def test_no_alarm_comes_from_the_quarters_that_set_the_target() -> None:
    found = chart(series([(700, 1000), (900, 1000), (700, 1000), (500, 1000), (700, 1000)]))
    assert {alarm.quarter for alarm in found.alarms} <= {quarters(5)[4]}


def test_quarters_that_differ_by_more_than_chance_widen_the_errors() -> None:
    restless = [(70_000, 100_000), (71_500, 100_000), (69_000, 100_000), (70_500, 100_000)]
    found = chart(series([*restless, (69_200, 100_000)]))
    assert found.spread is not None
    assert found.spread > 5
    assert found.alarms == ()
    assert spread_of([0.1, 0.2, 0.1]) == 1.0


@pytest.mark.parametrize("n", range(1, BASELINE + 1))
def test_there_is_no_chart_of_fewer_than_five_quarters(n: int) -> None:
    found = chart(series([(700, 1000)] * n))
    assert (found.reason, found.points, found.target) == ("too_few_quarters", (), None)


def test_a_quarter_that_is_held_back_leaves_the_sums_and_says_nothing() -> None:
    found = chart(series([*STEADY, (760, 1000), None, (755, 1000)]))
    hidden = found.points[5]
    assert (hidden.value, hidden.n, hidden.score) == (None, None, None)
    assert hidden.cusum_high == found.points[4].cusum_high
    held_back_first = chart(series([None, *STEADY, (700, 1000)]))
    assert held_back_first.baseline == tuple(quarters(5)[1:])


def test_a_quarter_without_a_score_has_its_place() -> None:
    scores = series([*STEADY, (700, 1000), (705, 1000)])
    found = chart([one for place, one in enumerate(scores) if place != 4])
    assert found.quarters == tuple(quarters(6))
    assert found.points[4].value is None


def test_a_series_is_broken_where_its_method_or_its_words_change() -> None:
    scores = series([*STEADY, (700, 1000), *STEADY, (700, 1000)])
    newer = [replace(one, method_version="2") if place > 4 else one for place, one in enumerate(scores)]
    reworded = [
        replace(one, flags=("wording_changed",)) if place == 5 else one for place, one in enumerate(scores)
    ]
    for broken in (newer, reworded):
        found = chart_of(broken, 20).stretches
        assert [one.quarters for one in found] == [tuple(quarters(10)[:5]), tuple(quarters(10)[5:])]
        assert all(one.target is not None for one in found)
    assert len(unbroken(scores)) == 1


def test_answers_that_are_all_the_same_have_no_chart_of_means() -> None:
    same = [score(quarter, (0, 0, 0, 0, 50), measure="trust_mean") for quarter in quarters(6)]
    assert chart(same).reason == "no_variance"
    shares = [score(quarter, (0, 0, 0, 0, 50)) for quarter in quarters(6)]
    assert chart(shares).alarms == ()


@pytest.mark.parametrize("n_series", [1, 25, 400])
def test_the_limits_give_the_tolerated_false_alarms(n_series: int) -> None:
    run_length, threshold, limit = limits_for(n_series)
    assert run_length == max(40, n_series * 2 * 4)
    assert cusum_run_length(0.5, threshold) == pytest.approx(run_length, rel=1e-6)
    assert ewma_run_length(0.2, limit) == pytest.approx(run_length, rel=1e-6)


def test_steady_series_rarely_alarm() -> None:
    rng = np.random.default_rng(SEED)
    alarmed = 0
    for _ in range(200):
        found = chart(series([(int(hits), 1000) for hits in rng.binomial(1000, 0.7, 12)]), n_series=100)
        alarmed += bool(found.alarms)
    # eight watched quarters of 800 between false alarms of each of two charts would be 2 %; the target is
    # itself an estimate from four quarters, which makes for more
    assert alarmed / 200 < 0.12


def test_a_chart_is_made_of_stored_scores_and_counts_the_series_watched(
    load_rows: Load, at: datetime
) -> None:
    codes = quarters(6, "FY2021-Q1")
    load_rows(*(row(code, "clinic", (20, 30, 50, 300, 600)) for code in codes))
    load_rows(*(row(code, "office", service="usda-fsa-3", provider="usda-fsa") for code in codes[:3]))
    for code in codes:
        compute_scores(code, 10, by="owner", at=at)
    found = control_chart("provider", "va-vha", "trust_agree_share", "stated")
    assert isinstance(found, ControlChart)
    assert found.n_series == 4
    assert [one.quarters for one in found.stretches] == [tuple(codes)]
    assert control_chart("provider", "nobody", "trust_agree_share", "stated") is None
