"""A change split in what providers did and who reported."""

from typing import Any

from hearback.stats.comparison import decompose_change
from hearback.stats.reference.case import Case, labels, numbers


def compute(case: Case) -> dict[str, Any]:
    """Split the change, and name what each provider adds."""
    rows = case.rows
    names = labels(rows, "provider")
    parts = decompose_change(*(numbers(rows, column) for column in ("n1", "y1", "n2", "y2")))
    return {
        "overall1": parts.before,
        "overall2": parts.after,
        "change": parts.change,
        "like_for_like1": parts.like_for_like_before,
        "like_for_like2": parts.like_for_like_after,
        "within": parts.within,
        "mix": parts.mix,
        "entry": parts.entry,
        "exit": parts.exit,
        "by_provider": [
            {"provider": names[part.provider], "within": part.within, "mix": part.mix}
            for part in parts.providers
        ],
    }
