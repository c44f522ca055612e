"""The priority area page and the pages of its strategies."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from hearback.measure.rules import GOVERNMENT, ROLLED_UP
from hearback.plan.queries import (
    FundingFact,
    GoalFact,
    PriorityAreaFact,
    StrategyFact,
    UpdateFact,
)
from hearback.plan.wordings import wordings
from hearback.publish.charts import government_chart
from hearback.publish.frozen import ReleaseData
from hearback.publish.pages import trust
from hearback.publish.pages.catalogue import Catalogue, NotInRelease, by_name, catalogue, find
from hearback.publish.pages.dates import date_label, newest_first
from hearback.publish.pages.measures import measure_line
from hearback.publish.pages.pictures import shown
from hearback.publish.pages.progress import STEP_SHAPES, Steps, is_explained, milestones, steps
from hearback.publish.pages.seats import seat_periods, seats
from hearback.publish.pages.words import UPDATE_KINDS
from hearback.publish.said import said
from hearback.ui.numbers import dollars
from hearback.ui.words import plain

SUMMARY = "area_summary"
NEWEST_OF_A_KIND = 3


@dataclass(frozen=True)
class DatedUpdate:
    """An update with its date as people read it."""

    fact: UpdateFact
    date: str | None
    kind: str


@dataclass(frozen=True)
class StrategyLine:
    """A strategy on the priority area page."""

    fact: StrategyFact
    steps: Steps | None
    goals: list["GoalLine"]


@dataclass(frozen=True)
class DatedGoal:
    """A goal with its dates as people read them."""

    fact: GoalFact
    target: str | None
    as_of: str | None
    replaced: str | None


@dataclass(frozen=True)
class GoalLine:
    """A goal as it reads now, with what it read before, the newest first."""

    now: DatedGoal
    before: list[DatedGoal]


def home(release: ReleaseData) -> dict[str, Any]:
    """Show the first priority area, or what there is without one."""
    if not release.priority_areas:
        return {"area": None, "canonical": "/"}
    return area(release, release.priority_areas[0].key)


def area(release: ReleaseData, key: str) -> dict[str, Any]:
    """Show every block of a priority area.

    Raises:
        NotInRelease: if the release holds no such area.
    """
    book = catalogue(release)
    found = find(release.priority_areas, key)
    held = seats(book, found)
    names = {pool: government_chart(pool) for pool in ROLLED_UP}
    told = list(_told_of(release, found))
    lines = [StrategyLine(s, steps(s.milestones), goal_lines(s.goals)) for s in found.strategies]
    drawn = {shape for line in lines if line.steps for shape in line.steps.shapes}
    return {
        "area": found,
        "canonical": "/" if found == release.priority_areas[0] else f"/priority-areas/{key}/",
        "seats": held,
        "seat_periods": seat_periods(held),
        "summaries": [u for u in updates(told) if u.fact.kind == SUMMARY],
        "strategies": lines,
        "step_shapes": {shape: words for shape, words in STEP_SHAPES.items() if shape in drawn},
        "experiences": experiences(book),
        "panels": trust.panels(book, "government", GOVERNMENT, names),
        "curated": curated(told),
        "measures": [measure_line(book, measure) for measure in found.success_measures],
        "funding": funding_totals(release.funding),
    }


def strategy(release: ReleaseData, key: str) -> dict[str, Any]:
    """Show one strategy: goals, milestones, how many providers report, updates.

    Raises:
        NotInRelease: if the release holds no such strategy.
    """
    for candidate in release.priority_areas:
        for found in candidate.strategies:
            if found.key == key:
                return _strategy(release, candidate, found)
    raise NotInRelease(key)


def _strategy(release: ReleaseData, area_fact: PriorityAreaFact, found: StrategyFact) -> dict[str, Any]:
    return {
        "area": area_fact,
        "strategy": found,
        "goals": goal_lines(found.goals),
        "milestones": milestones(release, found.milestones),
        "explained": is_explained(release),
        "timeline": shown(catalogue(release), f"milestones-strategy-{found.key}"),
        "steps": steps(found.milestones),
        "counts": [{"fact": c, "as_of": date_label(c.as_of)} for c in found.reporting_counts],
        "updates": updates(u for u in release.updates if found.key in (_strategies(release, u) or ())),
    }


def _strategies(release: ReleaseData, update: UpdateFact) -> set[str] | None:
    """Give the keys of the strategies that an update is about; null where they cannot be told.

    Older releases have their numbers alone, which say enough only where there is one priority area.
    """
    if update.strategy_keys is not None:
        return set(update.strategy_keys)
    if len(release.priority_areas) > 1 and update.strategy_numbers:
        return None
    numbers = set(update.strategy_numbers)
    return {s.key for one in release.priority_areas for s in one.strategies if s.number in numbers}


def _told_of(release: ReleaseData, area_fact: PriorityAreaFact) -> Iterator[UpdateFact]:
    """Give the updates for the page of an area, with the numbers of its strategies alone.

    Those stay away that are about strategies of other areas.
    """
    for update in release.updates:
        about = _strategies(release, update)
        if not about:
            yield update
        elif own := [one.number for one in area_fact.strategies if one.key in about]:
            yield replace(update, strategy_numbers=tuple(sorted(own)))


def goal_lines(goals: Iterable[GoalFact]) -> list[GoalLine]:
    """Put the wordings of each goal together, in the order of the first ones."""
    return [GoalLine(_dated(one.now), [_dated(g) for g in one.before]) for one in wordings(goals)]


def _dated(goal: GoalFact) -> DatedGoal:
    dates = (date_label(text) for text in (goal.target_date, goal.as_of, goal.replaced_on))
    return DatedGoal(goal, *dates)


def updates(facts: Iterable[UpdateFact]) -> list[DatedUpdate]:
    """Put updates newest first, those of one date by title."""
    by_title = sorted(facts, key=lambda u: u.title.casefold())
    ordered = sorted(by_title, key=lambda u: newest_first(u.date), reverse=True)
    return [DatedUpdate(u, date_label(u.date), plain(u.kind, UPDATE_KINDS)) for u in ordered]


def curated(facts: Iterable[UpdateFact]) -> list[tuple[str, list[DatedUpdate]]]:
    """Give the newest updates of every kind, the kind with the newest one first."""
    groups: dict[str, list[DatedUpdate]] = {}
    for update in updates(facts):
        if update.fact.kind != SUMMARY:
            groups.setdefault(update.kind, []).append(update)
    return [(kind, found[:NEWEST_OF_A_KIND]) for kind, found in groups.items()]


def experiences(book: Catalogue) -> list[dict[str, Any]]:
    """List the life experiences by name, with the progress of their own milestones and their projects'."""
    return [
        {
            "fact": e,
            "steps": steps(e.milestones + tuple(m for p in e.projects for m in p.milestones)),
        }
        for e in by_name(book.release.life_experiences)
    ]


def funding_totals(facts: Iterable[FundingFact]) -> dict[str, Any]:
    """Add up what was set aside, what was awarded, and apart from both what was only asked for.

    Awards come partly out of what was set aside, so the two are never added together.
    """
    totals = {}
    known = list(facts)
    for name, kind in (
        ("aside", "fund_allocation"),
        ("awarded", "fund_investment"),
        ("asked", "budget_request"),
    ):
        of_kind = [f for f in known if f.kind == kind]
        amounts = [f.amount_usd for f in of_kind if f.amount_usd is not None]
        totals[name] = {
            "n": len(of_kind),
            "n_unknown": len(of_kind) - len(amounts),
            "total": said(dollars(sum(amounts))) if amounts else None,
            "elsewhere": _elsewhere(of_kind),
        }
    return totals if known else {}


def _elsewhere(facts: Iterable[FundingFact]) -> dict[str, Any] | None:
    """Count what the source does not mark as money for customer experience; it is in the totals too."""
    amounts = [f.amount_usd for f in facts if f.customer_experience is False and f.amount_usd is not None]
    return {"n": len(amounts), "total": said(dollars(sum(amounts)))} if amounts else None
