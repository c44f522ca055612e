"""Whether counts with noise keep what they promise: drawn once, and within their budget."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from hearback.measure.queries import NoisyGroupsFact
from hearback.ui.numbers import privacy_loss


def noise_undone(released: Sequence[NoisyGroupsFact], now: Sequence[NoisyGroupsFact]) -> Iterator[str]:
    """Name what would undo the noise: a table drawn anew since any release, or a budget overspent.

    Two drawings of one count average out; and whoever adds answers to a table that was released, and shows
    the same noise, tells those answers.

    Args:
        released: every table of every release, the newest release first.
        now: the tables of the next one.
    """
    first = {_table(one): one for one in released}
    for one in now:
        if first.get(_table(one), one).groups != one.groups:
            yield f"{one.survey} {one.dimension} is not as it was drawn first"
    for key, (spent, budget) in _spent([*first.values(), *now]).items():
        if spent > budget:
            yield f"{key} has used {privacy_loss(spent)} of a privacy budget of {privacy_loss(budget)}"


def _table(one: NoisyGroupsFact) -> tuple[str, str, str]:
    return one.survey, one.question, one.dimension


def _spent(tables: Sequence[NoisyGroupsFact]) -> dict[str, tuple[Fraction, Fraction]]:
    """Give what was spent of each budget, every table counted once, and the largest budget of any."""
    found: dict[str, tuple[Fraction, Fraction]] = {}
    for one in {_table(one): one for one in tables}.values():
        spent, budget = found.get(one.budget_key, (Fraction(0), Fraction(0)))
        found[one.budget_key] = spent + Fraction(one.epsilon), max(budget, Fraction(one.budget))
    return found
