"""Pages of goals: all of them by strategy, and the page on which the wording of one is replaced."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from hearback.accounts.access import needs
from hearback.fiscal import PeriodNotValid
from hearback.history.queries import latest_entries
from hearback.plan import actions, queries
from hearback.plan.days import today
from hearback.plan.desk.conflicts import beside
from hearback.plan.desk.forms import ReplaceForm
from hearback.plan.refusals import refusal
from hearback.plan.rules import ReplacementNotGood
from hearback.plan.wordings import PlacedGoalFact, wordings


@require_safe
@never_cache
@needs("edit_plan", everywhere=True)
def goal_list(request: HttpRequest) -> HttpResponse:
    """List the goals by strategy, each with the wordings that it had before."""
    groups = [
        (title, wordings(one.fact for one in placed))
        for (_key, title), placed in groupby(queries.goals(), lambda one: (one.strategy_key, one.strategy))
    ]
    return _show(request, "goals", {"groups": groups})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("edit_plan", everywhere=True)
def goal_replace(request: HttpRequest, key: str) -> HttpResponse:
    """Take a new wording of a goal; whoever is too late sees both versions and loses nothing."""
    placed = _found(key)
    if request.method != "POST":
        if placed.fact.replaced_by_key is not None:
            messages.info(request, _("That wording was replaced already. This one stands in its place."))
            return redirect("goal_replace", key=_in_place_of(placed).fact.key)
        return _page(request, placed, ReplaceForm(placed, today().isoformat()))
    asked, seen = ReplaceForm(placed, today().isoformat(), request.POST), request.POST.get("version", "")
    if placed.fact.replaced_by_key is not None or seen != str(placed.version):
        return _too_late(request, placed, asked)
    if not asked.is_valid():
        return _page(request, placed, asked, status=422)
    by, at, preview = request.user.get_username(), timezone.now(), "preview" in request.POST
    try:
        with transaction.atomic():
            actions.replace_goal(key, asked.wording(), asked.why(), seen=placed.version, by=by, at=at)
            transaction.set_rollback(preview)
    except (actions.ChangedMeanwhile, actions.GoalReplaced):
        return _too_late(request, _found(key), asked)
    except (ReplacementNotGood, PeriodNotValid) as problem:
        return _page(request, placed, asked, {"problem": refusal(problem)}, 409)
    if preview:
        return _page(request, placed, asked, {"preview": asked.cleaned_data, "today": today().isoformat()})
    messages.success(request, _("The wording is replaced. The earlier one stays readable."))
    return redirect("goal_list")


def _too_late(request: HttpRequest, placed: PlacedGoalFact, asked: ReplaceForm) -> HttpResponse:
    """Show what stands there now beside what was typed; sent again, it is meant for what stands there now.

    Fields that were not touched show what stands there now, but the day as of which it stands: that is today.
    """
    now = _in_place_of(placed)
    held = {name: getattr(now.fact, name) for name in asked.FIRST}
    labels = {name: asked.fields[name].label for name in asked.FIRST}
    last = next(iter(latest_entries(1, "goal", placed.fact.key)), None)
    conflict = {"both": beside(asked, labels, asked.seen(), held), "last": last, "was": placed}
    fresh = ReplaceForm(now, today().isoformat())
    again = ReplaceForm(now, today().isoformat(), asked.onto(fresh))
    return _page(request, now, again, {"conflict": conflict}, 409)


def _in_place_of(placed: PlacedGoalFact) -> PlacedGoalFact:
    """Give what stands in the place of a goal now; itself, where it was not replaced."""
    while placed.fact.replaced_by_key is not None:
        placed = _found(placed.fact.replaced_by_key)
    return placed


def _page(
    request: HttpRequest,
    placed: PlacedGoalFact,
    asked: ReplaceForm,
    more: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"placed": placed, "goal": placed.fact, "asked": asked, **(more or {})}
    return _show(request, "goal", context, status)


def _show(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return render(request, f"plan/desk/{name}.html", context, status=status)


def _found(key: str) -> PlacedGoalFact:
    placed = queries.goal(key)
    if placed is None:
        raise Http404
    return placed
