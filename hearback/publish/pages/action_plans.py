"""Pages of action plans: what a provider promised for a year, what became of it, what comes next."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, pgettext

from hearback.plan.queries import ActionPlanActionFact, ActionPlanFact, CapacityAreaFact, SelfAssessmentFact
from hearback.plan.rules import Outcome, level_number, outcome_of
from hearback.publish.frozen import ReleaseData
from hearback.publish.pages.catalogue import NotInRelease, by_name, catalogue, find
from hearback.publish.pages.dates import date_label
from hearback.publish.pages.progress import Status
from hearback.publish.pages.words import ACTION_STATUSES, OUTCOMES
from hearback.ui.words import plain

STATUS_SHAPES = {"delivered": "done", "delivered_in_part": "open", "under_way": "open", "planned": "planned"}
OUTCOME_SHAPES = {Outcome.KEPT: "done", Outcome.KEPT_IN_PART: "open", Outcome.NOT_SAID: "unknown"}


@dataclass(frozen=True)
class Named:
    """Something that an action is about; `address` is where it stands, null where the release lacks it."""

    what: str
    words: str
    address: str | None


@dataclass(frozen=True)
class Action:
    """An action as a table row.

    `outcome` is what became of it by the end of its year; those of `carried_to` go on with it in the year
    after, `carried_from` is what it goes on with itself.
    """

    fact: ActionPlanActionFact
    due: str | None
    status: Status
    as_of: str | None
    outcome: Status
    carried_to: tuple[ActionPlanActionFact, ...]
    carried_from: ActionPlanActionFact | None
    about: tuple[Named, ...]


@dataclass(frozen=True)
class Assessed:
    """A capacity area as a row of the self-assessment; `before` is the level of the year before."""

    area: CapacityAreaFact
    fact: SelfAssessmentFact | None
    level: str | None
    before: str | None


def action_plan(release: ReleaseData, key: str, year: int) -> dict[str, Any]:
    """Show the action plan of a provider for a year, after what became of that of the year before.

    Raises:
        NotInRelease: if the release holds no such provider, or no plan of it for that year.
    """
    provider = find(release.providers, key)
    plans = {plan.fiscal_year: plan for plan in plans_of(release, key)}
    if year not in plans:
        raise NotInRelease(f"action plan of {key} for {year}")
    plan, last = plans[year], plans.get(year - 1)
    book = catalogue(release)
    past = _actions(release, last)
    return {
        "provider": provider,
        "agency": book.agencies.get(provider.agency_key),
        "plan": plan,
        "published": date_label(plan.published),
        "services": by_name(book.services[k] for k in plan.designated_service_keys if k in book.services),
        "last": last,
        "last_year": year - 1,
        "past": past,
        "became": _counted(past),
        "actions": _actions(release, plan),
        "assessed": _assessed(release, plan, last),
        "earlier": max((y for y in plans if y < year), default=None),
        "later": min((y for y in plans if y > year), default=None),
        "explained": "action-plans" in book.methods,
    }


def capacity_areas(release: ReleaseData) -> dict[str, Any]:
    """List the capacity areas, and how many providers said how able they are in each."""
    told = {
        (one.capacity_area_key, plan.provider_key)
        for plan in release.action_plans
        for one in plan.assessments
        if one.level is not None
    }
    counted = Counter(area for area, _ in told)
    return {
        "areas": [(area, date_label(area.round), counted[area.key]) for area in release.capacity_areas],
        "n_providers": len({provider for _, provider in told}),
        "n_plans": len(release.action_plans),
    }


def plans_of(release: ReleaseData, provider: str) -> list[ActionPlanFact]:
    """List the action plans of a provider, the newest first."""
    mine = (plan for plan in release.action_plans if plan.provider_key == provider)
    return sorted(mine, key=lambda plan: plan.fiscal_year, reverse=True)


def _actions(release: ReleaseData, plan: ActionPlanFact | None) -> list[Action]:
    every = [action for one in release.action_plans for action in one.actions]
    by_key = {action.key: action for action in every}
    carried: dict[str, list[ActionPlanActionFact]] = defaultdict(list)
    for action in every:
        if action.carried_over_from_key is not None:
            carried[action.carried_over_from_key].append(action)
    named = _what_actions_name(release)
    return [
        Action(
            fact=action,
            due=date_label(action.due),
            status=_status(action.status),
            as_of=date_label(action.as_of),
            outcome=_outcome(action.status, is_carried_over=action.key in carried),
            carried_to=tuple(carried.get(action.key, ())),
            carried_from=by_key.get(action.carried_over_from_key or ""),
            about=tuple(_about(named, action)),
        )
        for action in (plan.actions if plan else ())
    ]


def _status(status: str | None) -> Status:
    if status is None:
        return Status("unknown", gettext("Status not said"))
    return Status(STATUS_SHAPES.get(status, "other"), plain(status, ACTION_STATUSES))


def _outcome(status: str | None, *, is_carried_over: bool) -> Status:
    outcome = outcome_of(status, is_carried_over=is_carried_over)
    return Status(OUTCOME_SHAPES.get(outcome, "other"), _outcome_words(outcome))


def _outcome_words(outcome: str) -> str:
    return gettext(str(OUTCOMES[outcome]))


def _counted(past: list[Action]) -> str | None:
    """Say how many actions came to what, in words; None where none is known."""
    counted = Counter(action.outcome.words for action in past)
    said = [_outcome_words(outcome) for outcome in OUTCOMES]
    parts = ", ".join(f"{counted[words]} {words.lower()}" for words in said if counted[words])
    return gettext("%(n)s promised: %(parts)s") % {"n": len(past), "parts": parts} if past else None


def _about(named: Mapping[tuple[str, str], tuple[str, str]], action: ActionPlanActionFact) -> Iterator[Named]:
    for what, kind, keys in (
        (gettext("Capacity area"), "area", [action.capacity_area_key] if action.capacity_area_key else []),
        (pgettext("an action answers a pain point", "Answers"), "point", action.pain_point_keys),
        (gettext("Serves the commitment"), "commitment", action.commitment_keys),
        (gettext("Is to move"), "measure", action.success_measure_keys),
    ):
        for key in keys:
            yield Named(what, *named.get((kind, key), (key, None)))


def _what_actions_name(release: ReleaseData) -> dict[tuple[str, str], tuple[str, str]]:
    """Give words and address of all that an action may name, by kind and key."""
    return {
        **{("area", one.key): (one.name, f"/capacity-areas/#{one.key}") for one in release.capacity_areas},
        **{
            ("point", point.key): (point.gist, f"/journeys/{journey.key}/#{point.key}")
            for journey in release.journeys
            for point in journey.pain_points
        },
        **{("commitment", one.key): (one.gist, f"/commitments/#{one.key}") for one in release.commitments},
        **{
            ("measure", one.key): (one.name, f"/priority-areas/{area.key}/#measures")
            for area in release.priority_areas
            for one in area.success_measures
        },
    }


def _assessed(release: ReleaseData, plan: ActionPlanFact, last: ActionPlanFact | None) -> list[Assessed]:
    """Give every capacity area with what the provider said of it; none where it said nothing at all."""
    if not plan.assessments:
        return []
    mine = {one.capacity_area_key: one for one in plan.assessments}
    before = {one.capacity_area_key: one for one in last.assessments} if last else {}
    return [
        Assessed(
            area=area,
            fact=mine.get(area.key),
            level=_level(mine.get(area.key), plan),
            before=_level(before.get(area.key), last),
        )
        for area in release.capacity_areas
    ]


def _level(assessment: SelfAssessmentFact | None, plan: ActionPlanFact | None) -> str | None:
    """Give a level with its place on the scale, as "Growing (2 of 4)"."""
    if assessment is None or plan is None or assessment.level is None:
        return None
    number = level_number(assessment.level, plan.levels)
    if not number:
        return assessment.level
    place = gettext("%(n)s of %(all)s") % {"n": number, "all": len(plan.levels)}
    return f"{assessment.level} ({place})"
