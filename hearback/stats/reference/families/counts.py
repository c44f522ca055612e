"""Figures of services from their counts, and their roll-up."""

from typing import Any

from hearback.stats.reference.case import Case, Row, number
from hearback.stats.rollup import RollUp, ServiceCounts, ServiceFigures, roll_up, service_figures


def compute(case: Case) -> dict[str, Any]:
    """Give the figures of every service and their roll-up, at whatever coverage."""
    level = case.parameter("level", 0.95)
    services = [_service(row) for row in case.rows]
    return {
        "services": [_figures(service_figures(service, level)) for service in services],
        "rollup": _rollup(roll_up(services, minimum_coverage=0.0, level=level)),
    }


def _service(row: Row) -> ServiceCounts:
    one, two, three, four, five = (_count(row[f"n{answer}"]) or 0 for answer in range(1, 6))
    return ServiceCounts(
        row.get("service") or next(iter(row.values())),
        (one, two, three, four, five),
        _count(row["customers"]),
        _count(row["offered"]),
    )


def _count(text: str) -> int | None:
    return None if text == "" else int(number(text))


def _figures(found: ServiceFigures) -> dict[str, Any]:
    return {
        "service": found.name,
        "n": found.n,
        "mean": found.mean,
        "se": found.mean_se,
        "top2": found.top2,
        "top2_se": found.top2_se,
        "top2_low": found.top2_low,
        "top2_high": found.top2_high,
        "bottom2": found.bottom2,
        "response_rate": found.response_rate,
        "reach": found.reach,
    }


def _rollup(found: RollUp) -> dict[str, Any]:
    return {
        "services_used": len(found.services_used),
        "coverage": found.coverage,
        "mean": found.mean and found.mean.value,
        "mean_se": found.mean and found.mean.se,
        "top2": found.top2 and found.top2.value,
        "top2_se": found.top2 and found.top2.se,
        "pooled_responses_mean": found.pooled_mean,
        "simple_average_of_services": found.average_mean,
    }
