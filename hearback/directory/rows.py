"""Bringing rows in line with records: what differs, and the row as it should be.

Nothing is saved here: the actions of a stage save what `steps` yields, before asking for the next step.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile
from typing import Any

from django.db.models import Model

from hearback.directory.files import FileNotGood, check_no_circle, problem_in
from hearback.history.actions import Change
from hearback.ui.losses import TAKEN, Loss, as_lines, as_payload, quoted

Ids = dict[str, dict[str, int]]
State = Mapping[str, Any]
LONGEST_TOLD, MOST_TOLD, FEW_TOLD = 80, 50, 20
"""Signs of a value, rows that change, and rows that are not in the files; `--json` has all of them."""


@dataclass(frozen=True)
class Wanted:
    """A row as a file wants it. `links` and `many` hold keys of other rows; None links to nothing."""

    kind: str
    key: str
    file: str
    record: str
    values: Mapping[str, Any]
    links: Mapping[str, str | None] = field(default_factory=dict)
    many: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def state(self) -> dict[str, Any]:
        """Give the row as history keeps it: plain values, and keys in place of other rows."""
        plain = {name: _plain(value) for name, value in self.values.items()}
        return plain | dict(self.links) | {name: sorted(set(keys)) for name, keys in self.many.items()}


@dataclass(frozen=True)
class Flaw:
    """One thing that is wrong with a row as a file wants it, in which field, and what to do."""

    wanted: Wanted
    field: str
    problem: str
    remedy: str

    @property
    def refusal(self) -> FileNotGood:
        """Say it, with the place."""
        one = self.wanted
        is_own = one.record.endswith(f"({one.key})")
        field = self.field if is_own else f"{one.kind} {one.key}.{self.field}"
        return problem_in(one.file, one.record, field, self.problem, self.remedy)


def check_flawless(flaws: Iterable[Flaw]) -> None:
    """Check that nothing is wrong.

    Raises:
        FileNotGood: with all that is wrong, a line for each.
    """
    told = dict.fromkeys(str(flaw.refusal) for flaw in flaws)
    if told:
        raise FileNotGood("\n".join(told))


@dataclass(frozen=True)
class Table:
    """A table that files fill.

    `key_of` names a row as `Wanted.key` does; `targets` says for a link what kind it points to, where
    its name does not; `follows` is a link to one row of the same table, or to several.
    """

    kind: str
    model: type[Model]
    key_of: Callable[[Any], str]
    targets: Mapping[str, str] = field(default_factory=dict)
    follows: str | None = None


@dataclass(frozen=True)
class Changed:
    """A row of the database that a file changes: its fields that change, before and after, shortened."""

    kind: str
    key: str
    fields: Mapping[str, tuple[Any, Any]]

    def payload(self) -> dict[str, Any]:
        """Give it for scripts."""
        fields = {name: {"before": before, "after": after} for name, (before, after) in self.fields.items()}
        return {"kind": self.kind, "key": self.key, "fields": fields}

    def line(self, would: str) -> str:
        """Give it for people."""
        told = [f"{name} {_told(before)} → {_told(after)}" for name, (before, after) in self.fields.items()]
        return f"  {would}changed: {self.kind.replace('_', ' ')} {self.key}: {'; '.join(told)}"


@dataclass
class LoadReport:
    """What loading did, counted by kind, and what stands in the database and not in the files.

    `changes` say of each row that was changed in what; `losses` what of the files was not taken as it stands
    there, `not_there` what it cites and is not there yet, or not any more, `kept` what stays against the
    files, as it was changed here and they do not know it.
    """

    created: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    unchanged: dict[str, int] = field(default_factory=dict)
    changes: list[Changed] = field(default_factory=list)
    not_in_file: list[str] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    not_there: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    @property
    def n_changes(self) -> int:
        """Count the rows made or changed."""
        return sum(self.created.values()) + sum(self.changed.values())

    def count(self, one: Wanted, before: State | None, after: State) -> None:
        """Count one row, by what it was; null where it was not there."""
        counts = self.created if before is None else self.unchanged if before == after else self.changed
        counts[one.kind] = counts.get(one.kind, 0) + 1
        if before is not None and before != after:
            fields = {
                name: _shortened(before[name], value)
                for name, value in after.items()
                if before[name] != value
            }
            self.changes.append(Changed(one.kind, one.key, fields))

    def add(self, other: "LoadReport") -> None:
        """Add what another loading did."""
        for mine, more in (
            (self.created, other.created),
            (self.changed, other.changed),
            (self.unchanged, other.unchanged),
        ):
            for kind, n in more.items():
                mine[kind] = mine.get(kind, 0) + n
        self.changes += other.changes
        self.not_in_file += other.not_in_file
        self.losses += other.losses
        self.not_there += other.not_there
        self.kept += other.kept

    def payload(self, dry_run: bool) -> dict[str, Any]:
        """Give the report for scripts."""
        return {
            "dry_run": dry_run,
            "created": self.created,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "changes": [one.payload() for one in self.changes],
            "not_in_file": self.not_in_file,
            "not_there": self.not_there,
            "kept": self.kept,
            **as_payload(self.losses),
        }

    def lines(self, dry_run: bool) -> list[str]:
        """Give the report for people."""
        would = "would be " if dry_run else ""
        kinds = dict.fromkeys([*self.created, *self.changed, *self.unchanged])
        counted = [
            f"{kind.replace('_', ' ')}: {self.created.get(kind, 0)} {would}new, {self.changed.get(kind, 0)} "
            f"{would}changed, {self.unchanged.get(kind, 0)} as before"
            for kind in kinds
        ]
        changes = [one.line(would) for one in self.changes[:MOST_TOLD]]
        if len(self.changes) > MOST_TOLD:
            changes.append(f"  {len(self.changes) - MOST_TOLD} more {would}changed; --json names all")
        cited = [f"not there: {told}" for told in self.not_there]
        kept = [f"changed here, which the files do not know, and kept as it is: {told}" for told in self.kept]
        return [*counted, *changes, *kept, *self._missing(), *cited, *as_lines(self.losses, TAKEN)]

    def _missing(self) -> list[str]:
        """Name what is not in the files, or where that is much, count it by kind."""
        if len(self.not_in_file) <= FEW_TOLD:
            return [f"not in the file: {name}" for name in self.not_in_file]
        kinds = Counter(name.rpartition(" ")[0] for name in self.not_in_file)
        counted = ", ".join(f"{kind} {n}" for kind, n in kinds.items())
        return [f"not in the file, and left as they are: {counted}; --json names them"]


NOT_UNIQUE = re.compile(r"UNIQUE constraint failed: (.+)|Key \(([^)]+)\)=")
"""What SQLite and PostgreSQL say where a value may stand once and does already, with its columns."""


@dataclass(frozen=True)
class Step:
    """A row that differs, with its values set and not yet saved, and what history is to say."""

    row: Any
    wanted: Wanted
    change: Change
    many: Mapping[str, Sequence[int]]

    def refused(self, problem: Exception) -> FileNotGood:
        """Say that the database refused the row, mostly for something it holds that is not in the files."""
        what = f"the database refuses it ({str(problem).splitlines()[0]})"  # PostgreSQL goes on for lines
        remedy = "it clashes with what is loaded already; correct one of the two"
        if taken := NOT_UNIQUE.search(str(problem)):
            columns = [name.rpartition(".")[2] for name in (taken[1] or taken[2]).split(", ")]
            names = " and ".join(name.removesuffix("_id").replace("_", " ") for name in columns)
            what = f"another {self.wanted.kind.replace('_', ' ')} has the same {names}"
            remedy = "give it its own; what two are to exchange is loaded in two steps"
        wanted = self.wanted
        return problem_in(wanted.file, wanted.record, f"{wanted.kind} {wanted.key}", what, remedy)

    def set_many(self) -> None:
        """Set the links to several rows; the row must be saved by then."""
        for name, ids in self.many.items():
            getattr(self.row, name).set(ids)


def steps(tables: Sequence[Table], wanted: Sequence[Wanted], ids: Ids, report: LoadReport) -> Iterator[Step]:
    """Yield every row that differs from what is wanted, in an order in which it can be saved.

    `ids` holds row numbers by kind and key of what may be linked to; it grows as rows are saved.

    Raises:
        FileNotGood: if a link leads nowhere, or round in a circle.
    """
    for table in tables:
        links = [f.name for f in table.model._meta.concrete_fields if f.is_relation]
        held = {table.key_of(row): row for row in table.model._default_manager.select_related(*links)}
        ids[table.kind] = {key: row.pk for key, row in held.items()}
        mine = [w for w in wanted if w.kind == table.kind]
        for one in in_order(table, mine, held):
            row = held.get(one.key)
            before, after = (None if row is None else _state(row, one)), one.state()
            report.count(one, before, after)
            if before != after:
                made = _filled(table, row or table.model(), one, ids)
                many = {
                    name: [_found(table, one, name, k, ids) for k in keys] for name, keys in one.many.items()
                }
                yield Step(made, one, Change(f"{one.kind}.loaded", one.kind, one.key, before, after), many)
                ids[table.kind][one.key] = made.pk
        present = {w.key for w in mine}
        report.not_in_file += [
            f"{table.kind.replace('_', ' ')} {key}" for key in sorted(held) if key not in present
        ]


def in_order(table: Table, wanted: Sequence[Wanted], held: Mapping[str, Any]) -> list[Wanted]:
    """Put rows after those of the same table that they follow.

    Raises:
        FileNotGood: if they follow each other in a circle, counting what the database already holds.
    """
    if table.follows is None:
        return list(wanted)
    name = table.follows
    links = {key: _followed(row, name) for key, row in held.items()}
    links |= {w.key: w.many[name] if name in w.many else _some(w.links.get(name)) for w in wanted}
    if wanted:
        check_no_circle(wanted[0].file, links, name)
    depths: dict[str, int] = {}
    return sorted(wanted, key=lambda w: _depth(w.key, links, depths))


def _followed(row: Any, name: str) -> Sequence[str]:
    found = getattr(row, name)
    return [one.key for one in found.all()] if hasattr(found, "all") else _some(_key(found))


def _some(key: str | None) -> Sequence[str]:
    return [] if key is None else [key]


def _depth(key: str, links: Mapping[str, Sequence[str]], known: dict[str, int]) -> int:
    if key not in known:
        known[key] = max((1 + _depth(one, links, known) for one in links.get(key, ())), default=0)
    return known[key]


def _filled(table: Table, row: Model, wanted: Wanted, ids: Ids) -> Any:
    for name, value in wanted.values.items():
        setattr(row, name, value)
    for name, key in wanted.links.items():
        setattr(row, f"{name}_id", None if key is None else _found(table, wanted, name, key, ids))
    return row


def _found(table: Table, wanted: Wanted, name: str, key: str, ids: Ids) -> int:
    target = table.targets.get(name, name)
    if key in ids.get(target, {}):
        return ids[target][key]
    raise problem_in(
        wanted.file, wanted.record, name, f"there is no {target.replace('_', ' ')} '{key}'",
        "add it first or correct the key",
    )  # fmt: skip


def _state(row: Model, wanted: Wanted) -> dict[str, Any]:
    state = {name: _plain(getattr(row, name)) for name in wanted.values}
    state |= {name: _key(getattr(row, name)) for name in wanted.links}
    return state | {
        name: sorted(_key(other) or "" for other in getattr(row, name).all()) for name in wanted.many
    }


def _key(row: Any) -> str | None:
    return None if row is None else row.key


def _shortened(*values: Any) -> tuple[Any, ...]:
    """Give values as they are where they are short; else as texts, around where they begin to differ."""
    texts = [one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in values]
    if all(len(text) <= LONGEST_TOLD for text in texts):
        return values
    same = sum(1 for _ in takewhile(lambda signs: len(set(signs)) == 1, zip(*texts, strict=False)))
    start = max(0, same - LONGEST_TOLD // 4)
    return tuple(_part(text, start) for text in texts)


def _part(text: str, start: int) -> str:
    end = start + LONGEST_TOLD
    return f"{'…' if start else ''}{text[start:end]}{'…' if len(text) > end else ''}"


def _told(value: Any) -> str:
    if value is None or value == []:
        return "nothing"
    return quoted(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
