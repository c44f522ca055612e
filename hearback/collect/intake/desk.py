"""What the intake answers to each request. No server here and no database: who calls decides how to store."""

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from weakref import WeakKeyDictionary

import msgspec

from hearback.collect.instruments.answering import NotAccepted
from hearback.collect.instruments.definition import WRITTEN
from hearback.collect.instruments.vocabularies import choices_of
from hearback.collect.intake.guarding.guard import Attempt, Guard, TooMany
from hearback.collect.intake.messages import (
    FIELDS,
    JSON_HEADERS,
    NOT_KEPT,
    NOT_READY,
    PREFLIGHT,
    Acknowledgement,
    Message,
    Refusal,
    Reply,
)
from hearback.collect.intake.receiving import FormClosed, Receiver
from hearback.collect.intake.repeating import is_same
from hearback.collect.intake.store import Received

ROOT = "/intake/"
PREVIEW = "/preview"
SECONDS_TO_KEEP = 60
WHY_CLOSED = {
    "closed": "This form is closed.",
    "not_yet": "This form is not open yet.",
    "full": "This form has all the answers that were wanted.",
    "expired": "This form's clearance has expired, so it takes no more answers.",
}
TOO_MANY = "Too much comes from your network. Nothing was stored; send the same again later."
CHALLENGED = (
    "Many responses come in just now, so each has to be proved. Send the same again under the key of the "
    "challenge, with a proof: its token, a colon, and a number by which the SHA-256 of all that begins with "
    "so many zero bits; or, after so many seconds, the token alone."
)
KEY_TAKEN = "This key came with other answers before; use a new one."

_descriptions: WeakKeyDictionary[Receiver, tuple[bytes, str]] = WeakKeyDictionary()
_decode = msgspec.json.Decoder(Message).decode
_encode = msgspec.json.Encoder().encode


class Request(msgspec.Struct, frozen=True):
    """A request over HTTP, as far as the intake looks at it."""

    method: str
    path: str
    if_none_match: str = ""
    body: bytes = b""
    network: bytes | None = None


class Closed(Refusal):
    """The form takes no answers now; what was sent may have been stored while it did: look under `key`."""

    def __init__(self, problem: FormClosed, form: str = "", key: str = "") -> None:
        reason = str(problem)
        super().__init__(410, reason, WHY_CLOSED[reason])
        self.form, self.key = form, key


def answer(
    request: Request, forms: Mapping[str, Receiver] | None, now: datetime, guard: Guard | None = None
) -> Reply | Received:
    """Answer a request, or give the response that must be stored before it can be answered.

    Args:
        forms: receivers by form; None while the store cannot be read.
        guard: keeps out floods; None lets everybody in.

    Raises:
        Closed: if the form takes no answers; with a key, if it may have taken these before.
        Refusal: carries the reply that says why.
    """
    if request.method == "OPTIONS":
        return Reply(204, PREFLIGHT)
    if forms is None:
        return NOT_READY
    name = request.path.removeprefix(ROOT)
    is_preview = name.endswith(PREVIEW)
    receiver = forms.get(name.removesuffix(PREVIEW))
    if receiver is None or not request.path.startswith(ROOT):
        raise Refusal(404, "not_found", "There is no such form.")
    if request.method == "POST":
        message, response = _received(request, receiver, now, is_preview=is_preview)
        if is_preview:
            return _preview(response, receiver)
        return response if guard is None else _guarded(guard, message, response, receiver, request.network)
    if request.method not in {"GET", "HEAD"} or is_preview:
        raise Refusal(405, "not_allowed", "Send answers with POST; ask for the form with GET.")
    return _asked(request, receiver, now)


def acknowledge(response: Received, *, is_new: bool) -> Reply:
    """Answer for a response that is on disk."""
    told = Acknowledgement(response.form, response.key, response.version, response.masked)
    return Reply(201 if is_new else 200, NOT_KEPT, _encode(told))


def answer_again(
    request: Request, forms: Mapping[str, Receiver] | None, response: Received | None, before: Received
) -> Reply:
    """Answer for a response whose key was stored before; it is None where the form takes none any more.

    What came now is taken once more as it would have been then: by that version of the form, at that time.

    Raises:
        Refusal: if the key came with other answers.
    """
    receiver = (forms or {}).get(before.form)
    if (response is None or not is_same(response, before)) and (
        receiver is None or not is_same(_as_then(request, receiver, before), before)
    ):
        raise Refusal(409, "key_taken", KEY_TAKEN)
    return acknowledge(before, is_new=False)


