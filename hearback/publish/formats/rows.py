"""A table with its rows, made once for all the formats it is written in."""

from dataclasses import dataclass

from hearback.publish.formats.tables import Row, Table

SOURCES = {"source", "progress_source"}


@dataclass(frozen=True)
class Filled:
    """A table with its rows, and the CSV and JSON files made of them, by path."""

    table: Table
    rows: tuple[Row, ...]
    files: dict[str, bytes]

    def sources(self) -> set[str]:
        """Give the addresses of the sites at which the rows were read."""
        places = [i for i, column in enumerate(self.table.columns) if column.name in SOURCES]
        read = {str(row[i]) for row in self.rows for i in places}
        return {"/".join(one.split("/")[:3]) + "/" for one in read if one.startswith("http")}
