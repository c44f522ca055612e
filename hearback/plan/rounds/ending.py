"""The pages on which a round ends, each of which asks first: withdrawing one that nobody answered."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hearback.accounts.access import needs
from hearback.plan import actions
from hearback.plan.rounds.board import board, found, show
from hearback.plan.rules import RoundNotGood


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("run_rounds", everywhere=True)
def round_withdraw(request: HttpRequest, quarter: str) -> HttpResponse:
    """Ask, and take back a round that nobody answered."""
    one = found(quarter)
    if request.method != "POST":
        return (
            redirect("round_board", quarter=quarter)
            if one.has_answers
            else show(request, "withdraw", {"round": one})
        )
    try:
        actions.withdraw_round(one.quarter, by=request.user.get_username(), at=timezone.now())
    except RoundNotGood as problem:
        return board(request, one, str(problem), 409)
    said = _("The round of %(quarter)s is withdrawn. The next release does not have it.")
    messages.success(request, said % {"quarter": one.quarter})
    return redirect("round_list")
