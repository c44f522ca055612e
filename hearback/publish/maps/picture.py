"""The map of a journey as a picture: stages side by side, in each its steps, how they feel, what hurts."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil

from django.utils import translation
from django.utils.translation import gettext as _

from hearback.publish.charts.drawing import HEAD, PLAIN, SMALL, STRONG, TINY, TITLE, Sheet, Type
from hearback.publish.charts.look import HAIR, INK, LINE
from hearback.publish.maps.told import ToldMap, ToldPain, ToldStage, ToldStep, begun
from hearback.publish.pages.journey_words import feeling_words

WIDTH, EDGE, LABELS = 1160, 30, 116
"""Pixels of the whole, of its edge, and of the names of the lanes at the left."""
MOST_BESIDE = 4
"""So many stages stand side by side; the next ones stand below."""
INSET, INDENT, GAP = 12, 26, 14
LEVEL, RADIUS = 24, 10
"""Pixels from one feeling to the next, and half the width of a mark."""
FEELINGS = (2, 1, 0, -1, -2)
LABEL = Type(13, True)


@dataclass(frozen=True)
class Column:
    """A stage in its place, numbered from 1."""

    number: int
    stage: ToldStage
    left: float
    width: float

    @property
    def x(self) -> float:
        """Give where its words begin."""
        return self.left + INSET

    @property
    def room(self) -> float:
        """Give how wide its words may be."""
        return self.width - 2 * INSET


Writer = Callable[[Sheet, Column, float], float]
"""Writes what a lane says of a stage, from a height on; returns where that ends."""


def picture(told: ToldMap) -> bytes:
    """Draw the map of a journey as SVG. The same words give the same bytes."""
    with translation.override("en"):
        title = _("Journey: %s") % told.name
        sheet = Sheet(WIDTH, title, _description(told))
        y = _head(sheet, told, title)
        for columns in _bands(told.stages):
            y = _band(sheet, columns, y + GAP)
        y = _below(sheet, told, y + GAP)
        return sheet.whole(y + EDGE)


def _description(told: ToldMap) -> str:
    return _(
        "Map of a journey with %(stages)s stages, %(steps)s steps and %(points)s pain points. Stages go from "
        "left to right, and on below. Under each stand its steps in order, then how each step feels, from "
        "very good above to very bad below, then the pain points. The page /journeys/%(key)s/ has a table."
    ) % {
        "stages": len(told.stages), "steps": told.n_steps, "points": len(told.pain_points), "key": told.key,
    }  # fmt: skip


def _head(sheet: Sheet, told: ToldMap, title: str) -> float:
    room = WIDTH - 2 * EDGE
    y = sheet.words(title, EDGE, EDGE, room, TITLE)
    for words in (told.gist, told.note):
        if words:
            y = sheet.words(words, EDGE, y + 4, room)
    if not told.stages:
        y = sheet.words(_("Its stages were not published."), EDGE, y + GAP, room, HEAD)
    return y


def _bands(stages: Sequence[ToldStage]) -> Iterator[list[Column]]:
    """Put stages side by side, as many in each row as evenly fit."""
    if not stages:
        return
    beside = ceil(len(stages) / ceil(len(stages) / MOST_BESIDE))
    width = (WIDTH - 2 * EDGE - LABELS) / beside
    for start in range(0, len(stages), beside):
        yield [
            Column(start + n + 1, stage, EDGE + LABELS + n * width, width)
            for n, stage in enumerate(stages[start : start + beside])
        ]


def _band(sheet: Sheet, columns: Sequence[Column], y: float) -> float:
    top = y
    right = columns[-1].left + columns[-1].width
    sheet.line((EDGE, y), (right, y), ink=INK, thick=2.5)
    y = _lane(sheet, columns, y, _("Stage"), _stage)
    y = _lane(sheet, columns, y, _("Steps"), _steps)
    if any(column.stage.steps for column in columns):
        y = _feelings(sheet, columns, y)
    y = _lane(sheet, columns, y, _("Pain points"), _pain_points)
    for column in columns:
        sheet.line((column.left, top), (column.left, y), ink=HAIR)
    return y


def _lane(sheet: Sheet, columns: Sequence[Column], y: float, name: str, write: Writer) -> float:
    """Write one lane of all columns, with its name, and a line below."""
    sheet.words(name, EDGE, y + 10, LABELS - INSET, LABEL)
    y = max([y + 10 + LABEL.leading, *(write(sheet, column, y + 10) for column in columns)]) + 8
    sheet.line((EDGE, y), (columns[-1].left + columns[-1].width, y), ink=LINE)
    return y


def _stage(sheet: Sheet, column: Column, y: float) -> float:
    return sheet.words(f"{column.number}. {column.stage.name}", column.x, y, column.room, HEAD)


def _steps(sheet: Sheet, column: Column, y: float) -> float:
    if not column.stage.steps:
        return sheet.words(_("Steps not published"), column.x, y, column.room, SMALL)
    for step in column.stage.steps:
        y = _step(sheet, column, step, y) + GAP
    return y - GAP


def _step(sheet: Sheet, column: Column, step: ToldStep, y: float) -> float:
    x, room = column.x + INDENT, column.room - INDENT
    sheet.circle(column.x + RADIUS, y + 9, RADIUS)
    sheet.mark(str(step.number), column.x + RADIUS, y + 9, Type(11, True))
    y = sheet.words(step.gist, x, y, room, STRONG)
    known, unknown = _known(step)
    for words in known:
        y = sheet.words(words, x, y + 2, room)
    if unknown:
        y = sheet.words(_("Not known: %s") % ", ".join(unknown), x, y + 2, room, SMALL)
    return y


def _known(step: ToldStep) -> tuple[list[str], list[str]]:
    """Say what is known of a step, and name what is not."""
    facts = (
        (_("agency"), step.agency, _("With: %s")), (_("channel"), step.channel, _("Channel: %s")),
        (_("time"), step.time, "%s"), (_("documents, visits, cost"), step.other, "%s"),
        (_("feeling"), step.feels, _("Feeling: %s")),
    )  # fmt: skip
    known = [begun(form % words) for _name, words, form in facts if words]
    return known, [name for name, words, _form in facts if not words]


def _feelings(sheet: Sheet, columns: Sequence[Column], y: float) -> float:
    """Draw how the steps feel, as a line that breaks where that is not known."""
    right = columns[-1].left + columns[-1].width
    y = sheet.words(_("Feeling"), EDGE, y + 10, LABELS - INSET, LABEL) + 14
    levels: dict[int | None, float] = {feeling: y + n * LEVEL for n, feeling in enumerate(FEELINGS)}
    marks = [mark for column in columns for mark in _marks(column)]
    if any(step.feeling is None for step, _x, _radius in marks):
        levels[None] = y + len(FEELINGS) * LEVEL + 4
    for feeling, level in levels.items():
        name = {0: _("neither"), None: _("not known")}.get(feeling) or feeling_words(feeling) or ""
        sheet.words(name, EDGE, level - TINY.size * 0.64, LABELS - INSET, TINY)
        if feeling is not None:
            sheet.line((EDGE + LABELS, level), (right, level), ink=LINE if feeling == 0 else HAIR)
    for is_known, run in groupby(marks, lambda mark: mark[0].feeling is not None):
        points = [(x, levels[step.feeling]) for step, x, _radius in run]
        if is_known and len(points) > 1:
            sheet.line(*points, ink=INK, thick=2)
    for step, x, radius in marks:
        sheet.circle(x, levels[step.feeling], radius, dashed=step.feeling is None)
        if radius == RADIUS:
            sheet.mark(str(step.number), x, levels[step.feeling], Type(11, True))
    y = max(levels.values()) + RADIUS + GAP
    sheet.line((EDGE, y), (right, y), ink=LINE)
    return y


def _marks(column: Column) -> Iterator[tuple[ToldStep, float, float]]:
    """Place the marks of a stage evenly; where there are many, they are small and have no number."""
    apart = column.width / max(1, len(column.stage.steps))
    radius = RADIUS if apart >= 2 * RADIUS + 2 else max(1, min(RADIUS - 1, apart / 2 - 1))
    for n, step in enumerate(column.stage.steps):
        yield step, column.left + (n + 0.5) * apart, radius


def _pain_points(sheet: Sheet, column: Column, y: float) -> float:
    points = column.stage.pain_points
    if not points:
        return sheet.words(_("None published"), column.x, y, column.room, SMALL)
    for point in points:
        y = _pain_point(sheet, point, column.x, y, column.room) + GAP / 2
    return y - GAP / 2


def _pain_point(sheet: Sheet, point: ToldPain, x: float, y: float, room: float) -> float:
    y = sheet.words(point.gist, x, y, room, STRONG)
    return sheet.words(point.size or _("Size not known"), x, y + 2, room, PLAIN if point.size else SMALL)


def _below(sheet: Sheet, told: ToldMap, y: float) -> float:
    """Write what belongs to no stage: other pain points, what the journey takes, sources, the release."""
    room = WIDTH - 2 * EDGE
    if points := told.without_stage:
        heading = _("Pain points, stage not known") if told.stages else _("Pain points")
        y = sheet.words(heading, EDGE, y + GAP, room, HEAD) + 2
        for point in points:
            y = _pain_point(sheet, point, EDGE, y + 6, room)
    y = sheet.words(_("What it takes of people"), EDGE, y + GAP, room, HEAD) + 4
    for line in told.taken:
        y = sheet.words(f"{line.what}: {line.amount or _('not known')} ({line.how})", EDGE, y + 2, room)
    if not told.taken:
        y = sheet.words(_("Not known, as no step was published"), EDGE, y + 2, room, SMALL)
    y = sheet.words(_people(told), EDGE, y + 2, room)
    y = sheet.words(_("Source: %s") % (told.source or _("not known")), EDGE, y + GAP, room, TINY)
    return sheet.words(told.release, EDGE, y + 2, room, TINY)


def _people(told: ToldMap) -> str:
    words = _("People who go through it in a year: %s") % (told.volume or _("not published"))
    return f"{words} ({told.volume_gist})" if told.volume and told.volume_gist else words
