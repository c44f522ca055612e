"""Pages of what changed between two releases and why, and of what was corrected."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from hearback.collect.rules import FINDINGS
from hearback.measure.rules import COUNT, EVERYBODY, FLAGS, MEAN, MEASURES, POOLS, RATE, SHARE, Measure
from hearback.publish.changes import (
    ANSWERS,
    GONE,
    HELD_BACK,
    METHOD,
    OTHER,
    SHOWN_NOW,
    TableChanges,
    corrections,
    kept_comparison,
    name_of,
)
from hearback.publish.formats import TABLES
from hearback.publish.formats.tables import Cell
from hearback.publish.frozen import ReleaseData
from hearback.publish.pages.catalogue import Catalogue, catalogue
from hearback.publish.pages.dates import date_label
from hearback.publish.said import said
from hearback.ui.numbers import (
    ONE_DECIMAL_FROM,
    count,
    mean,
    mean_interval,
    rounded,
    share,
    share_interval,
)
from hearback.ui.words import REASONS, plain

MOST_LINES = 40
"""So many rows of one kind and table stand on a page; all of them are in the JSON file."""

FIGURE_NAMES = {
    **{f"n{answer}": f"answers {answer}" for answer in range(1, 6)},
    "customers_count": _("customers"), "offered_count": _("offered the survey"),
    "respondents_count": _("answered"), "published_mean": _("mean that the source printed"),
}  # fmt: skip
TITLES = {table.name: table.title.split(":")[0] for table in TABLES}
CODES = {"flags": FLAGS, "cautions": FLAGS, "findings": FINDINGS}
"""Columns that hold lists of codes, and the words of those."""
CAUSES = {
    METHOD: _("It is computed in another way now."),
    ANSWERS: _("The answers behind it are not the same."),
    HELD_BACK: _("It is held back now."),
    SHOWN_NOW: _("It was held back before."),
    GONE: _("It is not there any more."),
    OTHER: _("Why cannot be told from the files."),
}


@dataclass(frozen=True)
class Line:
    """What changed in one thing, in words: what it is about, and (what, before, after) for each."""

    label: str
    cells: tuple[tuple[str, str | None, str | None], ...]
    causes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Row:
    table: str
    key: dict[str, Cell]
    name: str | None
    cells: dict[str, tuple[Cell, Cell]]
    cause: str | None = None


def changes(before: ReleaseData, after: ReleaseData) -> dict[str, Any]:
    """Show what changed from one release to another, table by table."""
    tables = [_table(one, before, after) for one in kept_comparison(before, after)]
    return {"before": before, "after": after, "tables": tables}


def graph(before: ReleaseData, after: ReleaseData) -> dict[str, Any]:
    """Give all that changed between two releases for programs."""
    return {
        "before": before.number,
        "after": after.number,
        "why": after.why,
        "tables": [
            {
                "name": one.name,
                "added": one.added,
                "removed": one.removed,
                "changed": [{"key": row.key, "cells": row.cells} for row in one.changed],
            }
            for one in kept_comparison(before, after)
        ],
    }


def correction_log(steps: Sequence[tuple[ReleaseData, ReleaseData]], newest: ReleaseData) -> dict[str, Any]:
    """Show what was corrected: figures, from release to release, the newest first; and updates."""
    releases = []
    for before, after in steps:
        found = corrections(kept_comparison(before, after))
        if found:
            rows = [_Row(one.table, one.key, None, one.cells, one.cause) for one in found]
            lines = _lines(rows, before)
            releases.append(
                {
                    "release": after,
                    "before": before,
                    "n": count(len(found)),
                    "lines": lines[:MOST_LINES],
                    "more": max(0, len(lines) - MOST_LINES),
                }
            )
    updates = [
        {"update": update, "date": date_label(one.date), "gist": one.gist, "day": one.date}
        for update in newest.updates
        for one in update.corrections
    ]
    return {"steps": releases, "updates": sorted(updates, key=lambda u: u["day"], reverse=True)}


def _table(one: TableChanges, before: ReleaseData, after: ReleaseData) -> dict[str, Any]:
    lines = _lines([_Row(one.name, row.key, row.name, row.cells) for row in one.changed], after)
    added = _labels(one.name, one.added, after)
    removed = _labels(one.name, one.removed, before)
    return {
        "name": one.name,
        "title": TITLES[one.name],
        "n_added": count(len(one.added)),
        "n_removed": count(len(one.removed)),
        "n_changed": count(len(one.changed)),
        "changed": lines[:MOST_LINES],
        "more_changed": max(0, len(lines) - MOST_LINES),
        "added": added[:MOST_LINES],
        "more_added": max(0, len(added) - MOST_LINES),
        "removed": removed[:MOST_LINES],
        "more_removed": max(0, len(removed) - MOST_LINES),
    }


def _labels(table: str, rows: Iterable[dict[str, Cell]], release: ReleaseData) -> list[str]:
    """Name rows; those that go by the same name, as the figures of one service do, once."""
    book = catalogue(release)
    return list(dict.fromkeys(label(table, row, name_of(row), book) for row in rows))


def _lines(rows: list[_Row], release: ReleaseData) -> list[Line]:
    """Put what changed into words; all figures of one thing stand together."""
    book = catalogue(release)
    together: dict[str, list[_Row]] = {}
    for row in rows:
        together.setdefault(label(row.table, row.key, row.name, book), []).append(row)
    return [
        Line(
            words,
            tuple(dict.fromkeys(cell for row in found for cell in _cells(row))),
            tuple(dict.fromkeys(gettext(CAUSES[row.cause]) for row in found if row.cause)),
        )
        for words, found in together.items()
    ]


def _cells(row: _Row) -> Iterator[tuple[str, str | None, str | None]]:
    if row.table == "scores":
        yield from _of_figure(row)
        return
    for name, cells in row.cells.items():
        yield said(plain(name, FIGURE_NAMES)), *_both(name, *cells)


def _of_figure(row: _Row) -> Iterator[tuple[str, str | None, str | None]]:
    """Tell what changed of a score: the figure, with more digits where those shown are the same; cautions."""
    measure = MEASURES.get(str(row.key["measure"]))
    name = said(measure.name) if measure else str(row.key["measure"])
    was, now = (_figure(row.cells, side, measure) for side in (0, 1))
    if was == now and "value" in row.cells:
        was, now = (written(cell) for cell in row.cells["value"])
    if was != now:
        yield name, was, now
    if "flags" in row.cells:
        yield gettext("cautions"), *_both("flags", *row.cells["flags"])
    elif was == now:
        for other, cells in row.cells.items():
            yield f"{name}, {said(plain(other, FIGURE_NAMES))}", *_both(other, *cells)


def _both(name: str, one: Cell, other: Cell) -> tuple[str | None, str | None]:
    """Write a cell as it was and as it is; of codes only those that came or went, in words."""
    words = CODES.get(name)
    if words is not None and isinstance(one, tuple) and isinstance(other, tuple):
        went, came = ([plain(c, words) for c in a if c not in b] for a, b in ((one, other), (other, one)))
        return " ".join(went) or None, " ".join(came) or None
    return written(one), written(other)


def _figure(cells: dict[str, tuple[Cell, Cell]], side: int, measure: Measure | None) -> str | None:
    """Write what changed of a score as one figure: value, interval, answers; or why there is none."""
    kind = measure.kind if measure is not None else None

    def of(name: str) -> Cell:
        return cells[name][side] if name in cells else None

    value, low, high, n = of("value"), of("low"), of("high"), of("n")
    parts = [] if value is None else [_number(value, kind)]
    if low is not None and high is not None:
        parts.append(f"({_between(low, high, kind)})")
    if isinstance(n, int) and kind != COUNT:
        parts.append(gettext("of %(n)s") % {"n": count(n)})
    reason = of("reason")
    if isinstance(reason, str):
        parts.append(plain(reason, REASONS))
    return " ".join(parts) or None


def _number(cell: Cell, kind: str | None) -> str:
    """Write the value of a score by the kind of its measure."""
    if isinstance(cell, float) and kind in {SHARE, RATE}:
        return share(cell, ONE_DECIMAL_FROM)
    if isinstance(cell, float) and kind == COUNT:
        return count(round(cell))
    return mean(cell) if isinstance(cell, float) and kind == MEAN else written(cell) or ""


def _between(low: Cell, high: Cell, kind: str | None) -> str:
    """Write the interval of a score by the kind of its measure."""
    if isinstance(low, float) and isinstance(high, float):
        if kind in {SHARE, RATE}:
            return share_interval(low, high, ONE_DECIMAL_FROM)
        if kind == MEAN:
            return mean_interval(low, high)
    return gettext("%(low)s to %(high)s") % {"low": _number(low, kind), "high": _number(high, kind)}


def written(cell: Cell) -> str | None:
    """Write a cell for a page; None where it is empty."""
    if cell is None or cell in ((), ""):
        return None
    if isinstance(cell, bool):
        return gettext("yes") if cell else gettext("no")
    if isinstance(cell, int):
        return count(cell)
    if isinstance(cell, float):
        return rounded(cell, 4)
    return cell if isinstance(cell, str) else "; ".join(cell)


def label(table: str, row: dict[str, Cell], name: str | None, book: Catalogue) -> str:
    """Say in words what a row is about; its key where the release does not hold it."""
    key = str(next(iter(row.values())))
    if table in {"scores", "bands"}:
        return _of_score(row, book)
    if table in {"surveys", "answers", "exclusions", "findings"}:
        return " · ".join(_of_survey(str(row["survey"]), book) + _rest(row))
    return f"{name} ({key})" if name else key


def _of_score(row: dict[str, Cell], book: Catalogue) -> str:
    level, subject, pool = str(row["level"]), str(row["subject"]), str(row["pool"])
    named = [_named(level, subject, book), str(row["quarter"])]
    parts = _of_survey(subject, book) if level == "survey" else named
    parts.append(POOLS[pool].name if pool in POOLS else pool)
    if row.get("group") not in {None, EVERYBODY}:
        parts.append(f"{row['dimension']}: {row['group']}")
    return " · ".join(parts)


def _named(level: str, subject: str, book: Catalogue) -> str:
    things: dict[str, dict[str, Any]] = {
        "service": book.services, "provider": book.providers, "agency": book.agencies,
    }  # fmt: skip
    found = things.get(level, {}).get(subject)
    if found is not None:
        return f"{found.name} ({level})"
    return "The whole government" if level == "government" else f"{subject} ({level})"


def _of_survey(key: str, book: Catalogue) -> list[str]:
    survey = book.surveys.get(key)
    return [key] if survey is None else [f"{survey.name} (survey)", survey.quarter]


def _rest(row: dict[str, Cell]) -> list[str]:
    return [str(row[name]).replace("_", " ") for name in ("question", "scope", "kind") if row.get(name)]
