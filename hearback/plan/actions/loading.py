"""Loading what is promised from files."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model

from hearback.directory.rows import LoadReport, Table, Wanted, steps
from hearback.history.actions import record_many
from hearback.plan.action_plans.checks import LINKS, check_action_plans
from hearback.plan.days import day_of
from hearback.plan.models import (
    ActionPlan,
    ActionPlanAction,
    CapacityArea,
    Charge,
    Commitment,
    Funding,
    Goal,
    LifeExperience,
    MeasureReading,
    Milestone,
    MilestoneChange,
    PriorityArea,
    Project,
    ReportingCount,
    Seat,
    SeatHolder,
    SelfAssessment,
    Strategy,
    SuccessMeasure,
    Update,
)
from hearback.plan.promises import (
    check_milestones,
    check_results,
    lock_promises,
    with_corrections_kept,
    with_moves_kept,
    with_replacements_kept,
)
from hearback.plan.queries import ids_of_others
from hearback.plan.rounds.answering import check_charges, with_answers_kept

TARGETS = {
    "lead_agency": "agency",
    "participants": "agency",
    "agencies": "agency",
    "pain_points": "pain_point",
    "success_measures": "success_measure",
    "strategies": "strategy",
    "life_experiences": "life_experience",
    "projects": "project",
    "commitments": "commitment",
    "depends_on": "milestone",
}


def _key(row: Any) -> str:
    key: str = row.key
    return key


def _table(kind: str, model: type[Model]) -> Table:
    return Table(kind, model, _key, TARGETS)


TABLES = (
    _table("priority_area", PriorityArea),
    _table("seat", Seat),
    _table("seat_holder", SeatHolder),
    _table("success_measure", SuccessMeasure),
    _table("measure_reading", MeasureReading),
    _table("strategy", Strategy),
    Table("goal", Goal, _key, {"replaced_by": "goal"}, follows="replaced_by"),
    _table("reporting_count", ReportingCount),
    _table("life_experience", LifeExperience),
    _table("project", Project),
    Table("milestone", Milestone, _key, TARGETS, follows="depends_on"),
    _table("milestone_change", MilestoneChange),
    _table("commitment", Commitment),
    _table("funding", Funding),
    _table("update", Update),
    _table("charge", Charge),
    _table("capacity_area", CapacityArea),
    Table("action_plan", ActionPlan, _key, LINKS),
    Table("action_plan_action", ActionPlanAction, _key, LINKS, follows="carried_over_from"),
    Table("self_assessment", SelfAssessment, _key, LINKS),
)


@transaction.atomic
def load_plan(wanted: Sequence[Wanted], *, by: str, at: datetime) -> LoadReport:
    """Bring what is promised in line with what files want; all or nothing.

    Whoever loads an update marked approved answers for it: their name and the time are kept with it. What
    stands in the database and not in the files is left as it is and reported; so is what was moved,
    corrected or replaced here since the files were written. Loading the same again changes nothing and
    writes no history.

    Raises:
        FileNotGood: if a link leads nowhere, or round in a circle, or a row clashes with what is loaded, a
            due date is moved without a reason or before what it depends on, a milestone or goal was changed
            here and in the file in two ways; all that is wrong with action plans at once.
    """
    lock_promises()
    asked = wanted
    wanted = with_replacements_kept(with_answers_kept(with_corrections_kept(with_moves_kept(wanted))))
    check_milestones(wanted)
    check_results(wanted)
    check_charges(wanted, day_of(at))
    check_action_plans(wanted)
    report = LoadReport(kept=list(_kept(asked, wanted)))
    changes = []
    for step in steps(TABLES, wanted, ids_of_others(), report):
        if isinstance(step.row, Update):
            _sign(step.row, by, at)
        if isinstance(step.row, Milestone | Goal) and step.row.pk:
            step.row.version += 1
        try:
            step.row.save()
        except IntegrityError as problem:
            raise step.refused(problem) from problem
        step.set_many()
        changes.append(step.change)
    record_many(changes, by=by, at=at)
    return report


def _kept(asked: Sequence[Wanted], wanted: Sequence[Wanted]) -> Iterator[str]:
    """Name what of a file is not taken, as it was changed here since and the file does not say so."""
    for one, taken in zip(asked, wanted, strict=True):
        before, after = one.state(), taken.state()
        if names := [name for name in before if before[name] != after[name]]:
            yield f"{one.kind.replace('_', ' ')} {one.key}: {', '.join(names)}"


def _sign(update: Update, by: str, at: datetime) -> None:
    update.approved_at = at if update.approved else None
    update.approved_by = by if update.approved else None
