"""What an import by a mapping would store: the first rows, masked, and what columns and answers count."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from hearback.collect.answers.layout import CodedColumn
from hearback.collect.instruments.definition import CLOSED, Instrument
from hearback.collect.intake.store import Received
from hearback.collect.response_files.counts import Counts
from hearback.collect.response_files.mapping import Mapping as FileMapping
from hearback.collect.response_files.opened import opened
from hearback.collect.response_files.proposing import Profile
from hearback.collect.response_files.reading import Given, LeftOut, Rejection
from hearback.collect.response_files.tables import named

ROWS = 5
REJECTIONS = 20
MOST_VALUES = 20
LONGEST = 40


@dataclass
class Preview:
    """Rows as they would be stored, the first rejections, and counts of what would be."""

    rows_read: int = 0
    rows_good: int = 0
    rows_left_out: int = 0
    first: list[dict[str, Any]] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    counts: dict[str, dict[str, dict[str, int]]] = field(default_factory=dict)


def preview(
    file: Path, key: str, forms: Mapping[int, Instrument], given: Given, mapping: FileMapping, zone: tzinfo
) -> Preview:
    """Read a file by a mapping and store nothing.

    Raises:
        FileRefused, MappingNotValid: as an import does.
    """
    found, counts = Preview(), Counts(forms)
    for one in opened(file, key, forms, given, mapping).outcomes:
        found.rows_read += 1
        if isinstance(one, Received):
            found.rows_good += 1
            counts.add(one)
            if len(found.first) < ROWS:
                found.first.append(_shown(one, zone))
        elif isinstance(one, LeftOut):
            found.rows_left_out += 1
        elif len(found.rejections) < REJECTIONS:
            found.rejections.append(one)
    found.counts = counts.told()
    return found


def with_all_columns(mapping: FileMapping, names: tuple[str, ...]) -> FileMapping:
    """Give a mapping that leaves out the columns of which it says nothing."""
    silent = [name for name in names if name not in mapping.columns and name not in mapping.left_out]
    return msgspec.structs.replace(mapping, left_out=(*mapping.left_out, *silent))


def of_choices(mapping: FileMapping, forms: Mapping[int, Instrument]) -> set[str]:
    """Name the columns whose cells stand for choices; what others hold may be anything about anybody."""
    closed = {one.code for form in forms.values() for one in form.questions if one.type in CLOSED}
    parts = [mapping.language, mapping.channel]
    coded = {part.column for part in parts if isinstance(part, CodedColumn)}
    return coded | {one.column for one in mapping.answers if one.question in closed}


def counted_cells(
    columns: list[Profile], coded: Collection[str], quote: Callable[[str], str]
) -> dict[str, dict[str, Any]]:
    """Tell of each column how many cells are filled, and of those that are `coded` what stands in them."""
    shown = named(quote(one.name) for one in columns)
    return {
        name: {"filled": one.n_filled, "values": _values(one, quote) if one.name in coded else {}}
        for name, one in zip(shown, columns, strict=True)
    }


def _values(one: Profile, quote: Callable[[str], str]) -> dict[str, int]:
    if len(one.values) > MOST_VALUES or one.n_filled < 2 * len(one.values):
        return {}
    return {quote(cell)[:LONGEST]: n for cell, n in islice(one.values.most_common(), MOST_VALUES)}


def _shown(one: Received, zone: tzinfo) -> dict[str, Any]:
    return {
        "key": one.key,
        "received_at": datetime.fromtimestamp(one.at / 1000, zone).isoformat(),
        "version": one.version,
        "language": one.language,
        "channel": one.channel,
        "answers": msgspec.json.decode(one.answers),
        "not_shown": list(one.not_shown),
    }
