"""Miettinen and Nurminen's score and interval by their definition, in decimal numbers of 60 digits.

Nothing of the program is used, and no closed formula: the likeliest share is where the slope of the
likelihood is 0, the ends are where the score is the limit, and halving finds both. It is slow.

`python -m tests.stats.experiments.exact_score` prints the cases of `tests/golden/score_interval.json`.
"""

import json
import sys
from collections.abc import Callable
from decimal import Context, Decimal, localcontext

Four = tuple[int, int, int, int]
LIMIT = Decimal("1.95996398454005423552459443052055152795555")
"""The 0.975 quantile of the normal distribution to 41 decimals; a float holds the first 16."""
HALVINGS = 120

HARD: list[Four] = [
    (2999, 3000, 0, 1),
    (0, 1, 1, 3000),
    (2999, 3000, 1, 1),
    (3, 10**9, 0, 2),
    (0, 10**9, 1, 10**9),
    (0, 10**9, 0, 10**9),
    (0, 1, 10**9 - 1, 10**9),
    (0, 2, 10**9 - 1, 10**9),
    (10**12 - 1, 10**12, 0, 5),
    (1, 10**6, 10**6 - 1, 10**6),
    (2244, 2246, 0, 10),
    (1, 1, 406, 406),
    (0, 1, 0, 1),
    (0, 1, 1, 1),
    (3, 3, 0, 3),
    (2, 4, 3, 3),
    (0, 5, 7, 9),
    (8, 10, 0, 1333),
    (48, 80, 56, 70),
    (500_000_000, 10**9, 500_100_000, 10**9),
]


def exact_score(counts: Four, candidate: Decimal) -> Decimal:
    """Give how many standard errors the difference lies above the candidate, if that were true."""
    with localcontext(Context(prec=60)):
        x, m, y, n = map(Decimal, counts)
        away = y / n - x / m - candidate
        before = _likeliest_before(counts, candidate)
        after = before + candidate
        spread = before * (1 - before) / m + after * (1 - after) / n
        if spread == 0:
            return Decimal("Infinity").copy_sign(away) if away else away
        return away / (spread * (m + n) / (m + n - 1)).sqrt()


def exact_ends(counts: Four) -> tuple[Decimal, Decimal]:
    """Give both ends of the 95 % interval."""
    with localcontext(Context(prec=60)):
        x, m, y, n = map(Decimal, counts)
        difference = y / n - x / m
        low = _halved(lambda d: exact_score(counts, d) > LIMIT, Decimal(-1), difference)
        high = _halved(lambda d: exact_score(counts, d) > -LIMIT, difference, Decimal(1))
        return low, high


def _likeliest_before(counts: Four, candidate: Decimal) -> Decimal:
    x, m, y, n = counts

    def rises(before: Decimal) -> bool:
        """Say whether a share above this one is likelier."""
        after = before + candidate
        hits = sum(k / share for k, share in ((x, before), (y, after)) if k)
        misses = sum(k / (1 - share) for k, share in ((m - x, before), (n - y, after)) if k)
        return hits > misses

    lowest, highest = max(Decimal(0), -candidate), min(Decimal(1), 1 - candidate)
    found = _halved(rises, lowest, highest)
    if found - lowest < (highest - lowest) / 2 ** (HALVINGS - 1):
        return lowest
    return highest if highest - found < (highest - lowest) / 2 ** (HALVINGS - 1) else found


def _halved(is_before: Callable[[Decimal], bool], low: Decimal, high: Decimal) -> Decimal:
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if is_before(middle) else (low, middle)
    return (low + high) / 2


if __name__ == "__main__":
    for hard in HARD:
        low, high = exact_ends(hard)
        case = {"counts": hard, "low": float(low), "high": float(high)}
        sys.stdout.write(f"{json.dumps(case)},\n")
