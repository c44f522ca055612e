"""Finding where many rising or falling functions cross zero, all at once."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Places = NDArray[np.intp]
NARROW, NEAR = 1e-14, 1e-11
MOST_STEPS = 200


def crossing(
    function: Callable[[Floats, Places], Floats], low: Floats, high: Floats, guess: Floats
) -> Floats:
    """Find, for every pair of ends, where the function crosses zero between them.

    The steps are those of the secant, and the middle where that leads out of what is known to hold the
    crossing, or does not narrow it. Where both ends have one sign, the answer means nothing: leave them out.

    Args:
        function: gives values at points, for the pairs at the places given; they may be infinite.
        guess: where to look first.

    Source: Dekker (1969), Finding a zero by means of successive linear interpolation, in Constructive aspects
    of the fundamental theorem of algebra.

    >>> squares = np.array([2.0, 9.0])
    >>> found = crossing(lambda x, at: x * x - squares[at], np.zeros(2), np.full(2, 5.0), np.ones(2))
    >>> found.round(9).tolist()
    [1.414213562, 3.0]
    """
    found = guess.copy()
    at = np.arange(len(guess))
    a, b, x, before = low.copy(), high.copy(), guess.copy(), high.copy()
    at_a, f_before = function(a, at), function(before, at)
    for step in range(MOST_STEPS):
        if not len(at):
            break
        f = function(x, at)
        same = np.sign(f) == np.sign(at_a)
        a, b = np.where(same, x, a), np.where(same, b, x)
        with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
            to = x - f * (x - before) / (f - f_before)
        inside = (to > np.minimum(a, b)) & (to < np.maximum(a, b)) & (step % 4 != 3)
        before, f_before = x, f
        found[at] = x
        x = np.where(inside, to, (a + b) / 2)
        going = (np.abs(f) > NEAR) & (np.abs(b - a) > NARROW)
        at, at_a, a, b, x = at[going], at_a[going], a[going], b[going], x[going]
        before, f_before = before[going], f_before[going]
    return found
