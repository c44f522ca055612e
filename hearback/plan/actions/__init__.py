"""Changing what is promised."""

from hearback.plan.actions.drafts import (
    DraftChanged,
    DraftUnknown,
    Written,
    edit_draft,
    move_draft,
    start_correction,
    start_draft,
)
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
    "DraftChanged",
    "DraftUnknown",
    "MilestoneChanged",
    "MilestoneUnknown",
    "Why",
    "Written",
    "correct_milestone",
    "edit_draft",
    "load_plan",
    "move_draft",
    "move_due",
    "move_status",
    "note_done",
    "start_correction",
    "start_draft",
]
