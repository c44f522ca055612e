"""What was promised: priority areas, life experiences, commitments, money, and notes on how far it is.

Dates are the text of their source, as precise as it gave them (see fiscal.parse_period). Null means that
nothing was found: never zero, never "no". `source` says where a thing was read, `confidence` how sure the
reading is. Statuses keep the words of their source.
"""

from hearback.plan.models.action_plans import ActionPlan, ActionPlanAction, CapacityArea, SelfAssessment
from hearback.plan.models.areas import (
    Goal,
    MeasureReading,
    PriorityArea,
    ReportingCount,
    Seat,
    SeatHolder,
    Strategy,
    SuccessMeasure,
)
from hearback.plan.models.commitments import Commitment, Funding
from hearback.plan.models.experiences import LifeExperience, Project
from hearback.plan.models.milestones import Milestone, MilestoneChange
from hearback.plan.models.read import Read
from hearback.plan.models.rounds import Charge, Round, RoundComment, RoundEntry, RoundNotice
from hearback.plan.models.updates import Draft, DraftComment, Update

__all__ = [
    "ActionPlan",
    "ActionPlanAction",
    "CapacityArea",
    "Charge",
    "Commitment",
    "Draft",
    "DraftComment",
    "Funding",
    "Goal",
    "LifeExperience",
    "MeasureReading",
    "Milestone",
    "MilestoneChange",
    "PriorityArea",
    "Project",
    "Read",
    "ReportingCount",
    "Round",
    "RoundComment",
    "RoundEntry",
    "RoundNotice",
    "Seat",
    "SeatHolder",
    "SelfAssessment",
    "Strategy",
    "SuccessMeasure",
    "Update",
]
