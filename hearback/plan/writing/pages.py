"""Pages of updates that are written: all drafts, one with its comments, the editor with preview and hints."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from hearback.accounts.access import grants, needs
from hearback.accounts.rules import may_everywhere
from hearback.plan import actions, queries
from hearback.plan.desk.conflicts import Beside, beside
from hearback.plan.facts import DraftFact
from hearback.plan.refusals import refusal
from hearback.plan.rules import DraftMoveNotAllowed, Move, State, open_draft_moves
from hearback.plan.writing import reading
from hearback.plan.writing.forms import KINDS, DraftForm, about_in_words, named
from hearback.plan.writing.hints import hints_of
from hearback.ui.markdown import small_markdown
from hearback.ui.posting import only_sent

STATES = {
    State.DRAFT: _("draft"),
    State.IN_REVIEW: _("in review"),
    State.RETURNED: _("returned with a comment"),
    State.APPROVED: _("approved"),
    State.WITHDRAWN: _("withdrawn"),
}
BUTTONS = {
    Move.SUBMIT: _("Submit for review"),
    Move.RETURN: _("Return with a comment"),
    Move.APPROVE: _("Approve"),
    Move.WITHDRAW: _("Withdraw"),
}
DONE = {
    Move.SUBMIT: _("It is submitted. Somebody else reads it now."),
    Move.RETURN: _("It is returned to its owner with your comment."),
    Move.APPROVE: _("It is approved. The next release has it."),
    Move.WITHDRAW: _("It is withdrawn. Nothing of it is published."),
}
LONGEST_NUMBER = 10
"""Digits of a version; none has more."""
OPEN = (State.DRAFT, State.IN_REVIEW, State.RETURNED)


@require_safe
@never_cache
@needs("write_updates")
def draft_list(request: HttpRequest) -> HttpResponse:
    """List drafts, one's own or, for who approves, all; and published updates, which can be corrected."""
    all_of_them = [one for one in reading.drafts() if _may_see(request, one)]
    context = {
        "open": [(one, STATES[one.state]) for one in all_of_them if one.state in OPEN],
        "ended": [(one, STATES[one.state]) for one in all_of_them if one.state not in OPEN],
        "published": [one for one in reversed(queries.updates()) if one.approved],
    }
    return _show(request, "list", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("write_updates")
def draft_new(request: HttpRequest) -> HttpResponse:
    """Begin an update."""
    asked = DraftForm(None, request.POST or None)
    if request.method != "POST" or "preview" in request.POST or not asked.is_valid():
        return _editor(request, None, asked)
    key = actions.start_draft(asked.written(), by=request.user.get_username(), at=timezone.now())
    messages.success(request, _("The draft is kept. Only you and those who approve updates see it."))
    return redirect("draft_page", key=key)


@require_safe
@never_cache
@needs("write_updates")
def draft_page(request: HttpRequest, key: str) -> HttpResponse:
    """Show a draft as the public would read it, with its comments and what can be done with it."""
    return _page(request, _found(request, key))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("write_updates")
def draft_edit(request: HttpRequest, key: str) -> HttpResponse:
    """Write a draft anew; whoever is too late sees both versions and loses nothing."""
    draft = _found(request, key)
    if Move.EDIT not in _moves(request, draft):
        return _not_to_write(request, draft)
    asked = DraftForm(draft, request.POST or None)
    if request.method != "POST" or "preview" in request.POST:
        return _editor(request, draft, asked)
    seen = request.POST.get("version", "")
    if seen != str(draft.version):
        return _too_late(request, draft, asked)
    if not asked.is_valid():
        return _editor(request, draft, asked)
    by, at = request.user.get_username(), timezone.now()
    try:
        actions.edit_draft(key, asked.written(), seen=draft.version, by=by, at=at)
    except actions.DraftChanged:
        return _too_late(request, _found(request, key), asked)
    messages.success(request, _("The draft is kept."))
    return redirect("draft_page", key=key)


def _not_to_write(request: HttpRequest, draft: DraftFact) -> HttpResponse:
    """Show a draft that its owner can write on no longer, with what they typed; nobody else ever could."""
    if draft.owner != request.user.get_username():
        raise PermissionDenied
    asked = DraftForm(draft, request.POST)
    late = [
        (asked.fields[name].label, _kind_of(name, text)) for name, text in asked.touched().items() if text
    ]
    if asked.about_touched():
        late.append((asked.fields["about"].label, _in_words(asked.about_sent())))
    if request.method != "POST" or not late:
        messages.info(request, _("It cannot be written on as it is now."))
        return redirect("draft_page", key=draft.key)
    return _page(request, draft, {"late": late}, status=409)


def _kind_of(name: str, text: str) -> str:
    """Name the kind of an update as its field does; any other text stays."""
    return str(KINDS.get(text, text)) if name == "kind" else text


@only_sent("draft_page", "key")
@never_cache
@needs("write_updates")
def draft_move(request: HttpRequest, key: str, move: str) -> HttpResponse:
    """Submit, return, approve or withdraw a draft."""
    _found(request, key)
    if move not in BUTTONS:
        raise Http404
    chosen, comment = Move(move), request.POST.get("comment", "").replace("\x00", "")
    if chosen in {Move.RETURN, Move.APPROVE} and not _approves(request):
        raise PermissionDenied
    seen = request.POST.get("version", "")
    version = int(seen) if seen.isdecimal() and len(seen) < LONGEST_NUMBER else 0
    by, at = request.user.get_username(), timezone.now()
    try:
        actions.move_draft(key, chosen, comment=comment, seen=version, by=by, at=at)
    except (actions.DraftChanged, DraftMoveNotAllowed) as problem:
        more = {"problem": refusal(problem), "comment": comment}
        return _page(request, _found(request, key), more, status=409)
    messages.success(request, DONE[chosen])
    return redirect("draft_page", key=key)


@only_sent("draft_list")
@never_cache
@needs("write_updates")
def draft_correct(request: HttpRequest, key: str) -> HttpResponse:
    """Begin the correction of a published update."""
    if all(one.key != key for one in queries.updates()):
        raise Http404
    try:
        made = actions.start_correction(key, by=request.user.get_username(), at=timezone.now())
    except DraftMoveNotAllowed as problem:
        messages.error(request, refusal(problem))
        return redirect("draft_list")
    return redirect("draft_edit", key=made)


def _page(
    request: HttpRequest, draft: DraftFact, more: Mapping[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    moves = _moves(request, draft)
    context = {
        "draft": draft,
        "state": STATES[draft.state],
        "kind": KINDS.get(draft.kind, draft.kind.replace("_", " ")),
        "body": small_markdown(draft.body or ""),
        "about": about_in_words(draft),
        "hints": hints_of(f"{draft.gist}\n\n{draft.body or ''}"),
        "may_edit": Move.EDIT in moves,
        "moves": [(move, BUTTONS[move]) for move in moves if move in BUTTONS],
        "is_own": draft.owner == request.user.get_username(),
        **(more or {}),
    }
    return _show(request, "draft", context, status)


def _editor(
    request: HttpRequest,
    draft: DraftFact | None,
    asked: DraftForm,
    *,
    conflict: Mapping[str, Any] | None = None,
    status: int | None = None,
) -> HttpResponse:
    """Show the editor; with what was typed as the public would read it, and what could be plainer."""
    wrong = asked.is_bound and not asked.is_valid()
    context: dict[str, Any] = {"draft": draft, "asked": asked, "conflict": conflict}
    if draft is not None:  # a preview is of the version that was seen; after a conflict, of the one of now
        seen = request.POST.get("version") if asked.is_bound and conflict is None else None
        context["version"] = seen or draft.version
    if asked.is_bound:
        typed = {name: str(asked.data.get(name, "")) for name in ("title", "gist", "body")}
        context |= {
            "preview": {**typed, "body": small_markdown(typed["body"])},
            "hints": hints_of(f"{typed['gist']}\n\n{typed['body']}"),
        }
    return _show(request, "edit", context, status or (422 if wrong else 200))


def _too_late(request: HttpRequest, draft: DraftFact, asked: DraftForm) -> HttpResponse:
    """Show what stands in a draft now beside what was typed; fields that nobody touched are as there."""
    labels = {name: asked.fields[name].label for name in asked.FIRST}
    fresh = DraftForm(draft)
    held = {name: getattr(draft, name) for name in asked.FIRST}
    typed = _in_words(asked.about_sent()) if asked.about_touched() else None
    about = Beside(
        asked.fields["about"].label, _in_words(asked.about_shown), _in_words(fresh.initial["about"]), typed,
        _("left as it was") if typed is None else _("nothing in particular"),
    )  # fmt: skip
    both = [_with_kind(one, labels["kind"]) for one in beside(asked, labels, asked.seen(), held)]
    again = DraftForm(draft, asked.onto(fresh))
    return _editor(request, draft, again, conflict={"both": [*both, about]}, status=409)


def _with_kind(one: Beside, label: Any) -> Beside:
    if one.label is not label:
        return one
    names = {part: getattr(one, part) for part in ("seen", "now", "typed")}
    return replace(one, **{part: text and _kind_of("kind", text) for part, text in names.items()})


def _in_words(subjects: Iterable[str]) -> str:
    return "; ".join(map(str, named(subjects)))


def _moves(request: HttpRequest, draft: DraftFact) -> list[Move]:
    is_owner = draft.owner == request.user.get_username()
    return open_draft_moves(draft.state, is_owner=is_owner) if is_owner or _approves(request) else []


def _approves(request: HttpRequest) -> bool:
    return may_everywhere(grants(request), "approve_updates")


def _may_see(request: HttpRequest, draft: DraftFact) -> bool:
    return draft.owner == request.user.get_username() or _approves(request)


def _found(request: HttpRequest, key: str) -> DraftFact:
    draft = reading.draft(key)
    if draft is None or not _may_see(request, draft):
        raise Http404
    return draft


def _show(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return render(request, f"plan/writing/{name}.html", context, status=status)
