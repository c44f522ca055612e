"""Bringing the weights of a file to what is known of the population, before the answers are archived."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from hearback.collect.answers.layout import CodedColumn, Layout, LayoutNotValid, ReadFile, decode_json
from hearback.collect.answers.reading import Responses
from hearback.collect.answers.rows import CONTEXT_PARTS, levels_of
from hearback.collect.archive import WEIGHT_UNITS
from hearback.collect.archive.batch import LARGEST_WEIGHT
from hearback.stats.survey import make_design
from hearback.stats.weighting import WeightingEffects, WeightingNotPossible, rake_weights, weighting_effects

UNKNOWN = "unknown"
Margins = Mapping[str, Mapping[str, float]]


class MarginsNotValid(ValueError):
    """Population margins cannot be used; the message says which group and level, and what to do."""


@dataclass(frozen=True)
class Raked:
    """Weights in whole billionths that meet the margins, and what the raking cost.

    Ratios in `effects` are to the weights before, brought to the same sum: a change of scale costs nothing.
    """

    weights: NDArray[np.int64]
    effects: WeightingEffects
    rounds: int


def decode_margins(file: ReadFile, layout: Layout) -> Margins:
    """Read the margins: for each group, channel or language, how many people of each level there are.

    `unknown` stands for the people of whom the level is not known, where somebody knows how many they are.

    Raises:
        MarginsNotValid: if it is not such a file, or names a group or a level that the layout does not have.
    """
    try:
        given = msgspec.convert(decode_json(file), dict[str, dict[str, object]])
    except LayoutNotValid as problem:
        raise MarginsNotValid(str(problem)) from problem
    except msgspec.ValidationError as problem:
        raise MarginsNotValid(
            f'{file.name}: these are no margins; write {{"group": {{"level": people, …}}, …}}.'
        ) from problem
    margins = {group: _numbers(file.name, group, targets) for group, targets in given.items()}
    if not margins:
        raise MarginsNotValid(f"{file.name}: there is no margin; give one group at least.")
    for group, targets in margins.items():
        _check_group(file.name, group, targets, layout)
    return margins


def _numbers(name: str, group: str, targets: Mapping[str, object]) -> dict[str, float]:
    """Read the numbers of people of one margin."""
    numbers = {}
    for level, people in targets.items():
        if isinstance(people, bool) or not isinstance(people, int | float):
            raise MarginsNotValid(
                f"{name}: how many people are of {group} {level!r} is no number: {_as_json(people)}. Write "
                "digits without quotation marks or commas, as 4000."
            )
        numbers[level] = float(people)
    return numbers


def _as_json(value: object) -> str:
    return msgspec.json.encode(value).decode()[:60]


def _check_group(name: str, group: str, targets: Mapping[str, float], layout: Layout) -> None:
    known = _coded_parts(layout)
    if group not in known:
        if group in CONTEXT_PARTS:
            raise MarginsNotValid(
                f"{name}: the layout gives one {group} for all, so there is nothing to weight by it."
            )
        listed = ", ".join(known) or "none"
        raise MarginsNotValid(f"{name}: the layout has no group {group!r}; a margin may be of: {listed}.")
    levels = levels_of(known[group])
    strange = [level for level in targets if level not in (*levels, UNKNOWN)]
    if strange:
        raise MarginsNotValid(
            f"{name}: the layout knows no level {_listed(strange)} of {group}; its levels are "
            f"{_listed(levels)}. Correct the margins, or name the level in the layout."
        )


def _coded_parts(layout: Layout) -> dict[str, CodedColumn]:
    """Give what people may be weighted by: groups, and channel and language where a column says them.

    A group goes before a channel or language where it has that name.
    """
    context = {name: getattr(layout, name) for name in CONTEXT_PARTS}
    coded = {name: part for name, part in context.items() if isinstance(part, CodedColumn)}
    return {**coded, **layout.groups}


def _codes(responses: Responses, layout: Layout, group: str) -> NDArray[Any]:
    """Give the level of every person, as a place in `_levels`."""
    codes: NDArray[Any] = responses.columns[f"g_{group}" if group in layout.groups else group]
    return codes


def rake(responses: Responses, layout: Layout, margins: Margins, name: str) -> Raked:
    """Bring the weights to the margins, from the weights of the file, or from 1 where it has none.

    Args:
        name: of the margins, for messages.

    Raises:
        MarginsNotValid: if people are of a level without a margin, or a weight becomes too large or small.
        WeightingNotPossible: if no weights meet the margins; see `hearback.stats.weighting.rake_weights`.
    """
    weights = start_weights(responses) / WEIGHT_UNITS
    for group, targets in margins.items():
        _check_margined(name, group, targets, _levels(layout, group), _codes(responses, layout, group))
    table = np.column_stack([_codes(responses, layout, group) for group in margins])
    cells, cell = np.unique(table, axis=0, return_inverse=True)
    cell = cell.ravel()
    start = np.bincount(cell, weights=weights, minlength=len(cells))
    labels = {
        group: [_levels(layout, group)[code] for code in cells[:, place].tolist()]
        for place, group in enumerate(margins)
    }
    raked = rake_weights(make_design(len(cells), weights=start), labels, margins)
    after = weights * (raked.weights / start)[cell]
    if after.max() > LARGEST_WEIGHT:
        raise MarginsNotValid(
            f"{name}: one answer would stand for {after.max():,.0f} people, and a weight is at most "
            f"{LARGEST_WEIGHT:,}; write the population in thousands."
        )
    whole = np.rint(after * WEIGHT_UNITS).astype(np.int64)
    if (whole == 0).any():
        raise MarginsNotValid(
            f"{name}: a weight would be less than a billionth; write the population in larger numbers."
        )
    in_scale = weights * (after.sum() / weights.sum())
    return Raked(whole, weighting_effects(in_scale, after), raked.rounds)


def start_weights(responses: Responses) -> NDArray[np.int64]:
    """Give the weights of the file, or 1 for everybody, in billionths."""
    given = responses.columns.get("weight")
    if given is None:
        return np.full(len(responses), WEIGHT_UNITS, dtype=np.int64)
    return given.astype(np.int64)


def _levels(layout: Layout, group: str) -> tuple[str, ...]:
    return (UNKNOWN, *levels_of(_coded_parts(layout)[group]))


def _check_margined(
    name: str, group: str, targets: Mapping[str, float], levels: Sequence[str], codes: NDArray[Any]
) -> None:
    people = np.bincount(codes, minlength=len(levels)).tolist()
    without: dict[str, int] = {}
    for level, n in zip(levels, people, strict=True):
        if n and level not in targets:
            without[level] = without.get(level, 0) + n
    n_unknown = without.pop(UNKNOWN, 0)
    if n_unknown:
        raise MarginsNotValid(
            f"{name}: of {n_unknown:,} rows it is not known to which level of {group} they belong. Give "
            f"the margin a level {UNKNOWN!r}, with how many people they stand for, or leave {group} out."
        )
    if without:
        raise MarginsNotValid(
            f"{name}: {sum(without.values()):,} rows are of {group} {_listed(list(without))}, for which no "
            "margin is given. Add it, or put levels together in the layout."
        )


def _listed(levels: Sequence[str]) -> str:
    return ", ".join(repr(level) for level in levels)


__all__ = ["Margins", "MarginsNotValid", "Raked", "WeightingNotPossible", "decode_margins", "rake"]
