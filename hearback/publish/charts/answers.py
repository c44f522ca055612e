"""The answers chart: five answers per quarter as one bar, disagreement left, agreement right."""

from collections.abc import Iterator, Sequence
from typing import Any

from hearback.measure.rules import ANSWER_NAMES, POOLS
from hearback.publish.charts.figure import Column, Figure, Raw
from hearback.publish.charts.look import INK, LINE, MUTED, NARROW, PAPER, SCHEMA, STEPS, WIDE, config
from hearback.publish.sentences import reading
from hearback.publish.series import Answers
from hearback.ui.numbers import share
from hearback.ui.painting import Described
from hearback.ui.words import REASONS, plain

NAMES = tuple(f"{answer} {name.capitalize()}" for answer, name in enumerate(ANSWER_NAMES, start=1))
NOT_SHOWN = "–"

LABELS = 92  # room for the quarters, left of the bars
ENDS = 70  # room for a written share at either end
COLUMNS = (
    Column("quarter", "Quarter", "quarter"),
    Column("answer", "Answer"),
    Column("count", "How many", "count"),
    Column("share", "Share", "share", "n"),
    Column("low", "95 % interval from", "low", "n"),
    Column("high", "to", "high", "n"),
    Column("n", "Answers", "count"),
    Column("surveys", "Surveys", "count"),
    Column("reason", "Why a number is missing"),
)
DISAGREE, AGREE = "1 and 2 together", "4 and 5 together"
NO_INTERVAL = "no interval of a sum"


def figure(key: str, name: str, pool: str, rows: list[Answers], thing: str) -> Figure:
    """Give the figure of a service and kind of question, of the quarters whose share agreeing is shown.

    Args:
        thing: what its title names; no other figure of its kind has the same.
    """
    first, last = rows[0].quarter.label, rows[-1].quarter.label
    newest = rows[-1].agree
    says = [
        f"{POOLS[pool].name}.",
        *([reading(newest)] if newest else []),
        f"From {first} to {last}, each bar is the answers of a quarter: disagreement to the left of a middle "
        "line, agreement to the right.",
    ]
    return Figure(
        name=f"answers-{key}-{pool}",
        kind="Bar chart of the five answers",
        title=f"{thing}: the five answers, by quarter",
        question=POOLS[pool].name,
        says=(" ".join(says),),
        note=_note(rows),
        columns=COLUMNS,
        rows=tuple(line for row in rows for line in _lines(row)),
        page=f"/services/{key}/",
        page_name=name,
        tables=("scores", "answers"),
        numbers=rows,
        draw=draw,
        methods=("trust-answers", "trust-answer-shares", "trust-agree-share"),
        commands=(
            f"hearback measure quarter {rows[-1].quarter} --dry-run",
            f"hearback measure show service {key}",
        ),
    )


def _note(rows: Sequence[Answers]) -> str:
    """Say how to read it: of answers that are left out only where one is."""
    said = "Disagreement lies left of the middle line, agreement right of it; “neither” is halved."
    if not any(share is None for row in rows for share in row.shares):
        return said
    return (
        f"{said} An answer whose share is too unsure to show is left out of its bar, and those beside it "
        "close up."
    )


def _lines(row: Answers) -> Iterator[tuple[Raw, ...]]:
    """Give a line for each answer, and one for either side, of which the picture writes the share."""
    quarter, behind = str(row.quarter), (sum(row.counts), row.n_surveys)
    facts = zip(NAMES, row.counts, row.shares, row.intervals, row.reasons, strict=True)
    for name, n, value, interval, reason in facts:
        yield (quarter, name, n, value, *interval, *behind, _why(reason))
    against, unsure = disagree(row), next((one for one in row.reasons[:2] if one), None)
    why = NO_INTERVAL if against is not None else _why(unsure)
    yield (quarter, DISAGREE, sum(row.counts[:2]), against, None, None, *behind, why)
    agree = row.agree
    if agree:
        ends = (agree.value, agree.low, agree.high)
        yield (quarter, AGREE, sum(row.counts[3:]), *ends, *behind, _why(agree.reason))


def _why(reason: str | None) -> str | None:
    return str(plain(reason, REASONS)) if reason else None


def disagree(row: Answers) -> float | None:
    """Add up the shares of answers 1 and 2; None where one of them is too unsure to show."""
    first, second = row.shares[:2]
    return None if first is None or second is None else first + second


