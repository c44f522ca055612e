"""Instruments as YAML files, and the JSON Schema that they keep to."""

from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from hearback.collect.instruments import yaml_text
from hearback.collect.instruments.checking import Fault, faults
from hearback.collect.instruments.definition import Condition, Instrument

BIGGEST = yaml_text.BIGGEST
READY = Path(__file__).parent / "ready"
Held = TypeVar("Held")


class InstrumentNotValid(Exception):
    """A text is no usable instrument; `faults` says where and what to do."""

    def __init__(self, found: list[Fault]) -> None:
        super().__init__("; ".join(f"{one.where}: {one.message}" for one in found))
        self.faults = found


def read_yaml(text: str) -> Instrument:
    """Read an instrument, finished or not; what it asks may still have faults.

    Raises:
        InstrumentNotValid: if the text is not YAML, or a field is missing, misspelt or of the wrong type.
    """
    return _read(text, Instrument)


def read_condition(text: str) -> Condition:
    """Read a rule that stands alone.

    Raises:
        InstrumentNotValid: if the text is not YAML, or no rule.
    """
    return _read(text, Condition)


def write_condition(rule: Condition) -> str:
    """Write a rule so that reading it gives the same."""
    return yaml_text.written(msgspec.to_builtins(rule))


def _read(text: str, kind: type[Held]) -> Held:
    try:
        return yaml_text.read(text, kind)
    except yaml_text.NotRead as problem:
        raise InstrumentNotValid([problem.fault]) from problem


def read_valid_yaml(text: str) -> Instrument:
    """Read an instrument that can be used.

    Raises:
        InstrumentNotValid: names all faults.
    """
    instrument = read_yaml(text)
    found = faults(instrument)
    if found:
        raise InstrumentNotValid(found)
    return instrument


def write_yaml(instrument: Instrument) -> str:
    """Write an instrument so that reading it gives the same."""
    held = {"format": instrument.format, **msgspec.to_builtins(instrument)}
    return yaml_text.written(held)


def schema() -> dict[str, Any]:
    """Give the JSON Schema (2020-12) of the YAML file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Hearback instrument",
        **msgspec.json.schema(Instrument),
    }


def ready_names() -> tuple[str, ...]:
    """Name the instruments to start from."""
    return tuple(sorted(file.stem for file in READY.glob("*.yaml")))


@cache
def ready(name: str) -> Instrument:
    """Give an instrument to start from.

    Raises:
        KeyError: if there is none of that name.
    """
    if name not in ready_names():
        raise KeyError(name)
    return read_valid_yaml((READY / f"{name}.yaml").read_text(encoding="utf-8"))
