"""What every importer says of itself: its kind, its columns, and how a row is read."""

from collections.abc import Callable
from dataclasses import dataclass

from hearback.collect.parsed import ParsedRow

RowParser = Callable[[list[str]], ParsedRow]


@dataclass(frozen=True)
class Importer:
    """One kind of file.

    `columns` must all be there for a file to be of this kind; `unread` are known and not read; `names` says
    what the file calls provider, service, name, channel, customers, offered, respondents, rating, timing and
    trust; `prepare` takes where each column stands and gives the function that reads a row.
    """

    kind: str
    title: str
    columns: tuple[str, ...]
    unread: tuple[str, ...]
    names: dict[str, str]
    has_means: bool
    prepare: Callable[[dict[str, int]], RowParser]
