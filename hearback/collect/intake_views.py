"""The intake's addresses on the site itself, for an installation without an intake process of its own."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from hearback.collect.guarding import guard, network_of, save_refused
from hearback.collect.intake.desk import (
    Closed,
    Request,
    acknowledge,
    answer,
    answer_again,
    check_message,
    check_network,
)
from hearback.collect.intake.messages import LENGTH_MISSING, MOST_BYTES, NOT_READY, Refusal, Reply
from hearback.collect.intake.receiving import Receiver
from hearback.collect.intake.repeating import stored_before
from hearback.collect.intake.store import Received, StoreNotReady
from hearback.collect.opening import receiver
from hearback.collect.queries import intake_store


@login_not_required
@csrf_exempt  # nobody is signed in here and no cookie is set, so there is nothing to forge
def intake(request: HttpRequest, key: str) -> HttpResponse:
    """Say what a form asks, show a response masked, or store it: the same answers as the intake process."""
    try:
        reply = _reply(request, key)
    except Refusal as problem:
        reply = problem.reply
    except StoreNotReady:
        reply = NOT_READY
    save_refused()
    return HttpResponse(reply.body, status=reply.status, headers=dict(reply.headers))


def _reply(request: HttpRequest, key: str) -> Reply:
    form, now = receiver(key), timezone.now()
    forms = {} if form is None else {key: form}
    network = network_of(request, now) if request.method == "POST" else None
    check_network(request.path, network, forms, guard(), now)
    asked = Request(
        request.method or "GET",
        request.path,
        if_none_match=request.headers.get("If-None-Match", ""),
        body=_body(request) if request.method == "POST" else b"",
        network=network,
    )
    try:
        found = answer(asked, forms, now, guard())
    except Closed as problem:
        return _again(asked, forms, problem)
    if not isinstance(found, Received):
        return found
    with intake_store() as store:
        (before,) = stored_before(store, [found])
    return acknowledge(found, is_new=True) if before is None else answer_again(asked, forms, found, before)


def _again(asked: Request, forms: dict[str, Receiver], closed: Closed) -> Reply:
    """Answer for what was stored while the form was open.

    Raises:
        Refusal: that it is closed, where nothing was; or that the key came with other answers.
    """
    if not closed.key:
        raise closed
    with intake_store() as store:
        before = store.find(closed.form, closed.key)
    if before is None:
        raise closed
    return answer_again(asked, forms, None, before.response)


def _body(request: HttpRequest) -> bytes:
    length = request.META.get("CONTENT_LENGTH") or ""
    check_message(request.headers.get("Content-Type", ""), int(length or 0), MOST_BYTES)
    if not length:  # the site does not read messages in pieces: Django takes such a body for empty
        raise Refusal(411, "length_missing", LENGTH_MISSING)
    try:
        return request.body
    except RequestDataTooBig as problem:
        raise Refusal(413, "too_large", f"Send at most {MOST_BYTES} bytes.") from problem
