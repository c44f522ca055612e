"""From the rows of the plan back to the records that make them."""

from django.db.models import Model

from hearback.collect.sheets.proving import Records
from hearback.directory.nested import ReadRecord, records_in
from hearback.learn.dumping import records as journeys
from hearback.plan.models import (
    ActionPlan,
    CapacityArea,
    Charge,
    Commitment,
    Funding,
    LifeExperience,
    PriorityArea,
    Update,
)
from hearback.plan.records import (
    ActionPlanRecord,
    AreaRecord,
    CapacityAreaRecord,
    ChargeRecord,
    CommitmentRecord,
    ExperienceRecord,
    FundingRecord,
    UpdateRecord,
)
from hearback.plan.wanted import (
    ACTION_PLANS,
    AREAS,
    CAPACITY_AREAS,
    CHARGES,
    COMMITMENTS,
    EXPERIENCES,
    FUNDING,
    UPDATES,
)

FILES: dict[str, tuple[type[ReadRecord], type[Model]]] = {
    AREAS: (AreaRecord, PriorityArea),
    EXPERIENCES: (ExperienceRecord, LifeExperience),
    COMMITMENTS: (CommitmentRecord, Commitment),
    FUNDING: (FundingRecord, Funding),
    UPDATES: (UpdateRecord, Update),
    CHARGES: (ChargeRecord, Charge),
    CAPACITY_AREAS: (CapacityAreaRecord, CapacityArea),
    ACTION_PLANS: (ActionPlanRecord, ActionPlan),
}
"""What each file holds, and the table of its records."""


def records() -> Records:
    """Give all that is planned, by the names of the data files, and the journeys that it names."""
    held = {file: records_in(kind, model) for file, (kind, model) in FILES.items()}
    return {**held, **journeys()}
