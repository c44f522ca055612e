"""What is known of the population, held against who answered."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from hearback.stats.survey.design import Codes, Floats
from hearback.stats.weighting.errors import (
    LabelMissing,
    LevelNotInMargin,
    LevelWithoutRespondents,
    ZeroTarget,
)


@dataclass(frozen=True)
class Margin:
    """One weighting variable: the code of every row, and the population count of every code."""

    name: str
    levels: tuple[Any, ...]
    codes: Codes
    targets: Floats

    @property
    def total(self) -> float:
        """Give the size of the population."""
        return float(self.targets.sum())

    def sums(self, weights: Floats) -> Floats:
        """Add up weights by level."""
        return np.bincount(self.codes, weights=weights, minlength=len(self.levels)).astype(np.float64)

    def indicators(self) -> Floats:
        """Give one column of zeros and ones per level."""
        return np.eye(len(self.levels))[self.codes]


def make_margin(
    name: str, labels: Sequence[Hashable], targets: Mapping[Any, float], weights: Floats
) -> Margin:
    """Hold population counts against the rows; rows of weight zero may carry any label.

    Args:
        name: the variable, for messages.
        targets: population count of every level; one of zero is left out if no row that counts has it.

    Raises:
        LabelMissing: if a row that counts has no label (None, blank or nan).
        LevelNotInMargin: if a row's level has no population count.
        ZeroTarget: if a population count is negative or not a number, or zero though rows have the level.
        LevelWithoutRespondents: if a level of the population has no row that counts.
    """
    if len(labels) != len(weights):
        raise LabelMissing(
            f"there are {len(weights)} rows and {len(labels)} values of {name}; give one per row"
        )
    targets = _above_zero(name, targets, {label for label, w in zip(labels, weights, strict=True) if w > 0})
    numbers = {level: code for code, level in enumerate(targets)}
    codes = np.array(
        [
            _code(name, row, label, numbers) if weight > 0 else numbers.get(label, 0)
            for row, (label, weight) in enumerate(zip(labels, weights, strict=True))
        ],
        dtype=np.int64,
    )
    margin = Margin(name, tuple(targets), codes, np.array(list(targets.values()), dtype=float))
    empty = [level for level, weight in zip(targets, margin.sums(weights), strict=True) if weight == 0]
    if empty:
        raise LevelWithoutRespondents(
            f"nobody who answered has {name} = {', '.join(_say(level) for level in empty)}, but the "
            "population does; merge the level into another (merge_levels), or drop the variable"
        )
    return margin


def merge_levels(
    labels: Sequence[Hashable], targets: Mapping[Any, float], into: Mapping[Any, Any]
) -> tuple[list[Any], dict[Any, float]]:
    """Merge levels, or cells, of a weighting variable: in the rows and in the population alike.

    Args:
        into: level → the level it becomes part of; the others stay. Not followed twice.

    Raises:
        LevelNotInMargin: if a level to merge has no population count.

    >>> merge_levels(["web", "mail"], {"web": 90, "mail": 8, "fax": 2}, {"fax": "mail"})
    (['web', 'mail'], {'web': 90, 'mail': 10})
    """
    unknown = [level for level in into if level not in targets]
    if unknown:
        raise LevelNotInMargin(f"{_say(unknown[0])} is no level of the population, so it cannot be merged")
    merged: dict[Any, float] = {}
    for level, count in targets.items():
        joined = into.get(level, level)
        merged[joined] = merged.get(joined, 0) + count
    return [into.get(label, label) for label in labels], merged


def is_missing(label: Any) -> bool:
    """Say whether a label, or a part of a cell, is not there: None, blank or nan."""
    if isinstance(label, tuple):
        return any(is_missing(part) for part in label)
    return label is None or label == "" or (isinstance(label, float) and bool(np.isnan(label)))


def _above_zero(name: str, targets: Mapping[Any, float], present: set[Any]) -> dict[Any, float]:
    kept: dict[Any, float] = {}
    for level, count in targets.items():
        if not np.isfinite(count) or count < 0 or (count == 0 and level in present):
            raise ZeroTarget(
                f"the population count of {name} = {_say(level)} is {count:g}, not above zero; "
                "leave the level out, with its rows, or merge it into another"
            )
        if count > 0:
            kept[level] = float(count)
    return kept


def _code(name: str, row: int, label: Any, numbers: Mapping[Any, int]) -> int:
    if label in numbers:
        return numbers[label]
    if is_missing(label):
        raise LabelMissing(
            f"row {row + 1} has no {name}; impute it once and record that, or give such rows their own level"
        )
    raise LevelNotInMargin(
        f"row {row + 1} has {name} = {_say(label)}, which has no population count; add it or merge it"
    )


def _say(level: Any) -> str:
    return " / ".join(str(part) for part in level) if isinstance(level, tuple) else repr(level)
