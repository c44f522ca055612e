"""From what a data file holds to its records, and in plain words all that keeps it from being so."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from hearback.directory.files import FileNotGood, Record, all_of, label, problem_in, raw_records

R = TypeVar("R", bound=Record)
Steps = list[int | str]
"""The way into a record: names of fields, places in lists."""

PLACE = re.compile(r"^(?P<problem>.*?)(?: - at `(?P<path>[^`]*)`)?$", re.DOTALL)
STEP = re.compile(r"\[(\d+)\]|\.(\w+)")
NAMED = re.compile(r"(unknown|missing required) field `(\w+)`$")
EXPECTED = re.compile(r"Expected `(?P<kinds>[^`]+)`(?P<limit>[^,]*)(?:, got `(?P<got>\w+)`)?$", re.DOTALL)

NOT_KEPT = re.compile("[\x00\ud800-\udfff]")
"""No database keeps these: nothing, and halves of characters."""

HINTS = (
    ("Invalid enum value", "write one of: {choices}"),
    ("RFC3339", "write a day that exists, as 2023-05-31, or null"),
    (r"regex '\\S'", "write some text; what need not be known may be left out"),
    ("matching regex", "use small letters, digits, hyphens and dots"),
    ("unknown field", "remove it or correct its name; the fields are {fields}"),
    ("missing required field", "add it; the fields are {fields}"),
    ("length", "write less, or leave the field out"),
    ("got `null`", "this must be known; give it or leave the record out"),
)
KINDS = {
    "str": "text", "int": "a whole number", "float": "a number", "bool": "true or false", "array": "a list",
    "object": "a record", "null": "null", "date": "a day",
}  # fmt: skip
LIMITS = (
    (re.compile(r"(?: of length)? >= (\S+)"), r" of at least \1"),
    (re.compile(r"(?: of length)? <= (\S+)"), r" of at most \1"),
)


def read_records(path: Path, kind: type[R]) -> list[R]:
    """Read all records of a file.

    Raises:
        FileNotGood: if the file is not there, is not JSON, is not a list, or a record has an unknown field,
            lacks one, or holds something that does not belong there.
    """
    return records_in_file(path.name, raw_records(path), kind)


def records_in_file(file: str, raw: Sequence[Any], kind: type[R]) -> list[R]:
    """Make records of what a file holds.

    Raises:
        FileNotGood: with every field that is unknown, missing or holds what does not belong there.
    """
    if problems := list(_not_kept(file, raw)):
        raise all_of(problems)
    try:
        return msgspec.convert(raw, list[kind])  # type: ignore[valid-type]
    except msgspec.ValidationError as problem:
        raise all_of(_faults(file, raw, kind)) from problem


def in_words(message: str) -> str:
    """Say in plain words what the decoder says of a value.

    >>> in_words("Expected `int` >= 1900"), in_words("Expected `str | null`, got `int`")
    ('a whole number of at least 1900 is needed', 'text or null is needed, and this is a whole number')
    >>> in_words("Expected `float` >= 0.0"), in_words("Expected `array`, got `str`")
    ('a number of at least 0 is needed', 'a list is needed, and this is text')
    >>> in_words("Expected `str` of length <= 40"), in_words("Invalid RFC3339 encoded date")
    ('text of at most 40 characters is needed', 'this is not a day')
    >>> in_words("Object missing required field `date`"), in_words("Object contains unknown field `dat`")
    ("the field 'date' is missing", "'dat' is an unknown field")
    """
    if "RFC3339" in message:
        return "this is not a day"
    if r"regex '\\S'" in message:
        return "nothing stands here"
    if "matching regex" in message:
        return "this is not written as a key is"
    if named := NAMED.search(message):
        return (
            f"the field '{named[2]}' is missing"
            if "missing" in named[1]
            else f"'{named[2]}' is an unknown field"
        )
    found = EXPECTED.match(message)
    if found is None:
        return message.replace("Object ", "the record ").replace("`", "'")
    kinds = " or ".join(KINDS.get(one, "a record") for one in found["kinds"].split(" | "))
    limit = found["limit"]
    unit = " characters" if kinds.startswith("text") and limit else ""
    for pattern, words in LIMITS:
        limit = pattern.sub(words, limit).removesuffix(".0")
    got = f", and this is {KINDS.get(found['got'], 'something else')}" if found["got"] else ""
    return f"{kinds}{limit}{unit} is needed{got}"


def to_do(problem: str, fields: Sequence[str] = (), choices: Sequence[str] = ()) -> str:
    """Say what to do about what the decoder says."""
    for sign, hint in HINTS:
        if sign in problem and ("{" not in hint or fields):
            return hint.format(fields=", ".join(fields), choices=", ".join(choices))
    return "correct it"


def _not_kept(file: str, raw: Sequence[Any]) -> Iterator[FileNotGood]:
    """Find texts that no database keeps."""
    for number, record in enumerate(raw):
        for steps, text in _texts(record, []):
            if found := NOT_KEPT.search(text):
                what = f"it holds U+{ord(found[0]):04X}, which is no character"
                yield problem_in(file, label(raw, number), _field(record, steps), what, "remove it")


def _texts(value: Any, steps: Steps) -> Iterator[tuple[Steps, str]]:
    if isinstance(value, str):
        yield steps, value
    if isinstance(value, dict):
        yield from ((steps, name) for name in value)
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, one in inner:
        yield from _texts(one, [*steps, step])


def _faults(file: str, raw: Sequence[Any], kind: type[Record]) -> Iterator[FileNotGood]:
    for number, record in enumerate(raw):
        for problem, steps in _problems(record, kind):
            names = [step for step in steps if isinstance(step, str)]
            inner = _inner_kind(kind, names)
            choices = inner.choices.get(names[-1], ()) if names else ()
            remedy = to_do(problem, inner.__struct_fields__, choices)
            yield problem_in(file, label(raw, number), _field(record, steps), in_words(problem), remedy)


def _problems(record: Any, kind: type[Record]) -> Iterator[tuple[str, Steps]]:
    """Find what is wrong with a record and the records in it, and where; of other fields the first thing."""
    first = first_problem(record, kind)
    if first is None or not isinstance(record, dict):
        yield from [first] if first else []
        return
    fields = {one.name: one for one in msgspec.structs.fields(kind)}
    found = [(f"Object contains unknown field `{name}`", [name]) for name in record if name not in fields]
    for name, field in fields.items():
        if name in record:
            found += [(said, [name, *steps]) for said, steps in _problems_in_field(record[name], field.type)]
        elif field.required:
            found.append((f"Object missing required field `{name}`", [name]))
    yield from found or [first]


def _problems_in_field(value: Any, kind: Any) -> list[tuple[str, Steps]]:
    first = first_problem(value, kind)
    inner = next(_records_within(kind), None)
    if first is None or inner is None or not isinstance(value, list):
        return [first] if first else []
    found = [
        (said, [number, *steps]) for number, one in enumerate(value) for said, steps in _problems(one, inner)
    ]
    return found or [first]


def first_problem(value: Any, kind: Any) -> tuple[str, Steps] | None:
    """Give the first thing that the decoder says of a value, and where; None where it is good."""
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError as problem:
        found = PLACE.match(str(problem))
        said, path = (found["problem"], found["path"] or "$") if found else (str(problem), "$")
        steps: Steps = [name or int(number) for number, name in STEP.findall(path)]
        named = NAMED.search(said)
        return said, [*steps, named[2]] if named else steps
    return None


def _field(record: Any, steps: Steps) -> str | None:
    """Write the way to a field: list items by their key where they have one, else by number from 1."""
    written = ""
    for step in steps:
        try:
            record = record[step]
        except (KeyError, IndexError, TypeError):
            record = None
        if isinstance(step, str):
            written += f".{step}"
        else:
            written += f"[{record['key'] if isinstance(record, dict) and 'key' in record else step + 1}]"
    return written.removeprefix(".") or None


def _inner_kind(kind: type[Record], names: Iterable[str]) -> type[Record]:
    """Follow field names into nested records, as far as they lead to records."""
    for name in names:
        field = {f.name: f.type for f in msgspec.structs.fields(kind)}.get(name)
        kind = next(_records_within(field), kind)
    return kind


def _records_within(kind: Any) -> Iterator[type[Record]]:
    yield from (one for one in _within(kind) if isinstance(one, type) and issubclass(one, Record))


def _within(found: Any) -> Iterator[Any]:
    yield found
    for inner in getattr(found, "__args__", ()):
        yield from _within(inner)
