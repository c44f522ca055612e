"""A whole folder of cases computed and compared."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from hearback.stats.reference.case import Case, CaseNotValid, Listed, read_case, read_index
from hearback.stats.reference.comparing import Mismatch, mismatches
from hearback.stats.reference.families import Family, family_named

NO_FAMILY = "no family"
"""Stands for the family of a case that cannot be read, and of which the index does not say it."""


@dataclass(frozen=True)
class CaseResult:
    """How one case went. `known` is false where nobody wrote its family; `error` ended the computing."""

    id: str
    family: str
    known: bool
    mismatches: tuple[Mismatch, ...] = ()
    error: str | None = None

    @property
    def passed(self) -> bool:
        """Say whether every expected value was computed within the tolerance."""
        return self.known and not self.mismatches and self.error is None


@dataclass(frozen=True)
class FolderResult:
    """How all cases of a folder went, in the folder's order."""

    cases: tuple[CaseResult, ...]

    @property
    def passed(self) -> bool:
        """Say whether there are cases, and every one passed."""
        return bool(self.cases) and all(case.passed for case in self.cases)

    def by_family(self) -> Iterator[tuple[str, list[CaseResult]]]:
        """Give the cases of each family, families by name."""
        for family in sorted({case.family for case in self.cases}):
            yield family, [case for case in self.cases if case.family == family]


def check_folder(folder: Path) -> FolderResult:
    """Compute every case of a folder and hold it against what is expected.

    A case of a family nobody knows fails and says so; a case that cannot be read or ends in an error fails
    alone.

    Raises:
        CaseNotValid: if the folder's index cannot be read.
    """
    return FolderResult(tuple(check_listed(folder, listed) for listed in read_index(folder)))


def check_listed(folder: Path, listed: Listed) -> CaseResult:
    """Read, compute and compare one case of a folder; one that cannot be read fails."""
    try:
        case = read_case(folder, listed)
    except CaseNotValid as problem:
        family = listed.family or NO_FAMILY
        known = listed.family is None or family_named(listed.family) is not None
        return CaseResult(listed.id, family, known, error=str(problem))
    return check_case(case)


def check_case(case: Case) -> CaseResult:
    """Compute one case and hold it against what is expected."""
    family = family_named(case.family)
    if family is None:
        return CaseResult(case.id, case.family, known=False)
    try:
        got = plain(family.compute(case))
        wrong = tuple(_wrong(family, case, got))
    except CaseNotValid as problem:
        return CaseResult(case.id, case.family, known=True, error=str(problem))
    except Exception as problem:  # noqa: BLE001 - one case that cannot be computed must not hide the others
        return CaseResult(case.id, case.family, known=True, error=f"{type(problem).__name__}: {problem}")
    return CaseResult(case.id, case.family, known=True, mismatches=wrong)


def _wrong(family: Family, case: Case, got: Any) -> Iterator[Mismatch]:
    expected = without(case.expected, family.information)
    yield from mismatches(expected, got, case.rel, case.abs)
    yield from family.judge(case, got)


def without(expected: Any, names: frozenset[str]) -> Any:
    """Leave out, at any depth, what stands in a case for information only."""
    if isinstance(expected, dict):
        return {key: without(value, names) for key, value in expected.items() if key not in names}
    if isinstance(expected, list):
        return [without(value, names) for value in expected]
    return expected


def plain(value: Any) -> Any:
    """Turn arrays and their numbers into lists and plain numbers."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    return value.item() if isinstance(value, np.generic) else value
