"""A case of a reference folder: its data, parameters, tolerance and what is expected."""

import csv
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from hearback.stats.survey.design import Floats

Row = Mapping[str, str]
FIELDS = ("id", "family", "inputs", "parameters", "tolerance", "expected")


class CaseNotValid(ValueError):
    """A reference folder or one of its files cannot be read; the message says which and what is wrong."""


@dataclass(frozen=True)
class Case:
    """One case. `r` are the calls that made the expected numbers; a sample's design is read from them."""

    id: str
    family: str
    folder: Path
    inputs: tuple[str, ...]
    parameters: Mapping[str, Any]
    r: tuple[str, ...]
    rel: float
    abs: float
    expected: Any

    def parameter(self, name: str, default: Any = None) -> Any:
        """Give a parameter.

        Raises:
            CaseNotValid: if the case has none of that name, and no default is given.
        """
        found = self.parameters.get(name, default)
        if found is None and name not in self.parameters:
            raise CaseNotValid(f"{self.id} has no parameter {name!r}")
        return found

    @cached_property
    def rows(self) -> list[Row]:
        """Read the first input file; the parameter `filter` is not applied."""
        return self.table(0)

    def table(self, number: int) -> list[Row]:
        """Read one of the input files: one mapping per row, blank where a value is missing.

        Raises:
            CaseNotValid: if there is no such file.
        """
        if number >= len(self.inputs):
            raise CaseNotValid(
                f"{self.id} has {len(self.inputs)} input files, and number {number + 1} is needed"
            )
        try:
            with (self.folder / self.inputs[number]).open(encoding="utf-8", newline="") as text:
                return list(csv.DictReader(text))
        except OSError as problem:
            reason = problem.strerror
            raise CaseNotValid(f"{self.id}: {self.inputs[number]} cannot be read: {reason}") from problem


@dataclass(frozen=True)
class Listed:
    """What the index of a folder says of a case; `family` is None where it says nothing of that."""

    id: str
    family: str | None


def read_index(folder: Path) -> list[Listed]:
    """Read which cases the folder has, in the order of its index.

    Raises:
        CaseNotValid: if there is no such folder, or its index cannot be read.
    """
    if not folder.is_dir():
        raise CaseNotValid(f"there is no folder {folder}")
    file = folder / "index.json"
    index = _json(file)
    cases = index.get("cases") if isinstance(index, dict) else None
    if not isinstance(cases, list) or not all(_may_be_listed(one) for one in cases):
        raise CaseNotValid(
            f'{file} is no index of cases; write {{"cases": [{{"id": "…", "family": "…"}}, …]}}'
        )
    return [Listed(one["id"], one.get("family")) for one in cases]


def read_case(folder: Path, listed: Listed) -> Case:
    """Read a case that the index lists.

    Raises:
        CaseNotValid: if it is not there, cannot be read, or is not the one that the index says it is.
    """
    file = folder / "expected" / f"{listed.id}.json"
    case = _case(file, folder)
    for what, said, found in (("case", listed.id, case.id), ("family", listed.family, case.family)):
        if said not in (None, found):
            raise CaseNotValid(
                f"index.json says {what} {said!r} and {file.name} {found!r}; correct one of them"
            )
    return case


def read_cases(folder: Path) -> list[Case]:
    """Read every case that the folder's index lists, in its order.

    Raises:
        CaseNotValid: if the index or a case is not there or cannot be read.
    """
    return [read_case(folder, listed) for listed in read_index(folder)]


def number(text: str | None) -> float:
    """Read a number; blank is a missing value (nan), to be left out by what follows.

    >>> number("4.5"), number("")
    (4.5, nan)
    """
    return math.nan if text is None or text == "" else float(text)


def numbers(rows: Sequence[Row], column: str) -> Floats:
    """Read a column of numbers; missing values are nan.

    Raises:
        CaseNotValid: if there is no such column.
    """
    return np.array([number(text) for text in labels(rows, column)])


def labels(rows: Sequence[Row], column: str) -> list[str]:
    """Read a column as text.

    Raises:
        CaseNotValid: if there is no such column.
    """
    if rows and column not in rows[0]:
        raise CaseNotValid(f"the input has no column {column!r}; it has {', '.join(rows[0])}")
    return [row[column] for row in rows]


def _may_be_listed(one: Any) -> bool:
    return (
        isinstance(one, dict) and isinstance(one.get("id"), str) and isinstance(one.get("family"), str | None)
    )


def _case(file: Path, folder: Path) -> Case:
    found = _json(file)
    if not isinstance(found, dict):
        raise CaseNotValid(f"{file} is no case: it is no JSON object")
    missing = [name for name in FIELDS if name not in found]
    if missing:
        raise CaseNotValid(f"{file} is no case: it lacks {', '.join(missing)}")
    if not (isinstance(found["id"], str) and isinstance(found["family"], str)):
        raise CaseNotValid(f"{file} is no case: its id and family are texts")
    rel, absolute = (_bound(found["tolerance"], name, file) for name in ("rel", "abs"))
    inputs = found["inputs"]
    if not (isinstance(inputs, list) and all(isinstance(one, str) for one in inputs)):
        raise CaseNotValid(f"{file} is no case: its inputs are no list of names of files")
    return Case(
        id=found["id"],
        family=found["family"],
        folder=folder,
        inputs=tuple(inputs),
        parameters=found["parameters"] or {},
        r=tuple(found.get("r") or ()),
        rel=rel,
        abs=absolute,
        expected=found["expected"],
    )


def _bound(tolerance: Any, name: str, file: Path) -> float:
    found = tolerance.get(name) if isinstance(tolerance, dict) else None
    if isinstance(found, bool) or not isinstance(found, int | float):
        raise CaseNotValid(f"{file} is no case: its tolerance has no number {name}")
    return float(found)


def _json(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except OSError as problem:
        raise CaseNotValid(f"{file} cannot be read: {problem.strerror}") from problem
    except ValueError as problem:
        raise CaseNotValid(f"{file} is not JSON: {problem}") from problem
