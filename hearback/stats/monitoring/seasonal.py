"""A series split in season, trend and what remains."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from hearback.stats.monitoring.charts import SeriesNotValid, SettingNotValid
from hearback.stats.survey.design import Floats

Degree = Literal[0, 1]


@dataclass(frozen=True)
class StlSettings:
    """How smooth season and trend are. Windows are odd numbers of periods, 3 or more.

    `seasonal` is the window over years of one month; "periodic" takes every year's season as the same.
    `trend` and `low_pass` follow from it and the period where they are None. `jump` 1 smooths at every
    period; larger ones interpolate and are faster. `outer_iterations` above 0 weigh outliers down; 15 of
    them with 1 inner iteration are usual then.
    """

    seasonal: int | Literal["periodic"] = 7
    trend: int | None = None
    low_pass: int | None = None
    seasonal_degree: Degree = 1
    trend_degree: Degree = 1
    low_pass_degree: Degree = 1
    jump: int = 1
    inner_iterations: int = 5
    outer_iterations: int = 0


@dataclass(frozen=True)
class Season:
    """The series is the sum of the three, period by period."""

    seasonal: tuple[float, ...]
    trend: tuple[float, ...]
    remainder: tuple[float, ...]


SETTINGS = StlSettings()


def decompose_season(
    values: Sequence[float | None], *, period: int, settings: StlSettings = SETTINGS
) -> Season:
    """Split a series in season, trend and remainder by locally weighted regressions.

    Two whole years are the least: 24 months, or 8 quarters. With less, compare with the same quarter of last
    year. No period may be missing: a gap is not filled in here.

    Args:
        values: one number per period, none missing.
        period: periods in a year, as 12 or 4.
        settings: how smooth season and trend are; see `StlSettings`.

    Raises:
        SeriesNotValid: if a value is missing or not finite, or there are fewer than two whole years.
        SettingNotValid: if a window is even or too short, or another setting outside its range.

    Source: Cleveland, Cleveland, McRae and Terpenning (1990), STL: a seasonal-trend decomposition procedure
    based on loess, Journal of Official Statistics 6, sections 2 and 3; windows left out as in R's `stl`.

    >>> months = [70 + month / 10 + (3 if month % 12 < 6 else -3) for month in range(36)]
    >>> found = decompose_season(months, period=12)
    >>> round(found.seasonal[12]), round(found.seasonal[18]), round(found.trend[18])
    (3, -3, 72)
    """
    series = _checked(values, period)
    windows = _windows(period, settings)
    from statsmodels.tsa.seasonal import STL  # here, as it takes a second that only seasons need

    fit = STL(
        series,
        period=period,
        **windows,
        seasonal_deg=0 if settings.seasonal == "periodic" else settings.seasonal_degree,
        trend_deg=settings.trend_degree,
        low_pass_deg=settings.low_pass_degree,
        robust=settings.outer_iterations > 0,
        seasonal_jump=settings.jump,
        trend_jump=settings.jump,
        low_pass_jump=settings.jump,
    ).fit(inner_iter=settings.inner_iterations, outer_iter=settings.outer_iterations)
    trend = np.asarray(fit.trend, dtype=float)
    seasonal = np.asarray(fit.seasonal, dtype=float)
    if settings.seasonal == "periodic":
        seasonal = _same_every_year(seasonal, period)
    remainder = series - seasonal - trend
    return Season(tuple(seasonal.tolist()), tuple(trend.tolist()), tuple(remainder.tolist()))


def _same_every_year(seasonal: Floats, period: int) -> Floats:
    place = np.arange(len(seasonal)) % period
    means: Floats = np.bincount(place, weights=seasonal) / np.bincount(place)
    return means[place]


def _windows(period: int, settings: StlSettings) -> dict[str, int]:
    # the largest window there can be, where every year is to have one season: that of R's `stl`
    seasonal = 10_001 if settings.seasonal == "periodic" else settings.seasonal
    trend = settings.trend or _next_odd(math.ceil(1.5 * period / (1 - 1.5 / seasonal)))
    windows = {"seasonal": seasonal, "trend": trend, "low_pass": settings.low_pass or _next_odd(period)}
    for name, window in windows.items():
        if window % 2 == 0 or window < 3 or (name != "seasonal" and window <= period):
            raise SettingNotValid(
                f"the {name} window is {window}; it is an odd number of 3 or more, and above the period of "
                f"{period} for trend and low pass"
            )
    if settings.jump < 1 or settings.inner_iterations < 1 or settings.outer_iterations < 0:
        raise SettingNotValid("jump and inner iterations are 1 or more, outer iterations 0 or more")
    return windows


def _next_odd(number: int) -> int:
    return number + 1 - number % 2


def _checked(values: Sequence[float | None], period: int) -> Floats:
    series = np.array(values, dtype=float)
    wrong = np.flatnonzero(~np.isfinite(series))
    if wrong.size:
        raise SeriesNotValid(
            f"period {int(wrong[0]) + 1} has no value; a season needs all, so fill the gap or start after it"
        )
    if period < 2:
        raise SettingNotValid(f"a season of {period} periods is none; give 12 for months, 4 for quarters")
    if len(series) < 2 * period:
        raise SeriesNotValid(
            f"there are {len(series)} periods and {2 * period} are needed for a season; "
            "compare with the same one of last year instead"
        )
    return series
