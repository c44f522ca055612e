"""Move a form on: submit, return, publish, close, reopen, archive; each after a page that asks once more."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from hearback.collect.actions import forms as actions
from hearback.collect.desk.access import Desk, at_desk, show_form
from hearback.collect.desk.drafts import Trouble, trouble_of
from hearback.collect.desk.outdated import outdated_languages
from hearback.collect.desk.places import mendings
from hearback.collect.instruments.files import InstrumentNotValid
from hearback.collect.instruments.life import MOVES, MoveNotAllowed


@dataclass(frozen=True)
class Move:
    """What can be done with a form: its button, what it means, what is said when it is done, who may."""

    name: str
    button: Any
    meaning: Any
    done: Any
    needs: frozenset[str]
    takes_note: bool = False

    @property
    def is_onward(self) -> bool:
        """Say whether it brings the form nearer to the public."""
        return self.name in {"submit", "publish", "reopen"}


def _move(name: str, button: Any, meaning: Any, done: Any, needs: str, takes_note: bool = False) -> Move:
    return Move(name, button, meaning, done, frozenset(needs.split()), takes_note)


ALL = {
    one.name: one
    for one in (
        _move("submit", _("Submit for review"),
              _("A reviewer is asked to publish it. Until then nobody can change it."),
              _("The form is in review."), "edit_forms"),
        _move("return", _("Return to draft"), _("It becomes a draft again, to be changed."),
              _("The form is a draft again."), "edit_forms publish_forms", True),
        _move("publish", _("Publish"), _("From then on the public is asked this, at the form's address."),
              _("The form is published."), "publish_forms"),
        _move("close", _("Close"),
              _("The public is told that the form is closed. Only a reviewer can open it again."),
              _("The form is closed."), "edit_forms publish_forms"),
        _move("reopen", _("Open again"), _("The public is asked again, at the form's address."),
              _("The form is open again."), "publish_forms"),
        _move("archive", _("Archive"), _("It is put away for good: it can be read, and never opens again."),
              _("The form is archived."), "edit_forms publish_forms"),
    )
}  # fmt: skip


def moves(desk: Desk) -> list[Move]:
    """List what the person may do with the form as it stands."""
    return [one for one in ALL.values() if not one.needs.isdisjoint(desk.allowed) and _fits(desk, one.name)]


def _fits(desk: Desk, name: str) -> bool:
    form = desk.form
    if form.state == "archived":
        return False
    if name in MOVES:
        return form.newest.state == MOVES[name][0]
    if name == "close":
        return form.state == "published"
    return form.state == "closed"


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk()
def form_move(request: HttpRequest, desk: Desk, move: str) -> HttpResponse:
    """Say what a move means and ask once more; make it."""
    wanted = ALL.get(move)
    if wanted is None:
        raise Http404
    if wanted.needs.isdisjoint(desk.allowed):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, desk, wanted)
    try:
        _make(desk, wanted, request.POST.get("note", "")[:1000], request.POST.get("revision", ""))
    except (actions.DraftChanged, MoveNotAllowed) as problem:
        return _page(request, desk, wanted, trouble_of(problem))
    except InstrumentNotValid:
        return _page(request, desk, wanted)
    messages.success(request, wanted.done)
    return redirect("form_overview", key=desk.key)


def _make(desk: Desk, move: Move, note: str, seen: str) -> None:
    whole = {"close": actions.close_form, "reopen": actions.reopen_form, "archive": actions.archive_form}
    at = timezone.now()
    if move.name in whole:
        whole[move.name](desk.key, by=desk.by, at=at)
    else:
        actions.move_version(desk.key, move.name, by=desk.by, at=at, note=note.strip(), seen=seen)


def _page(request: HttpRequest, desk: Desk, move: Move, trouble: Trouble | None = None) -> HttpResponse:
    found = mendings(desk.key, desk.form.newest.instrument) if move.name in {"submit", "publish"} else []
    context = {
        "move": move,
        "trouble": trouble,
        "mendings": found,
        "outdated": outdated_languages(desk.form.newest) if move.name in {"submit", "publish"} else [],
        "is_possible": _fits(desk, move.name) and not found,
        "revision": desk.form.newest.revision,
    }
    status = 409 if trouble else 422 if found and request.method == "POST" else 200
    return show_form(request, desk, "move", context, status)
