"""The pages of reviewers: all rounds, the board of one with who is missing, and deciding on an answer."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hearback.accounts.access import needs
from hearback.plan import actions
from hearback.plan.days import today
from hearback.plan.refusals import refusal
from hearback.plan.rounds.forms import RoundForm
from hearback.plan.rounds.mine import LONGEST_NUMBER, NOT_SO, stands, told
from hearback.plan.rounds.reading import EntryFact, RoundFact, by_owner, charges, entry, round_of, rounds
from hearback.plan.rounds.words import ABOUTS, STEPS, heads, state_words
from hearback.plan.rules import EntryMove, EntryState, RoundNotGood
from hearback.ui.posting import only_sent

MOVES = {
    EntryMove.APPROVE: (_("Approve"), _("It is approved. The next release has it.")),
    EntryMove.RETURN: (_("Return with a comment"), _("It is returned to its owner with your comment.")),
}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("run_rounds", everywhere=True)
def round_list(request: HttpRequest) -> HttpResponse:
    """List the rounds, and open another."""
    asked = RoundForm(today(), request.POST or None)
    status = 200
    if request.method == "POST" and asked.is_valid():
        typed = asked.cleaned_data
        who: dict[str, Any] = {"by": request.user.get_username(), "at": timezone.now(), "on": today()}
        try:
            n = actions.open_round(typed["quarter"], typed["due"], typed["note"], **who)
        except RoundNotGood as problem:
            asked.add_error(None, refusal(problem))
        else:
            said = ngettext(
                "The round is open: %(n)s thing is asked.", "The round is open: %(n)s things are asked.", n
            )
            messages.success(request, said % {"n": n})
            return redirect("round_board", quarter=typed["quarter"])
    if asked.is_bound:
        status = 422
    open_now = charges()
    context = {
        "asked": asked,
        "rounds": [(one, _states(one), len(one.entries)) for one in rounds()],
        "n_things": len(open_now),
        "n_without": sum(one.owner is None for one in open_now),
    }
    return show(request, "list", context, status)


@require_http_methods(["GET", "HEAD"])
@never_cache
@needs("run_rounds", everywhere=True)
def round_board(request: HttpRequest, quarter: str) -> HttpResponse:
    """Show who is missing in a round, and what there is to read."""
    return board(request, found(quarter))


@only_sent("round_board", "quarter")
@never_cache
@needs("run_rounds", everywhere=True)
def round_approve_same(request: HttpRequest, quarter: str) -> HttpResponse:
    """Approve all answers of others which say that nothing has changed, as this page showed them."""
    seen = {f"{one.number}:{one.version}": one for one in _confirmed(found(quarter), request)}
    kept, problems = 0, []
    for asked in request.POST.getlist("entry"):
        one = seen.get(asked)
        if one is None:
            problems.append(str(_("An answer was changed meanwhile and was left for you to read.")))
            continue
        problem = _decide(request, one, EntryMove.APPROVE, one.version, "")
        problems += [problem] if problem else []
        kept += not problem
    said = ngettext("%(n)s answer is approved.", "%(n)s answers are approved.", kept) % {"n": kept}
    told = format_html_join(" ", "{}", ((one,) for one in [said, *dict.fromkeys(problems)]))
    (messages.warning if problems else messages.success)(request, told)
    return redirect("round_board", quarter=quarter)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("run_rounds", everywhere=True)
def round_entry(request: HttpRequest, quarter: str, number: int) -> HttpResponse:
    """Show what stood there beside what was said, and approve or return it."""
    one = entry(number)
    if one is None or one.quarter != quarter:
        raise Http404
    if request.method != "POST":
        return _entry_page(request, one)
    chosen, seen = request.POST.get("move", ""), request.POST.get("version", "")
    if chosen not in MOVES:
        raise Http404
    comment = request.POST.get("comment", "").replace("\x00", "")
    version = int(seen) if seen.isdecimal() and len(seen) < LONGEST_NUMBER else 0
    problem = _decide(request, one, EntryMove(chosen), version, comment)
    if problem:
        fresh = entry(number) or one
        return _entry_page(request, fresh, {"problem": problem, "comment": comment}, 409)
    messages.success(request, MOVES[EntryMove(chosen)][1])
    return redirect("round_board", quarter=quarter)


def _decide(request: HttpRequest, one: EntryFact, move: EntryMove, version: int, comment: str) -> str | None:
    """Decide on an answer; gives what stood in the way."""
    by, at = request.user.get_username(), timezone.now()
    try:
        actions.decide(one.number, move, comment=comment, seen=version, by=by, at=at)
    except (*NOT_SO, actions.EntryChanged) as problem:
        return refusal(problem)
    return None


def _confirmed(one: RoundFact, request: HttpRequest) -> list[EntryFact]:
    """List the answers of others which say that nothing has changed and nothing more."""
    me = request.user.get_username()
    return [
        e for e in one.entries
        if e.state is EntryState.ANSWERED and not e.told and not e.remark and e.answered_by != me
    ]  # fmt: skip


def board(
    request: HttpRequest, one: RoundFact, problem: str | None = None, status: int = 200
) -> HttpResponse:
    """Show the board of a round; `problem` is what stood in the way of what was asked for."""
    context = {
        "round": one,
        "problem": problem,
        "is_over": today() > one.due,
        "states": _states(one),
        "n_late": sum(e.is_late for e in one.entries),
        "owners": by_owner(one.entries),
        "to_read": [_row(e) for e in one.entries if e.state is EntryState.ANSWERED],
        "rows": [_row(e) for e in one.entries],
        "confirmed": _confirmed(one, request) if one.is_open else [],
        "notices": [
            (account, STEPS.get(step.partition("-")[0], step), at) for account, step, at in one.notices
        ],
    }
    return show(request, "board", context, status)


def _states(one: RoundFact) -> list[tuple[Any, int]]:
    return [(state_words(state, is_open=one.is_open), n) for state, n in one.counts().items()]


def _row(e: EntryFact) -> dict[str, Any]:
    return {"entry": e, "about": ABOUTS[e.about], "state": state_words(e.state, is_open=e.is_open)}


def _entry_page(
    request: HttpRequest, one: EntryFact, more: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    is_own = one.answered_by == request.user.get_username()
    decides = one.is_open and one.state is EntryState.ANSWERED and not is_own
    context = {
        **_row(one),
        "stands": stands(one),
        "told": told(one),
        "moves": [(move, words[0]) for move, words in MOVES.items()] if decides else [],
        "is_own": is_own,
        "heads": heads(one.state, is_open=one.is_open),
        **(more or {}),
    }
    return show(request, "entry", context, status)


def found(quarter: str) -> RoundFact:
    """Give the round of a quarter, or answer that there is no such page."""
    one = round_of(quarter)
    if one is None:
        raise Http404
    return one


def show(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Show a page of reviewers."""
    return render(request, f"plan/rounds/{name}.html", context, status=status)
