"""Miettinen and Nurminen's score of many pairs of shares, precise also where a share is next to 0 or 1."""

import numpy as np
from numpy.typing import ArrayLike

from hearback.stats.experiments.sequential import Floats

Counts = tuple[ArrayLike, ArrayLike, ArrayLike, ArrayLike]
"""Hits and answers before, hits and answers after; one number each, or one per pair."""
STEPS = 8
"""Each step about doubles the digits found; of six million tables drawn none needed more than seven."""
COMPLEMENT, MIRROR = [1, 0, 3, 2], [3, 2, 1, 0]


def score(counts: Counts, candidate: Floats) -> Floats:
    """Give how many standard errors the difference found lies above the candidate, if that were true.

    Args:
        counts: numbers of answers above zero, up to 10^12.
        candidate: differences, later less earlier, from -1 to 1.

    Source: Miettinen and Nurminen (1985), Comparative analysis of two rates, Statistics in Medicine 4.

    >>> score((48, 80, 56, 70), np.array([0.0528, 0.2, 0.3382])).round(3).tolist()
    [1.96, 0.0, -1.96]
    """
    hits_before, n_before, hits_after, n_after = (np.asarray(numbers, dtype=float) for numbers in counts)
    n = n_before + n_after
    away = hits_after / n_after - hits_before / n_before - candidate
    before, not_before, after, not_after = likeliest_shares(counts, candidate)
    variance = (before * not_before / n_before + after * not_after / n_after) * n / (n - 1)
    endless = np.copysign(np.inf, away)
    z = np.divide(away, np.sqrt(variance), out=endless, where=variance > 0)
    scores: Floats = np.where(away == 0, 0.0, z)
    return scores


def likeliest_shares(counts: Counts, candidate: Floats) -> Floats:
    """Give the likeliest shares of all that differ by the candidate.

    Miettinen and Nurminen's closed formula for the root of a cubic loses up to all digits of a small share,
    because it takes large numbers from one another. So the root is sought, in numbers of which none is lost.

    Args:
        counts: numbers of answers above zero, up to 10^12.
        candidate: differences, later less earlier, from -1 to 1.

    Returns:
        Four rows: the share before, what it lacks of 1, the share after, what that lacks of 1.

    Source: Miettinen and Nurminen (1985), appendix I, for the equation.

    >>> likeliest_shares((1, 3, 2, 3), np.array([0.0])).round(6).tolist()
    [[0.5], [0.5], [0.5], [0.5]]
    """
    hits_before, n_before, hits_after, n_after, candidate = np.broadcast_arrays(
        *(np.asarray(numbers, dtype=float) for numbers in (*counts, candidate))
    )
    gap, falls = np.abs(candidate), candidate < 0
    room = 1 - gap
    found = np.array([hits_before, n_before - hits_before, hits_after, n_after - hits_after])
    # A fall is a rise of what is no hit, so that the first share is the lower one from here on: it is between
    # 0 and the room. Mirrored where it lies above the middle, it is in the half next to 0.
    found = np.where(falls, found[COMPLEMENT], found)
    slope = found[0] - found[3] + room / (1 + gap) * (found[2] - found[1])
    mirrored = slope > 0
    found = np.where(mirrored, found[MIRROR], found)
    part = _part_of_room(found, gap, room)
    shares = np.array([room * part, 1 - room * part, gap + room * part, room * (1 - part)])
    shares = np.where(mirrored, shares[MIRROR], shares)
    likeliest: Floats = np.where(falls, shares[COMPLEMENT], shares)
    return likeliest


def _part_of_room(found: Floats, gap: Floats, room: Floats) -> Floats:
    """Give at which part of the room, up to its half, the lower of the likeliest shares lies.

    There hits / share of both, which fall, are together as much as misses / (1 - share) of both, which rise.
    One over the latter is nearly a straight line: with its tangent in its place the equation is a quadratic
    one, whose root is where the next tangent touches.

    Source: the way is that of Bunch, Nielsen and Sorensen (1978), Rank-one modification of the symmetric
    eigenproblem, Numerische Mathematik 31, for equations of this form.
    """
    hits, misses, more_hits, more_misses = found
    every = hits + more_hits
    part = np.zeros_like(gap)
    for _ in range(STEPS):
        lacks, more_lack = 1 - room * part, 1 - part
        both = misses * room * more_lack + more_misses * lacks
        both = np.where(both > 0, both, 1.0)  # 0 only where -1 or 1 was found: any part does
        steep = (misses * (room * more_lack) ** 2 + more_misses * lacks**2) / both**2
        start = lacks * more_lack / both + steep * part
        square = room * (1 + every * steep)
        line = gap * (1 + hits * steep) - room * every * start
        constant = hits * gap * start
        root = np.sqrt(line**2 + 4 * square * constant)
        below = line > 0
        part = np.where(below, 2 * constant, root - line) / np.where(below, line + root, 2 * square)
    return part
