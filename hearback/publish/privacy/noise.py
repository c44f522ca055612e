"""Whether counts with noise keep what they promise: drawn once, and within their budget."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from hearback.measure.noise.spending import spent_by_budget
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
    tables = {_table(one): one for one in [*first.values(), *now]}.values()
    for key, spent in spent_by_budget(tables).items():
        budget = max(Fraction(one.budget) for one in tables if one.budget_key == key)
        if spent > budget:
            yield f"{key} has used {privacy_loss(spent)} of a privacy budget of {privacy_loss(budget)}"


def _table(one: NoisyGroupsFact) -> tuple[str, str, str]:
    return one.survey, one.question, one.dimension
