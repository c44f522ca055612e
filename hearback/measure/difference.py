"""What computing again changes: facts held against facts wanted. Pure functions."""

import hashlib
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from hearback.measure.queries import ExclusionFact, ScoreFact

F = TypeVar("F")
Key = Callable[[F], Hashable]


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

    >>> difference(["a1", "b1", "c1"], ["b1", "c2", "d1"], key=lambda text: text[0])
    Difference(added=('d1',), changed=('c2',), removed=('a1',))
    """
    old = {key(fact): fact for fact in held}
    new = {key(fact): fact for fact in wanted}
    return Difference(
        added=tuple(fact for k, fact in new.items() if k not in old),
        changed=tuple(fact for k, fact in new.items() if k in old and old[k] != fact),
        removed=tuple(fact for k, fact in old.items() if k not in new),
    )


def score_key(score: ScoreFact) -> tuple[str, ...]:
    """Name a score apart from its value."""
    return score.measure, score.level, score.subject, score.quarter, score.pool


def exclusion_key(exclusion: ExclusionFact) -> tuple[str, ...]:
    """Name an exclusion apart from its reason."""
    return exclusion.survey, exclusion.quarter, exclusion.scope


def all_inputs_sha256(scores: Iterable[ScoreFact]) -> str:
    """Hash the inputs of many scores in their order: one mark for what a whole quarter was made of."""
    return hashlib.sha256("\n".join(score.inputs_sha256 for score in scores).encode()).hexdigest()
