"""Counts of providers, checked once for every method that compares their rates."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from hearback.stats.survey.design import Floats

Numbers = Sequence[float | None] | ArrayLike


class ProviderNotValid(ValueError):
    """The figures of a provider cannot be used; the message says which provider and what is wrong."""


class TooFewProviders(ValueError):
    """There are too few providers to learn from them how providers differ."""


def check_rates(hits: Numbers, n: Numbers) -> tuple[Floats, Floats]:
    """Give hits and answers of every provider as arrays, or refuse them.

    A provider of which one count is missing (None or nan) is one without answers: 0 of 0. Counts need not be
    whole, as the effective counts of weighted answers are not.

    Raises:
        ProviderNotValid: if lengths differ, a count is negative or infinite, or a part is larger than its
            whole.

    >>> check_rates([3, None, 0], [4, 7, 0])
    (array([3., 0., 0.]), array([4., 0., 0.]))
    """
    parts, wholes = as_floats(hits), as_floats(n)
    if parts.shape != wholes.shape or parts.ndim != 1:
        raise ProviderNotValid(
            f"there are {parts.size} hits and {wholes.size} n; give both for each provider"
        )
    missing = np.isnan(parts) | np.isnan(wholes)
    parts, wholes = np.where(missing, 0.0, parts), np.where(missing, 0.0, wholes)
    wrong = (parts < 0) | (parts > wholes) | np.isinf(wholes)
    if wrong.any():
        i = int(np.flatnonzero(wrong)[0])
        raise ProviderNotValid(
            f"provider {i + 1} has {parts[i]:g} hits of {wholes[i]:g} answers, which is no part of a whole"
        )
    return parts, wholes


def as_floats(values: Numbers) -> Floats:
    """Read numbers, None as a missing value (nan).

    >>> as_floats([1, None])
    array([ 1., nan])
    """
    return np.array(values, dtype=float)


def check_enough(n_providers: int, fewest: int) -> None:
    """Refuse to learn from too few providers how providers differ.

    Raises:
        TooFewProviders: if there are fewer than `fewest`, or none.
    """
    if n_providers < max(fewest, 1):
        raise TooFewProviders(
            f"{n_providers} providers have answers and {fewest} are needed to learn how providers differ; "
            "show each with an interval of its own instead"
        )
