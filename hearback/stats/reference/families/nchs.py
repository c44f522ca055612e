"""Whether shares may be shown."""

from typing import Any

from hearback.stats.presentation import present_share
from hearback.stats.reference.case import Case, Row, number


def compute(case: Case) -> list[dict[str, Any]]:
    """Decide on every row."""
    level = case.parameter("level", 0.95)
    return [_row(row, float(row.get("level") or level)) for row in case.rows]


def _row(row: Row, level: float) -> dict[str, Any]:
    share, se = (None if row[name] == "" else number(row[name]) for name in ("p", "se"))
    n, df = (int(number(row[name] or "0")) for name in ("n", "df"))
    found = present_share(share, se, n, df, level=level)
    return {
        "id": row["id"],
        "n_eff": found.n_eff,
        "ci_low": found.low,
        "ci_high": found.high,
        "width": found.width,
        "relative_width": found.relative_width,
        "decision": found.decision.value,
        "review": " ".join(flag.value for flag in found.review),
    }
