"""Pages of milestones: all of them, one with its log, and a page for each kind of change."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from hearback.accounts.access import needs
from hearback.collect.desk.fields import number_of
from hearback.fiscal import PeriodNotValid
from hearback.history.queries import EntryFact, latest_entries
from hearback.plan import actions, queries
from hearback.plan.days import today
from hearback.plan.desk.conflicts import beside
from hearback.plan.desk.forms import CorrectForm, DoneForm, DueForm, MilestoneForm, StatusForm
from hearback.plan.desk.words import COUNTED, FIELDS, LEVELS, NOT_READ_SINCE, STATES, WHY
from hearback.plan.facts import MilestoneChangeFact, PlacedMilestoneFact
from hearback.plan.refusals import refusal
from hearback.plan.rules import DueNotGood, Late, Lateness, MoveNotAllowed, lateness


@dataclass(frozen=True)
class Change:
    """One kind of change: its form, what it is called, what is said when it is made."""

    form: type[MilestoneForm]
    button: Any
    meaning: Any
    done: Any
    make: Callable[..., int]


def _status(key: str, typed: dict[str, Any], why: actions.Why, **who: Any) -> int:
    return actions.move_status(key, typed["status"], why, done=typed["done"], **who)


def _done(key: str, typed: dict[str, Any], why: actions.Why, **who: Any) -> int:
    return actions.note_done(key, typed["done"], why, **who)


def _due(key: str, typed: dict[str, Any], why: actions.Why, **who: Any) -> int:
    return actions.move_due(key, typed["due"], why, **who)


def _correct(key: str, typed: dict[str, Any], why: actions.Why, **who: Any) -> int:
    return actions.correct_milestone(key, typed["title"], typed["owner"], why, **who)


CHANGES = {
    "status": Change(
        StatusForm, _("Move the status"), _("The move stands in the log, which the public sees."),
        _("The status is moved."), _status,
    ),
    "done": Change(
        DoneForm, _("Note when it was done"), _("It becomes complete; the public sees when it was done."),
        _("It is noted when it was done."), _done,
    ),
    "due": Change(
        DueForm, _("Move the due date"),
        _("The public sees the date that was promised, the new one, and why."),
        _("The due date is moved."), _due,
    ),
    "correct": Change(
        CorrectForm, _("Correct title or owner"),
        _("The earlier words stay in the log, which the public sees."),
        _("The milestone is corrected."), _correct,
    ),
}  # fmt: skip


@require_safe
@never_cache
@needs("edit_plan", everywhere=True)
def milestone_list(request: HttpRequest) -> HttpResponse:
    """List the milestones, all or those that stand in one way today."""
    rows = [(one, how(one, today())) for one in queries.milestones()]
    counts = {state: sum(found.state is state for _one, found in rows) for state in Late}
    asked = request.GET.get("state", "")
    context = {
        "rows": [_row(one, found) for one, found in rows if asked in {"", found.state}],
        "n_all": len(rows),
        "states": [(state.value, STATES[state], n) for state, n in counts.items() if n],
        "asked": asked,
    }
    return _show(request, "list", context)


@require_safe
@never_cache
@needs("edit_plan", everywhere=True)
def milestone_page(request: HttpRequest, key: str) -> HttpResponse:
    """Show one milestone with its log, and what can be changed."""
    placed = _found(key)
    names = {one.fact.key: one.fact.title for one in queries.milestones()}
    context = {
        **_about(placed),
        "changes": CHANGES,
        "log": _log(placed),
        "depends_on": [(key, names.get(key, key)) for key in placed.fact.depends_on],
        "needed_by": [(key, names.get(key, key)) for key in placed.needed_by],
    }
    return _show(request, "milestone", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("edit_plan", everywhere=True)
def milestone_change(request: HttpRequest, key: str, what: str) -> HttpResponse:
    """Show and take one kind of change; whoever is too late sees both versions and loses nothing."""
    change, placed = CHANGES.get(what), _found(key)
    if change is None:
        raise Http404
    if request.method != "POST":
        return _change_page(request, change, placed, change.form(placed))
    seen = request.POST.get("version", "")
    asked = change.form(placed, request.POST)
    if seen != str(placed.version):
        return _too_late(request, change, placed, asked, seen)
    if not asked.is_valid():
        return _change_page(request, change, placed, asked, status=422)
    who = {"seen": placed.version, "by": request.user.get_username(), "at": timezone.now()}
    try:
        change.make(key, asked.cleaned_data, asked.why(), **who)
    except actions.ChangedMeanwhile:
        return _too_late(request, change, _found(key), asked, seen)
    except (DueNotGood, MoveNotAllowed, PeriodNotValid) as problem:
        return _change_page(request, change, placed, asked, {"problem": refusal(problem)}, 409)
    messages.success(request, change.done)
    return redirect("milestone_page", key=key)


def _too_late(
    request: HttpRequest, change: Change, placed: PlacedMilestoneFact, asked: MilestoneForm, seen: str
) -> HttpResponse:
    """Show what stands there now beside what was typed; sent again, it is meant for the version of now."""
    since = _since(placed, number_of(seen) or 1)
    now = {name: getattr(placed.fact, name) for name in FIELDS}
    then = {**now, **{name: before for entry in since for name, before in (entry.before or {}).items()}}
    conflict = {
        "seen": seen,
        "both": beside(asked, FIELDS, then, now),
        "last": next(iter(since), None),
        "n": len(since),
        "changes": [
            (FIELDS.get(one.name, one.name), one, entry)
            for entry in reversed(since)
            for one in entry.differences
            if one.name in (entry.before or {})
        ],
    }
    fresh = change.form(placed)
    return _change_page(
        request, change, placed, change.form(placed, asked.onto(fresh)), {"conflict": conflict}, 409
    )


def _since(placed: PlacedMilestoneFact, seen: int) -> list[EntryFact]:
    """Give every change since a version, the newest first: each made it one version more."""
    return latest_entries(max(placed.version - seen, 0), "milestone", placed.fact.key)


def _change_page(
    request: HttpRequest,
    change: Change,
    placed: PlacedMilestoneFact,
    asked: MilestoneForm,
    more: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {**_about(placed), "change": change, "asked": asked, **(more or {})}
    return _show(request, "change", context, status)


def _show(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return render(request, f"plan/desk/{name}.html", context, status=status)


def _found(key: str) -> PlacedMilestoneFact:
    placed = queries.milestone(key)
    if placed is None:
        raise Http404
    return placed


def _log(placed: PlacedMilestoneFact) -> list[tuple[Any, MilestoneChangeFact]]:
    return [(FIELDS.get(one.field, one.field), one) for one in placed.fact.changes]


def _about(placed: PlacedMilestoneFact) -> dict[str, Any]:
    found = how(placed, today())
    is_overdue = found.state is Late.OVERDUE
    return {
        "placed": placed,
        "milestone": placed.fact,
        "level": LEVELS[placed.level],
        "stands": in_words(found),
        "not_read_since": is_overdue and not found.read_after and placed.fact.as_of is not None,
    }


def _row(placed: PlacedMilestoneFact, found: Lateness) -> dict[str, Any]:
    return {"placed": placed, "stands": in_words(found), "n_moved": len(placed.fact.earlier_due)}


def how(placed: PlacedMilestoneFact, on: date) -> Lateness:
    """Say how a milestone stands on a day."""
    return lateness(placed.fact.promise, on, settings.FISCAL_YEAR_STARTS)


def in_words(found: Lateness) -> str:
    """Say how a milestone stands in the language of the page."""
    if found.why is not None:
        return str(WHY[found.why])
    if found.n is None or found.unit is None:
        return str(STATES[found.state])
    if found.state is Late.OVERDUE and not found.read_after:
        return str(NOT_READ_SINCE[found.unit] % {"n": found.n})
    return str(COUNTED[found.state, found.unit, found.at_least] % {"n": found.n})
