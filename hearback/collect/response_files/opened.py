"""Open a file of responses: find out what kind it is, and give what its rows become."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from hearback.collect.instruments.definition import Instrument
from hearback.collect.intake.receiving import Receiver
from hearback.collect.intake.store import OpenForm
from hearback.collect.parsed import FileRefused
from hearback.collect.response_files.known_files import (
    is_own_export,
    is_touchpoints,
    mapping_of_own_export,
    mapping_of_touchpoints,
)
from hearback.collect.response_files.mapped import mapped_reader
from hearback.collect.response_files.mapping import Mapping as FileMapping
from hearback.collect.response_files.mapping_rules import check_mapping
from hearback.collect.response_files.quoting import quoter
from hearback.collect.response_files.reading import (
    Given,
    Outcome,
    is_seventeen,
    outcomes,
    seventeen_reader,
)
from hearback.collect.response_files.seventeen import seventeen
from hearback.collect.response_files.tables import Table, table_of

SEVENTEEN, OWN, TOUCHPOINTS, MAPPED = "seventeen", "export", "touchpoints", "mapping"


@dataclass(frozen=True)
class Opened:
    """A file of responses: its kind, the mapping by which it is read, if by one, and what its rows become."""

    kind: str
    mapping: FileMapping | None
    outcomes: Iterator[Outcome]


def opened(
    file: Path, key: str, forms: Mapping[int, Instrument], given: Given, mapping: FileMapping | None = None
) -> Opened:
    """Open a file of responses to a form.

    Args:
        forms: what each published version asks.
        mapping: what stands in the columns; None where the header says it.

    Raises:
        FileRefused: if the file cannot be read, or nothing says what its columns hold.
        MappingNotValid: if the mapping does not fit the file or the form.
        NotSeventeen: if the file has the 17 columns and the form cannot be written as them.
    """
    table = table_of(file)
    kind, found = _known(table, forms) if mapping is None else (MAPPED, mapping)
    if found is None:
        reader = seventeen_reader(table, seventeen(forms[given.newest]), given, quoter(forms))
    else:
        if kind != OWN:
            check_mapping(found, table.names, forms)
        reader = mapped_reader(table, found, forms, given, is_own=kind == OWN)
    return Opened(kind, found, outcomes(table, reader, receivers(key, forms)))


def receivers(key: str, forms: Mapping[int, Instrument]) -> dict[int, Receiver]:
    """Give what takes the answers to each version."""
    return {
        number: Receiver(OpenForm(key, number, msgspec.json.encode(form))) for number, form in forms.items()
    }


def _known(table: Table, forms: Mapping[int, Instrument]) -> tuple[str, FileMapping | None]:
    if is_own_export(table.names):
        return OWN, mapping_of_own_export(table.names, forms)
    if is_touchpoints(table.names):
        return TOUCHPOINTS, mapping_of_touchpoints(table.names, forms)
    if is_seventeen(table.names):
        return SEVENTEEN, None
    raise FileRefused(
        "The header is that of no export of ours, lacks the columns of the quarterly file, and is not that "
        "of the CSV of Touchpoints. Make a mapping with `hearback collect responses map`.",
        row=1,
    )
