"""Small multiples: the services of an agency, each against its own history, never against each other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil

from hearback.directory.queries import ServiceFact
from hearback.fiscal import parse_quarter
from hearback.measure.queries import BandFact
from hearback.measure.rules import CHART_REASONS, POOLS
from hearback.publish.charts.drawing import SMALL, Drawing, Type, lines_of
from hearback.publish.charts.figure import Column, Figure
from hearback.publish.charts.look import HAIR, LINE, NARROW, PAPER, POOL_COLOURS, WIDE
from hearback.publish.frozen import Content
from hearback.publish.series import AGREE, Numbers, Series
from hearback.ui.numbers import share

ALL = "services"
MOST = 60
"""So many panels one picture may have; of more services each agency has its own."""
LOWEST_WINDOW = 0.4
"""The least height of a panel in shares: of less, chance would look like change."""
STEPS = 20
"""So many steps has the scale from none to all: its ends lie on one, as round numbers."""
PLOT, GAP = 96.0, 26.0
LABEL, NEWEST = Type(13, True), Type(13, True)
SCALE = 54.0
LEAST = 0.001
"""Of less, in shares, nobody sees that anything is cut."""
RING = 5.0
"""Radius of a point outside its band."""
OUTSIDE = "A ring is a share outside its band."
BAND = "Shaded: the band in which the share lies unless the service left the level of its first year."
EQUAL = (
    "Every panel is equally high and has its own place on the scale, so changes can be compared and "
    "levels cannot."
)
CUT = {
    (True, False): "A band that is cut at the top of its panel goes on above it; the table of this chart has "
    "its ends.",
    (False, True): "A band that is cut at the bottom of its panel goes on below it; the table of this chart "
    "has its ends.",
    (True, True): "A band that is cut at the top or the bottom of its panel goes on beyond it; the table of "
    "this chart has its ends.",
}
"""What is said of bands, where some are cut at the top and where some are at the bottom."""
COLUMNS = (
    Column("service", "Service"),
    Column("pool", "Kind of question"),
    Column("quarter", "Quarter", "quarter"),
    Column("share", "Agree", "share", "n"),
    Column("band_low", "Band from", "share", "n"),
    Column("band_high", "to", "share", "n"),
    Column("outside", "Outside its band"),
    Column("n", "Answers", "count"),
    Column("reason", "Why there is no band"),
)


@dataclass(frozen=True)
class Point:
    """One quarter of a panel; `value` is null where nothing is shown, `low` where there is no band.

    `reason` says why there is no band.
    """

    quarter: str
    value: float | None
    n: int | None
    breaks: bool
    low: float | None
    high: float | None
    outside: str | None
    reason: str | None


@dataclass(frozen=True)
class Panel:
    """One service and kind of question, and its quarters."""

    key: str
    name: str
    pool: str
    points: tuple[Point, ...]

    @property
    def known(self) -> list[Point]:
        """Give the quarters with a share."""
        return [point for point in self.points if point.value is not None]

    @property
    def has_band(self) -> bool:
        """Say whether any quarter has a band."""
        return any(point.low is not None for point in self.points)

    @property
    def begins_anew(self) -> bool:
        """Say whether a band was made after quarters that it is not made for, or is not made any more."""
        return self.has_band and any(point.low is None for point in self.known)


def figures(data: Content, numbers: Numbers) -> Iterator[Figure]:
    """Give one figure of all services, where they are few enough, and one for each agency."""
    bands: dict[tuple[str, str], list[BandFact]] = {}
    for band in data.bands:
        bands.setdefault((band.subject, band.pool), []).append(band)
    if not bands:  # a release made before there were any
        return
    panels = {
        service.key: [
            _panel(service, series, bands.get((service.key, pool), []))
            for pool in numbers.pools("service", service.key)
            if (series := numbers.series(AGREE, "service", service.key, pool))
        ]
        for service in sorted(data.services, key=lambda one: (one.name.casefold(), one.key))
    }
    every = [panel for found in panels.values() for panel in found]
    if 1 < len(every) <= MOST:
        yield _figure(ALL, "All services", every, ("/services/", "Services"))
    agency_of = {provider.key: provider.agency_key for provider in data.providers}
    for agency in sorted(data.agencies, key=lambda one: one.key):
        found = [
            panel
            for service in data.services
            if any(agency_of.get(p.provider_key) == agency.key for p in service.provisions)
            for panel in panels[service.key]
        ]
        found.sort(key=lambda panel: (panel.name.casefold(), panel.pool))
        if found:
            page = (f"/agencies/{agency.key}/", agency.name)
            yield _figure(f"{ALL}-{agency.key}", agency.name, found, page)


def _panel(service: ServiceFact, series: Series, bands: Sequence[BandFact]) -> Panel:
    by_quarter = {band.quarter: band for band in bands}
    points, reason = [], None
    for reading in series.readings:
        band, score = by_quarter.get(str(reading.quarter)), reading.score
        reason = band.reason if band else reason  # which holds until a quarter has a band
        points.append(
            Point(
                str(reading.quarter), score.value if score else None, score.n if score else None,
                reading.breaks, band.low if band else None, band.high if band else None,
                band.outside if band else None, reason,
            )
        )  # fmt: skip
    return Panel(service.key, service.name, series.pool, tuple(points))


def _figure(name: str, title: str, panels: list[Panel], page: tuple[str, str]) -> Figure:
    return Figure(
        name=name,
        kind="Small line charts, one for each service, in alphabetical order",
        title=f"{title}: each service against its own history",
        says=_says(panels),
        note=" ".join((*_of_bands(panels), *_of_rings(panels), EQUAL, *_of_cut(panels))),
        columns=COLUMNS,
        rows=tuple(
            (
                panel.name, POOLS[panel.pool].name, point.quarter, point.value,
                point.low, point.high, point.outside, point.n,
                CHART_REASONS.get(point.reason or "") if point.low is None else None,
            )
            for panel in panels
            for point in panel.known
        ),
        page=page[0],
        page_name=page[1],
        tables=("bands", "scores"),
        numbers=panels,
        draw=draw,
        methods=("control-charts",),
        commands=tuple(
            f"hearback measure chart service {key} --measure {AGREE} --json"
            for key in dict.fromkeys(panel.key for panel in panels)
        ),
    )  # fmt: skip


def _says(panels: Sequence[Panel]) -> tuple[str, ...]:
    """Say how many have a band, and which newest share lies outside; never that anything got better."""
    banded = [panel for panel in panels if panel.has_band]
    if not banded:
        none = "it has no" if len(panels) == 1 else "none has a"
        return (
            f"{len(panels)} series of shares who agree; {none} band of its own yet, which takes five "
            "quarters.",
        )
    said = [
        f"{len(banded)} of {len(panels)} series {'has a band,' if len(banded) == 1 else 'have a band, each'} "
        "made of its own first four quarters."
    ]
    if any(panel.begins_anew for panel in banded):
        said.append("Where a question was put in other words, or the method changed, a series begins anew.")
    return (*said, *_of_newest(banded))


def _of_newest(banded: Sequence[Panel]) -> Iterator[str]:
    """Say where the newest shares lie, of those that have a band there."""
    judged = [(panel, panel.known[-1]) for panel in banded if panel.known[-1].low is not None]
    outside = [(panel, point) for panel, point in judged if point.outside]
    if left := len(banded) - len(judged):
        yield f"For {left} the newest share has no band yet, as the series began anew."
    for panel, point in outside:
        yield (
            f"{panel.name}: the newest share, {share(point.value or 0.0, point.n)} in "
            f"{parse_quarter(point.quarter).label}, lies {point.outside} its band."
        )
    if outside:
        yield "Outside its band, a share is no longer explained by its first year; the chart tells no cause."
    elif judged:
        yield f"The newest share of each {'other ' if left else ''}lies within its band."


def _of_bands(panels: Sequence[Panel]) -> Iterator[str]:
    if any(panel.has_band for panel in panels):
        yield BAND


def _of_rings(panels: Sequence[Panel]) -> Iterator[str]:
    if any(point.outside for panel in panels for point in panel.known):
        yield OUTSIDE


def _of_cut(panels: Sequence[Panel]) -> Iterator[str]:
    """Say that bands go on beyond their panels, where any does."""
    room = window(panels)
    ends = [
        (point.low or 0.0, point.high or 0.0, _lowest(panel, room))
        for panel in panels
        for point in _bands(panel)
    ]
    above = any(high > bottom + room + LEAST for _low, high, bottom in ends)
    below = any(low < bottom - LEAST for low, _high, bottom in ends)
    if above or below:
        yield CUT[above, below]


def _bands(panel: Panel) -> Iterator[Point]:
    """Give the quarters whose band is drawn, which takes two in a row."""
    for has_band, found in groupby(panel.points, lambda point: point.low is not None):
        run = list(found)
        if has_band and len(run) > 1:
            yield from run


def _lowest(panel: Panel, high: float) -> float:
    """Give the share at the bottom of a panel, whose shares lie about in its middle."""
    values = [point.value for point in panel.known if point.value is not None]
    step = round((min(values) + max(values) - high) / 2 * STEPS)
    return min(max(0, step), STEPS - round(high * STEPS)) / STEPS


def window(panels: Sequence[Panel]) -> float:
    """Give the height that all panels share, in shares: enough for the most restless, 40 points at least."""
    spans = []
    for panel in panels:
        values = [point.value for point in panel.known if point.value is not None]
        spans.append(max(values) - min(values) + 0.08 if values else 0.0)
    return min(STEPS, ceil(round(max([LOWEST_WINDOW, *spans]) * STEPS, 6))) / STEPS


def draw(panels: Sequence[Panel], narrow: bool) -> str:
    """Draw the panels side by side, two in the narrow version and four in the wide one."""
    beside, width = (2, NARROW) if narrow else (min(4, max(2, len(panels))), WIDE)
    room = (width - (beside - 1) * GAP) / beside
    sheet, high, y, breaks = Drawing(width), window(panels), 4.0, list[float]()
    for start in range(0, len(panels), beside):
        if start:
            breaks.append(y - 10)
        row = panels[start : start + beside]
        heads = [_head(panel, room) for panel in row]
        below = y + max(map(len, heads)) * LABEL.leading
        top = below + (24 if narrow else 8)
        for at, (panel, lines) in enumerate(zip(row, heads, strict=True)):
            x = at * (room + GAP)
            for n, (line, look) in enumerate(reversed(lines)):
                sheet.label(line, x, below - 4 - n * LABEL.leading, look)
            _plot(sheet, panel, _Frame.of(panel, x, top, room, high, narrow))
        y = top + PLOT + (58 if narrow else 42)
    return sheet.finish(y - 14, () if narrow else breaks)


def _head(panel: Panel, room: float) -> list[tuple[str, Type]]:
    """Give the lines above a panel: its name, and the kind of question."""
    named = ((panel.name, LABEL), (POOLS[panel.pool].name, SMALL))
    return [(line, look) for text, look in named for line in lines_of(text, room, look)]


@dataclass(frozen=True)
class _Frame:
    """Where the points of one panel lie."""

    left: float
    top: float
    across: float
    low: float
    high: float
    last: int
    narrow: bool

    @classmethod
    def of(cls, panel: Panel, left: float, top: float, room: float, high: float, narrow: bool) -> "_Frame":
        """Place a panel; in a narrow one the scale stands above and below, not beside."""
        low = _lowest(panel, high)
        scale = RING + 1 if narrow else SCALE  # no point is cut by the edge
        return cls(left + scale, top, room - scale - 8, low, low + high, len(panel.points) - 1, narrow)

    def x(self, at: int) -> float:
        return self.left + at * self.across / max(1, self.last)

    def y(self, value: float) -> float:
        """Give the height of a share; one outside the frame lies on its edge."""
        held = min(max(value, self.low), self.high)
        return self.top + PLOT * (1 - (held - self.low) / (self.high - self.low))


def _plot(sheet: Drawing, panel: Panel, frame: _Frame) -> None:
    _band(sheet, panel, frame)
    ends = ((frame.low, 14.0), (frame.high, -5.0))
    for value, away in ends:
        y, written = frame.y(value), share(value, None)
        sheet.line((frame.left, y), (frame.left + frame.across, y), ink=LINE)
        if frame.narrow:
            sheet.label(written, frame.left, y + away, SMALL)
        else:
            sheet.label(written, frame.left - 6, y + 4, SMALL, ends=True)
    _line(sheet, panel, frame)
    first, last = (_quarter(panel.points[at].quarter, frame.narrow) for at in (0, -1))
    left, low = (frame.left, 32) if frame.narrow else (frame.left - SCALE, 18)
    sheet.label(first, left, frame.top + PLOT + low, SMALL)
    if first != last:
        sheet.label(last, frame.left + frame.across + 8, frame.top + PLOT + low, SMALL, ends=True)


def _quarter(code: str, narrow: bool) -> str:
    """Write a quarter, the year by its last digits where there is little room."""
    quarter = parse_quarter(code)
    return f"FY{quarter.fiscal_year % 100:02} Q{quarter.number}" if narrow else quarter.label


def _band(sheet: Drawing, panel: Panel, frame: _Frame) -> None:
    """Draw the band, which breaks where a quarter has none."""
    for has_band, found in groupby(enumerate(panel.points), lambda one: one[1].low is not None):
        run = [(at, point.low or 0.0, point.high or 0.0) for at, point in found]
        if has_band and len(run) > 1:
            above = [(frame.x(at), frame.y(high)) for at, _low, high in run]
            below = [(frame.x(at), frame.y(low)) for at, low, _high in reversed(run)]
            sheet.shape(*above, *below, fill=HAIR)
            for edge in (above, below):
                sheet.line(*edge, ink=LINE)


def _line(sheet: Drawing, panel: Panel, frame: _Frame) -> None:
    """Draw the shares; the line breaks where one is missing or made in another way."""
    colour, _pale = POOL_COLOURS[panel.pool]
    runs: list[list[tuple[float, float]]] = [[]]
    for at, point in enumerate(panel.points):
        if point.value is None or point.breaks:
            runs.append([])
        if point.value is not None:
            runs[-1].append((frame.x(at), frame.y(point.value)))
    for run in runs:
        if len(run) > 1:
            sheet.line(*run, ink=colour, thick=2)
    for at, point in enumerate(panel.points):
        if point.value is not None:
            radius, fill = (RING, PAPER) if point.outside else (3, colour)
            sheet.circle(frame.x(at), frame.y(point.value), radius, fill=fill, ink=colour)
    _newest(sheet, panel, frame)


def _newest(sheet: Drawing, panel: Panel, frame: _Frame) -> None:
    """Write the newest share on the side from which the line does not come."""
    newest = panel.known[-1]
    value = newest.value or 0.0
    x, y = frame.x(panel.points.index(newest)), frame.y(value)
    before = panel.known[-2].value if len(panel.known) > 1 else None
    falls = before is not None and before > value
    below = (falls and y < frame.top + PLOT - 24) or y < frame.top + 20
    sheet.label(share(value, newest.n), x + 8, y + (20 if below else -10), NEWEST, ends=x > frame.left + 56)
