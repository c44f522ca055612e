"""Weighting classes: respondents speak for the silent of their own class."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hearback.stats.estimate import Reason
from hearback.stats.survey.design import DesignNotValid, Floats, check_weights


@dataclass(frozen=True)
class WeightingClasses:
    """The factor of every class, and the weights that follow; None where nobody answered.

    `merged` names the classes that had too few respondents and the class each became part of. `weights` are
    zero for those who did not answer.
    """

    factors: Mapping[Any, float] | None
    merged: Mapping[Any, Any]
    weights: Floats | None
    reason: Reason | None = None


@dataclass
class _Class:
    labels: list[Any]
    n: int
    n_responded: int
    weight: float
    weight_responded: float

    def take(self, other: "_Class") -> None:
        self.labels += other.labels
        self.n += other.n
        self.n_responded += other.n_responded
        self.weight += other.weight
        self.weight_responded += other.weight_responded


def weighting_classes(
    classes: Sequence[Hashable],
    responded: Sequence[bool] | NDArray[np.bool_],
    weights: ArrayLike | None = None,
    *,
    min_respondents: int = 1,
) -> WeightingClasses:
    """Give the respondents of every class the weight of all its members.

    A class with too few respondents is merged with its neighbour in sorted order: the one that shares the
    most leading labels, the smaller one of two. Merging is reported, never silent.

    Args:
        classes: class of everybody asked; a tuple where several variables cross.
        min_respondents: merge classes with fewer, 1 or more. Above 20 is usual, for stable factors.

    Raises:
        DesignNotValid: if lengths differ or the weights cannot be used.
        ValueError: if min_respondents is below 1.

    Source: Oh and Scheuren (1983), Weighting adjustment for unit nonresponse, in Incomplete Data in Sample
    Surveys, volume 2; Kalton and Flores-Cervantes (2003), Weighting methods, Journal of Official Statistics
    19.

    >>> found = weighting_classes(["a", "a", "b", "b", "c"], [True, False, True, True, False])
    >>> found.factors, found.merged
    ({'a': 2.0, 'b': 1.5, 'c': 1.5}, {'c': 'b'})
    """
    if min_respondents < 1:
        raise ValueError(f"classes of {min_respondents} respondents cannot be weighted; ask for 1 or more")
    gave = np.asarray(responded, dtype=bool)
    weight = np.ones(len(gave)) if weights is None else check_weights(weights, len(gave))
    if len(classes) != len(gave):
        raise DesignNotValid(f"{len(gave)} people were asked and {len(classes)} classes given; give one each")
    if not (gave & (weight > 0)).any():
        return WeightingClasses(None, {}, None, Reason.NO_ANSWERS)
    found = _counted(classes, gave, weight)
    _merge(found, min_respondents)
    factors = {label: one.weight / one.weight_responded for one in found for label in one.labels}
    merged = {label: one.labels[0] for one in found for label in one.labels[1:]}
    per_row = np.array([factors[label] for label in classes])
    ordered = {label: factors[label] for label in sorted(factors, key=_parts)}
    return WeightingClasses(ordered, merged, weight * per_row * gave)


def _counted(classes: Sequence[Hashable], gave: NDArray[np.bool_], weight: Floats) -> list[_Class]:
    by_label: dict[Hashable, _Class] = {}
    for label, answered, amount in zip(classes, gave.tolist(), weight.tolist(), strict=True):
        one = by_label.setdefault(label, _Class([label], 0, 0, 0.0, 0.0))
        one.take(_Class([], 1, int(answered and amount > 0), amount, amount * answered))
    return [by_label[label] for label in sorted(by_label, key=_parts)]


def _merge(found: list[_Class], min_respondents: int) -> None:
    """Merge, worst first, until every class has enough respondents or one class is left."""
    while len(found) > 1:
        place = min(range(len(found)), key=lambda i: (found[i].n_responded, i))
        if found[place].n_responded >= min_respondents:
            return
        near = [i for i in (place - 1, place + 1) if 0 <= i < len(found)]
        into = max(near, key=lambda i: (_shared(found[place], found[i]), -found[i].n, -i))
        found[into].take(found.pop(place))


def _shared(one: _Class, other: _Class) -> int:
    """Count the leading labels two classes have in common."""
    shared = 0
    for mine, theirs in zip(_parts(one.labels[0]), _parts(other.labels[0]), strict=False):
        if mine != theirs:
            break
        shared += 1
    return shared


def _parts(label: Any) -> tuple[str, ...]:
    return tuple(str(part) for part in label) if isinstance(label, tuple) else (str(label),)
