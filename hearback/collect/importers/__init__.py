"""Importers of published files, one file each; recognised by their header, never by file name."""

from collections import Counter

from hearback.collect.importers import admin_export_v1, hearback_quarterly, quarterly_v1, trust_counts
from hearback.collect.importers.importer import Importer
from hearback.collect.parsed import FileRefused, Oddity

IMPORTERS: tuple[Importer, ...] = (
    quarterly_v1.IMPORTER,
    admin_export_v1.IMPORTER,
    trust_counts.IMPORTER,
    hearback_quarterly.IMPORTER,
)
"""Every kind of file. To add one, copy the nearest importer and its test, and add it here."""

_SHOWN = 8


def recognise(header: list[str]) -> tuple[Importer, dict[str, int]]:
    """Find the kind of a file by its header, and where each column stands. Order does not matter, nor extras.

    Raises:
        FileRefused: if a column stands there twice, or the header is of no known kind; then the message names
            the nearest kind and what is missing.
    """
    names = [name.strip() for name in header]
    twice = sorted(name for name, n in Counter(names).items() if n > 1 and name)
    if twice:
        raise FileRefused(
            f"The column {twice[0]!r} stands in the header more than once, so nobody can say which counts. "
            "Remove or rename one.",
            row=1,
            column=twice[0],
        )
    where = {name: place for place, name in enumerate(names)}
    for importer in IMPORTERS:
        if all(column in where for column in importer.columns):
            return importer, where
    raise FileRefused(_not_known(names), row=1)


LONGEST_NAME = 120  # of a column, as the table of findings keeps it


def unknown_columns(importer: Importer, where: dict[str, int]) -> list[Oddity]:
    """List columns that this kind of file does not have; they are not read, and said so once."""
    known = {*importer.columns, *importer.unread}
    return [
        Oddity(
            "unknown_column",
            name[:LONGEST_NAME] or None,
            f"The column {name!r} is not known here and was not read.",
        )
        for name in where
        if name not in known
    ]


def _not_known(names: list[str]) -> str:
    if len(names) == 1 and any(mark in names[0] for mark in ";\t|"):
        return (
            "The header is one cell: columns are not separated by commas. Save it as comma-separated values."
        )
    kinds = ", ".join(importer.kind for importer in IMPORTERS)
    nearest = max(IMPORTERS, key=lambda importer: _share_there(importer, names))
    if _share_there(nearest, names) == 0:
        return f"The header is of no known kind and has no column in common with any. Known kinds: {kinds}."
    missing = [column for column in nearest.columns if column not in names]
    more = f" and {len(missing) - _SHOWN} more" if len(missing) > _SHOWN else ""
    return (
        f"The header is of no known kind. Nearest is {nearest.kind} ({nearest.title}), but these columns are "
        f"missing: {', '.join(missing[:_SHOWN])}{more}. Known kinds: {kinds}."
    )


def _share_there(importer: Importer, names: list[str]) -> float:
    there = set(names)
    return sum(column in there for column in importer.columns) / len(importer.columns)
