"""Data files in YAML: every scalar is text until the type that is wanted says what it is."""

import re
from typing import Any, TypeVar

import msgspec
import yaml

from hearback.collect.instruments.checking import Fault

BIGGEST = 2_000_000
Held = TypeVar("Held")
PLACES: dict[str, Any] = {
    ".": msgspec.inspect.StructType,
    "[": (msgspec.inspect.VarTupleType, msgspec.inspect.ListType, msgspec.inspect.DictType),
}
"""Which types have parts with a name, and which those with a number or key."""


class NotRead(Exception):
    """A text is not YAML, or not of the type that is wanted; `fault` says where and why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(f"{fault.where}: {fault.message}")
        self.fault = fault


def read(text: str, kind: type[Held]) -> Held:
    """Read a text as a type.

    Raises:
        NotRead: if it is not YAML, or a field is missing, misspelt or of the wrong type.
    """
    if len(text) > BIGGEST:
        raise NotRead(Fault("file", f"is longer than {BIGGEST:,} characters"))
    try:
        return msgspec.convert(yaml.load(text, Loader=_Loader), kind, strict=False)  # noqa: S506 - text only
    except yaml.YAMLError as problem:
        raise NotRead(Fault("file", f"is not YAML: {_one_line(problem)}")) from problem
    except msgspec.ValidationError as problem:
        raise NotRead(_fault(str(problem), kind)) from problem
    except UnicodeEncodeError as problem:
        raise NotRead(Fault("file", "holds half of a surrogate pair, no character")) from problem
    except RecursionError as problem:
        raise NotRead(Fault("file", "is nested too deeply")) from problem


def is_yaml(text: str) -> bool:
    """Say whether a text is YAML, whatever it means."""
    try:
        yaml.load(text, Loader=_Loader)  # noqa: S506 - text only
    except (yaml.YAMLError, RecursionError):
        return False
    return True


def written(held: Any) -> str:
    """Write plain values so that reading them gives the same."""
    return str(yaml.dump(held, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100))


class _Loader(yaml.BaseLoader):
    """Reads every scalar as text, so that the code 1 and the language no stay what they are."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases (*name) are not read; write the text again")
        return super().compose_node(parent, index)


class _Dumper(yaml.SafeDumper):
    """Escapes what YAML would fold or lose: blanks and line ends other than the plain ones."""

    def represent_str(self, data: str) -> yaml.ScalarNode:
        style = None if data.replace("\n", "").isprintable() else '"'
        return self.represent_scalar("tag:yaml.org,2002:str", data, style=style)


_Dumper.add_representer(str, _Dumper.represent_str)


def _one_line(problem: yaml.YAMLError) -> str:
    if isinstance(problem, yaml.MarkedYAMLError) and problem.problem_mark is not None:
        mark = problem.problem_mark
        return f"{problem.problem}, in line {mark.line + 1}, column {mark.column + 1}"
    return " ".join(str(problem).split())


def _fault(message: str, kind: Any) -> Fault:
    """Tell apart what msgspec says: what is wrong, and where, if not with the whole; name what fits there."""
    what, _, where = message.partition(" - at ")
    where = where.strip("`")
    if what.startswith("Invalid enum value") and (allowed := _allowed(kind, where)):
        what = f"{what}; use one of {', '.join(allowed)}"
    return Fault(where.removeprefix("$.") or "file", what)


def _allowed(kind: Any, where: str) -> list[str]:
    """List the values that a place such as `$.pages[...].type` takes; none where they are no list."""
    found: Any = msgspec.inspect.type_info(kind)
    for step in re.findall(r"\.\w+|\[", where):
        found = next((one for one in _parts(found) if isinstance(one, PLACES[step[0]])), None)
        if isinstance(found, msgspec.inspect.StructType):
            found = next((one.type for one in found.fields if one.encode_name == step[1:]), None)
        elif found is not None:
            found = getattr(found, "item_type", None) or getattr(found, "value_type", None)
    return [str(one) for part in _parts(found) for one in getattr(part, "values", ())]


def _parts(found: Any) -> tuple[Any, ...]:
    return found.types if isinstance(found, msgspec.inspect.UnionType) else (found,)
