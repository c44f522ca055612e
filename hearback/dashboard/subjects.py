"""What the history tells of a change: the page of the thing, and its values before and after."""

import json
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from hearback.accounts.rules import FORM_PERMISSIONS, Grant, may, may_everywhere
from hearback.history.queries import Difference, EntryFact

RESEARCH = ("story", "study", "observation", "highlight", "persona", "insight")
VALUES = {"person": "see_people", **dict.fromkeys(RESEARCH, "see_research")}
"""Which permission it takes to see values of some kinds of things, beside that to see the history."""
PLAN = ("edit_plan",)
PAGES: dict[str, tuple[str, tuple[str, ...]]] = {
    "draft": ("draft_page", ("write_updates",)),
    "form": ("form_overview", FORM_PERMISSIONS),
    "journey": ("research_journey", ("see_research",)),
    "milestone": ("milestone_page", PLAN),
    "round": ("round_board", ("run_rounds",)),
    "study": ("research_study", ("see_research",)),
}
"""The signed-in page of one thing, and who may open it: any of the permissions will do."""
OPEN_UP_TO = 3


@dataclass(frozen=True)
class Values:
    """How a change left a thing; a few values stand open, many are folded away."""

    differences: list[Difference]

    @property
    def is_open(self) -> bool:
        """Whether there are few enough to stand open."""
        return len(self.differences) <= OPEN_UP_TO


def values_of(entry: EntryFact, held: tuple[Grant, ...]) -> Values | None:
    """Give the values that differ, as text; None where a person may not see those of such a thing."""
    needed = VALUES.get(entry.subject_type)
    if needed is not None and not may_everywhere(held, needed):
        return None
    return Values([Difference(one.name, _text(one.before), _text(one.after)) for one in entry.differences])


def _text(value: Any) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def page_of(entry: EntryFact, held: tuple[Grant, ...]) -> str | None:
    """Give the address of the page of a thing; None where it has none that this person may open."""
    if entry.subject_type == "goal":
        return (
            f"{reverse('goal_list')}#goal-{entry.subject_key}" if may_everywhere(held, "edit_plan") else None
        )
    name, needed = PAGES.get(entry.subject_type, ("", ()))
    if not any(may(held, one) for one in needed):
        return None
    try:
        return reverse(name, args=[entry.subject_key])
    except NoReverseMatch:  # a key that no page takes
        return None
