"""The page of an owner: just what is theirs, filled in with how it stands, answered all at once."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from hearback.accounts.access import needs
from hearback.fiscal import PeriodNotValid
from hearback.plan import actions
from hearback.plan.days import today
from hearback.plan.refusals import refusal
from hearback.plan.rounds.forms import LATER, EntryForm
from hearback.plan.rounds.late import TooLate, too_late
from hearback.plan.rounds.promise import promised
from hearback.plan.rounds.reading import EntryFact, RoundFact, round_of, rounds
from hearback.plan.rounds.words import ABOUTS, FIELDS, heads, state_words
from hearback.plan.rules import DueNotGood, EntryState, MeasureNotValid, MoveNotAllowed, RoundNotGood

NOT_SO = (RoundNotGood, MoveNotAllowed, DueNotGood, MeasureNotValid, PeriodNotValid)
LONGEST_NUMBER = 10
"""Digits of a version; none has more."""


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("answer_rounds")
def round_mine(request: HttpRequest) -> HttpResponse:
    """Show what somebody answers for in the rounds that are open, and take what they say."""
    if request.method != "POST":
        return _page(request, {}, [])
    asked = {number: EntryForm(entry, request.POST) for number, entry in _answerable(request).items()}
    asked = {number: one for number, one in asked.items() if one["how"].html_name in request.POST}
    kept = {number for number, one in asked.items() if _take(request, one)}
    answerable = kept | _answerable(request).keys()
    late = too_late(request.POST, request.user.get_username(), answerable)
    wrong = {number: one for number, one in asked.items() if one.errors and number in answerable}
    if kept:
        said = ngettext(
            "%(n)s answer is kept. Somebody else reads and approves it; until then nothing changes.",
            "%(n)s answers are kept. Somebody else reads and approves them; until then nothing changes.",
            len(kept),
        )
        messages.success(request, said % {"n": len(kept)})
    if wrong or late:
        return _page(request, wrong, late, 422 if wrong else 409)
    if not kept:
        messages.info(request, _("Nothing was said yet. Choose how a thing stands, then send."))
    return redirect("round_mine")


@require_safe
@never_cache
@needs("answer_rounds")
def round_earlier(request: HttpRequest, quarter: str) -> HttpResponse:
    """Show what somebody was asked and answered in a round that is closed, with what reviewers said."""
    one = round_of(quarter)
    mine = [] if one is None or one.is_open else _answered_by(request, one)
    if not mine:
        raise Http404
    cards = [_read_only(entry) for entry in _in_order(mine)]
    return render(request, "plan/rounds/earlier.html", {"round": one, "cards": cards})


def _answered_by(request: HttpRequest, one: RoundFact) -> list[EntryFact]:
    """List what somebody was asked in a round, or answered."""
    account = request.user.get_username()
    return [entry for entry in one.entries if entry.is_for(account) or entry.answered_by == account]


def _take(request: HttpRequest, asked: EntryForm) -> bool:
    """Keep one answer; where it cannot be kept its form says why."""
    if not asked.is_valid() or asked.cleaned_data["how"] == LATER:
        return False
    seen = request.POST.get(f"e{asked.entry.number}-version", "")
    version = int(seen) if seen.isdecimal() and len(seen) < LONGEST_NUMBER else 0
    who: dict[str, Any] = {"by": request.user.get_username(), "at": timezone.now(), "on": today()}
    try:
        actions.answer(asked.entry.number, asked.told(), seen=version, **who)
    except (*NOT_SO, actions.EntryChanged) as problem:
        asked.add_error(None, refusal(problem))
    return not asked.errors


def _theirs(request: HttpRequest) -> list[tuple[RoundFact, tuple[EntryFact, ...]]]:
    account = request.user.get_username()
    found = ((one, tuple(e for e in one.entries if e.is_for(account) and e.now)) for one in rounds())
    return [(one, mine) for one, mine in found if one.is_open and mine]


def _answerable(request: HttpRequest) -> dict[int, EntryFact]:
    """Give by number what somebody can answer now."""
    theirs = (entry for _round, mine in _theirs(request) for entry in mine)
    return {entry.number: entry for entry in theirs if entry.state is not EntryState.APPROVED}


def _page(
    request: HttpRequest, wrong: dict[int, EntryForm], late: list[TooLate], status: int = 200
) -> HttpResponse:
    shown = [
        {
            "round": one,
            "is_late": today() > one.due,
            "n_waiting": sum(entry.waits for entry in mine),
            "cards": [_card(entry, wrong.get(entry.number)) for entry in _in_order(mine)],
        }
        for one, mine in _theirs(request)
    ]
    context = {
        "rounds": shown,
        "earlier": [one for one in rounds() if not one.is_open and _answered_by(request, one)],
        "wrong": [(one.entry, one) for one in wrong.values()],
        "late": late,
    }
    return render(request, "plan/rounds/mine.html", context, status=status)


def _in_order(mine: Sequence[EntryFact]) -> list[EntryFact]:
    """Put first what was returned, then what is awaited, then what waits for a reviewer."""
    order = [EntryState.RETURNED, EntryState.AWAITED, EntryState.ANSWERED, EntryState.APPROVED]
    return sorted(mine, key=lambda entry: order.index(entry.state))


def _card(entry: EntryFact, wrong: EntryForm | None) -> dict[str, Any]:
    form = wrong or EntryForm(entry)
    return {
        **_read_only(entry),
        "stands": stands(entry),
        "promised": promised(entry.now.promise) if entry.now and entry.now.promise else [],
        "form": form,
        "how": form["how"],
        "fields": [form[name] for name in (*form.asks, "reason", "source")] if form.asks else [],
        "remark": form["remark"],
        "is_wrong": wrong is not None,
    }


def _read_only(entry: EntryFact) -> dict[str, Any]:
    return {
        "entry": entry,
        "about": ABOUTS[entry.about],
        "state": state_words(entry.state, is_open=entry.is_open),
        "heads": heads(entry.state, is_open=entry.is_open),
        "told": told(entry),
    }


def stands(entry: EntryFact) -> list[tuple[Any, Any]]:
    """List how a thing stands now, with the names of what can be said anew; nothing that is computed here."""
    if entry.now is None or entry.now.computed:
        return []
    return [(FIELDS[name], value) for name, value in entry.now.values.items()]


def told(entry: EntryFact) -> list[tuple[Any, Any, Any]]:
    """List what an answer would change: what it is, what stood there, what would."""
    return [(FIELDS[name], entry.was.get(name), value) for name, value in entry.told.items()]
