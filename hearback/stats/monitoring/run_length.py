"""How long a chart runs until an alarm: false alarms while nothing happens, delay once something does.

Run lengths are means over series of independent normal scores, counted in periods. Charts of few answers per
period, or of shares near 0 or 1, differ from them.
"""

import math
from collections.abc import Callable
from typing import Literal

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr

from hearback.stats.monitoring.charts import SettingNotValid
from hearback.stats.survey.design import Floats

Sides = Literal["both", "one"]
FEWEST_NODES, NODES_PER_SD, MOST_NODES = 64, 12, 2000
LONGEST = 1e9
"""A mean run length above this cannot be told from never."""


def cusum_run_length(k: float, h: float, *, shift: float = 0.0, sides: Sides = "both") -> float:
    """Give the mean number of periods until a CUSUM raises an alarm.

    Args:
        k: allowance of the chart.
        h: its threshold.
        shift: true distance of the series from its target, in standard errors; 0 gives the time between false
            alarms, anything else the delay.
        sides: whether the chart looks both ways, or up only.

    Raises:
        SettingNotValid: if k is negative, h not above zero, or the run length beyond a thousand million.

    Source: Page (1954), Biometrika 41, for the integral equation, solved by Gauss-Legendre quadrature
    (Nyström); van Dobben de Bruyn (1968), Cumulative Sum Tests, for putting two sides together.

    >>> round(cusum_run_length(0.5, 5)), round(cusum_run_length(0.5, 5, shift=1), 1)
    (465, 10.4)
    """
    if not (k >= 0 and h > 0 and math.isfinite(k + h + shift)):
        raise SettingNotValid(f"k = {k}, h = {h}, shift {shift}: the threshold is above 0, k not negative")
    return _told(_one_sided_cusum(k, h, shift) if sides == "one" else _two_sided_cusum(k, h, shift))


def ewma_run_length(weight: float, limit: float, *, shift: float = 0.0) -> float:
    """Give the mean number of periods until an EWMA with both limits raises an alarm.

    The limits are those of a long series, so the first periods of a real chart, whose limits are narrower,
    alarm a little more often.

    Args:
        weight: of the newest period, above 0 and up to 1.
        limit: distance of the limits, in standard deviations of the average.
        shift: true distance of the series from its target, in standard errors.

    Raises:
        SettingNotValid: if weight or limit are outside their range, or the run length beyond a thousand
            million.

    Source: Crowder (1987), A simple method for studying run-length distributions of exponentially weighted
    moving average charts, Technometrics 29.

    >>> round(ewma_run_length(0.2, 2.86)), round(ewma_run_length(0.2, 3, shift=0.5))
    (371, 44)
    """
    if not (0 < weight <= 1 and limit > 0 and math.isfinite(limit + shift)):
        raise SettingNotValid(f"weight {weight} is not above 0 and up to 1, or limit {limit} not above 0")
    return _told(_ewma(weight, limit, shift))


def design_threshold(run_length: float, k: float) -> float:
    """Find the threshold at which a two-sided CUSUM alarms falsely once in `run_length` periods on average.

    Raises:
        SettingNotValid: if no threshold gives that: it is too short, or beyond a thousand million.

    Source: the inverse of `cusum_run_length`.

    >>> round(design_threshold(run_length_for(200 * 8, 1 / 13), 0.5), 1)
    8.8
    """
    if not 0 <= k < math.inf:
        raise SettingNotValid(f"an allowance of {k} is negative or not finite")
    return _inverse(lambda h: _two_sided_cusum(k, h, 0.0), run_length)


def design_limit(run_length: float, weight: float) -> float:
    """Find the limit at which an EWMA alarms falsely once in `run_length` periods on average.

    Raises:
        SettingNotValid: if no limit gives that: it is too short, or beyond a thousand million.

    Source: the inverse of `ewma_run_length`.

    >>> round(design_limit(500, 0.2), 3)
    2.962
    """
    if not 0 < weight <= 1:
        raise SettingNotValid(f"a weight of {weight} is not above 0 and up to 1")
    return _inverse(lambda limit: _ewma(weight, limit, 0.0), run_length)


