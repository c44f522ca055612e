"""The public pages that ask people: no script needed, no cookie set, nothing kept but the answers."""

import math
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import msgspec
from csp.constants import SELF
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from hearback.collect.guarding import guard, network_of, save_refused
from hearback.collect.instruments.asking import Screen, next_screen, screen_before
from hearback.collect.instruments.definition import BY_ADDRESS
from hearback.collect.intake.guarding.guard import Attempt, TooMany
from hearback.collect.intake.receiving import FormClosed, Receiver, Sent
from hearback.collect.intake.repeating import is_same, stored_before
from hearback.collect.intake.store import StoreNotReady
from hearback.collect.languages import is_of_the_interface, is_right_to_left, name_of
from hearback.collect.opening import receiver
from hearback.collect.page_state import TRAP, Asking, read_page
from hearback.collect.pages import fields, phrase
from hearback.collect.queries import form_at, intake_store
from hearback.collect.rules import CHANNELS
from hearback.collect.saving import place_to_go_on, saved
from hearback.collect.way_back import way_back

SECONDS_TO_RETRY = 30
ENGLISH = mark_safe(' lang="en" dir="ltr"')
"""What marks the program's own words on a page in a language that it does not speak."""


@login_not_required
@csrf_exempt  # nobody is signed in here and no cookie is set, so there is nothing to forge
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def done(request: HttpRequest, key: str) -> HttpResponse:
    """Ask people about a service, screen by screen, until all is answered; then store it and say thanks."""
    sent = request.POST if request.method == "POST" else request.GET
    found = form_at(key)
    if found is None:
        raise Http404
    return ask(request, _receiver(key, sent.get("_version", "")), found[0].asker)


def ask(
    request: HttpRequest,
    receiver: Receiver,
    asker: str,
    *,
    is_preview: bool = False,
    first: Screen | None = None,
) -> HttpResponse:
    """Show the next screen of a form, or store the response; a preview is always open and stores nothing.

    Args:
        asker: whom people answer.
        first: what to show now, whatever was sent.
    """
    sent = request.POST if request.method == "POST" and first is None else request.GET
    asking = replace(read_page(request, receiver, sent), is_preview=is_preview, asker=asker)
    with translation.override(asking.language if is_of_the_interface(asking.language) else "en"):
        try:
            if not is_preview:
                receiver.check_open(timezone.now())
        except FormClosed as problem:
            if request.method != "POST" or not _is_stored(asking):
                return _page(request, "closed", asking, {"reason": str(problem)}, status=410)
        if request.method != "POST" or first is not None:
            place = place_to_go_on(receiver.prepared, asking.given, asking.codes(sent, "_seen"))
            return _questions(request, asking, *((first, ()) if first else place))
        return _sent(request, asking, sent)


def _receiver(key: str, shown: str) -> Receiver:
    """Give what takes the answers: of the version that the person was shown, else the newest."""
    found = receiver(key)
    if found is None:
        raise Http404
    return found.of_version(int(shown)) if shown.isdecimal() and len(shown) < 10 else found


def _sent(request: HttpRequest, asking: Asking, sent: QueryDict) -> HttpResponse:
    form = asking.receiver.prepared
    seen, last = asking.codes(sent, "_seen"), asking.codes(sent, "_shown")
    done = [code for code in seen if code not in last]
    if "_save" in sent:
        return _saved(request, asking, done)
    if "_lang" in sent:
        return _questions(
            request, asking, replace(next_screen(form, asking.given, done, ()), problems=()), done
        )
    if "_back" in sent and (before := screen_before(form, asking.given, done)):
        return _questions(request, asking, *before)
    shown = list(dict.fromkeys([*seen, *last]))
    screen = next_screen(form, asking.given, shown, last)
    if screen.questions:
        return _questions(request, asking, screen, shown)
    if "_change" in sent:
        again = tuple(one.question for code, one in form.asked.items() if code in shown)
        return _questions(request, asking, Screen(again), ())
    if asking.is_preview:
        return _thanks(request, asking)
    return _store(request, asking, shown, is_confirmed="_confirmed" in sent)


def _saved(request: HttpRequest, asking: Asking, seen: list[str]) -> HttpResponse:
    """Give the link that carries on here later: it is all that is kept, and the person keeps it."""
    about = [("lang", asking.language), ("_version", str(asking.receiver.form.version))]
    about += [(name, asking.carried[f"_{name}"]) for name in BY_ADDRESS if asking.carried[f"_{name}"]]
    query = urlencode([*about, *saved(asking.receiver.prepared, asking.given, seen)])
    context = {"link": f"{settings.SITE_URL}{request.path}?{query}", "hidden": asking.carry_on(seen)}
    return _page(request, "saved", asking, context)


def _questions(request: HttpRequest, asking: Asking, screen: Screen, shown: Collection[str]) -> HttpResponse:
    now = [question.code for question in screen.questions]
    rows = fields(asking.instrument, screen.questions, asking.given, screen.problems, asking.language)
    done = [code for code in shown if code not in now]
    hidden = asking.carry_on(done, apart_from=[*now, TRAP])
    chosen = any(choice.is_chosen for row in rows for choice in row.choices)
    context = {
        "fields": rows,
        "problems": screen.problems,
        "is_last": screen.is_last,
        "hidden": hidden,
        "trap": asking.carried[TRAP],
        "show_introduction": not shown,
        "may_go_back": bool(done),
        "is_chosen": chosen and request.method != "POST",
        "may_save": asking.instrument.delivery.steps and not asking.is_preview,
    }
    return _page(request, "questions", asking, context, status=422 if screen.problems else 200)


