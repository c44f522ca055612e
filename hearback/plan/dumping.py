"""From the rows of the plan back to the data files that make them."""

from collections.abc import Iterator

from django.db.models import Model

from hearback.directory.nested import ReadRecord, file_of
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


def dumped() -> Iterator[tuple[str, bytes, int]]:
    """Give every file of the plan: its name, its text as JSON, and how many records it has.

    Reading them again changes nothing. What is not known is null.
    """
    for file, (kind, model) in FILES.items():
        yield (file, *file_of(kind, model))
