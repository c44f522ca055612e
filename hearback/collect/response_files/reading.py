"""Make responses of the rows of a file: each may be stored, is left out, or is rejected with its reason.

No message repeats what stands in a cell: it may be personal data.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from enum import Enum
from typing import Any

from hearback.collect.instruments.answering import NotAccepted
from hearback.collect.intake.receiving import Receiver, Sent
from hearback.collect.intake.store import Received
from hearback.collect.moments import read_moment
from hearback.collect.parsed import FileRefused
from hearback.collect.response_files.faults import said
from hearback.collect.response_files.quoting import quoted
from hearback.collect.response_files.seventeen import COLUMNS, EXTRA, CellRefused, CellsRefused, Seventeen
from hearback.collect.response_files.spreadsheets import unguarded
from hearback.collect.response_files.tables import Table

IMPORTED = "import"
LONGEST_KEY = 200
YEARS = range(1991, 2100)
"""In which responses were given; another year is a slip of the pen, and in no fiscal year we know."""


class LeftOut(Enum):
    """A row that is not taken because the mapping says so, as a deleted one."""

    ROW = 1


@dataclass(frozen=True)
class Rejection:
    """Why a row cannot be taken: the line it starts on, the first column, and what is wrong with all."""

    line: int
    column: str
    message: str


Outcome = Received | Rejection | LeftOut


@dataclass(frozen=True)
class Given:
    """What the file does not say of each response: when at the latest it was given, and in what language.

    Attributes:
        at: None where the file has to say it.
        newest: the version that is answered where the file names none.
        start_month: in which the fiscal year starts.
        sha256: of the file, by which responses without a name of their own are named.
    """

    at: datetime | None
    language: str
    newest: int
    start_month: int = 10
    sha256: str = ""


@dataclass
class Row:
    """What the cells of a row say of one response."""

    key: str
    at: datetime
    answers: dict[str, Any]
    language: str
    version: int
    channel: str = IMPORTED
    place: str = ""
    campaign: str = ""
    not_asked: set[str] = field(default_factory=set)


ReadRow = Callable[[int, Sequence[str]], Row | None]
"""Reads the cells of the row on a line; None where it is left out. Raises CellRefused, CellsRefused."""


@dataclass(frozen=True)
class Reader:
    """How the rows of one file are read.

    `key_column` and `version_column` are the names for messages, `columns` those by question.
    """

    read: ReadRow
    key_column: str
    version_column: str = ""
    columns: Mapping[str, str] | None = None


def outcomes(table: Table, reader: Reader, receivers: Mapping[int, Receiver]) -> Iterator[Outcome]:
    """Read a table row by row."""
    seen: set[str] = set()
    columns = {"key": reader.key_column, **(reader.columns or {})}
    for record in table.rows:
        line = record.line
        if record.problem is not None:
            yield Rejection(line, record.problem.column or "", record.problem.message)
            continue
        try:
            row = reader.read(line, record.cells)
            yield LeftOut.ROW if row is None else _taken(row, reader, receivers, seen)
        except CellRefused as problem:
            yield _rejected(line, [(problem.column, f"The cell {problem}.")])
        except CellsRefused as problem:
            yield _rejected(line, [(one.column, f"The cell {one}.") for one in problem.cells])
        except NotAccepted as problem:
            yield _rejected(
                line, [(columns.get(one.question, one.question), said(one)) for one in problem.problems]
            )


def _rejected(line: int, faults: Sequence[tuple[str, str]]) -> Rejection:
    """Tell all faults of a row: the first with its column, the others behind it with theirs."""
    (column, first), *others = faults
    return Rejection(line, column, " ".join([first, *(f"{name}: {message}" for name, message in others)]))


def _taken(row: Row, reader: Reader, receivers: Mapping[int, Receiver], seen: set[str]) -> Received:
    if not row.key or len(row.key) > LONGEST_KEY:
        raise CellRefused(reader.key_column, f"has to name the response, in 1 to {LONGEST_KEY} characters")
    if row.key in seen:
        raise CellRefused(reader.key_column, "holds a name that an earlier row has too")
    seen.add(row.key)
    receiver = receivers.get(row.version)
    if receiver is None:
        raise CellRefused(reader.version_column, "names a version of the form that is not published here")
    sent = Sent(
        row.answers, row.language, row.key, row.channel, row.place, row.campaign, not_asked=row.not_asked
    )
    return receiver.take(sent, row.at)


def read_at(text: str, column: str, zone: tzinfo | None = None) -> datetime:
    """Read the moment of a response.

    Args:
        zone: of moments without one; None where they must have one.

    Raises:
        CellRefused: if it is none, or lies in a year in which nobody answered.
    """
    try:
        found = read_moment(text)
    except ValueError as problem:
        raise CellRefused(column, "holds no moment as 2026-10-01T09:00-04:00") from problem
    if found.tzinfo is None:
        if zone is None:
            raise CellRefused(column, "holds a moment without its zone; write it as +00:00 behind")
        found = in_zone(found, zone, column)
    return checked_year(found, column)


def in_zone(local: datetime, zone: tzinfo, column: str) -> datetime:
    """Give a moment of the clock on the wall its zone; of two in the hour that comes twice, the first.

    Raises:
        CellRefused: if clocks of the zone never showed it.
    """
    found = local.replace(tzinfo=zone)
    if found.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local:
        raise CellRefused(column, "holds a moment that was left out when clocks were put forward")
    return found


def checked_year(at: datetime, column: str) -> datetime:
    """Refuse a moment in a year in which nobody answered.

    Raises:
        CellRefused: says which years are possible.
    """
    if at.year not in YEARS:
        raise CellRefused(column, f"holds a moment that is not in the years {YEARS[0]} to {YEARS[-1]}")
    return at


def seventeen_reader(table: Table, shape: Seventeen, given: Given, quote: Callable[[str], str]) -> Reader:
    """Read the quarterly file of 17 columns, in any order, with time and language if they are there.

    Args:
        quote: makes a name of a column fit to be repeated.

    Raises:
        FileRefused: if it is no such file, or nothing says when the responses were given.
    """
    names = _checked_header(table.names, given, quote)

    def read(line: int, cells: Sequence[str]) -> Row:
        found = dict(zip(names, cells, strict=True))
        found["question_4"] = unguarded(found["question_4"])
        when = found.get("received_at", "").strip()
        if not when and given.at is None:
            raise CellRefused("received_at", "is empty, and no quarter is named")
        return Row(
            key=unguarded(found["external_id"]).strip(),
            at=read_at(when, "received_at") if when or given.at is None else given.at,
            answers=shape.answers(found),
            language=found.get("language", "").strip() or given.language,
            version=given.newest,
        )

    columns = {"key": "external_id", shape.trust: "question_1", shape.comment: "question_4"}
    return Reader(read, "external_id", columns=columns)


def is_seventeen(names: Collection[str]) -> bool:
    """Say whether a header is nearest to that of the 17 columns."""
    return {"external_id", "question_1"} <= {name.lower() for name in names}


def _checked_header(header: Sequence[str], given: Given, quote: Callable[[str], str]) -> list[str]:
    names = [cell.lower() for cell in header]
    missing = [name for name in COLUMNS if name not in names]
    unknown = [name for name in names if name not in {*COLUMNS, *EXTRA}]
    for what, found in (("lacks", missing), ("has unknown", unknown)):
        if found:
            raise FileRefused(f"The header {what} the columns {quoted(found, quote)}.", row=1)
    if "received_at" not in names and given.at is None:
        raise FileRefused("The file does not say when people answered; name the quarter.", row=1)
    return names
