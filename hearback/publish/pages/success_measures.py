"""Measures: what shows success, set by the government itself, and the numbers that are computed here."""

from typing import Any

from hearback.measure.rules import MEASURES
from hearback.publish.frozen import ReleaseData
from hearback.publish.pages.catalogue import NotInRelease, catalogue
from hearback.publish.pages.measures import measure_line
from hearback.publish.pages.why import method_slug


def measures(release: ReleaseData) -> dict[str, Any]:
    """List the success measures of each priority area, and the numbers computed here with their methods."""
    book = catalogue(release)
    published = {score.measure for score in release.scores}
    return {
        "areas": [
            (area, [measure_line(book, measure) for measure in area.success_measures])
            for area in release.priority_areas
        ],
        "computed": [
            {"key": key, "measure": measure, "slug": method_slug(book, key)}
            for key, measure in MEASURES.items()
            if key in published
        ],
    }


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
