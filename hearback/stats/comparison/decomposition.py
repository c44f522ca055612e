"""What part of a change is performance, and what part is who reported."""

from dataclasses import dataclass

import numpy as np

from hearback.stats.comparison.counts import Numbers, ProviderNotValid, as_floats
from hearback.stats.estimate import Reason
from hearback.stats.survey.design import Floats


@dataclass(frozen=True)
class ProviderPart:
    """What one provider, present in both periods, adds to the change. `provider` is its place from 0."""

    provider: int
    within: float
    mix: float


@dataclass(frozen=True)
class ChangeParts:
    """A change of an overall mean, split; change = within + mix + entry + exit.

    `within` is what providers that reported twice did, `mix` how their sizes shifted, `entry` and `exit` who
    came and who left. With no provider in both periods the parts are None, and `reason` says so: the whole
    change is then who reported. The overall means are None where nobody reported.
    """

    before: float | None
    after: float | None
    change: float | None
    like_for_like_before: float | None
    like_for_like_after: float | None
    within: float | None
    mix: float | None
    entry: float | None
    exit: float | None
    providers: tuple[ProviderPart, ...]
    reason: Reason | None = None


def decompose_change(
    sizes_before: Numbers, means_before: Numbers, sizes_after: Numbers, means_after: Numbers
) -> ChangeParts:
    """Split the change of an overall mean in performance, mix, entry and exit.

    A provider is absent from a period in which its size is zero or missing, or its mean is missing.

    Args:
        sizes_before: weight of each provider, as customers or answers.
        means_before: its mean or share.
        sizes_after: the same, later.
        means_after: the same, later.

    Raises:
        ProviderNotValid: if lengths differ, a size is negative, or a number is infinite.

    Source: Kitagawa (1955), Components of a difference between two rates, Journal of the American Statistical
    Association 50, for within and mix; entry and exit are what the overall means differ from those of the
    providers present in both periods.

    >>> parts = decompose_change([900, 100], [4.4, 3.0], [0, 100], [None, 3.1])
    >>> round(parts.change, 2), round(parts.within, 2), round(parts.exit, 2)
    (-1.16, 0.1, -1.26)
    """
    n1, y1 = _checked(sizes_before, means_before)
    n2, y2 = _checked(sizes_after, means_after)
    if len(n1) != len(n2):
        raise ProviderNotValid(f"there are {len(n1)} providers before and {len(n2)} after; give each twice")
    before, after = _mean(n1, y1), _mean(n2, y2)
    change = after - before if before is not None and after is not None else None
    both = np.flatnonzero((n1 > 0) & (n2 > 0))
    stay1, stay2 = _mean(n1[both], y1[both]), _mean(n2[both], y2[both])
    if before is None or after is None or stay1 is None or stay2 is None:
        reason = Reason.NO_ANSWERS if change is None else Reason.NO_LIKE_FOR_LIKE
        return ChangeParts(before, after, change, None, None, None, None, None, None, (), reason)
    within, mix = _parts(n1[both], y1[both], n2[both], y2[both])
    providers = tuple(
        ProviderPart(int(place), float(w), float(m)) for place, w, m in zip(both, within, mix, strict=True)
    )
    return ChangeParts(
        before=before,
        after=after,
        change=change,
        like_for_like_before=stay1,
        like_for_like_after=stay2,
        within=float(within.sum()),
        mix=float(mix.sum()),
        entry=after - stay2,
        exit=stay1 - before,
        providers=providers,
    )


def _parts(n1: Floats, y1: Floats, n2: Floats, y2: Floats) -> tuple[Floats, Floats]:
    share1, share2 = n1 / n1.sum(), n2 / n2.sum()
    middle = (float(share1 @ y1) + float(share2 @ y2)) / 2
    within: Floats = (share1 + share2) / 2 * (y2 - y1)
    mix: Floats = (share2 - share1) * ((y1 + y2) / 2 - middle)
    return within, mix


def _mean(sizes: Floats, means: Floats) -> float | None:
    total = float(sizes.sum())
    return float(sizes @ means) / total if total > 0 else None


def _checked(sizes: Numbers, means: Numbers) -> tuple[Floats, Floats]:
    """Give sizes and means as arrays, 0 and 0 for who is absent."""
    n, y = as_floats(sizes), as_floats(means)
    if n.shape != y.shape or n.ndim != 1:
        raise ProviderNotValid(f"there are {n.size} sizes and {y.size} means; give both for each provider")
    wrong = np.flatnonzero((n < 0) | np.isinf(n) | np.isinf(y))
    if wrong.size:
        i = int(wrong[0])
        raise ProviderNotValid(f"provider {i + 1} has size {n[i]:g} and mean {y[i]:g}; mend or leave it out")
    absent = np.isnan(n) | np.isnan(y) | (n == 0)
    return np.where(absent, 0.0, n), np.where(absent, 0.0, y)