def segments(shares: Sequence[float | None]) -> list[tuple[float, float]]:
    """Place five shares on a line on which the middle of the middle answer is zero; one not shown is empty.

    >>> segments((0.1, 0.1, 0.2, 0.4, 0.2))
    [(-0.3, -0.2), (-0.2, -0.1), (-0.1, 0.1), (0.1, 0.5), (0.5, 0.7)]
    >>> segments((0.1, None, 0.2, 0.4, None))
    [(-0.2, -0.1), (-0.1, -0.1), (-0.1, 0.1), (0.1, 0.5), (0.5, 0.5)]
    """
    wide = [value or 0.0 for value in shares]
    start = -(wide[0] + wide[1] + wide[2] / 2)
    placed = []
    for value in wide:
        end = start + value
        placed.append((round(start, 6), round(end, 6)))
        start = end
    return placed


def draw(rows: list[Answers], narrow: bool) -> Described:
    """Describe the chart: one bar per quarter, oldest at the top, both sides' shares written out.

    The narrow drawing has the quarter above its bar, the wide one beside it.
    """
    bars, ends, labels = _bars(rows), {"values": _ends(rows)}, 0 if narrow else LABELS
    width, under = (NARROW if narrow else WIDE) - labels - 4, 10 if narrow else 0
    beside = {"labelColor": INK, "labelPadding": LABELS, "labelAlign": "left", "domain": False}
    down = {"field": "quarter", "type": "ordinal", "sort": None, "axis": None if narrow else beside}
    answers = {
        "field": "answer",
        "type": "nominal",
        "sort": None,
        "scale": {"domain": list(NAMES), "range": list(STEPS)},
    }
    scale = {"domain": _domain(bars, width)}
    across = {"field": "start", "type": "quantitative", "scale": scale, "axis": None}
    described = config(narrow)
    described["legend"] |= {"orient": "none", "legendX": -labels, "legendY": -116 if narrow else -38}
    above = [_quarters(ends, down)] if narrow else []
    return {
        "$schema": SCHEMA,
        "config": described,
        "width": width,
        "height": max(1, len(rows)) * (46 if narrow else 32),
        "layer": [
            {
                "data": {"values": bars},
                "mark": {
                    "type": "bar", "height": 18 if narrow else 20, "yOffset": under,
                    "stroke": PAPER, "strokeWidth": 1,
                },
                "encoding": {"x": across, "x2": {"field": "end"}, "y": down, "color": answers},
            },
            {
                "data": {"values": [{"start": 0}]},
                "mark": {"type": "rule", "stroke": LINE, "strokeWidth": 1},
                "encoding": {"x": {"field": "start", "type": "quantitative"}},
            },
            _written(ends, down, "left", {"align": "right", "dx": -6, "dy": under, "fill": MUTED}),
            _written(
                ends, down, "right",
                {"align": "left", "dx": 6, "dy": under, "fill": INK, "fontWeight": 600},
            ),
            *above,
        ],
    }  # fmt: skip


def _quarters(ends: Described, down: Described) -> Described:
    """Write the quarters above their bars."""
    return {
        "data": ends,
        "mark": {"type": "text", "align": "left", "dy": -11, "fill": INK},
        "encoding": {"x": {"value": 0}, "y": down, "text": {"field": "quarter", "type": "nominal"}},
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
        for name, (start, end) in zip(NAMES, segments(row.shares), strict=True)
        if end > start
    ]


def _ends(rows: list[Answers]) -> list[dict[str, Any]]:
    found = []
    for row in rows:
        placed, total = segments(row.shares), sum(row.counts)
        against, agreeing = disagree(row), row.agree.value if row.agree else None
        found.append({
            "quarter": row.quarter.label,
            "left": placed[0][0], "left_label": _said(against, total),
            "right": placed[4][1], "right_label": _said(agreeing, total),
        })  # fmt: skip
    return found


def _said(value: float | None, n: int) -> str:
    return NOT_SHOWN if value is None else share(value, n)


def _domain(bars: list[dict[str, Any]], width: float) -> list[float]:
    """Leave room at both ends for the written shares."""
    low, high = min((b["start"] for b in bars), default=-0.5), max((b["end"] for b in bars), default=0.5)
    room = (high - low) * ENDS / (width - 2 * ENDS)
    return [low - room, high + room]
