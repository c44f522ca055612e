"""Measures: what shows success, set by the government itself, and the numbers that are computed here."""

from dataclasses import replace
from typing import Any

from hearback.measure.rules import MEASURES, Measure
from hearback.publish.frozen import ReleaseData
from hearback.publish.pages.catalogue import NotInRelease, catalogue
from hearback.publish.pages.measures import measure_line
from hearback.publish.pages.why import method_slug


def measures(release: ReleaseData) -> dict[str, Any]:
    """List the success measures of each priority area, and the numbers computed here with their methods."""
    book = catalogue(release)
    published = {score.measure for score in release.scores}
    keys = [key for key in MEASURES if key in published]
    return {
        "areas": [
            (area, [measure_line(book, measure) for measure in area.success_measures])
            for area in release.priority_areas
        ],
        "computed": [
            {
                "key": key,
                "measure": MEASURES[key],
                "page": book.methods.get(method_slug(book, key) or ""),
                "same_as": _same_as(key, keys[:place]),
            }
            for place, key in enumerate(keys)
        ],
    }


def _same_as(key: str, before: list[str]) -> str | None:
    """Name the first of the measures before this one that is defined alike; None where none is."""
    return next((one for one in before if _defined(MEASURES[one]) == _defined(MEASURES[key])), None)


def _defined(measure: Measure) -> Measure:
    return replace(measure, key="", name="", page="", direction="")


def measure(release: ReleaseData, key: str) -> dict[str, Any]:
    """Show one success measure, and what is to move it.

    Raises:
        NotInRelease: if the release holds no such measure.
    """
    book = catalogue(release)
    for area in release.priority_areas:
        for found in area.success_measures:
            if found.key == key:
                return {
                    "area": area,
                    "line": measure_line(book, found),
                    "strategies": [s for s in area.strategies if key in s.success_measure_keys],
                    "projects": [
                        (life, project)
                        for life in release.life_experiences
                        for project in life.projects
                        if key in project.success_measure_keys
                    ],
                }
    raise NotInRelease(key)
