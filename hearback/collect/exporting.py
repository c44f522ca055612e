"""The responses to a form as a table, ready to be written: of which period, in what shape."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import cached_property

import msgspec

from hearback.collect.intake.store import Stored
from hearback.collect.moments import milliseconds
from hearback.collect.queries import FormFact, VersionFact, intake_store
from hearback.collect.response_files.dictionary import AskedIn, dictionary
from hearback.collect.response_files.seventeen import COLUMNS, EXTRA, Seventeen, seventeen
from hearback.collect.response_files.table import Cell, Column, Layout, layout


@dataclass(frozen=True)
class Export:
    """What to write of a form: `until` is the first moment that is not part of it.

    Attributes:
        zone: in which moments are written.
        words: what choices say, in `language` or else the form's first, in the place of their codes.
        as_seventeen: the 17 columns of the quarterly file, and with `with_time` two more.
    """

    form: FormFact
    since: datetime | None
    until: datetime | None
    zone: tzinfo
    words: bool = False
    language: str = ""
    as_seventeen: bool = False
    with_time: bool = False

    def table(self) -> tuple[Sequence[Column], Iterator[Sequence[Cell]]]:
        """Give the columns, and the rows while they are read.

        Raises:
            NotSeventeen: if the 17 columns are asked of a form that has no place for them.
            StoreNotReady: while rows are read, if they cannot be.
        """
        if self.as_seventeen:
            names = (*COLUMNS, *EXTRA) if self.with_time else COLUMNS
            shapes = {one.number: seventeen(one.instrument) for one in self.versions}
            return [Column(name) for name in names], self._rows_of_seventeen(shapes)
        rows = (self._layout.row(one, self.zone, words=self.words) for one in self._stored())
        return self._layout.columns, rows

    def dictionary(self) -> list[tuple[str, ...]]:
        """Say of every column what it holds; nothing of the 17, which are described elsewhere."""
        asked = (AskedIn(one.number, one.instrument, one.question_versions) for one in self.versions)
        return [] if self.as_seventeen else dictionary(self._layout, asked)

    @property
    def versions(self) -> list[VersionFact]:
        """List the versions that people were asked."""
        return [one for one in self.form.versions if one.state == "published"]

    @cached_property
    def _layout(self) -> Layout:
        return layout(((one.number, one.instrument) for one in self.versions), self.language)

    def _rows_of_seventeen(self, shapes: dict[int, Seventeen]) -> Iterator[Sequence[Cell]]:
        """Give each response by the version that was shown; one that is not published here by the newest."""
        for one in self._stored():
            held = one.response
            shape = shapes.get(held.version) or shapes[max(shapes)]
            row = shape.row(held.key, msgspec.json.decode(held.answers), held.not_shown)
            when = datetime.fromtimestamp(held.at / 1000, self.zone).isoformat(timespec="milliseconds")
            yield [*row, when, held.language] if self.with_time else row

    def _stored(self) -> Iterator[Stored]:
        since = 0 if self.since is None else _milliseconds(self.since)
        until = None if self.until is None else _milliseconds(self.until)
        with intake_store() as store:
            yield from store.responses(self.form.key, since=since, until=until)


def _milliseconds(moment: datetime) -> int:
    return milliseconds(moment)
