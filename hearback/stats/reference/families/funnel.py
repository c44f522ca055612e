"""Providers in a funnel around a target."""

from dataclasses import astuple
from typing import Any

from hearback.stats.comparison import FunnelPoint, Limits, funnel
from hearback.stats.reference.case import Case, labels, numbers


def compute(case: Case) -> dict[str, Any]:
    """Place every provider that has answers."""
    found = funnel(
        numbers(case.rows, "x"),
        numbers(case.rows, "n"),
        target=case.parameters.get("target"),
        winsorised=float(case.parameters.get("winsorise", 0.10)),
    )
    names = labels(case.rows, "provider")
    return {
        "target": found.target,
        "phi": found.phi,
        "tau2": found.tau_squared,
        "providers": [
            _row(name, point) for name, point in zip(names, found.points, strict=True) if point.n > 0
        ],
    }


def _row(name: str, point: FunnelPoint) -> dict[str, Any]:
    return {
        "provider": name,
        "n": int(point.n) if point.n.is_integer() else point.n,
        "p": point.rate,
        "z": point.z,
        "z_overdispersed": point.z_adjusted,
        "class": point.place,
        "class_overdispersed": point.place_adjusted,
        **_limits("exact", point.exact),
        **_limits("normal", point.normal),
    }


def _limits(kind: str, limits: Limits | None) -> dict[str, float | None]:
    names = ("low_99.8", "low_95", "high_95", "high_99.8")
    values = astuple(limits) if limits else (None,) * len(names)
    return {f"{kind}_{name}": value for name, value in zip(names, values, strict=True)}
