"""The trend chart: share agreeing per quarter, with its 95 % interval, one panel per pool."""

from dataclasses import dataclass
from typing import Any

from hearback.publish.charts.look import INK, MUTED, NARROW, PAPER, POOL_COLOURS, WIDE, config
from hearback.publish.numbers import share
from hearback.publish.series import Reading, Series

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
        low, high = (low - 1, high) if low > 0 else (low, high + 1)
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
    rows, segment, before = [], 0, False
    for reading in series.readings:
        segment += reading.shown and not before
        before = reading.shown
        rows.append(_row(reading, segment, narrow))
    return rows


def _row(reading: Reading, segment: int, narrow: bool) -> dict[str, Any]:
    quarter = f"Q{reading.quarter.number}|{reading.quarter.fiscal_year}"
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


def _panel(panel: Panel, ends: tuple[float, float], narrow: bool) -> Any:
    import altair

    colour, pale = POOL_COLOURS[panel.pool]
    rows = _rows(panel.series, narrow)
    width = NARROW - 44 if narrow else WIDE - 60
    quarters = altair.X(
        "quarter:O", sort=None, scale=altair.Scale(paddingOuter=0.25 if narrow else 0.4),
        axis=altair.Axis(
            grid=False, labelAngle=0,
            labelExpr="datum.index == 0 || slice(datum.value, 0, 2) == 'Q1' "
            "? [slice(datum.value, 0, 2), 'FY' + slice(datum.value, 3)] : slice(datum.value, 0, 2)",
        ),
    )  # fmt: skip
    shares = altair.Y("value:Q", scale=altair.Scale(domain=ends, nice=False, zero=False),
                      axis=altair.Axis(format=".0%", labelExpr="round(datum.value * 100) + '\u00a0%'", tickCount=5))
    base = altair.Chart(altair.Data(values=rows)).encode(x=quarters)
    shown = base.transform_filter("datum.segment > 0")
    layers = (
        shown.mark_area(fill=pale).encode(y=altair.Y("low:Q"), y2="high:Q", detail="segment:N"),
        shown.mark_rule(stroke=colour, strokeWidth=1.5).encode(y=altair.Y("low:Q"), y2="high:Q"),
        shown.mark_line(stroke=colour, strokeWidth=2.5).encode(y=shares, detail="segment:N"),
        shown.mark_point(shape="circle", filled=True, fill=PAPER, stroke=colour, strokeWidth=2.5, size=64,
                         opacity=1).encode(y=altair.Y("value:Q")),
        shown.mark_text(dy=-9, baseline="bottom", fill=INK, fontWeight=600).encode(y=altair.Y("high:Q"), text="label:N"),
        base.transform_filter("datum.segment == 0").mark_text(fill=MUTED, baseline="bottom", dy=-4).encode(
            y=altair.value(240 if not narrow else 200), text="gap:N"),
    )
    return altair.layer(*layers).properties(width=width, height=240 if not narrow else 200, title=panel.title)
