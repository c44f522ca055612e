"""What computing again changes: facts held against facts wanted. Pure functions."""

import hashlib
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Generic, Protocol, TypeVar

from hearback.measure.facts import ExclusionFact, ScoreFact

F = TypeVar("F")
Key = Callable[[F], Hashable]


class TwoOfOneKey(ValueError):
    """Two things that should be written down have one key; the message names it."""


@dataclass(frozen=True)
class Difference(Generic[F]):
    """Facts to add, facts to put in the place of others with the same key, and facts to take away."""

    added: tuple[F, ...]
    changed: tuple[F, ...]
    removed: tuple[F, ...]

    def __len__(self) -> int:
        return len(self.added) + len(self.changed) + len(self.removed)


def difference(held: Iterable[F], wanted: Iterable[F], key: Key[F]) -> Difference[F]:
    """Compare what is held with what is wanted, thing by thing.

    Raises:
        TwoOfOneKey: if two wanted things have the same key; one of them would be lost.

    >>> difference(["a1", "b1", "c1"], ["b1", "c2", "d1"], key=lambda text: text[0])
    Difference(added=('d1',), changed=('c2',), removed=('a1',))
    """
    old = {key(fact): fact for fact in held}
    new: dict[Hashable, F] = {}
    for fact in wanted:
        if key(fact) in new:
            raise TwoOfOneKey(f"two numbers have the key {key(fact)}; give their surveys different names")
        new[key(fact)] = fact
    return Difference(
        added=tuple(fact for k, fact in new.items() if k not in old),
        changed=tuple(fact for k, fact in new.items() if k in old and old[k] != fact),
        removed=tuple(fact for k, fact in old.items() if k not in new),
    )


SCORE_KEY = ("measure", "level", "subject", "quarter", "pool")
EXCLUSION_KEY = ("survey", "quarter", "question", "scope")
"""The fields that name a score apart from its value, and an exclusion apart from its reason."""

score_key: Key[ScoreFact] = attrgetter(*SCORE_KEY)
exclusion_key: Key[ExclusionFact] = attrgetter(*EXCLUSION_KEY)


class MadeOfInputs(Protocol):
    """A fact that knows the hash of its inputs: a score, a figure on drivers, a comparison."""

    @property
    def inputs_sha256(self) -> str:
        """Give the hash."""


def all_inputs_sha256(facts: Iterable[MadeOfInputs]) -> str:
    """Hash the inputs of many facts in their order: one mark for what a whole quarter was made of."""
    return hashlib.sha256("\n".join(fact.inputs_sha256 for fact in facts).encode()).hexdigest()
