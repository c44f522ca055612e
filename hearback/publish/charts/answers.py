"""The answers chart: five answers per quarter as one bar, disagreement left, agreement right."""

from typing import Any

from hearback.measure.rules import ANSWER_NAMES
from hearback.publish.charts.look import INK, LINE, MUTED, NARROW, SCHEMA, STEPS, WIDE, config
from hearback.publish.series import Answers
from hearback.ui.numbers import share
from hearback.ui.painting import Described

NAMES = tuple(f"{answer} {name.capitalize()}" for answer, name in enumerate(ANSWER_NAMES, start=1))

LABELS = 86  # room for the quarters, left of the bars


def segments(counts: tuple[int, ...]) -> list[tuple[float, float]]:
    """Place five shares on a line on which the middle of the middle answer is zero.

    >>> segments((1, 1, 2, 4, 2))
    [(-0.3, -0.2), (-0.2, -0.1), (-0.1, 0.1), (0.1, 0.5), (0.5, 0.7)]
    """
    total = sum(counts)
    start = -(counts[0] + counts[1] + counts[2] / 2) / total
    placed = []
    for count in counts:
        end = start + count / total
        placed.append((round(start, 6), round(end, 6)))
        start = end
    return placed


def draw(rows: list[Answers], narrow: bool) -> Described:
    """Describe the chart: one bar per quarter, oldest at the top, both sides' shares written out."""
    bars, ends = _bars(rows), {"values": _ends(rows)}
    down = {
        "field": "quarter",
        "type": "ordinal",
        "sort": None,
        "axis": {"labelColor": INK, "labelPadding": LABELS, "labelAlign": "left", "domain": False},
    }
    answers = {
        "field": "answer",
        "type": "nominal",
        "sort": None,
        "scale": {"domain": list(NAMES), "range": list(STEPS)},
    }
    across = {"field": "start", "type": "quantitative", "scale": {"domain": _domain(bars)}, "axis": None}
    described = config(narrow)
    described["legend"] |= {"orient": "none", "legendX": -LABELS, "legendY": -74 if narrow else -38}
    return {
        "$schema": SCHEMA,
        "config": described,
        "width": (NARROW if narrow else WIDE) - LABELS - 4,
        "height": max(1, len(rows)) * (30 if narrow else 32),
        "layer": [
            {
                "data": {"values": bars},
                "mark": {"type": "bar", "height": 18 if narrow else 20},
                "encoding": {"x": across, "x2": {"field": "end"}, "y": down, "color": answers},
            },
            {
                "data": {"values": [{"start": 0}]},
                "mark": {"type": "rule", "stroke": LINE, "strokeWidth": 1},
                "encoding": {"x": {"field": "start", "type": "quantitative"}},
            },
            _written(ends, down, "left", {"align": "right", "dx": -6, "fill": MUTED}),
            _written(ends, down, "right", {"align": "left", "dx": 6, "fill": INK, "fontWeight": 600}),
        ],
    }


def _written(ends: Described, down: Described, side: str, look: Described) -> Described:
    """Write the share of one side beside every bar."""
    return {
        "data": ends,
        "mark": {"type": "text", **look},
        "encoding": {
            "x": {"field": side, "type": "quantitative"},
            "y": down,
            "text": {"field": f"{side}_label", "type": "nominal"},
        },
    }


def _bars(rows: list[Answers]) -> list[dict[str, Any]]:
    return [
        {"quarter": row.quarter.label, "answer": name, "start": start, "end": end}
        for row in rows
        for name, (start, end) in zip(NAMES, segments(row.counts), strict=True)
        if end > start
    ]


def _ends(rows: list[Answers]) -> list[dict[str, Any]]:
    found = []
    for row in rows:
        placed, total = segments(row.counts), sum(row.counts)
        found.append({
            "quarter": row.quarter.label,
            "left": placed[0][0], "left_label": share((row.counts[0] + row.counts[1]) / total, total),
            "right": placed[4][1], "right_label": share((row.counts[3] + row.counts[4]) / total, total),
        })  # fmt: skip
    return found


def _domain(bars: list[dict[str, Any]]) -> list[float]:
    """Leave room at both ends for the written shares."""
    low, high = min(b["start"] for b in bars), max(b["end"] for b in bars)
    room = (high - low) * 0.16
    return [low - room, high + room]
