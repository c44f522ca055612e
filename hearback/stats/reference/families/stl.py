"""A series split in season, trend and remainder."""

from dataclasses import asdict
from typing import Any

from hearback.stats.monitoring import StlSettings, decompose_season
from hearback.stats.reference.case import Case, numbers


def compute(case: Case) -> dict[str, Any]:
    """Split the column `y` as the parameters say; R makes an even window odd by adding one."""
    stated = case.parameters
    degree = stated.get("degree", 1)
    robust = bool(stated.get("robust", False))
    settings = StlSettings(
        seasonal=odd(stated.get("seasonal", "periodic")),
        trend=odd(stated.get("trend")),
        low_pass=odd(stated.get("low_pass")),
        seasonal_degree=stated.get("seasonal_degree", degree),
        trend_degree=stated.get("trend_degree", degree),
        low_pass_degree=stated.get("low_pass_degree", degree),
        jump=stated.get("jump", 1),
        inner_iterations=stated.get("inner_iterations", 1 if robust else 2),
        outer_iterations=stated.get("outer_iterations", 15 if robust else 0),
    )
    found = decompose_season(
        numbers(case.rows, "y").tolist(), period=int(case.parameter("period")), settings=settings
    )
    return asdict(found)


def odd(window: Any) -> Any:
    """Make an even window odd; anything else stays."""
    return window + 1 if isinstance(window, int) and window % 2 == 0 else window
