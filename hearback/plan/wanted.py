"""From the data files of the plan to the rows they want."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from django.conf import settings

from hearback.directory.nested import Place, ReadRecord
from hearback.directory.rows import Wanted
from hearback.fiscal import PeriodNotValid, parse_period
from hearback.measure.rules import MEASURES
from hearback.plan.days import today
from hearback.plan.records import (
    ActionPlanRecord,
    AreaRecord,
    CapacityAreaRecord,
    ChargeRecord,
    CommitmentRecord,
    ExperienceRecord,
    FundingRecord,
    GoalRecord,
    HolderRecord,
    MeasureRecord,
    MilestoneRecord,
    ProjectRecord,
    ResultRecord,
    StrategyRecord,
    UpdateRecord,
)
from hearback.plan.rules import (
    Binding,
    MeasureNotValid,
    ReadingFact,
    aim_of,
    check_aim,
    check_binding,
    check_date,
    check_field,
    check_figures,
    check_readings,
)

AREAS, EXPERIENCES = "priority_areas.json", "life_experiences.json"
COMMITMENTS, FUNDING, UPDATES = "commitments.json", "funding.json", "updates.json"
CHARGES, CAPACITY_AREAS, ACTION_PLANS = "charges.json", "capacity_areas.json", "action_plans.json"
MAY_BE_MISSING = (CHARGES, CAPACITY_AREAS, ACTION_PLANS)
DATES = {
    "shown_from",
    "shown_to",
    "target_date",
    "as_of",
    "due",
    "done",
    "announced",
    "date",
    "progress_date",
    "baseline_as_of",
    "before_as_of",
    "after_as_of",
    "replaced_on",
    "published",
    "round",
}


class PlanPlace(Place):
    """A record of the plan: makes the rows that it wants."""

    def check(self, kind: str, record: ReadRecord, values: Mapping[str, Any]) -> None:
        """Check every date of a row.

        Raises:
            FileNotGood: naming the field and how dates are written.
        """
        for name in DATES & values.keys():
            try:
                check_written(kind, name, values[name])
            except PeriodNotValid as problem:
                field = self.field(kind, record, name)
                needed = {one.name for one in msgspec.structs.fields(type(record)) if one.required}
                remedy = "correct it" if name in needed else "or write null where it is not known"
                raise self.problem(field, str(problem), remedy) from problem


def check_written(kind: str, name: str, text: str | None) -> None:
    """Check the date of a field, as it is read today.

    Raises:
        PeriodNotValid: if it is no date, or says what happened on a day that has not begun.
    """
    check_field(kind, name, text, today(), settings.FISCAL_YEAR_STARTS)


def area_rows(place: PlanPlace, area: AreaRecord, _: int) -> Iterator[Wanted]:
    """Give a priority area with its seats, success measures and strategies."""
    yield place.row("priority_area", area)
    mine = {"priority_area": area.key}
    for seat in area.seats:
        yield place.row("seat", seat, links={**mine, "agency": seat.agency})
        for holder in seat.holders:
            yield place.row("seat_holder", holder, links={"seat": seat.key})
            check_holder(place, seat.key, holder)
    for position, measure in enumerate(area.success_measures, 1):
        yield from measure_rows(place, measure, mine, position)
    numbers = [strategy.number for strategy in area.strategies]
    for strategy in area.strategies:
        if numbers.count(strategy.number) > 1:
            raise place.problem(
                f"strategies[{strategy.key}].number", f"number {strategy.number} is given twice",
                "give each its own",
            )  # fmt: skip
        yield place.row("strategy", strategy, links=mine, many=["success_measures"])
        yield from strategy_rows(place, strategy)


def check_holder(place: PlanPlace, seat: str, holder: HolderRecord) -> None:
    """Check that nobody is shown in a seat until before they are shown in it.

    Raises:
        FileNotGood: if so.
    """
    if holder.shown_from is None or holder.shown_to is None:
        return
    first, last = (
        parse_period(one, settings.FISCAL_YEAR_STARTS) for one in (holder.shown_from, holder.shown_to)
    )
    if last.ends_before <= first.starts_on:
        raise place.problem(
            f"seats[{seat}].holders[{holder.key}].shown_to",
            f"{holder.shown_to} lies before shown_from, {holder.shown_from}", "correct one of the two",
        )  # fmt: skip


def measure_rows(
    place: PlanPlace, measure: MeasureRecord, links: Mapping[str, str], position: int
) -> Iterator[Wanted]:
    """Give a success measure with its readings; what it promises must fit together."""
    rows = [place.row("success_measure", measure, links=links, position=position)]
    rows += [
        place.row("measure_reading", reading, links={"success_measure": measure.key})
        for reading in measure.readings
    ]
    try:
        check_measure(measure)
    except MeasureNotValid as problem:
        field = f"success_measures[{measure.key}].{problem.field}"
        raise place.problem(field, problem.problem, problem.remedy) from problem
    except PeriodNotValid as problem:
        field = f"success_measures[{measure.key}].readings"
        raise place.problem(field, str(problem), "correct it") from problem
    yield from rows


def check_measure(measure: MeasureRecord) -> None:
    """Check what a success measure promises, what it is bound to, and its readings.

    Raises:
        MeasureNotValid: naming the field.
    """
    starts = settings.FISCAL_YEAR_STARTS
    check_binding(
        Binding(measure.measure_key, measure.measure_level, measure.measure_subject, measure.measure_pool),
        has_readings=bool(measure.readings),
    )
    bound = MEASURES.get(measure.measure_key or "")
    check_aim(aim_of(measure), bound.kind if bound else None, starts)
    check_readings(
        [ReadingFact(r.as_of, r.value, r.low, r.high, key=r.key) for r in measure.readings], starts
    )


def strategy_rows(place: PlanPlace, strategy: StrategyRecord) -> Iterator[Wanted]:
    """Give what belongs to a strategy: goals, milestones, counts of who reports."""
    mine = {"strategy": strategy.key}
    for position, goal in enumerate(strategy.goals, 1):
        yield goal_row(place, goal, strategy.key, position)
    for count in strategy.reporting_counts:
        if count.total is not None and count.total < count.reporting:
            raise place.problem(
                f"reporting_counts[{count.key}].total", f"{count.reporting} of {count.total} cannot report",
                "correct one of the two, or write null where the total is not known",
            )  # fmt: skip
        yield place.row("reporting_count", count, links=mine)
    yield from milestone_rows(place, strategy.milestones, strategy=strategy.key)


def goal_row(place: PlanPlace, goal: GoalRecord, strategy: str, position: int) -> Wanted:
    """Give a goal; only one that was replaced says when, why and who decided that."""
    for name in ("replaced_on", "replaced_reason", "replaced_decided_by"):
        if goal.replaced_by is None and getattr(goal, name) is not None:
            raise place.problem(
                f"goals[{goal.key}].{name}", "it is not said what took the place of this goal",
                "name it in replaced_by, or leave this out",
            )  # fmt: skip
    links = {"strategy": strategy, "replaced_by": goal.replaced_by}
    return place.row("goal", goal, links=links, position=position)


def milestone_rows(place: PlanPlace, milestones: Sequence[MilestoneRecord], **of: str) -> Iterator[Wanted]:
    """Give milestones of one strategy, life experience or project, each with its log."""
    links: dict[str, str | None] = {"strategy": None, "life_experience": None, "project": None, **of}
    for position, milestone in enumerate(milestones, 1):
        yield place.row("milestone", milestone, links=links, many=["depends_on"], position=position)
        for number, change in enumerate(milestone.changes, 1):
            yield place.row("milestone_change", change, links={"milestone": milestone.key}, position=number)


def experience_rows(place: PlanPlace, experience: ExperienceRecord, _: int) -> Iterator[Wanted]:
    """Give a life experience with its projects and milestones."""
    links = {"lead_agency": experience.lead_agency, "journey": experience.journey}
    yield place.row("life_experience", experience, links=links, many=["participants"])
    for position, project in enumerate(experience.projects, 1):
        yield from project_rows(place, project, experience.key, position)
    yield from milestone_rows(place, experience.milestones, life_experience=experience.key)


def project_rows(
    place: PlanPlace, project: ProjectRecord, experience: str, position: int
) -> Iterator[Wanted]:
    """Give a project with its milestones."""
    links = {"life_experience": experience}
    for number, result in enumerate(project.results, 1):
        try:
            check_result(result)
        except (MeasureNotValid, PeriodNotValid) as problem:
            field = f"projects[{project.key}].results[{number}]"
            raise place.problem(field, str(problem), "correct the result") from problem
    many = ["agencies", "pain_points", "success_measures"]
    yield place.row("project", project, links=links, many=many, position=position)
    yield from milestone_rows(place, project.milestones, project=project.key)


def check_result(result: ResultRecord) -> None:
    """Check the figures of a result.

    Raises:
        MeasureNotValid: naming the field.
        PeriodNotValid: if a date is none.
    """
    dates = (result.before_as_of, result.after_as_of)
    for one in dates:
        check_date(one)
    figures = [figure(result, "before"), figure(result, "after")]
    check_figures(figures[0], figures[1], result.measure, dates)
    check_readings([one for one in figures if one], settings.FISCAL_YEAR_STARTS)
    first, last = (parse_period(one, settings.FISCAL_YEAR_STARTS) if one else None for one in dates)
    if first and last and last.starts_on < first.starts_on:
        raise MeasureNotValid("after_as_of", "it comes before before_as_of", "exchange the two")


def figure(result: ResultRecord, when: str) -> ReadingFact | None:
    """Give the figure of a result before or after; None where it has none."""
    value = getattr(result, when)
    if value is None:
        return None
    low, high, as_of = (getattr(result, f"{when}_{name}") for name in ("low", "high", "as_of"))
    return ReadingFact(as_of or "", value, low, high, key=when)


def commitment_rows(place: PlanPlace, commitment: CommitmentRecord, position: int) -> Iterator[Wanted]:
    """Give a commitment; it must bind somebody."""
    if not commitment.agencies and commitment.bound_group is None:
        raise place.problem("agencies", "nobody is bound", "name agencies, or a group in bound_group")
    yield place.row("commitment", commitment, many=["agencies"], position=position)


def funding_rows(place: PlanPlace, funding: FundingRecord, _: int) -> Iterator[Wanted]:
    """Give an item of funding."""
    yield place.row(
        "funding",
        funding,
        links={"life_experience": funding.life_experience},
        many=["agencies", "projects", "commitments"],
    )


def update_rows(place: PlanPlace, update: UpdateRecord, _: int) -> Iterator[Wanted]:
    """Give an update."""
    if update.all_life_experiences and update.life_experiences:
        raise place.problem(
            "life_experiences",
            "some are named although all are meant",
            "leave the list empty, or name some and not all",
        )
    yield place.row("update", update, many=["strategies", "life_experiences"])


def charge_rows(place: PlanPlace, charge: ChargeRecord, _: int) -> Iterator[Wanted]:
    """Give who answers for one thing."""
    yield place.row("charge", charge, links={"seat": charge.seat})


def capacity_area_rows(place: PlanPlace, area: CapacityAreaRecord, position: int) -> Iterator[Wanted]:
    """Give a capacity area."""
    yield place.row("capacity_area", area, position=position)


def action_plan_rows(place: PlanPlace, plan: ActionPlanRecord, _: int) -> Iterator[Wanted]:
    """Give an action plan with its actions and self-assessment."""
    yield place.row("action_plan", plan, links={"provider": plan.provider}, many=["designated_services"])
    for position, action in enumerate(plan.actions, 1):
        yield place.row(
            "action_plan_action",
            action,
            links={
                "action_plan": plan.key,
                "capacity_area": action.capacity_area,
                "carried_over_from": action.carried_over_from,
            },
            many=["pain_points", "commitments", "success_measures"],
            position=position,
        )
    for assessment in plan.assessments:
        links = {"action_plan": plan.key, "capacity_area": assessment.capacity_area}
        yield place.row("self_assessment", assessment, links=links)
