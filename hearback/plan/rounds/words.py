"""What is asked in a round, and how far it is, in the language of the page."""

from typing import Any

from django.utils.translation import gettext_lazy as _

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
ENDED = {
    EntryState.AWAITED: _("not answered"),
    EntryState.ANSWERED: _("answered, not decided on"),
    EntryState.RETURNED: _("returned, not answered anew"),
    EntryState.APPROVED: STATES[EntryState.APPROVED],
}
"""How far it is once its round is closed."""
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
    "returned": _("that an answer was returned"),
    "escalated": _("ten days after it was due, to the holder of the seat too"),
}


def state_words(state: EntryState, *, is_open: bool) -> Any:
    """Say how far a thing is, in a round that is open or closed."""
    return (STATES if is_open else ENDED)[state]


def heads(state: EntryState, *, is_open: bool) -> dict[str, Any]:
    """Name the columns of an answer: what it would change, did change, or would have changed.

    `same` is what it says where it changes nothing.
    """
    same = _("Nothing has changed: it is confirmed as it stands.")
    if state is EntryState.APPROVED:
        return {"caption": _("What was changed"), "after": _("Put there"), "same": same}
    if is_open:
        return {"caption": _("What would change"), "after": _("Is to stand there"), "same": same}
    same = _("It said that nothing had changed; that was not approved.")
    return {"caption": _("What would have changed"), "after": _("Was to stand there"), "same": same}
