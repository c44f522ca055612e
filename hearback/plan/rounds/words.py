"""What is asked in a round, and how far it is, in the language of the page."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hearback.plan.days import day_of
from hearback.plan.rules import About, EntryState

ABOUTS = {
    About.MILESTONE: _("Milestone"),
    About.PROJECT: _("Project"),
    About.COMMITMENT: _("Commitment"),
    About.MEASURE: _("Success measure"),
}
STATES = {
    EntryState.AWAITED: _("awaited"),
    EntryState.ANSWERED: _("answered, to be read"),
    EntryState.RETURNED: _("returned with a comment"),
    EntryState.APPROVED: _("approved"),
}
FIELDS = {
    "status": _("Status"),
    "due": _("Due date"),
    "done": _("When it was done"),
    "phase": _("Phase"),
    "next_steps": _("Next steps"),
    "progress": _("How far it is"),
    "progress_source": _("Where the progress can be read"),
    "value": _("Figure"),
    "low": _("Lower end of its 95-percent interval"),
    "high": _("Upper end of its 95-percent interval"),
    "as_of": _("Of which date"),
}
STEPS = {
    "opened": _("that it is open"),
    "a_week_before": _("a week before it is due"),
    "the_day_before": _("the day before it is due"),
    "three_days_late": _("three days after it was due"),
    "escalated": _("ten days after it was due, to the holder of the seat too"),
}


def today() -> date:
    """Give the day it is in the zone of this government."""
    return day_of(timezone.now())