def run_length_for(n_series: int, false_alarms_per_period: float) -> float:
    """Give the run length each chart needs when many are watched and so many false alarms are tolerated.

    Args:
        n_series: charts watched, as services times questions.
        false_alarms_per_period: tolerated over all of them; one a quarter on weekly charts is 1 / 13.

    Raises:
        SettingNotValid: if either is not above zero.

    Source: on average S charts of run length L raise S / L false alarms a period.

    >>> run_length_for(1600, 1 / 13)
    20800.0
    """
    if n_series < 1 or not 0 < false_alarms_per_period < math.inf:
        raise SettingNotValid(
            f"{n_series} charts and {false_alarms_per_period} false alarms a period: both are above zero"
        )
    return n_series / false_alarms_per_period


def _two_sided_cusum(k: float, h: float, shift: float) -> float:
    alarms_per_period = 1 / _one_sided_cusum(k, h, shift) + 1 / _one_sided_cusum(k, h, -shift)
    return 1 / alarms_per_period if alarms_per_period > 0 else math.inf


def _one_sided_cusum(k: float, h: float, shift: float) -> float:
    """Solve L(z) = 1 + P(back to zero) L(0) + the integral over where the sum may go, for a start at 0."""
    x, w = _nodes(0.0, h, 1.0)
    start = np.append(x, 0.0)
    kernel = np.empty((len(start), len(start)))
    kernel[:, :-1] = _normal(x[None, :] + k - start[:, None] - shift) * w[None, :]
    kernel[:, -1] = ndtr(k - start - shift)
    return _or_never(float(_runs(kernel)[-1]))


def _ewma(weight: float, limit: float, shift: float) -> float:
    """Solve L(z) = 1 + the integral of L over where the average may go from z, for a start on target."""
    end = limit * math.sqrt(weight / (2 - weight))
    x, w = _nodes(-end, end, weight)
    start = np.append(x, 0.0)
    density = _normal((x[None, :] - (1 - weight) * start[:, None]) / weight - shift)
    kernel = density * w[None, :] / weight
    runs = _runs(kernel[:-1])
    return _or_never(float(1 + kernel[-1] @ runs) if runs.any() else math.inf)


def _runs(kernel: Floats) -> Floats:
    """Solve for the run length from every starting point; zeros where it cannot be told from never."""
    try:
        return np.asarray(np.linalg.solve(np.eye(len(kernel)) - kernel, np.ones(len(kernel))), dtype=float)
    except np.linalg.LinAlgError:
        return np.zeros(len(kernel))


def _or_never(run_length: float) -> float:
    """Give infinity for what rounding has made of a run length too long to be computed."""
    return run_length if 0 < run_length < LONGEST * 1e3 else math.inf


def _nodes(low: float, high: float, width: float) -> tuple[Floats, Floats]:
    """Give Gauss-Legendre points and weights, enough for a kernel of that width."""
    n = int(min(MOST_NODES, max(FEWEST_NODES, math.ceil(NODES_PER_SD * (high - low) / width))))
    x, w = np.polynomial.legendre.leggauss(n)
    return low + (high - low) * (x + 1) / 2, w * (high - low) / 2


def _normal(z: Floats) -> Floats:
    density: Floats = np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)
    return density


def _told(found: float) -> float:
    if not 0 < found <= LONGEST:
        raise SettingNotValid("the mean run length is beyond a thousand million periods; lower the threshold")
    return found


def _inverse(run_length_at: Callable[[float], float], wanted: float) -> float:
    """Find where a rising run length is the wanted one."""
    low, high = 1e-6, 1.0
    if not run_length_at(low) < wanted <= LONGEST:
        raise SettingNotValid(
            f"no threshold gives a mean run length of {wanted:g}: the shortest is {run_length_at(low):.3g}, "
            f"the longest that can be computed {LONGEST:g}"
        )
    while run_length_at(high) < wanted:
        low, high = high, 1.5 * high

    def too_long(at: float) -> float:
        return math.log(min(run_length_at(at), 1e3 * LONGEST) / wanted)

    return float(brentq(too_long, low, high, xtol=1e-10, rtol=1e-12))
