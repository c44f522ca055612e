"""Control charts of a share or a mean."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from hearback.stats.monitoring import CusumAlarm, cusum, ewma, share_errors, standard_scores
from hearback.stats.reference.case import Case, labels, numbers


def compute(case: Case) -> dict[str, Any]:
    """Chart the series of the case, and name the periods of the alarms; none is held back at the start."""
    periods = labels(case.rows, "period")
    target = float(case.parameter("target"))
    values, errors = series(case, target)
    scores = standard_scores(values, target, errors)
    sums = cusum(scores, k=float(case.parameter("k")), h=float(case.parameter("h")), first_periods=0)
    average = ewma(
        values,
        target,
        errors,
        weight=float(case.parameter("lambda")),
        limit=float(case.parameter("L")),
        first_periods=0,
    )
    return {
        "z": scores,
        "cusum_high": sums.high,
        "cusum_low": sums.low,
        "alarm_high": _named(periods, sums.alarms, "high"),
        "alarm_low": _named(periods, sums.alarms, "low"),
        "ewma": average.average,
        "ewma_sd": average.sd,
        "ewma_alarm": [periods[alarm.period] for alarm in average.alarms],
        "first_alarm_cusum": periods[sums.alarms[0].period] if sums.alarms else None,
    }


def series(case: Case, target: float) -> tuple[list[float | None], Sequence[float | None]]:
    """Give values and errors: counts as shares, else as they stand, with one sigma or a column of them."""
    if "x" in case.rows[0]:
        hits, n = numbers(case.rows, "x"), numbers(case.rows, "n")
        n = np.where(np.isnan(hits), np.nan, n)
        shares = np.divide(hits, n, out=np.full(len(n), np.nan), where=n > 0)
        return shares.tolist(), share_errors(target, n.tolist(), deff=float(case.parameters.get("deff", 1)))
    values = numbers(case.rows, "y").tolist()
    if "sigma" in case.rows[0]:
        return values, numbers(case.rows, "sigma").tolist()
    return values, [float(case.parameter("sigma"))] * len(values)


def _named(periods: Sequence[str], alarms: Iterable[CusumAlarm], side: str) -> list[str]:
    return [periods[alarm.period] for alarm in alarms if alarm.side == side]
