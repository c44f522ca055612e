"""Reading records from data files: each file is a JSON list, each record a thing with a key.

What is wrong is said with file, record and field, and with what to do about it.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, ClassVar, Protocol, TypeVar

import msgspec
from msgspec import Meta

Key = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9.-]*$", max_length=80)]
WORDS = r"\S"
"""What a text is to hold somewhere: blanks alone say nothing."""
Words = Annotated[str, Meta(pattern=WORDS)]
MOST = 50
"""So many problems are told; who has more has another thing to correct first."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in a data file: where, what, and what to do."""

    file: str | None
    record: str | None
    field: str | None
    problem: str
    remedy: str | None


class FileNotGood(Exception):
    """A data file cannot be loaded; the message names file, record, field and what to do.

    `faults` are the same one by one, at most `MOST`.
    """

    def __init__(self, message: str, faults: Sequence[Fault] = ()) -> None:
        super().__init__(message)
        self.faults = list(faults) or [Fault(None, None, None, message, None)]

    def payload(self) -> dict[str, Any]:
        """Give the problems for scripts."""
        return {"n_problems": len(self.faults), "problems": [asdict(fault) for fault in self.faults]}


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A record of a data file. What is left out is null: not known."""

    choices: ClassVar[Mapping[str, Sequence[str]]] = {}


class Keyed(Protocol):
    """Anything with a key."""

    @property
    def key(self) -> str: ...


K = TypeVar("K", bound=Keyed)


def problem_in(file: str, record: str, field: str | None, problem: str, remedy: str) -> FileNotGood:
    """Say what is wrong, where, and what to do."""
    record, problem = (text.encode("utf-8", "backslashreplace").decode() for text in (record, problem))
    field = field and field.encode("utf-8", "backslashreplace").decode()
    where = f"{file}: {record}" + (f", field '{field}'" if field else "")
    fault = Fault(file, record, field, problem, remedy)
    return FileNotGood(f"{where}: {problem}; {remedy}.", [fault])


def all_of(problems: Iterable[FileNotGood]) -> FileNotGood:
    """Put all that is wrong into one, each thing once, a line for each."""
    found = list({str(problem): problem for problem in problems}.values())
    more = [f"{len(found) - MOST} more were found; correct these first."] if len(found) > MOST else []
    lines = [*map(str, found[:MOST]), *more]
    return FileNotGood("\n".join(lines), [fault for one in found[:MOST] for fault in one.faults][:MOST])


def raw_records(path: Path) -> list[Any]:
    """Read what a file holds, as it stands there.

    Raises:
        FileNotGood: if the file is not there, is not JSON, or is not a list.
    """
    try:
        raw = json.loads(path.read_bytes().decode("utf-8-sig"), object_pairs_hook=_fields)
    except FileNotFoundError as problem:
        raise FileNotGood(
            f"{path.name} is not in {path.parent}; add it, with [] where there is nothing."
        ) from problem
    except OSError as problem:
        raise FileNotGood(f"{path.name} cannot be read: {problem.strerror}; see to that first.") from problem
    except RecursionError as problem:
        raise FileNotGood(f"{path.name}: lists lie too deep within lists; correct it.") from problem
    except UnicodeDecodeError as problem:
        raise FileNotGood(
            f"{path.name}: byte {problem.start} is not UTF-8; save the file as UTF-8."
        ) from problem
    except _StandsTwice as problem:
        raise FileNotGood(
            f"{path.name}: the field '{problem}' stands twice in one record; keep one of the two."
        ) from problem
    except json.JSONDecodeError as problem:
        raise FileNotGood(
            f"{path.name}: line {problem.lineno}, column {problem.colno}: this is not JSON ({problem.msg}); "
            "correct it."
        ) from problem
    if not isinstance(raw, list):
        raise FileNotGood(
            f"{path.name} is not a list of records; write [ before the first and ] after the last."
        )
    return raw


class _StandsTwice(ValueError):
    """A field that stands twice in one record, of which only the last would be read."""


def _fields(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise _StandsTwice(name)
        found[name] = value
    return found


def label(raw: Sequence[Any], number: int) -> str:
    """Name a record by its place, counted from 1, and its key or address."""
    record = raw[number]
    known = (record.get("key") or record.get("address")) if isinstance(record, dict) else None
    return f"record {number + 1} ({known})" if known else f"record {number + 1}"


def check_once(file: str, keys: Iterable[str], field: str = "key") -> None:
    """Check that no key comes twice.

    Raises:
        FileNotGood: naming both records.
    """
    seen: dict[str, int] = {}
    for number, key in enumerate(keys, start=1):
        if key in seen:
            raise problem_in(
                file, f"record {number} ({key})", field, f"the same stands in record {seen[key]}",
                "keep one of them or give the other its own",
            )  # fmt: skip
        seen[key] = number


def check_no_circle(file: str, links: Mapping[str, Sequence[str]], field: str) -> None:
    """Check that following `field` from any record comes to an end, whichever of its links one takes.

    Raises:
        FileNotGood: naming the way round.
    """
    ended: set[str] = set()  # from these every way comes to an end
    for start in links:
        way, left = [start], [iter(links[start])]
        while way:
            following = next(left[-1], None)
            if following is None:
                left.pop()
                ended.add(way.pop())
            elif following in way:
                circle = " > ".join([*way[way.index(following) :], following])
                raise problem_in(
                    file, following, field, f"it goes round in a circle: {circle}", "break the circle"
                )
            elif following not in ended:
                way.append(following)
                left.append(iter(links.get(following, ())))


def check_days(file: str, record: str, starts_on: date | None, ends_before: date | None) -> None:
    """Check that a thing ends after it starts.

    Raises:
        FileNotGood: if not.
    """
    if starts_on is not None and ends_before is not None and ends_before <= starts_on:
        raise problem_in(
            file, record, "ends_before", f"{ends_before} is not after {starts_on}",
            "write the first day after the last one",
        )  # fmt: skip