def _store(
    request: HttpRequest, asking: Asking, shown: Collection[str], *, is_confirmed: bool
) -> HttpResponse:
    """Store the response; where something was masked, first show what will be stored."""
    sent = Sent(
        answers=asking.given,
        language=asking.language,
        key=asking.carried["_key"],
        place=asking.carried["_place"],
        campaign=asking.carried["_campaign"],
        channel=channel if (channel := asking.carried["_channel"]) in CHANNELS else "website",
    )
    received = asking.receiver.take(sent, timezone.now())
    response = msgspec.structs.replace(received, masked=asking.count_masked(received.masked))
    answers = {**msgspec.json.decode(response.answers), **asking.context}
    told = " ".join(f"{kind}:{n}" for kind, n in response.masked.items())
    masked = replace(asking, given=answers, carried={**asking.carried, "_masked": told})
    if received.masked and not is_confirmed:
        texts = [text for name, text in answers.items() if text != asking.given.get(name)]
        context = {"texts": texts, "hidden": masked.carry_on(shown)}
        return _page(request, "review", asking, context)
    if kept_out := _kept_out(request, masked, shown):
        return kept_out
    try:
        with intake_store() as store:
            (before,) = stored_before(store, [response])
    except StoreNotReady:
        return _page(request, "later", asking, {"hidden": masked.carry_on(shown)}, status=503)
    if before is not None and not is_same(response, before):
        return _page(request, "before", asking, {}, status=409)
    return _thanks(request, asking)


def _is_stored(asking: Asking) -> bool:
    """Say whether these answers were stored under their key before: who sends them again is thanked again."""
    with suppress(StoreNotReady), intake_store() as store:
        return store.find(asking.receiver.form.form, asking.carried["_key"]) is not None
    return False


def _kept_out(request: HttpRequest, asking: Asking, shown: Collection[str]) -> HttpResponse | None:
    """Answer a program that fell into the trap, or who has to prove something first; None lets all others in.

    Whatever is shown, what was filled in stays on the page.
    """
    now = timezone.now()
    form, at, network = asking.receiver.form.form, now.timestamp(), network_of(request, now)
    proof = request.POST.get("_proof", "")[:200]
    attempt = Attempt(
        form, asking.carried["_key"], asking.receiver.challenge_above, asking.carried[TRAP], proof, network
    )
    try:
        guard().check_network(form, network, at)
        if guard().is_trapped(attempt, at):
            return _thanks(request, asking)
        challenge = guard().check(attempt, at)
    except TooMany as problem:
        context = {"hidden": asking.carry_on(shown)}
        return _page(request, "later", asking, context, status=429, retry_after=problem.seconds)
    finally:
        save_refused()
    if challenge is None:
        return None
    told = {"challenge": challenge, "seconds": challenge.seconds, "is_again": ":" in proof}
    page = _page(request, "challenge", asking, {**told, "hidden": asking.carry_on(shown)}, status=403)
    page._csp_replace = {"script-src": [SELF]}  # type: ignore[attr-defined]
    return page


def _thanks(request: HttpRequest, asking: Asking) -> HttpResponse:
    thanks = phrase(asking.instrument, asking.instrument.thanks, asking.language)
    return _page(request, "thanks", asking, {"thanks": thanks})


def _in_language(request: HttpRequest, language: str) -> str:
    """Give what follows the address of this page in another language: all else that it was told stays."""
    told = request.GET.copy()
    told["lang"] = language
    return told.urlencode()


def _page(
    request: HttpRequest,
    name: str,
    asking: Asking,
    context: Mapping[str, Any],
    status: int = 200,
    *,
    retry_after: int = SECONDS_TO_RETRY,
) -> HttpResponse:
    instrument, language = asking.instrument, asking.language
    whole = {
        "title": phrase(instrument, instrument.title, language),
        "introduction": phrase(instrument, instrument.introduction, language),
        "clearance": instrument.clearance,
        "burden_count": math.ceil(instrument.clearance.burden_minutes) if instrument.clearance else None,
        "statement": instrument.clearance and phrase(instrument, instrument.clearance.statement, language),
        "language": language,
        "asker": asking.asker,
        "way_back": way_back(asking),
        "is_preview": asking.is_preview,
        "own_words": "" if is_of_the_interface(language) else ENGLISH,
        "is_right_to_left": is_right_to_left(language),
        "languages": [(code, name_of(code), _in_language(request, code)) for code in instrument.languages],
        "show_languages": len(instrument.languages) > 1 and (request.method != "POST" or name == "questions"),
        "is_sent": request.method == "POST",
        **context,
    }
    answer = render(request, f"collect/{name}.html", whole, status=status)
    answer.headers["Content-Language"] = language
    if status in {429, 503}:
        answer.headers["Retry-After"] = str(retry_after)
    return answer
