"""What waits to be published, beside what is published: prepare, look at, publish, withdraw."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hearback.accounts.access import grants
from hearback.accounts.rules import may_everywhere
from hearback.publish import actions, queries
from hearback.publish.keys import SigningKey
from hearback.publish.making import CannotPrepare, FewPeople, prepare_current
from hearback.publish.pages.changes import changes
from hearback.publish.said import said
from hearback.ui.posting import only_sent

PERMISSIONS = ("prepare_releases", "approve_releases")
DECIDED = 20
"""How many of those that were prepared before stand on the page."""


@require_safe
@never_cache
def release_desk(request: HttpRequest) -> HttpResponse:
    """Show what waits with what it changes, and what became of what was prepared before."""
    may = _held(request)
    if not any(may.values()):
        raise PermissionDenied
    return _show(request, may)


@only_sent("release_desk")
@never_cache
def release_prepare(request: HttpRequest) -> HttpResponse:
    """Freeze what is approved for somebody else to publish."""
    may = _needed(request, "prepare_releases")
    why, recounted = request.POST.get("why", ""), "recounted" in request.POST

    def act(*, by: str, at: datetime) -> str:
        made = prepare_current(why=why, by=by, at=at, recounted=recounted)
        if made is None:
            return _("Nothing changed since the newest release; nothing was prepared.")
        return _("Release %(number)s is prepared. Somebody else has to publish it.") % {"number": made.number}

    return _do(request, may, act, typed={"why": why})


@only_sent("release_desk")
@never_cache
def release_publish(request: HttpRequest) -> HttpResponse:
    """Publish what waits, if it is what the person looked at."""
    may = _needed(request, "approve_releases")

    def act(*, by: str, at: datetime) -> str:
        if not settings.SIGNING_KEY:
            raise CannotPrepare("There is no key to sign releases: run `hearback init`, which makes one.")
        key = SigningKey(settings.SIGNING_KEY)
        made = actions.publish_prepared(request.POST.get("manifest", ""), key, by=by, at=at)
        return _("Release %(number)s is published.") % {"number": made.number}

    return _do(request, may, act)


@only_sent("release_desk")
@never_cache
def release_withdraw(request: HttpRequest) -> HttpResponse:
    """Take back what waits; the comment stays in the house."""
    may = _held(request)
    if not any(may.values()):
        raise PermissionDenied
    comment = request.POST.get("comment", "")

    def act(*, by: str, at: datetime) -> str:
        gone = actions.withdraw_prepared(request.POST.get("manifest", ""), comment, by=by, at=at)
        return _("Release %(number)s is withdrawn. What the public sees does not change.") % {
            "number": gone.number
        }

    return _do(request, may, act, typed={"comment": comment})


def _do(
    request: HttpRequest,
    may: dict[str, bool],
    act: Callable[..., str],
    typed: dict[str, str] | None = None,
) -> HttpResponse:
    try:
        done = act(by=request.user.get_username(), at=now())
    except (actions.NotPublished, CannotPrepare) as problem:
        few = isinstance(problem, FewPeople)
        return _show(request, may, problem=said(str(problem)), few_people=few, **(typed or {}))
    messages.success(request, done)
    return redirect("release_desk")


def _show(
    request: HttpRequest, may: dict[str, bool], problem: str = "", few_people: bool = False, **typed: str
) -> HttpResponse:
    waits, newest = queries.waiting_release(), queries.current_release()
    fact = queries.waiting()
    by = request.user.get_username()
    hindrance = queries.why_not_published(fact.manifest_sha256, by) if fact else None
    context: dict[str, Any] = {
        "waits": fact,
        "newest": newest,
        "hindrance": said(hindrance),
        "differences": changes(newest, waits) if newest and waits else None,
        "decided": [one for one in queries.prepared() if one.state != "waiting"][:DECIDED],
        "problem": problem,
        "few_people": few_people,
        **may,
        **typed,
    }
    return render(request, "publish/desk/releases.html", context, status=409 if problem else 200)


def _held(request: HttpRequest) -> dict[str, bool]:
    held = grants(request)
    prepare, approve = (may_everywhere(held, permission) for permission in PERMISSIONS)
    return {"may_prepare": prepare, "may_approve": approve}


def _needed(request: HttpRequest, permission: str) -> dict[str, bool]:
    if not may_everywhere(grants(request), permission):
        raise PermissionDenied
    return _held(request)