def _as_then(request: Request, receiver: Receiver, before: Received) -> Received:
    then = datetime.fromtimestamp(before.at / 1000, UTC)
    try:
        return receiver.of_version(before.version).take(_decode(request.body).as_sent(), then)
    except NotAccepted as problem:
        raise Refusal(409, "key_taken", KEY_TAKEN) from problem


def check_message(content_type: str, length: int, most: int) -> None:
    """Refuse a message by its headers, before it is read.

    Raises:
        Refusal: if it is no JSON or too long.
    """
    if content_type.partition(";")[0].strip().lower() != "application/json":
        raise Refusal(415, "wrong_type", "Send JSON, with Content-Type: application/json.")
    if length > most:
        raise Refusal(413, "too_large", f"Send at most {most} bytes.")


def check_network(
    path: str, network: bytes | None, forms: Mapping[str, Receiver] | None, guard: Guard, now: datetime
) -> None:
    """Refuse a message before it is read, where far too many come from one network.

    Raises:
        Refusal: says when to come again.
    """
    name = path.removeprefix(ROOT).removesuffix(PREVIEW)
    try:
        guard.check_network(name if forms and name in forms else "", network, now.timestamp())
    except TooMany as problem:
        raise Refusal(429, "too_many", TOO_MANY, retry_after=problem.seconds) from problem


def _guarded(
    guard: Guard, message: Message, response: Received, receiver: Receiver, network: bytes | None
) -> Reply | Received:
    attempt = Attempt(
        response.form, response.key, receiver.challenge_above, message.homepage, message.proof, network
    )
    at = response.at / 1000
    if guard.is_trapped(attempt, at):
        return acknowledge(response, is_new=True)
    challenge = guard.check(attempt, at)
    if challenge is None:
        return response
    told = {"key": response.key, **msgspec.structs.asdict(challenge)}
    raise Refusal(403, "challenge", CHALLENGED, more={"challenge": told})


def _received(
    request: Request, receiver: Receiver, now: datetime, *, is_preview: bool
) -> tuple[Message, Received]:
    try:
        message = _decode(request.body)
        sent = message.as_sent()
        return message, receiver.receive(sent, now)
    except msgspec.ValidationError as problem:
        raise Refusal(422, "not_accepted", _not_a_message(problem)) from problem
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
        raise Refusal(400, "not_json", "The message is not JSON.") from problem
    except NotAccepted as problem:
        raise Refusal(422, "not_accepted", "Some answers do not fit the form.", problem.problems) from problem
    except FormClosed as problem:
        raise Closed(problem, receiver.form.form, "" if is_preview else sent.key) from problem


def _not_a_message(problem: msgspec.ValidationError) -> str:
    """Say what is wrong with a message, without a name that the sender gave to a field."""
    if "unknown field" in str(problem):
        return f"A message has no fields but these: {FIELDS}."
    return f"The message is not as it should be: {problem}."


def _preview(response: Received, receiver: Receiver) -> Reply:
    """Show the texts of a response as they would be stored."""
    answers: dict[str, Any] = msgspec.json.decode(response.answers)
    asked = receiver.prepared.asked
    texts = {
        name: one
        for name, one in answers.items()
        if name not in asked or asked[name].question.type in WRITTEN
    }
    return Reply(200, NOT_KEPT, _encode({"answers": texts, "masked": response.masked}))


def _asked(request: Request, receiver: Receiver, now: datetime) -> Reply:
    try:
        receiver.check_open(now)
    except FormClosed as problem:
        raise Closed(problem) from problem
    if receiver not in _descriptions:
        _descriptions[receiver] = _description(receiver)
    body, tag = _descriptions[receiver]
    headers = [*JSON_HEADERS, ("etag", tag), ("cache-control", f"public, max-age={SECONDS_TO_KEEP}")]
    if tag in request.if_none_match:
        return Reply(304, headers)
    return Reply(200, headers, b"" if request.method == "HEAD" else body)


def _description(receiver: Receiver) -> tuple[bytes, str]:
    """Give what is asked, with every list of choices written out, and its tag."""
    instrument = receiver.prepared.instrument
    pages = tuple(
        msgspec.structs.replace(
            page,
            questions=tuple(
                msgspec.structs.replace(question, choices=choices_of(question)) for question in page.questions
            ),
        )
        for page in instrument.pages
    )
    body = _encode(
        {
            "form": receiver.form.form,
            "version": receiver.form.version,
            "languages": instrument.languages,
            "instrument": msgspec.structs.replace(instrument, pages=pages),
        }
    )
    return body, f'"{sha256(body).hexdigest()[:32]}"'
