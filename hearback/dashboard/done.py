"""What was done, as the history keeps it, in words; what collect does, in the words of collect."""

from django.utils.translation import gettext_lazy as _

from hearback.collect.queries import DONE as DONE_BY_COLLECT

DONE = {
    **DONE_BY_COLLECT,
    "api_key.made": _("API key made"),
    "api_key.revoked": _("API key revoked"),
    "charge.set": _("said who answers for something"),
    "commitment.told": _("commitment brought up to date by who answers for it"),
    "measure_reading.told": _("figure of a success measure added by who answers for it"),
    "project.told": _("project brought up to date by who answers for it"),
    "round.answered": _("answered in a quarterly round"),
    "round.approved": _("answer in a quarterly round approved"),
    "round.closed": _("quarterly round closed"),
    "round.opened": _("quarterly round opened"),
    "round.reminded": _("reminder of a quarterly round sent"),
    "round.returned": _("answer in a quarterly round returned"),
    "seat.account_set": _("said who is told for a seat"),
    "email.set": _("e-mail address set"),
    "changes.computed": _("changes between quarters computed"),
    "drivers.computed": _("drivers of trust computed"),
    "goal.added": _("goal added"),
    "goal.replaced": _("wording of a goal replaced"),
    "milestone.corrected": _("milestone corrected"),
    "milestone.done": _("milestone noted as done"),
    "milestone.due_moved": _("due date of a milestone moved"),
    "milestone.moved": _("status of a milestone moved"),
    "update.approved": _("update approved"),
    "update.corrected": _("update corrected"),
    "update.drafted": _("update begun"),
    "update.edited": _("draft of an update changed"),
    "update.returned": _("draft of an update returned"),
    "update.submitted": _("draft of an update submitted"),
    "update.withdrawn": _("draft of an update withdrawn"),
    "link.made": _("sign-in link made"),
    "link.used": _("signed in by a link"),
    "password.set": _("password set"),
    "person.added": _("person added"),
    "release.made": _("release made"),
    "role.given": _("role given"),
    "role.loaded": _("role loaded"),
    "scores.computed": _("scores computed"),
    "sign_in.failed": _("sign-in failed"),
}
"""A verb without an entry goes by its name."""
