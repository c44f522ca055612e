"""Pages of the data: downloads with their columns, releases with their files, methods."""

from pathlib import PurePosixPath
from typing import Any

from hearback.measure.rules import MEASURES
from hearback.publish.formats import TABLES, datapackage_format
from hearback.publish.formats.datapackage_format import license_of_data
from hearback.publish.formats.dictionary_format import described
from hearback.publish.formats.reasons import REASONS
from hearback.publish.frozen import MANIFEST, FileFact, ReleaseData
from hearback.publish.open.dataset import for_page
from hearback.publish.pages.catalogue import NotInRelease, catalogue
from hearback.publish.pages.markdown import to_html
from hearback.ui.numbers import count, size

NOT_RELEASED = frozenset({"change", "drivers", "fair-comparison", "groups"})
"""Pages of what is computed and shown on the command line, and stands in no table of a release."""

OF_JOURNEYS = frozenset({"burden", "pain-points"})
"""Pages of numbers that stand on the pages of journeys."""


def data(release: ReleaseData) -> dict[str, Any]:
    """List every table of open data with its files and rows; the dictionary describes its columns."""
    files = {f.path: f for f in release.files}
    return {
        "dataset": for_page(release),
        "license": license_of_data(),
        "has_package": datapackage_format.PATH in files,
        "noise_page": catalogue(release).methods.get("noise"),
        "tables": [
            {
                "table": table,
                "n": (n := sum(1 for _ in table.rows(release))),
                "rows": count(n),
                "files": [
                    {"fact": files[path], "name": PurePosixPath(path).name, "size": size(files[path].bytes)}
                    for path in (f"data/{table.name}.{form}" for form in ("csv", "json", "parquet"))
                    if path in files
                ],
            }
            for table in TABLES
        ],
    }


def dictionary(release: ReleaseData) -> dict[str, Any]:
    """Describe every table and column, and the codes that say why a cell is empty."""
    return {
        "described": [described(table) for table in TABLES],
        "reasons": REASONS,
        "has_package": any(file.path == datapackage_format.PATH for file in release.files),
    }


def file_of(release: ReleaseData, path: str) -> FileFact:
    """Find a file of a release.

    Raises:
        NotInRelease: if the release names no such file.
    """
    for file in release.files:
        if file.path == path:
            return file
    raise NotInRelease(path)


def download_name(release: ReleaseData, path: str) -> str:
    """Name a file for people's disks, so that files of two releases do not mix.

    The name says the release: scores.csv of release 3 becomes hearback-release-3-scores.csv.
    """
    return f"hearback-release-{release.number}-{PurePosixPath(path).name}"


def release_page(release: ReleaseData) -> dict[str, Any]:
    """Show one release: its manifest, its files by folder, how to verify it."""
    folders: dict[str, list[dict[str, Any]]] = {}
    for file in sorted(release.files, key=lambda f: f.path):
        folder = str(PurePosixPath(file.path).parent)
        folders.setdefault(folder, []).append({"fact": file, "size": size(file.bytes)})
    return {
        "shown": release,
        "folders": [
            {"name": name, "files": files, "size": size(sum(f["fact"].bytes for f in files))}
            for name, files in folders.items()
        ],
        "n_files": len(release.files),
        "manifest": MANIFEST,
    }


def methods(release: ReleaseData) -> dict[str, Any]:
    """List the method pages: of published numbers, of rules for them, of what is in no release yet."""
    pages = sorted(release.methods, key=lambda m: m.title.casefold())
    numbers = {measure.page for measure in MEASURES.values()} | OF_JOURNEYS
    return {
        "methods": pages,
        "numbers": [one for one in pages if one.slug in numbers],
        "rules": [one for one in pages if one.slug not in numbers | NOT_RELEASED],
        "not_released": [one for one in pages if one.slug in NOT_RELEASED],
    }


def method(release: ReleaseData, slug: str) -> dict[str, Any]:
    """Show one method page as it stood when the release was made.

    Raises:
        NotInRelease: if the release holds no such page.
    """
    found = catalogue(release).methods.get(slug)
    if found is None:
        raise NotInRelease(slug)
    return {
        "method": found,
        "html": to_html(found.markdown, found.title),
        "others": methods(release)["methods"],
        "is_released": slug not in NOT_RELEASED,
    }
