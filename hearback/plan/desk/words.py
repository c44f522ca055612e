"""How a milestone stands, in the language of the page."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from hearback.plan.rules import CannotTell, Late

STATES = {
    Late.ON_TIME: _("on time"),
    Late.LATE: _("late"),
    Late.OVERDUE: _("overdue"),
    Late.NOT_DUE_YET: _("not due yet"),
    Late.DROPPED: _("dropped"),
    Late.CANNOT_TELL: _("cannot tell"),
}
WHY = {
    CannotTell.NO_DUE: _("cannot tell: no due date is known"),
    CannotTell.NO_STATUS: _("cannot tell: its status is not known"),
    CannotTell.STATUS_NOT_SORTED: _("cannot tell: what its status means is not known"),
    CannotTell.DONE_NOT_KNOWN: _("cannot tell: when it was done is not known"),
    CannotTell.DONE_NOT_PRECISE: _("cannot tell: when it was done is not known precisely enough"),
}
COUNTED = {
    (Late.LATE, "quarters", False): ngettext_lazy("late by %(n)s quarter", "late by %(n)s quarters", "n"),
    (Late.LATE, "quarters", True): ngettext_lazy(
        "late by at least %(n)s quarter", "late by at least %(n)s quarters", "n"
    ),
    (Late.LATE, "days", False): ngettext_lazy("late by %(n)s day", "late by %(n)s days", "n"),
    (Late.LATE, "days", True): ngettext_lazy(
        "late by at least %(n)s day", "late by at least %(n)s days", "n"
    ),
    (Late.OVERDUE, "quarters", False): ngettext_lazy(
        "overdue by %(n)s quarter", "overdue by %(n)s quarters", "n"
    ),
    (Late.OVERDUE, "days", False): ngettext_lazy("overdue by %(n)s day", "overdue by %(n)s days", "n"),
}
NOT_READ_SINCE = {
    "quarters": ngettext_lazy("due %(n)s quarter ago", "due %(n)s quarters ago", "n"),
    "days": ngettext_lazy("due %(n)s day ago", "due %(n)s days ago", "n"),
}
"""Of what is overdue, and was not read since it was due."""
FIELDS = {
    "status": _("Status"),
    "due": _("Due date"),
    "done": _("Done"),
    "title": _("Title"),
    "owner": _("Owner"),
}
LEVELS = {"strategy": _("Strategy"), "life_experience": _("Life experience"), "project": _("Project")}
"""What a milestone belongs to."""
