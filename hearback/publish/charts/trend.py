"""The trend chart: share agreeing per quarter, with its 95 % interval, one panel per pool."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from hearback.publish.charts.drawing import Type, lines_of
from hearback.publish.charts.look import (
    INK,
    MUTED,
    NARROW,
    PAPER,
    POOL_COLOURS,
    SCHEMA,
    WIDE,
    config,
)
from hearback.publish.series import Reading, Series
from hearback.ui.numbers import share
from hearback.ui.painting import Described

LOWEST_SPAN = 0.4  # an axis of less would make chance look like change
MOST_WITH_DECIMALS = 6
"""Of more quarters a narrow drawing writes whole percent, as there is no room for decimals side by side."""
AXIS = {True: 58, False: 62}
"""Room for the axis, narrow or wide, in whichever font the reader has."""
SHOWN = "datum.segment > 0"
"""Which quarters have a number, in the words of the drawing program."""


@dataclass(frozen=True)
class Panel:
    """One panel: the pool it shows, its title, and its series."""

    pool: str
    title: str
    series: Series


def span(panels: tuple[Panel, ...]) -> tuple[float, float]:
    """Give the axis its ends in steps of a tenth, at least 40 points apart, holding every interval."""
    shown = [r.score for p in panels for r in p.series.readings if r.shown]
    lows = [s.low if s.low is not None else s.value for s in shown if s]
    highs = [s.high if s.high is not None else s.value for s in shown if s]
    low = max(0, int(min(v for v in lows if v is not None) * 10 - 0.5))
    high = min(10, int(max(v for v in highs if v is not None) * 10 + 1.5))
    while high - low < LOWEST_SPAN * 10:
        low, high = max(0, low - 1), high if low > 0 and (high - low) % 2 == 0 else min(10, high + 1)
    return low / 10, high / 10


def draw(panels: tuple[Panel, ...], narrow: bool) -> Described:
    """Describe the chart of one or more panels under each other, on one axis."""
    ends = span(panels)
    charts = [_panel(panel, ends, narrow) for panel in panels]
    chart = charts[0] if len(charts) == 1 else {"vconcat": charts}
    return {"$schema": SCHEMA, "config": config(narrow), **chart}


DOT = 0.015
"""As wide is a dot, about, as a share on the scale of a chart."""


def note(panels: tuple[Panel, ...]) -> str:
    """Say how to read the chart: of bands, lines and dashes only those that are drawn in it."""
    rows = [row for panel in panels for row in _rows(panel.series, False)]
    sure = [row for row in rows if row["segment"] and row["low"] < row["high"]]
    said = []
    if sure:
        said.append(f"{'Band and upright lines' if _has_band(panels) else 'Upright lines'}: 95 % intervals.")
    hidden = [row for row in sure if row["high"] - row["low"] < DOT]
    if sure and len(hidden) == len(sure):
        said = ["The 95 % intervals are narrower than the dots; the table of this chart has them."]
    elif hidden:
        said.append("One narrower than its dot cannot be seen.")
    if any(not row["segment"] for row in rows):
        said.append("A dash means there is nothing to show for that quarter.")
    return " ".join(said)


def _has_band(panels: tuple[Panel, ...]) -> bool:
    """Say whether any two quarters with intervals are joined: of one alone there is no band."""
    for panel in panels:
        for one, other in pairwise(_rows(panel.series, False)):
            joined = one["segment"] and one["segment"] == other["segment"]
            if joined and any(row["low"] < row["high"] for row in (one, other)):
                return True
    return False


def _rows(series: Series, narrow: bool) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    segment, before = 0, False
    for reading in series.readings:
        segment += reading.shown and (reading.breaks or not before)
        before = reading.shown
        rows.append(_row(reading, segment, narrow, len(series.readings)))
    for at, row in enumerate(rows):
        if row["segment"]:
            row["below"] = _lies_low(row, rows[max(0, at - 1) : at + 2])
    return rows


def _lies_low(row: dict[str, Any], around: list[dict[str, Any]]) -> bool:
    """Say whether a point lies below its neighbours: then its number goes under it, out of the line's way."""
    return bool(sum(other["value"] - row["value"] for other in around if other["segment"]) > 0)


