"""Replacing the wording of a goal: the new one follows, the old one stays readable, with when and why."""

import re
from dataclasses import asdict, dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from hearback.history.actions import Change, record_many
from hearback.plan.actions.milestones import Why
from hearback.plan.days import day_of
from hearback.plan.models import Goal
from hearback.plan.records import GoalRecord
from hearback.plan.rules import ReplacementNotGood, check_replacement
from hearback.plan.saying import problem_of
from hearback.plan.seen import check_seen


class GoalUnknown(Exception):
    """There is no goal of that key."""


class GoalReplaced(Exception):
    """The goal was replaced already, by the one of key `by_key`: only that one can be replaced."""

    def __init__(self, key: str, by_key: str, on: str | None) -> None:
        when = f" on {on}" if on else ""
        super().__init__(
            f"{key} was replaced{when} by {by_key}; replace that one if it should read otherwise"
        )
        self.by_key = by_key


@dataclass(frozen=True)
class NewWording:
    """What a goal is to say. Null: not known, or nothing was promised."""

    gist: str
    number: str
    target_date: str | None = None
    status: str | None = None
    as_of: str | None = None


@transaction.atomic
def replace_goal(key: str, new: NewWording, why: Why, *, seen: int | None, by: str, at: datetime) -> str:
    """Replace the wording of a goal by another; returns the key of the new one.

    The old one stays as it is and names what took its place, on which day, why and by which role that was
    decided. `why.source` is where the new wording can be read.

    Raises:
        GoalUnknown: if there is none of this key.
        GoalReplaced: if it was replaced already.
        ChangedMeanwhile: if its version is not the one that was `seen`; null stands for whatever it is.
        ReplacementNotGood: if nothing is different, there is no reason, or the new one cannot be: its number
            is that of another goal, or its dates do not go together.
        PeriodNotValid: if a date is none.
    """
    old = _goal(key, seen)
    said = asdict(new)
    before = {name: getattr(old, name) for name in said}
    of_strategy = Goal.objects.filter(strategy=old.strategy_id)
    others = of_strategy.filter(replaced_by=None).exclude(pk=old.pk)
    taken = set(others.values_list("number", flat=True))
    check_replacement(before, said, why.reason, day_of(at), taken, settings.FISCAL_YEAR_STARTS)
    _check_said(said, why)
    last = of_strategy.order_by("-position").first() or old
    made = Goal.objects.create(
        key=_new_key(old, new, at),
        strategy_id=old.strategy_id,
        position=last.position + 1,
        source=why.source,
        **said,
    )
    was = _replacement_of(old)
    old.replaced_by = made
    old.replaced_on = day_of(at).isoformat()
    old.replaced_reason, old.replaced_decided_by = why.reason, why.decided_by
    old.version += 1
    old.save()
    added = {"strategy": old.strategy.key, "position": made.position, **said, "source": why.source}
    record_many(
        [
            Change("goal.added", "goal", made.key, None, added),
            Change("goal.replaced", "goal", key, was, _replacement_of(old)),
        ],
        by=by,
        at=at,
    )
    return made.key


def _check_said(said: dict[str, str | None], why: Why) -> None:
    decided = {"replaced_reason": why.reason, "replaced_decided_by": why.decided_by, "source": why.source}
    if problem := problem_of(GoalRecord, said | decided):
        raise ReplacementNotGood(problem)


def _goal(key: str, seen: int | None) -> Goal:
    """Give a goal, held with its strategy: two of its goals cannot take one number at once."""
    held = Goal.objects.select_for_update(of=("self", "strategy")).select_related("strategy", "replaced_by")
    row = held.filter(key=key).first()
    if row is None:
        raise GoalUnknown(f"there is no goal {key!r}; `hearback plan goal list` names them")
    if row.replaced_by is not None:
        raise GoalReplaced(key, row.replaced_by.key, row.replaced_on)
    check_seen("goal", key, seen, row.version)
    return row


def _replacement_of(row: Goal) -> dict[str, str | int | None]:
    return {
        "replaced_by": row.replaced_by.key if row.replaced_by else None,
        "replaced_on": row.replaced_on,
        "replaced_reason": row.replaced_reason,
        "replaced_decided_by": row.replaced_decided_by,
        "version": row.version,
    }


def _new_key(old: Goal, new: NewWording, at: datetime) -> str:
    """Make a key of the strategy, the number of the goal and the day; a number more where there is one."""
    number = re.sub(r"[^a-z0-9.]+", "-", new.number.lower()).strip("-")
    stem = f"{old.strategy.key[:40]}-goal-{number or 'x'}-{day_of(at)}"
    key, count = stem, 1
    while Goal.objects.filter(key=key).exists():
        count += 1
        key = f"{stem}-{count}"
    return key
