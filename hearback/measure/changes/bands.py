"""The band of a series: where its figures lie unless it left the level of its first year. Pure functions."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from hearback.measure.changes.charts import VERSION, Stretch, chart_of
from hearback.measure.facts import BandFact, ScoreFact
from hearback.stats.monitoring import share_errors

BANDED = "trust_agree_share"
WIDTH = 3.0
"""Half the width of a band in standard errors. Source: Montgomery (2013), section 7.2."""


def bands_of(scores: Iterable[ScoreFact], level: str = "service") -> Iterator[BandFact]:
    """Give the bands of the shares who agree, for every subject of a level and pool.

    Args:
        scores: scores of everybody, those of one series oldest first.

    Source: Laney (2002), see `measure.changes.charts.spread_of`.
    """
    wanted = [one for one in scores if one.level == level and one.measure == BANDED]
    wanted.sort(key=_series)  # stable: quarters stay in their order
    for _key, found in groupby(wanted, key=_series):
        series = list(found)
        for stretch in chart_of(series, 1).stretches:  # how many are watched sets alarms, not bands
            yield from _banded(series, stretch)


def _series(score: ScoreFact) -> tuple[str, str]:
    return score.subject, score.pool


def _banded(series: Sequence[ScoreFact], stretch: Stretch) -> Iterator[BandFact]:
    first = series[0]
    about = (first.level, first.subject, first.pool, first.measure)
    if stretch.target is None or stretch.spread is None:
        none = (None, None, None, None)
        yield BandFact(*about, stretch.quarters[0], *none, False, None, stretch.reason, VERSION)
        return
    target, spread = stretch.target, stretch.spread
    for point, error in zip(
        stretch.points, share_errors(target, [one.n for one in stretch.points]), strict=True
    ):
        if point.value is None or error is None:
            continue
        low, high = max(0.0, target - WIDTH * spread * error), min(1.0, target + WIDTH * spread * error)
        sets = point.quarter in stretch.baseline
        outside = None if sets or low <= point.value <= high else "above" if point.value > high else "below"
        yield BandFact(*about, point.quarter, target, low, high, spread, sets, outside, None, VERSION)