def _row(reading: Reading, segment: int, narrow: bool, n: int) -> dict[str, Any]:
    quarter = _code(reading)
    score = reading.score
    if score is None or score.value is None:
        return {"quarter": quarter, "segment": 0, "gap": "–"}
    label = share(score.value, None if narrow and n > MOST_WITH_DECIMALS else score.n)
    return {
        "quarter": quarter,
        "segment": segment,
        "value": score.value,
        "low": score.low if score.low is not None else score.value,
        "high": score.high if score.high is not None else score.value,
        "label": label.removesuffix("\u00a0%") if narrow else label,
    }


def _code(reading: Reading) -> str:
    return f"Q{reading.quarter.number}|{reading.quarter.fiscal_year}"


def _panel(panel: Panel, ends: tuple[float, float], narrow: bool) -> Described:
    colour, pale = POOL_COLOURS[panel.pool]
    height = 200 if narrow else 240
    quarters = _quarters(panel.series)
    low, high = _number("low"), _number("high")
    interval = {"y": low, "y2": {"field": "high"}}
    shares = _number("value") | {
        "scale": {"domain": list(ends), "nice": False, "zero": False},
        "axis": {
            "labelExpr": "round(datum.value * 100) + '\u00a0%'",
            "tickCount": 5,
            "minExtent": AXIS[narrow],
        },
    }
    segments = {"detail": _name("segment")}
    point = {
        "type": "point", "shape": "circle", "filled": True, "fill": PAPER, "stroke": colour,
        "strokeWidth": 2.5, "size": 64, "opacity": 1,
    }  # fmt: skip
    layers = (
        _layer({"type": "area", "fill": pale}, interval | segments),
        _layer({"type": "rule", "stroke": colour, "strokeWidth": 1.5}, interval),
        _layer({"type": "line", "stroke": colour, "strokeWidth": 2.5}, {"y": shares} | segments),
        _layer(point, {"y": _number("value")}),
        *_labels("!datum.below", high, {"baseline": "bottom", "dy": -9}),
        *_labels("datum.below", low, {"baseline": "top", "dy": 9}),
        _layer(
            {"type": "text", "fill": MUTED, "baseline": "bottom", "dy": -4},
            {"y": {"value": height}, "text": _name("gap")},
            "datum.segment == 0",
        ),
    )
    for layer in layers:
        layer["encoding"]["x"] = quarters
    return {
        "data": {"values": _rows(panel.series, narrow)},
        "title": lines_of(panel.title, NARROW, Type(14, True)) if narrow else panel.title,
        "width": NARROW - AXIS[narrow] - 6 if narrow else WIDE - AXIS[narrow] - 6,
        "height": height,
        "layer": list(layers),
    }


def _layer(mark: Described, encoding: Described, *filters: str) -> Described:
    """Describe one layer: of the quarters with a number, where no other filter is given."""
    transform = [{"filter": one} for one in filters or (SHOWN,)]
    return {"transform": transform, "mark": mark, "encoding": encoding}


def _number(field: str) -> Described:
    return {"field": field, "type": "quantitative"}


def _name(field: str) -> Described:
    return {"field": field, "type": "nominal"}


def _quarters(series: Series) -> Described:
    """Put quarters side by side; the fiscal year stands under its first quarter only."""
    name, year = "slice(datum.value, 0, 2)", "'FY' + slice(datum.value, 3)"
    return {
        "field": "quarter",
        "type": "ordinal",
        "sort": [_code(reading) for reading in series.readings],
        "scale": {"paddingOuter": 0.25},
        "axis": {
            "grid": False,
            "labelAngle": 0,
            "labelOverlap": False,
            "labelExpr": f"datum.index == 0 || {name} == 'Q1' ? [{name}, {year}] : {name}",
        },
    }


def _labels(which: str, beside: Described, place: Described) -> tuple[Described, Described]:
    """Write the numbers twice: first wide in the colour of the paper, so that no line runs through them."""
    halo, ink = (
        _layer(
            {"type": "text", "fontWeight": 600, **place, **paint},
            {"y": beside, "text": _name("label")},
            SHOWN,
            which,
        )
        for paint in ({"fill": PAPER, "stroke": PAPER, "strokeWidth": 5}, {"fill": INK})
    )
    return halo, ink
