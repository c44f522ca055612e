"""Changing what is promised."""

from hearback.plan.actions.loading import load_plan
from hearback.plan.actions.milestones import (
    MilestoneChanged,
    MilestoneUnknown,
    Why,
    correct_milestone,
    move_due,
    move_status,
    note_done,
)

__all__ = [
    "MilestoneChanged",
    "MilestoneUnknown",
    "Why",
    "correct_milestone",
    "load_plan",
    "move_due",
    "move_status",
    "note_done",
]
