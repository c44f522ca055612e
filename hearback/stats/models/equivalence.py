"""Whether groups, as speakers of two languages, read a question alike.

People of different groups who answer the rest of a form alike should answer this question alike too. If they
do not, a gap between the groups may be translation, not experience.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from scipy.special import chdtrc

from hearback.stats.estimate import Reason
from hearback.stats.models.answers import complete_rows
from hearback.stats.models.effects import AGREES, AgreeDifference, difference_between
from hearback.stats.models.errors import TermUnknown
from hearback.stats.models.ordinal import proportional_odds
from hearback.stats.models.ordinal_model import OrdinalModel
from hearback.stats.models.terms import Column, Floats, taken
from hearback.stats.reliability.cronbach import cronbach_alpha

Matching = Literal["regressed", "rest"]
FEWEST_PEOPLE = 30
"""A group with fewer is left out. A house rule, after the smallest sample of NCHS Series 2 no. 175."""
LARGE_DIFFERENCE = 0.05
"""Five points between groups who answer the rest alike are worth a look at the wording. A house rule."""


@dataclass(frozen=True)
class ItemEquivalence:
    """How one item is read by groups: a test, and how far each group is from the reference.

    `p_value` is for the item by itself: adjust it over the items of a form before believing it.
    `differences` are in the share answering high, between people whose other answers are average. `left_out`
    names groups with too few people. `reason` says why there is no test.
    """

    item: str
    n: int
    reference: str | None
    chi_square: float | None = None
    df: int | None = None
    p_value: float | None = None
    differences: tuple[AgreeDifference, ...] = ()
    left_out: tuple[str, ...] = ()
    reason: Reason | None = None

    @property
    def is_large(self) -> bool:
        """Say whether a group is more than five points from the reference, in either direction."""
        return any(abs(one.value or 0.0) > LARGE_DIFFERENCE for one in self.differences)


def item_equivalence(
    answers: Mapping[str, Column],
    groups: Sequence[Any],
    item: str,
    *,
    reference: str | None = None,
    at_least: float = AGREES,
    matching: Matching = "regressed",
) -> ItemEquivalence:
    """Test whether people of different groups, alike in their other answers, answer an item alike.

    Two models are compared: the item on the score of the other answers, and the same with the group and the
    group times the score, so 2 degrees of freedom per group beyond the first. Only people who answered every
    item count: leave out items that a group was not asked. The other items are taken as read alike; with
    several that are not, repeat without them.

    Args:
        answers: numbers by item, three at least (two for `rest`).
        groups: the group of each person; None or blank where unknown, which leaves the person out.
        reference: the group the others are compared with; the first in alphabetical order if not given.
        at_least: lowest answer that counts as high.
        matching: `rest` takes the mean of the other answers as it is. That is wrong where groups differ in
            experience and the other items are few: the mean holds error, so people of two groups with the
            same mean do not have the same experience. In a simulation with groups half a standard deviation
            apart, three other items and 1,500 people it found half of all faultless items unlike.
            `regressed` draws each mean towards that of the person's group as far as Cronbach's alpha in
            that group is below 1.

    Raises:
        ColumnNotValid: if columns differ in length or hold infinite values.
        KeyError: if the item is not among the answers.
        TermUnknown: if the reference is no group with people enough.

    Source: Zumbo (1999), A handbook on the theory and methods of differential item functioning, Department of
    National Defense, Ottawa; the regressed score: Shealy and Stout (1993), A model-based standardization
    approach, Psychometrika 58; Kelley (1947), Fundamentals of Statistics, p. 409.

    >>> ease = [1, 2, 3, 4, 5, 3, 4, 2, 3, 5] * 12
    >>> speed = [min(5, max(1, e + row // 10 % 3 - 1)) for row, e in enumerate(ease)]
    >>> trust = [min(5, max(1, e + (row * 7) % 3 - 1)) for row, e in enumerate(ease)]
    >>> groups = ["es" if row // 5 % 2 else "en" for row in range(120)]
    >>> read = [max(1, t - 1) if group == "es" else t for t, group in zip(trust, groups)]
    >>> found = item_equivalence({"trust": read, "ease": ease, "speed": speed}, groups, "trust")
    >>> found.df, found.p_value < 0.001, found.is_large, round(found.differences[0].value, 2)
    (2, True, True, -0.35)
    """
    columns = {item: answers[item]} | dict(answers)
    rows = complete_rows(answers[item], {**columns, "the groups": groups})
    sizes = Counter(str(group) for group in taken(groups, rows))
    names = _order([group for group, n in sizes.items() if n >= FEWEST_PEOPLE], reference)
    rows[rows] = [str(group) in names for group in taken(groups, rows)]
    base = ItemEquivalence(
        item,
        n=int(rows.sum()),
        reference=names[0] if names else None,
        left_out=tuple(sorted(set(sizes) - set(names))),
    )
    if len(columns) < (3 if matching == "regressed" else 2):
        return replace(base, reason=Reason.ONE_ITEM)
    if len(names) < 2:
        return replace(base, reason=Reason.TOO_FEW_ANSWERS)
    others = {name: taken(values, rows).astype(float) for name, values in columns.items() if name != item}
    of_group = np.array([str(group) for group in taken(groups, rows)])
    score = _score(others, of_group, matching)
    return _compared(base, taken(columns[item], rows).astype(float), score, of_group, names, at_least)


def form_equivalence(
    answers: Mapping[str, Column],
    groups: Sequence[Any],
    *,
    reference: str | None = None,
    at_least: float = AGREES,
    matching: Matching = "regressed",
) -> tuple[ItemEquivalence, ...]:
    """Do what `item_equivalence` does for every item of a form, in the order given.

    Raises:
        ColumnNotValid: see there.
        TermUnknown: see there.
    """
    return tuple(
        item_equivalence(answers, groups, item, reference=reference, at_least=at_least, matching=matching)
        for item in answers
    )


def _order(groups: list[str], reference: str | None) -> list[str]:
    """Put the reference first, and the others in alphabetical order."""
    if reference is not None and reference not in groups:
        raise TermUnknown(
            f"{reference!r} is no group with {FEWEST_PEOPLE} people; there are {', '.join(sorted(groups))}"
        )
    return sorted(groups, key=lambda group: (group != reference, group.casefold(), group))


def _score(others: Mapping[str, Floats], groups: Any, matching: Matching) -> Floats:
    """Give the mean of the other answers, drawn to the mean of the group by what is error in it."""
    score: Floats = np.mean(list(others.values()), axis=0)
    if matching == "rest":
        return score
    for group in np.unique(groups):
        here = groups == group
        alpha = cronbach_alpha({name: column[here] for name, column in others.items()}).alpha
        centre = score[here].mean()
        score[here] = centre + max(alpha or 0.0, 0.0) * (score[here] - centre)
    return score


def _compared(
    base: ItemEquivalence, answers: Floats, score: Floats, groups: Any, names: Sequence[str], at_least: float
) -> ItemEquivalence:
    score = score - score.mean()
    terms: dict[str, Column] = {"score": score}
    terms |= {f"group {name}": (groups == name).astype(float) for name in names[1:]}
    terms |= {f"score in {name}": (groups == name) * score for name in names[1:]}
    plain = proportional_odds(answers, {"score": score})
    full = proportional_odds(answers, terms)
    if plain.log_likelihood is None or full.log_likelihood is None:
        return replace(base, reason=plain.reason or full.reason)
    df = len(full.kept) - len(plain.kept)
    chi_square = max(2 * (full.log_likelihood - plain.log_likelihood), 0.0)
    return replace(
        base,
        chi_square=chi_square,
        df=df,
        p_value=float(chdtrc(df, chi_square)),
        differences=tuple(_difference(full, names[0], name, at_least) for name in names[1:]),
    )


def _difference(model: OrdinalModel, reference: str, group: str, at_least: float) -> AgreeDifference:
    """Compare two people with an average rest score, one of each group."""
    here = np.array([[float(term.name == f"group {group}") for term in model.kept]])
    asked = AgreeDifference(reference, group, at_least)
    return difference_between(model, asked, np.zeros_like(here), here, np.ones(1))
