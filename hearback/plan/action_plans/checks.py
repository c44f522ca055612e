"""Checks of the action plans in files, held against one another and against what is loaded already."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings

from hearback.directory.rows import Flaw, Wanted, check_flawless
from hearback.plan.models import ActionPlan, ActionPlanAction, CapacityArea, Commitment, SuccessMeasure
from hearback.plan.queries import ids_of_others
from hearback.plan.rules import is_before_year

PLAN, ACTION, ASSESSMENT, AREA = "action_plan", "action_plan_action", "self_assessment", "capacity_area"
LINKS = {
    "designated_services": "service",
    "carried_over_from": ACTION,
    "pain_points": "pain_point",
    "commitments": "commitment",
    "success_measures": "success_measure",
}
"""What kind of row a link leads to, where its name does not say it."""
TABLES = {
    PLAN: ActionPlan,
    ACTION: ActionPlanAction,
    AREA: CapacityArea,
    "commitment": Commitment,
    "success_measure": SuccessMeasure,
}


@dataclass(frozen=True)
class _Plan:
    """What the checks need to know of a plan, in the files or in the database."""

    key: str
    provider: str | None
    fiscal_year: int
    levels: Sequence[str]


class _Plans:
    """All plans and actions as they will stand when the files are loaded."""

    def __init__(self, wanted: Sequence[Wanted]) -> None:
        self.plans = {
            row.key: _Plan(row.key, row.provider.key, row.fiscal_year, row.levels)
            for row in ActionPlan.objects.select_related("provider")
        }
        self.of_action: dict[str, str | None] = dict(
            ActionPlanAction.objects.values_list("key", "action_plan__key")
        )
        for one in wanted:
            if one.kind == PLAN:
                values = one.values
                self.plans[one.key] = _Plan(
                    one.key, one.links["provider"], values["fiscal_year"], values["levels"]
                )
            if one.kind == ACTION:
                self.of_action[one.key] = one.links[PLAN]

    def holding(self, action: str | None) -> _Plan | None:
        """Give the plan of an action; None where there is no such action."""
        return self.plans.get(self.of_action.get(action or "") or "")


def check_action_plans(wanted: Sequence[Wanted]) -> None:
    """Check the action plans of files, with all that they link to.

    Raises:
        FileNotGood: with all that is wrong, a line for each.
    """
    check_flawless([*_dead_links(wanted), *flaws(wanted)])


def flaws(wanted: Sequence[Wanted]) -> Iterator[Flaw]:
    """Find what is wrong between the rows of action plans; links that lead nowhere are found elsewhere."""
    known = _Plans(wanted)
    for one in wanted:
        if one.kind == PLAN:
            yield from _of_plan(one, known)
        if one.kind == ACTION:
            yield from _of_action(one, known)
        if one.kind == ASSESSMENT:
            yield from _of_assessment(one, known)
    yield from _assessed_twice(wanted)


def _dead_links(wanted: Sequence[Wanted]) -> Iterator[Flaw]:
    found = {kind: set(ids) for kind, ids in ids_of_others().items()}
    for kind, model in TABLES.items():
        found[kind] = set(model._default_manager.values_list("key", flat=True))
    for one in wanted:
        found.setdefault(one.kind, set()).add(one.key)
    for one in wanted:
        if one.kind in {PLAN, ACTION, ASSESSMENT}:
            yield from (
                Flaw(one, name, f"there is no {kind.replace('_', ' ')} '{key}'",
                     "add it first or correct the key")
                for name, kind, key in _links(one)
                if key not in found[kind]
            )  # fmt: skip


def _links(one: Wanted) -> Iterator[tuple[str, str, str]]:
    named = [(name, [key] if key else []) for name, key in one.links.items()]
    for name, keys in [*named, *one.many.items()]:
        yield from ((name, LINKS.get(name, name), key) for key in keys)


def _of_plan(one: Wanted, known: _Plans) -> Iterator[Flaw]:
    mine = known.plans[one.key]
    same = (mine.provider, mine.fiscal_year)
    for other in known.plans.values():
        if other.key != one.key and (other.provider, other.fiscal_year) == same:
            yield Flaw(
                one, "fiscal_year",
                f"provider {mine.provider} has another plan for FY{mine.fiscal_year}, '{other.key}'",
                "keep one of the two or correct the year",
            )  # fmt: skip
    if len(set(mine.levels)) < len(mine.levels):
        yield Flaw(one, "levels", "a level stands twice on the scale", "name each once, the lowest first")


def _of_action(one: Wanted, known: _Plans) -> Iterator[Flaw]:
    plan = known.plans.get(one.links[PLAN] or "")
    if plan is None:
        return
    due, starts = one.values["due"], settings.FISCAL_YEAR_STARTS
    if due is not None and is_before_year(due, plan.fiscal_year, starts):
        yield Flaw(
            one, "due", f"{due} lies before FY{plan.fiscal_year}, for which the plan promises, begins",
            "correct the date, or the year of the plan",
        )  # fmt: skip
    before = known.holding(one.links["carried_over_from"])
    wanted = (plan.provider, plan.fiscal_year - 1)
    if before is not None and (before.provider, before.fiscal_year) != wanted:
        yield Flaw(
            one, "carried_over_from",
            f"'{one.links['carried_over_from']}' is an action of {before.provider} for "
            f"FY{before.fiscal_year}, not of {wanted[0]} for FY{wanted[1]}",
            "name an action of the year before of the same provider, or leave it out",
        )  # fmt: skip


def _of_assessment(one: Wanted, known: _Plans) -> Iterator[Flaw]:
    plan, level = known.plans.get(one.links[PLAN] or ""), one.values["level"]
    if plan is not None and plan.levels and level is not None and level not in plan.levels:
        yield Flaw(
            one, "level", f"'{level}' is not on the scale of the plan",
            f"write one of {', '.join(plan.levels)}, or leave it out where none was given",
        )  # fmt: skip


def _assessed_twice(wanted: Sequence[Wanted]) -> Iterator[Flaw]:
    seen: dict[tuple[str | None, ...], list[Wanted]] = defaultdict(list)
    for one in wanted:
        if one.kind == ASSESSMENT:
            seen[one.links[PLAN], one.links[AREA]].append(one)
    for first, *more in seen.values():
        yield from (
            Flaw(one, AREA, f"'{one.links[AREA]}' is assessed in {first.key} already", "keep one of them")
            for one in more
        )
