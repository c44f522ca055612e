"""What an importer makes of one row: plain values, before anything is stored."""

from dataclasses import dataclass
from decimal import Decimal

Counts = tuple[int, int, int, int, int]


@dataclass(frozen=True)
class Oddity:
    """Something odd about a row, which loads all the same. `column` is None where it is about all of it."""

    kind: str
    column: str | None
    message: str


@dataclass(frozen=True)
class ParsedQuestion:
    """One question of a row. `wording` is None where the file gives no words, only their class.

    The columns are those that findings name: of the words, of the first box, of the mean.
    """

    code: str
    wording: str | None
    wording_class: str
    scale: str
    counts: Counts
    mean: Decimal | None
    column: str
    counts_column: str
    mean_column: str


@dataclass(frozen=True)
class ParsedRow:
    """One survey of one service in one quarter, as a row of a file has it.

    Volumes are as written; where `zero_is_blank` (the published files write 0 for both), 0 is kept as not
    reported, by `reported`.
    """

    quarter: str
    provider_code: str
    service_code: str
    name: str
    channel: str | None
    timing: str
    transaction_point: str | None
    customers_count: int | None
    offered_count: int | None
    respondents_count: int | None
    rating: str | None
    questions: tuple[ParsedQuestion, ...]
    oddities: tuple[Oddity, ...] = ()
    zero_is_blank: bool = True

    def reported(self, volume: int | None) -> int | None:
        """Give a volume as it is kept: None where it was not reported."""
        return None if self.zero_is_blank and not volume else volume


class RowRefused(ValueError):
    """A row cannot be taken; the message says why and what to do."""

    def __init__(self, column: str | None, message: str) -> None:
        super().__init__(message)
        self.column = column
        self.message = message


class FileRefused(ValueError):
    """A file cannot be read as a table at all; the message says why and what to do."""

    def __init__(self, message: str, *, row: int | None = None, column: str | None = None) -> None:
        super().__init__(message)
        self.row = row
        self.column = column
        self.message = message
