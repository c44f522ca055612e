"""The answers chart: five answers per quarter as one bar, disagreement left, agreement right."""

from typing import Any

from hearback.measure.rules import ANSWER_NAMES
from hearback.publish.charts.look import INK, LINE, MUTED, NARROW, STEPS, WIDE, config
from hearback.publish.series import Answers
from hearback.ui.numbers import share

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


def draw(rows: list[Answers], narrow: bool) -> dict[str, Any]:
    """Describe the chart: one bar per quarter, oldest at the top, both sides' shares written out."""
    import altair

    bars, ends = _bars(rows), _ends(rows)
    width = (NARROW if narrow else WIDE) - LABELS - 4
    across = altair.X("start:Q", scale=altair.Scale(domain=_domain(bars)), axis=None)
    down = altair.Y(
        "quarter:O",
        sort=None,
        axis=altair.Axis(labelColor=INK, labelPadding=LABELS, labelAlign="left", domain=False),
    )
    colour = altair.Color("answer:N", sort=None, scale=altair.Scale(domain=list(NAMES), range=list(STEPS)))
    chart = altair.layer(
        altair.Chart(altair.InlineData(values=bars)).mark_bar(height=18 if narrow else 20)
        .encode(x=across, x2="end:Q", y=down, color=colour),
        altair.Chart(altair.InlineData(values=[{"start": 0}])).mark_rule(stroke=LINE, strokeWidth=1)
        .encode(x="start:Q"),
        altair.Chart(altair.InlineData(values=ends)).mark_text(align="right", dx=-6, fill=MUTED)
        .encode(x=altair.X("left:Q"), y=down, text="left_label:N"),
        altair.Chart(altair.InlineData(values=ends)).mark_text(align="left", dx=6, fill=INK, fontWeight=600)
        .encode(x=altair.X("right:Q"), y=down, text="right_label:N"),
    ).properties(width=width, height=max(1, len(rows)) * (30 if narrow else 32))  # fmt: skip
    described: dict[str, Any] = chart.to_dict()
    described["config"] = config(narrow)
    described["config"]["legend"] |= {"orient": "none", "legendX": -LABELS, "legendY": -74 if narrow else -38}
    return described


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
