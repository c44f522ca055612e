"""P-values of many comparisons made at once, adjusted for their number.

Count as one family what a reader sees as one: one release times one kind of question. A missing p-value
(None) stays missing and is not counted, as no comparison was made there.
"""

from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np

from hearback.stats.survey.design import Floats

Adjustment = Literal["benjamini_hochberg", "benjamini_yekutieli", "holm", "bonferroni"]


class PValueNotValid(ValueError):
    """A p-value is not between 0 and 1; the message says which."""


def adjust_p_values(p_values: Sequence[float | None], method: Adjustment) -> tuple[float | None, ...]:
    """Adjust p-values for the number of comparisons, in the order given.

    Benjamini-Hochberg holds down the share of wrong among all claims made (it is a q-value then), for
    independent or positively dependent tests; Benjamini-Yekutieli the same under any dependence. Holm and
    Bonferroni hold down the chance of even one wrong claim, Holm with more power.

    Raises:
        PValueNotValid: if one is not between 0 and 1.
        KeyError: if there is no such method.

    Source: Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57, section 3; Benjamini
    and Yekutieli (2001), Annals of Statistics 29, theorem 1.3; Holm (1979), Scandinavian Journal of
    Statistics 6; Dunn (1961), Journal of the American Statistical Association 56. As R's `p.adjust`.

    >>> adjust_p_values([0.01, None, 0.04], "benjamini_hochberg")
    (0.02, None, 0.04)
    >>> adjust_p_values([0.01, None, 0.04], "bonferroni")
    (0.02, None, 0.08)
    """
    known = [place for place, p in enumerate(p_values) if p is not None and not np.isnan(p)]
    adjusted: list[float | None] = [None] * len(p_values)
    found = np.array([p_values[place] for place in known], dtype=float)
    _check(found, known)
    order = np.argsort(found, kind="stable")
    for rank, value in enumerate(_METHODS[method](found[order]).tolist()):
        adjusted[known[order[rank]]] = value
    return tuple(adjusted)


def discoveries(
    p_values: Sequence[float | None], *, false_discovery_rate: float = 0.10
) -> tuple[bool | None, ...]:
    """Say which comparisons may be claimed, so that of all claims a known share at most is wrong on average.

    None where no comparison was made.

    Raises:
        PValueNotValid: if a p-value, or the rate, is not between 0 and 1.

    Source: Benjamini and Hochberg (1995), section 3. The rate of 0.10 is a choice of this house.

    >>> discoveries([0.001, 0.5, None, 0.04])
    (True, False, None, True)
    """
    if not 0 < false_discovery_rate < 1:
        raise PValueNotValid(f"a false discovery rate of {false_discovery_rate} is not between 0 and 1")
    q_values = adjust_p_values(p_values, "benjamini_hochberg")
    return tuple(None if q is None else q <= false_discovery_rate for q in q_values)


def _check(found: Floats, places: Sequence[int]) -> None:
    wrong = np.flatnonzero((found < 0) | (found > 1))
    if wrong.size:
        which = int(wrong[0])
        raise PValueNotValid(
            f"p-value {places[which] + 1} is {found[which]:g}; p-values lie between 0 and 1, None is missing"
        )


def _step_up(ascending: Floats, factor: float) -> Floats:
    """Take, for every p-value, the smallest of its own bound and those of the larger ones."""
    m = len(ascending)
    bounds = factor * m / np.arange(1, m + 1) * ascending
    smallest: Floats = np.minimum.accumulate(bounds[::-1])[::-1]
    return np.minimum(smallest, 1.0)


def _benjamini_hochberg(ascending: Floats) -> Floats:
    return _step_up(ascending, 1.0)


def _benjamini_yekutieli(ascending: Floats) -> Floats:
    return _step_up(ascending, float((1 / np.arange(1, len(ascending) + 1)).sum()))


def _holm(ascending: Floats) -> Floats:
    largest: Floats = np.maximum.accumulate(np.arange(len(ascending), 0, -1) * ascending)
    return np.minimum(largest, 1.0)


def _bonferroni(ascending: Floats) -> Floats:
    return np.minimum(len(ascending) * ascending, 1.0)


_METHODS: dict[str, Callable[[Floats], Floats]] = {
    "benjamini_hochberg": _benjamini_hochberg,
    "benjamini_yekutieli": _benjamini_yekutieli,
    "holm": _holm,
    "bonferroni": _bonferroni,
}
