"""Keep what somebody changed in a draft, and say so; refuse where another was quicker."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from hearback.collect.actions import forms as actions
from hearback.collect.desk.access import Desk
from hearback.collect.instruments.definition import Instrument
from hearback.collect.instruments.life import MoveNotAllowed


@dataclass(frozen=True)
class Trouble:
    """Why nothing was kept: a heading and what to do, in English alone where `is_english`.

    `is_conflict` tells that somebody else was quicker.
    """

    heading: str
    detail: str
    is_conflict: bool = False
    is_english: bool = False


class NotKept(Exception):
    """Nothing was changed; `trouble` says why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.heading)
        self.trouble = trouble


def keep(request: HttpRequest, desk: Desk, instrument: Instrument, done: str = "") -> Instrument:
    """Keep a draft made from the revision that the page was sent with; tell the person what was done.

    Raises:
        NotKept: if another changed the form meanwhile, or it cannot be changed now.
    """
    if "edit_forms" not in desk.allowed:
        raise PermissionDenied
    seen = request.POST.get("revision", "")
    try:
        actions.save_draft(desk.key, instrument, by=desk.by, at=timezone.now(), seen=seen)
    except (actions.DraftChanged, MoveNotAllowed) as problem:
        raise NotKept(trouble_of(problem)) from problem
    if done:
        messages.success(request, done)
    return instrument


def trouble_of(problem: Exception) -> Trouble:
    """Say in words why something could not be done to a form."""
    if isinstance(problem, actions.DraftChanged):
        heading = _("Somebody else changed this form while you had the page open")
        who = _(
            "{who} changed it at {when} UTC. What you sent was not kept, so that nothing of theirs is lost."
        )
        detail = who.format(who=problem.changed_by, when=f"{problem.changed_at:%Y-%m-%d %H:%M}")
        return Trouble(heading, detail, is_conflict=True)
    return Trouble(_("This cannot be done now"), str(problem), is_english=True)
