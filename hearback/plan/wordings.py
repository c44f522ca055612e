"""Goals with the wordings that came before them, and a goal with where it stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hearback.plan.facts import GoalFact


@dataclass(frozen=True)
class PlacedGoalFact:
    """A goal of a strategy, with the version that whoever replaces it must have seen."""

    fact: GoalFact
    version: int
    strategy_key: str
    strategy: str


@dataclass(frozen=True)
class Wording:
    """A goal as it reads now, and what it read before: the newest wording first."""

    now: GoalFact
    before: tuple[GoalFact, ...]


def wordings(goals: Iterable[GoalFact]) -> list[Wording]:
    """Put replaced goals under what stands in their place now, in the order of the first wording of each.

    A goal whose replacement is not among `goals`, or leads back to it, stands for itself.
    """
    known = {goal.key: goal for goal in goals}
    groups: dict[str, list[tuple[int, GoalFact]]] = {}
    for goal in known.values():
        now, steps = _followed(goal, known)
        groups.setdefault(now, []).append((steps, goal))
    ordered = [sorted(found, key=lambda one: one[0]) for found in groups.values()]
    return [Wording(now, tuple(goal for _, goal in before)) for (_, now), *before in ordered]


def _followed(goal: GoalFact, known: Mapping[str, GoalFact]) -> tuple[str, int]:
    """Follow a goal to what stands in its place now; returns the key, and after how many replacements."""
    seen = [goal.key]
    while (after := known.get(known[seen[-1]].replaced_by_key or "")) is not None:
        if after.key in seen:
            return goal.key, 0
        seen.append(after.key)
    return seen[-1], len(seen) - 1
