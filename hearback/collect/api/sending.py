"""Take a response from a program: checked and masked, stored once however often it is sent."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Annotated, Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Body, Header, Status
from ninja.decorators import decorate_view

from hearback.collect.api.errors import check_parameters
from hearback.collect.api.keys import ApiKey, form_for
from hearback.collect.api.parameters import EPOCH, IdempotencyKey
from hearback.collect.api.reading import OFTEN, router
from hearback.collect.api.shapes import Acknowledgement, Error, NewResponse
from hearback.collect.instruments.answering import NotAccepted
from hearback.collect.intake.desk import WHY_CLOSED, check_message
from hearback.collect.intake.messages import LENGTH_MISSING, MOST_BYTES, Refusal
from hearback.collect.intake.receiving import FormClosed, Receiver, Sent
from hearback.collect.intake.repeating import is_same
from hearback.collect.intake.store import OpenForm, Received, Store
from hearback.collect.opening import receiver
from hearback.collect.queries import intake_store, version

__all__ = ["router"]

View = Callable[..., HttpResponse]


def _checked(run: View) -> View:
    """Refuse a message by its headers, before it is read."""

    @wraps(run)
    def checked(request: HttpRequest, **place: Any) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH")
        if not length:
            raise Refusal(411, "length_missing", LENGTH_MISSING)
        check_message(request.headers.get("Content-Type", ""), int(length), MOST_BYTES)
        return run(request, **place)

    return checked


@router.post(
    "/forms/{slug:key}/responses",
    auth=ApiKey("responses:write"),
    response={(200, 201): Acknowledgement, (400, 404, 409, 410, 411, 413, 415, 503, *OFTEN): Error},
    summary="Send a response to a form",
)
@decorate_view(_checked)
def send_response(
    request: HttpRequest,
    key: str,
    idempotency_key: Annotated[IdempotencyKey, Header(alias="Idempotency-Key")],
    message: Annotated[NewResponse, Body()],
) -> Status[dict[str, Any]]:
    """Store a response: 201 when it is stored, and 200 when it was before.

    A key that comes with other answers is refused with 409. Answers are compared as they are stored, masked,
    as the unmasked ones are never kept. Needs `responses:write`.
    """
    check_parameters(request)
    form = form_for(request, key).key
    sent = Sent(**message.model_dump(), key=idempotency_key)
    with intake_store() as store:
        before = store.find(form, idempotency_key)
        if before is None:
            received = _received(form, sent, timezone.now())
            if store.append([received])[0]:
                return Status(201, _acknowledged(received))
        return Status(200, _acknowledged(_again(store, form, sent)))


def _received(form: str, sent: Sent, now: datetime) -> Received:
    opened = receiver(form)
    if opened is None:
        raise Refusal(410, "not_yet", WHY_CLOSED["not_yet"])
    try:
        return opened.receive(sent, now)
    except NotAccepted as problem:
        raise Refusal(422, "not_accepted", "Some answers do not fit the form.", problem.problems) from problem
    except FormClosed as problem:
        raise Refusal(410, str(problem), WHY_CLOSED[str(problem)]) from problem


def _again(store: Store, form: str, sent: Sent) -> Received:
    """Give the response that is stored under the key, if it is the same.

    What came now is taken as it would have been then: by that version of the form, at that time.

    Raises:
        Refusal: if it is another.
    """
    taken = Refusal(409, "key_taken", "This Idempotency-Key came with other answers before; use a new one.")
    before = store.find(form, sent.key)
    asked = None if before is None else version(form, before.response.version)
    if before is None or asked is None:
        raise taken
    text = msgspec.json.encode(asked.instrument)
    then = EPOCH + timedelta(milliseconds=before.response.at)
    try:
        now = Receiver(OpenForm(form, asked.number, text)).take(sent, then)
    except NotAccepted as problem:
        raise taken from problem
    if not is_same(now, before.response):
        raise taken
    return before.response


def _acknowledged(one: Received) -> dict[str, Any]:
    return {"form": one.form, "key": one.key, "version": one.version, "masked": one.masked}
