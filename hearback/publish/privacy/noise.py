"""Whether counts with noise keep what they promise: drawn once, and within their budget."""

from collections.abc import Iterator
from fractions import Fraction

from hearback.measure.queries import NoisyGroupsFact
from hearback.publish.frozen import Content


def noise_undone(before: Content | None, after: Content) -> Iterator[str]:
    """Name what would undo the noise: a table drawn anew since the release before, or a budget overspent.

    Two drawings of one count average out; and whoever adds answers to a table that was released, and shows
    the same noise, tells those answers.
    """
    earlier = {} if before is None else {_table(one): one.groups for one in before.noisy_groups}
    for one in after.noisy_groups:
        if earlier.get(_table(one), one.groups) != one.groups:
            yield f"{one.dimension} of {one.survey} is not as it was drawn first"
    for survey, (spent, budget) in _accounts(after).items():
        if spent > budget:
            yield f"{survey} has spent {spent} of a privacy budget of {budget}"


def _table(one: NoisyGroupsFact) -> tuple[str, str, str]:
    return one.survey, one.question, one.dimension


def _accounts(content: Content) -> dict[str, tuple[Fraction, Fraction]]:
    """Give what was spent on the answers to each survey, and the largest budget they were drawn under."""
    found: dict[str, tuple[Fraction, Fraction]] = {}
    for one in content.noisy_groups:
        spent, budget = found.get(one.survey, (Fraction(0), Fraction(0)))
        found[one.survey] = spent + Fraction(one.epsilon), max(budget, Fraction(one.budget))
    return found
