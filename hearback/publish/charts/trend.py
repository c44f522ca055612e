"""The trend chart: share agreeing per quarter, with its 95 % interval, one panel per pool."""

from dataclasses import dataclass
from typing import Any

from hearback.publish.charts.look import INK, MUTED, NARROW, PAPER, POOL_COLOURS, WIDE, config
from hearback.publish.series import Reading, Series
from hearback.ui.numbers import share

LOWEST_SPAN = 0.4  # an axis of less would make chance look like change


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


def draw(panels: tuple[Panel, ...], narrow: bool) -> dict[str, Any]:
    """Describe the chart of one or more panels under each other, on one axis."""
    import altair

    ends = span(panels)
    charts = [_panel(panel, ends, narrow) for panel in panels]
    chart = charts[0] if len(charts) == 1 else altair.vconcat(*charts)
    described: dict[str, Any] = chart.to_dict()
    described["config"] = config(narrow)
    return described


def _rows(series: Series, narrow: bool) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    segment, before = 0, False
    for reading in series.readings:
        segment += reading.shown and (reading.breaks or not before)
        before = reading.shown
        rows.append(_row(reading, segment, narrow))
    for at, row in enumerate(rows):
        if row["segment"]:
            row["below"] = _lies_low(row, rows[max(0, at - 1) : at + 2])
    return rows


def _lies_low(row: dict[str, Any], around: list[dict[str, Any]]) -> bool:
    """Say whether a point lies below its neighbours: then its number goes under it, out of the line's way."""
    return bool(sum(other["value"] - row["value"] for other in around if other["segment"]) > 0)


def _row(reading: Reading, segment: int, narrow: bool) -> dict[str, Any]:
    quarter = _code(reading)
    score = reading.score
    if score is None or score.value is None:
        return {"quarter": quarter, "segment": 0, "gap": "–"}
    label = share(score.value, score.n)
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


def _panel(panel: Panel, ends: tuple[float, float], narrow: bool) -> Any:
    import altair

    colour, pale = POOL_COLOURS[panel.pool]
    height = 200 if narrow else 240
    shares = altair.Y(
        "value:Q", scale=altair.Scale(domain=ends, nice=False, zero=False),
        axis=altair.Axis(labelExpr="round(datum.value * 100) + '\u00a0%'", tickCount=5),
    )  # fmt: skip
    low, high = altair.Y("low:Q"), altair.Y("high:Q")
    rows = altair.InlineData(values=_rows(panel.series, narrow))
    base = altair.Chart(rows).encode(x=_quarters(panel.series))
    shown = base.transform_filter("datum.segment > 0")
    layers = (
        shown.mark_area(fill=pale).encode(y=low, y2="high:Q", detail="segment:N"),
        shown.mark_rule(stroke=colour, strokeWidth=1.5).encode(y=low, y2="high:Q"),
        shown.mark_line(stroke=colour, strokeWidth=2.5).encode(y=shares, detail="segment:N"),
        shown.mark_point(shape="circle", filled=True, fill=PAPER, stroke=colour, strokeWidth=2.5, size=64,
                         opacity=1).encode(y=altair.Y("value:Q")),
        *_labels(shown.transform_filter("!datum.below"), high, "bottom", -9),
        *_labels(shown.transform_filter("datum.below"), low, "top", 9),
        base.transform_filter("datum.segment == 0")
        .mark_text(fill=MUTED, baseline="bottom", dy=-4)
        .encode(y=altair.value(height), text="gap:N"),
    )  # fmt: skip
    return altair.layer(*layers).properties(
        width=NARROW - 44 if narrow else WIDE - 60, height=height, title=panel.title
    )


def _quarters(series: Series) -> Any:
    """Put quarters side by side; the fiscal year stands under its first quarter only."""
    import altair

    name, year = "slice(datum.value, 0, 2)", "'FY' + slice(datum.value, 3)"
    return altair.X(
        "quarter:O",
        sort=[_code(reading) for reading in series.readings],
        scale=altair.Scale(paddingOuter=0.25),
        axis=altair.Axis(
            grid=False,
            labelAngle=0,
            labelOverlap=False,
            labelExpr=f"datum.index == 0 || {name} == 'Q1' ? [{name}, {year}] : {name}",
        ),
    )


def _labels(chart: Any, beside: Any, baseline: str, distance: int) -> tuple[Any, Any]:
    """Write the numbers twice: first wide in the colour of the paper, so that no line runs through them."""
    return tuple(
        chart.mark_text(dy=distance, baseline=baseline, fontWeight=600, **paint).encode(
            y=beside, text="label:N"
        )
        for paint in ({"fill": PAPER, "stroke": PAPER, "strokeWidth": 5}, {"fill": INK})
    )
