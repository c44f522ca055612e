"""The timeline of milestones: when each is due, where the date was moved from, when it was done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings

from hearback.fiscal import Period, PeriodNotValid, first_day_of_fiscal_year, parse_period
from hearback.plan.queries import MilestoneFact
from hearback.plan.rules import lateness
from hearback.publish.charts.drawing import SMALL, Drawing, Type, lines_of
from hearback.publish.charts.figure import BETWEEN, Column, Figure
from hearback.publish.charts.grid import TILE as MARK
from hearback.publish.charts.grid import Key, legend, tile, tiles_of
from hearback.publish.charts.look import HAIR, INK, LINE, MUTED, NARROW, POOL_COLOURS, WIDE
from hearback.publish.frozen import Content, ReleaseData
from hearback.publish.pages.dates import date_label
from hearback.publish.pages.progress import STEP_SHAPES, status
from hearback.publish.rule_sentences import OF_STATUS

WORDS = Type(13)
NAMES, TILE, SPAN = 330.0, 24.0, 6.0
ROOM = 52.0
AS_OF = "Dashed line: the newest status is of"
MARKS = {
    (True, True): "A dashed bar is a due date that was moved, a dot when it was done.",
    (True, False): "A dashed bar is a due date that was moved.",
    (False, True): "A dot is when it was done.",
    (False, False): "",
}
"""What is said of dashed bars and dots, where there are some of the one and of the other."""
MOVED, DONE = "Due before it was moved", "When it was done"
MOST_TICKS = {True: 4, False: 8}
COLUMNS = (
    Column("milestone", "Milestone"),
    Column("due", "Due", "date"),
    Column("moved_from", "Due before it was moved", "date"),
    Column("status", "Status, in the words of its source"),
    Column("as_of", "As of", "date"),
    Column("done", "Done", "date"),
    Column("lateness", "On the day of the release"),
)


@dataclass(frozen=True)
class Line:
    """One milestone; dates as their source gives them, null where it gives none."""

    title: str
    due: str | None
    moved_from: tuple[str, ...]
    done: str | None
    shape: str


def figures(data: Content) -> Iterator[Figure]:
    """Give one figure for each strategy and each life experience with milestones that have a date."""
    on = data.made_on if isinstance(data, ReleaseData) else None
    for area in data.priority_areas:
        for strategy in area.strategies:
            name = f"Strategy {strategy.number}"
            page = f"/strategies/{strategy.key}/"
            yield from _figure(
                f"milestones-strategy-{strategy.key}", f"{name}: {strategy.title}", name, page,
                strategy.milestones, on,
            )  # fmt: skip
    for life in sorted(data.life_experiences, key=lambda one: one.key):
        facts = life.milestones + tuple(
            replace(m, title=f"{p.name}: {m.title}") for p in life.projects for m in p.milestones
        )
        page = f"/life-experiences/{life.key}/"
        yield from _figure(f"milestones-experience-{life.key}", life.name, life.name, page, facts, on)


def _figure(
    name: str, title: str, page_name: str, page: str, facts: Sequence[MilestoneFact], on: date | None
) -> Iterator[Figure]:
    dated = [fact for fact in facts if _period(fact.due) is not None]
    if not dated:
        return
    ordered = sorted(facts, key=lambda fact: _last_day(fact.due))
    lines = [
        Line(fact.title, fact.due, fact.earlier_due, fact.done, status(fact.status).shape) for fact in ordered
    ]
    yield Figure(
        name=name,
        kind="Timeline, one line for each milestone",
        title=f"{title}: milestones in time",
        short=f"{page_name}: milestones in time",
        says=_says(facts, len(dated)),
        note=_note(lines, _read(facts)),
        columns=COLUMNS,
        rows=tuple(
            (
                fact.title, fact.due, BETWEEN.join(fact.earlier_due) or None, fact.status, fact.as_of,
                fact.done, _late(fact, on),
            )
            for fact in ordered
        ),
        page=page,
        page_name=page_name,
        tables=("milestones", "milestone_changes"),
        numbers=(_read(facts), lines),
        draw=draw,
        methods=("lateness",),
    )  # fmt: skip


def _note(lines: Sequence[Line], read: str | None) -> str:
    """Say how to read it: of dashed bars, dots and the dashed line only what is drawn."""
    moved = any(_period(text) for line in lines for text in line.moved_from)
    done = any(_period(line.done) for line in lines)
    said = [
        "A bar spans the time in which it is due, no more precise than its source; its mark shows the "
        "status as it was last read.",
        MARKS[moved, done],
        "Right of the dashed upright line, where the newest status ends, nothing was told yet."
        if read
        else "",
    ]
    return " ".join(filter(None, said))


def _period(text: str | None) -> Period | None:
    if text is None:
        return None
    try:
        return parse_period(text, settings.FISCAL_YEAR_STARTS)
    except PeriodNotValid:
        return None


def _late(fact: MilestoneFact, on: date | None) -> str | None:
    """Say how it stood on a day; nothing before a release has one."""
    if on is None:
        return None
    words = lateness(fact.promise, on, settings.FISCAL_YEAR_STARTS).words
    return words[:1].upper() + words[1:]


def _read(facts: Sequence[MilestoneFact]) -> str | None:
    """Give the newest date as of which a status is known."""
    known = [(found.ends_before, fact.as_of) for fact in facts if (found := _period(fact.as_of)) is not None]
    return max(known)[1] if known else None


def _last_day(text: str | None) -> tuple[date, date]:
    found = _period(text)
    return (found.ends_before, found.starts_on) if found else (date.max, date.max)


def _says(facts: Sequence[MilestoneFact], n_dated: int) -> tuple[str, ...]:
    shapes = [status(fact.status).shape for fact in facts]
    counted = [tell(n) % {"n": n} for shape, tell in OF_STATUS.items() if (n := shapes.count(shape))]
    said = [f"{len(facts)} {'milestone' if len(facts) == 1 else 'milestones'}: {', '.join(counted)}."]
    moved = sum(bool(fact.earlier_due) for fact in facts)
    if moved:
        said.append(f"The due date of {moved} was moved.")
    if n_dated < len(facts):
        said.append(f"{len(facts) - n_dated} without a date that could be placed.")
    return tuple(said)


@dataclass(frozen=True)
class _Axis:
    """From days to places."""

    left: float
    width: float
    first: date
    last: date

    @classmethod
    def of(cls, spans: Sequence[Period], left: float, width: float) -> "_Axis":
        """Make one of whole fiscal years, as far as the calendar has them."""
        low, high = min(one.starts_on for one in spans), max(one.ends_before for one in spans)
        begins = [day for _year, day in _beginnings(low, high)]
        first = max((day for day in begins if day <= low), default=low)
        return cls(left, width, first, min((day for day in begins if day >= high), default=high))

    def x(self, day: date) -> float:
        return self.left + self.width * (day - self.first).days / max(1, (self.last - self.first).days)


@dataclass(frozen=True)
class _Row:
    """Where a milestone is drawn: words from the line `first` on, its mark at `middle`, a year in `tick`."""

    line: Line
    words: list[str]
    top: float
    first: float
    middle: float
    bottom: float
    tick: tuple[float, float]


def draw(numbers: tuple[str | None, Sequence[Line]], narrow: bool) -> str:
    """Draw the milestones in the order of their dates, those without one at the end."""
    read, lines = numbers
    width = NARROW if narrow else WIDE
    sheet, left = Drawing(width), 8.0 if narrow else NAMES + 24
    told = _period(read)
    spans = [span for line in lines for span in _spans(line)] + ([told] if told else [])
    axis = _Axis.of(spans, left, width - left - 24)
    top = legend(sheet, _keys(sheet, lines), width)
    if told:
        top = _as_of(sheet, read, top)
    rows, y = list[_Row](), top + 30.0
    for line in lines:
        rows.append(_row(line, y, narrow))
        y = rows[-1].bottom
    _years(sheet, axis, top, [row.tick for row in rows if _period(row.line.due) is not None], narrow)
    for row in rows:
        sheet.line((0, row.top - 4), (width, row.top - 4), ink=HAIR)
        for n, word in enumerate(row.words):
            sheet.label(word, 0, row.first + n * WORDS.leading, WORDS)
        _mark(sheet, row.line, axis, row.middle)
    if told:
        _now(sheet, axis.x(told.ends_before), rows)
    return sheet.finish(y + 4)


def _keys(sheet: Drawing, lines: Sequence[Line]) -> list[Key]:
    """Give the legend every mark that is drawn, and no other."""
    keys = tiles_of(sheet, STEP_SHAPES, {line.shape for line in lines if _period(line.due) is not None})
    if any(_period(line.done) for line in lines):
        keys.append((DONE, lambda x, y: _done(sheet, x + MARK / 2, y + MARK / 2)))
    if any(_period(text) for line in lines for text in line.moved_from):
        keys.append((MOVED, lambda x, y: _moved(sheet, x, x + MARK, y + MARK / 2)))
    return keys


def _as_of(sheet: Drawing, read: str | None, top: float) -> float:
    """Say of when the newest status is; returns where that ends."""
    for text in lines_of(f"{AS_OF} {date_label(read)}", sheet.width, SMALL):
        sheet.label(text, 0, top + 12, SMALL)
        top += SMALL.leading
    return top + 5


def _now(sheet: Drawing, x: float, rows: Sequence[_Row]) -> None:
    """Draw the time as of which statuses are known, in every row."""
    for row in rows:
        sheet.line((x, row.tick[0]), (x, row.tick[1]), ink=INK, dashed=True)


def _row(line: Line, y: float, narrow: bool) -> _Row:
    """Place a milestone: its mark beside its words, or below them."""
    words = lines_of(line.title, NARROW if narrow else NAMES, WORDS)
    high = len(words) * WORDS.leading
    if narrow:
        middle = y + high + 18
        return _Row(line, words, y, y + 12, middle, middle + 18, (middle - 14, middle + 14))
    middle, bottom = y + max(high, TILE) / 2 + 2, y + max(high, TILE) + 10
    first = middle - (len(words) - 1) * WORDS.leading / 2 + WORDS.size / 3  # small letters lie about the mark
    return _Row(line, words, y, first, middle, bottom, (y - 4, bottom - 4))


def _spans(line: Line) -> list[Period]:
    return [found for text in (line.due, line.done, *line.moved_from) if (found := _period(text)) is not None]


def _years(
    sheet: Drawing, axis: _Axis, top: float, rows: Sequence[tuple[float, float]], narrow: bool
) -> None:
    """Write the fiscal years above, and in each row a line where one begins; some only, if many."""
    begins = _beginnings(axis.first, axis.last)
    within = [(year, day) for year, day in begins if axis.first <= day < axis.last]
    every = -(-len(within) // MOST_TICKS[narrow]) or 1
    first = max((year for year, day in begins if day <= axis.first), default=begins[0][0])
    if not within or axis.x(within[0][1]) - axis.left > ROOM:
        sheet.label(f"FY{first}", axis.left, top + 14, SMALL)
    for year, day in within[::every]:
        near_edge = axis.x(day) + ROOM > sheet.width
        sheet.label(f"FY{year}", sheet.width if near_edge else axis.x(day), top + 14, SMALL, ends=near_edge)
    for _year, day in within[::every]:
        for start_y, end_y in rows:
            sheet.line((axis.x(day), start_y), (axis.x(day), end_y), ink=HAIR)


def _beginnings(first: date, last: date) -> list[tuple[int, date]]:
    """List the fiscal years in which some days lie, and when each begins; no later than one after them."""
    years = range(max(first.year, date.min.year + 1), min(last.year + 2, date.max.year) + 1)
    return [(year, first_day_of_fiscal_year(year, settings.FISCAL_YEAR_STARTS)) for year in years]


def _mark(sheet: Drawing, line: Line, axis: _Axis, y: float) -> None:
    for text in line.moved_from:
        if (before := _period(text)) is not None:
            _moved(sheet, axis.x(before.starts_on), axis.x(before.ends_before), y)
    due = _period(line.due)
    if due is None:
        sheet.label("no date that could be placed", axis.left, y + 4, SMALL)
    else:
        start, end = axis.x(due.starts_on), axis.x(due.ends_before)
        sheet.box(start, y - SPAN / 2, max(2.0, end - start), SPAN, fill=LINE)
        tile(sheet, end - MARK / 2, y - MARK / 2, line.shape)
    if (done := _period(line.done)) is not None:
        _done(sheet, (axis.x(done.starts_on) + axis.x(done.ends_before)) / 2, y - (11 if due else 0))


def _moved(sheet: Drawing, start: float, end: float, y: float) -> None:
    sheet.box(start, y - SPAN / 2, end - start, SPAN, ink=MUTED, dashed=True)


def _done(sheet: Drawing, x: float, y: float) -> None:
    sheet.circle(x, y, 3.5, fill=POOL_COLOURS["increased"][0], ink=INK)
