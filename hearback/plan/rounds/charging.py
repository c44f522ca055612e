"""The page of who answers for what: mark things, choose who is asked and which seat stands behind them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hearback.accounts.access import needs
from hearback.accounts.queries import people
from hearback.plan import actions
from hearback.plan.days import today
from hearback.plan.refusals import refusal
from hearback.plan.rounds.forms import GivingForm
from hearback.plan.rounds.reading import charges, seat_accounts
from hearback.plan.rounds.words import ABOUTS
from hearback.plan.rules import About
from hearback.ui.posting import only_sent


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("run_rounds", everywhere=True)
def round_owners(request: HttpRequest) -> HttpResponse:
    """List what can be answered for with who does; give what is marked to somebody."""
    asked = GivingForm(_people(), _seats(), request.POST or None)
    marked = request.POST.getlist("thing")
    if request.method != "POST":
        return _page(request, asked, marked)
    if not marked:
        asked.add_error(None, _("Mark at least one thing that somebody is to answer for."))
    if not asked.is_valid():
        return _page(request, asked, marked, 422)
    who = actions.Answerer(asked.cleaned_data["owner"] or None, asked.cleaned_data["seat"] or None)
    try:
        things = [_thing(one) for one in marked]
        n = actions.set_charges(things, who, by=request.user.get_username(), at=timezone.now())
    except actions.ChargeNotGood as problem:
        asked.add_error(None, refusal(problem))
        return _page(request, asked, marked, 422)
    if not n:
        asked.add_error(None, _("What is marked stands so already. Choose who is asked, or another seat."))
        return _page(request, asked, marked, 422)
    said = ngettext("%(n)s thing has somebody else to answer for it now.",
                    "%(n)s things have somebody else to answer for them now.", n)  # fmt: skip
    messages.success(request, said % {"n": n})
    return redirect("round_owners")


@only_sent("round_owners")
@never_cache
@needs("run_rounds", everywhere=True)
def round_seat(request: HttpRequest) -> HttpResponse:
    """Say who is told where those who answer for a seat's promises do not."""
    account = request.POST.get("account", "") or None
    by, at = request.user.get_username(), timezone.now()
    try:
        actions.set_seat_account(request.POST.get("seat", "").replace("\x00", ""), account, by=by, at=at)
    except actions.ChargeNotGood as problem:
        messages.error(request, refusal(problem))
    else:
        messages.success(request, _("It is kept who is told."))
    return redirect("round_owners")


def _thing(text: str) -> tuple[About, str]:
    about, _colon, key = text.partition(":")
    try:
        return About(about), key
    except ValueError as problem:
        raise actions.ChargeNotGood(f"there is nothing of the kind {about!r}") from problem


def _people() -> list[tuple[str, str]]:
    return [
        (one.username, f"{one.display_name} ({one.username})") for one in people(today()) if one.is_active
    ]


def _seats() -> list[tuple[str, str]]:
    return [(key, name) for key, name, _account in seat_accounts()]


def _page(request: HttpRequest, asked: GivingForm, marked: list[str], status: int = 200) -> HttpResponse:
    rows = charges()
    only_without = request.GET.get("show") == "without"
    names = dict(_seats())
    context: dict[str, Any] = {
        "asked": asked,
        "groups": [
            (words, [
                {"row": row, "value": f"{about}:{row.asked.key}", "seat": names.get(row.seat_key or "")}
                for row in rows
                if row.asked.about is about and not (only_without and row.owner)
            ])
            for about, words in ABOUTS.items()
        ],
        "marked": marked,
        "only_without": only_without,
        "n_all": len(rows),
        "n_without": sum(row.owner is None for row in rows),
        "seats": seat_accounts(),
        "people": _people(),
    }  # fmt: skip
    return render(request, "plan/rounds/owners.html", context, status=status)
