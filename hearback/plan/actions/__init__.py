"""Changing what is promised."""

from hearback.plan.actions.charges import Answerer, ChargeNotGood, set_charges, set_seat_account
from hearback.plan.actions.drafts import (
    DraftChanged,
    DraftUnknown,
    Written,
    edit_draft,
    move_draft,
    start_correction,
    start_draft,
)
from hearback.plan.actions.goals import GoalReplaced, GoalUnknown, NewWording, replace_goal
from hearback.plan.actions.loading import load_plan
from hearback.plan.actions.milestones import (
    MilestoneUnknown,
    Why,
    correct_milestone,
    move_due,
    move_status,
    note_done,
)
from hearback.plan.actions.rounds import (
    EntryChanged,
    Told,
    answer,
    close_round,
    decide,
    open_round,
    remind,
    withdraw_round,
)
from hearback.plan.seen import ChangedMeanwhile

__all__ = [
    "Answerer",
    "ChangedMeanwhile",
    "ChargeNotGood",
    "DraftChanged",
    "DraftUnknown",
    "EntryChanged",
    "GoalReplaced",
    "GoalUnknown",
    "MilestoneUnknown",
    "NewWording",
    "Told",
    "Why",
    "Written",
    "answer",
    "close_round",
    "correct_milestone",
    "decide",
    "edit_draft",
    "load_plan",
    "move_draft",
    "move_due",
    "move_status",
    "note_done",
    "open_round",
    "remind",
    "replace_goal",
    "set_charges",
    "set_seat_account",
    "start_correction",
    "start_draft",
    "withdraw_round",
]
