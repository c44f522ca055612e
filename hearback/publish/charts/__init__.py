"""Charts of a release, drawn once when the release is made, in a wide and a narrow version."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import msgspec
from django.conf import settings

from hearback.measure.rules import GOVERNMENT, POOLS, ROLLED_UP
from hearback.publish.charts import answers, trend
from hearback.publish.charts.look import finish, register_fonts
from hearback.publish.frozen import Content
from hearback.publish.sentences import says
from hearback.publish.series import AGREE, Numbers

STYLE = "4"  # raise it when a drawing changes though its numbers do not


@dataclass(frozen=True)
class Sketch:
    """A chart before it is drawn: its name, its text alternative, its numbers, and who draws it."""

    name: str
    alt: str
    numbers: Any
    draw: Callable[[Any, bool], dict[str, Any]]


def draw_charts(data: Content) -> dict[str, bytes]:
    """Draw every chart of a release; returns path and bytes. Equal numbers give equal bytes."""
    drawn = {}
    for sketch in sketches(data):
        for narrow in (False, True):
            drawn[chart_path(sketch.name, narrow=narrow)] = _drawing(sketch, narrow)
    return drawn


def chart_path(name: str, *, narrow: bool = False) -> str:
    """Give the path of a chart within a release."""
    return f"charts/{name}{'-narrow' if narrow else ''}.svg"


def government_chart(pool: str) -> str:
    """Name the government's chart of a pool."""
    return "trust-government" if pool == "increased" else f"trust-government-{pool}"


def sketches(data: Content) -> Iterator[Sketch]:
    """List the charts: trends of the government, agencies, providers and services; services' five answers."""
    numbers = Numbers(data)
    for pool in ROLLED_UP:
        yield from _trend(numbers, "government", GOVERNMENT, government_chart(pool), (pool,))
    for level, subjects in (
        ("agency", data.agencies),
        ("provider", data.providers),
        ("service", data.services),
    ):
        for key in sorted(subject.key for subject in subjects):
            yield from _trend(numbers, level, key, f"{level}-{key}", numbers.pools(level, key))
    for key in sorted(service.key for service in data.services):
        for pool in numbers.pools("service", key):
            if rows := [row for row in numbers.answers(key, pool) if row.drawn]:
                yield Sketch(f"answers-{key}-{pool}", _answers_alt(rows), rows, answers.draw)


def _trend(numbers: Numbers, level: str, subject: str, name: str, pools: tuple[str, ...]) -> Iterator[Sketch]:
    found = [(pool, numbers.series(AGREE, level, subject, pool)) for pool in pools]
    panels = tuple(
        trend.Panel(pool, f"{POOLS[pool].name}: share who agree", s) for pool, s in found if s and s.latest
    )
    if panels:
        alt = " ".join(f"Line chart by fiscal quarter. {p.title}. {says(p.series)}" for p in panels)
        yield Sketch(name, alt + " The table gives every number.", panels, trend.draw)


def _answers_alt(rows: list[Any]) -> str:
    first, last = rows[0].quarter.label, rows[-1].quarter.label
    return (
        f"Bar chart of the five answers, {first} to {last}: disagreement to the left of a middle line, "
        "agreement to the right. The table gives every number."
    )


def _drawing(sketch: Sketch, narrow: bool) -> bytes:
    """Draw, or take from the cache what the same tools drew of the same numbers in the same style."""
    tools = [STYLE, version("altair"), version("vl-convert-python"), str(narrow)]
    key = hashlib.sha256(msgspec.json.encode([tools, sketch.name, sketch.alt, sketch.numbers])).hexdigest()
    kept = Path(settings.HOME) / "cache" / "charts" / f"{key}.svg"
    if kept.is_file():
        return kept.read_bytes()
    import vl_convert
    from altair.utils.schemapi import debug_mode

    register_fonts()
    with debug_mode(False):  # tests hold every kind of chart against the schema, which takes most of the time
        described = sketch.draw(sketch.numbers, narrow)
    body = finish(vl_convert.vegalite_to_svg(described), sketch.alt)
    kept.parent.mkdir(parents=True, exist_ok=True)
    draft = kept.with_suffix(".draft")
    draft.write_bytes(body)
    draft.rename(kept)
    return body
