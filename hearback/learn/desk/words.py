"""What the pages of the research repository say of kinds of things, and of what is not published."""

from django.utils.translation import gettext_lazy as _

from hearback.learn.rules import Standing

KINDS = {
    "journey": _("Journeys"),
    "stage": _("Stages"),
    "step": _("Steps"),
    "pain_point": _("Pain points"),
    "persona": _("Personas"),
    "insight": _("Insights"),
    "story": _("Stories"),
    "study": _("Studies"),
    "observation": _("Observations"),
    "highlight": _("Passages of transcripts"),
}
STANDINGS = {
    Standing.PUBLISHED: _("published"),
    Standing.NO_CONSENT: _("not published: no consent"),
    Standing.NO_EVIDENCE: _("not published: no evidence"),
    Standing.NOT_MARKED: _("not published: not marked for publishing"),
}
INSIGHTS = {
    Standing.PUBLISHED: _("published"),
    Standing.NO_EVIDENCE: _("waiting for evidence"),
    Standing.NOT_MARKED: _("not marked for publishing"),
}
"""What stands behind the number of a journey's insights."""
