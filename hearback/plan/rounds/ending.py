"""The pages on which a round ends, each of which asks first: closing it, or withdrawing it unanswered."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hearback.accounts.access import needs
from hearback.plan import actions
from hearback.plan.days import today
from hearback.plan.refusals import refusal
from hearback.plan.rounds.board import board, found, show
from hearback.plan.rounds.reading import RoundFact, round_of
from hearback.plan.rounds.words import ABOUTS
from hearback.plan.rules import RoundNotGood


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("run_rounds", everywhere=True)
def round_close(request: HttpRequest, quarter: str) -> HttpResponse:
    """Ask, with the answers that nobody decided on yet, and close a round."""
    one = found(quarter)
    if request.method != "POST":
        return _ask(request, one) if one.is_open else redirect("round_board", quarter=quarter)
    if one.is_open and set(request.POST.getlist("entry")) != set(_unread(one)):
        return _ask(request, one, 409)
    try:
        actions.close_round(one.quarter, by=request.user.get_username(), at=timezone.now())
    except RoundNotGood as refused:
        return board(request, one, refusal(refused), 409)
    messages.success(request, _("The round is closed. What was not answered stays so."))
    return redirect("round_board", quarter=quarter)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("run_rounds", everywhere=True)
def round_withdraw(request: HttpRequest, quarter: str) -> HttpResponse:
    """Ask, and take back a round that nobody answered, before it is due."""
    if request.method == "POST" and round_of(quarter) is None:  # whoever else was at it was faster
        messages.info(request, _("There is no round of %(quarter)s any more.") % {"quarter": quarter})
        return redirect("round_list")
    one = found(quarter)
    if request.method != "POST":
        if one.has_answers or not one.is_open or today() > one.due:
            return redirect("round_board", quarter=quarter)
        return show(request, "withdraw", {"round": one})
    try:
        actions.withdraw_round(one.quarter, by=request.user.get_username(), at=timezone.now())
    except RoundNotGood as problem:
        return board(request, one, refusal(problem), 409)
    said = _("The round of %(quarter)s is withdrawn. The next release does not have it.")
    messages.success(request, said % {"quarter": one.quarter})
    return redirect("round_list")


def _unread(one: RoundFact) -> list[str]:
    """Name the answers that nobody decided on, each as it is now."""
    return [f"{e.number}:{e.version}" for e in one.undecided]


def _ask(request: HttpRequest, one: RoundFact, status: int = 200) -> HttpResponse:
    context = {
        "round": one,
        "is_changed": status == 409,
        "unread": [(e, ABOUTS[e.about]) for e in one.undecided],
        "seen": _unread(one),
        "n_waiting": sum(e.waits for e in one.entries),
    }
    return show(request, "close", context, status)
