"""What the API says when something is wrong: one shape, and the words that forms use."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from hearback.collect.instruments.answering import PROBLEMS, Problem
from hearback.collect.intake.messages import NOT_READY, Refusal, Reply, refusal
from hearback.collect.intake.store import StoreNotReady

log = logging.getLogger(__name__)

OF_REQUESTS: Mapping[str, str] = {
    **PROBLEMS,
    "missing": "Give this; it is not there.",
    "given_twice": "Give this once.",
    "unknown": "There is nothing of this name; see the document of the API.",
    "not_an_object": "Write an object, in braces.",
    "not_a_channel": "Write one of {choices}.",
    "not_a_cursor": "Write what `next` said, and nothing else.",
    "not_a_filter": "This table cannot be asked by this; `filters` of the table says by what it can.",
    "not_a_key": "Write a key: letters, digits, hyphens and underscores.",
    "not_a_period": "Write a fiscal quarter or year, a year, a month or a day, such as FY2021-Q2 or 2021-05.",
    "not_a_moment": "Write a moment with its time zone, such as 2026-09-30T08:00:00-04:00.",
    "not_an_idempotency_key": "Write 16 to 200 letters, digits and any of - _ . : ~, such as a UUID.",
    "not_valid": "This is not as the document of the API says.",
}
"""What can be wrong with a request: all that can be with an answer, and these."""

OF_PYDANTIC = {
    "missing": "missing",
    "extra_forbidden": "unknown",
    "string_type": "not_text",
    "dict_type": "not_an_object",
    "model_type": "not_an_object",
    "model_attributes_type": "not_an_object",
}
TOO_MUCH = refusal(422, "not_accepted", "The request has too many parts, or one that cannot be read.")
NOT_FOUND = refusal(404, "not_found", "There is nothing at this address.")
NOT_JSON = refusal(400, "not_json", "The message is not JSON.")
BROKEN = refusal(500, "broken", "Something here is broken. It is noted; send the same again later.")


@dataclass(frozen=True)
class RequestProblem(Problem):
    """What is wrong with a part of a request; `question` names the parameter or field."""

    @property
    def message(self) -> str:
        """Say in English what is wrong and what to do."""
        return OF_REQUESTS[self.kind].format(**(self.values or {}))


class KeyNotGood(AuthenticationError):
    """A key was sent that is unknown, expired or revoked; which of these is not told."""


class ScopeMissing(Exception):
    """The key is good, and not for this; the message names the scope."""


def as_response(reply: Reply) -> HttpResponse:
    """Make an answer of Django's; pages of other sites may not read it, as keys belong on servers."""
    headers = {name: value for name, value in reply.headers if not name.startswith("access-control-")}
    return HttpResponse(reply.body, status=reply.status, headers=headers)


def not_accepted(problems: Iterable[Problem]) -> Refusal:
    """Refuse a request because of its parts."""
    return Refusal(422, "not_accepted", "Some of the request is not as it should be.", list(problems))


def check_parameters(request: HttpRequest, *names: str) -> None:
    """Refuse parameters that would not be looked at, as a misspelt one would change what is given.

    Raises:
        Refusal: names them all, and those given more than once.
    """
    problems = [RequestProblem(name, "unknown") for name in request.GET if name not in names]
    problems += [RequestProblem(name, "given_twice") for name in names if len(request.GET.getlist(name)) > 1]
    if problems:
        raise not_accepted(problems)


def tell_errors(api: NinjaAPI) -> None:
    """Make an API tell every error in the one shape."""
    api.add_exception_handler(Refusal, _of_refusal)
    api.add_exception_handler(StoreNotReady, lambda _request, _problem: as_response(NOT_READY))
    api.add_exception_handler(Http404, lambda _request, _problem: as_response(NOT_FOUND))
    api.add_exception_handler(SuspiciousOperation, lambda _request, _problem: as_response(TOO_MUCH))
    api.add_exception_handler(HttpError, _of_http)
    api.add_exception_handler(AuthenticationError, _of_key)
    api.add_exception_handler(ScopeMissing, _of_scope)
    api.add_exception_handler(ValidationError, _of_validation)
    api.add_exception_handler(Exception, _of_the_program)


def _of_refusal(_request: HttpRequest, problem: Any) -> HttpResponse:
    return as_response(problem.reply)


def _of_http(_request: HttpRequest, problem: Any) -> HttpResponse:
    return as_response(NOT_JSON if problem.status_code == 400 else BROKEN)


def _of_key(_request: HttpRequest, problem: Any) -> HttpResponse:
    """Ask for a key. Source of the header: RFC 6750, section 3."""
    is_bad = isinstance(problem, KeyNotGood)
    text = "Send an API key that is neither expired nor revoked, as Authorization: Bearer KEY."
    response = as_response(refusal(401, "key_not_good" if is_bad else "key_missing", text))
    response["WWW-Authenticate"] = 'Bearer error="invalid_token"' if is_bad else "Bearer"
    return response


def _of_scope(_request: HttpRequest, problem: Any) -> HttpResponse:
    response = as_response(refusal(403, "scope_missing", f"This API key is not good for {problem}."))
    response["WWW-Authenticate"] = f'Bearer error="insufficient_scope", scope="{problem}"'
    return response


def _of_validation(_request: HttpRequest, problem: Any) -> HttpResponse:
    if any(one["type"] == "missing" and one["loc"] == ("body", "message") for one in problem.errors):
        return as_response(NOT_JSON)
    return as_response(not_accepted(_problem(one) for one in problem.errors).reply)


def _problem(found: Mapping[str, Any]) -> RequestProblem:
    """Say in our words what pydantic found."""
    kind = OF_PYDANTIC.get(found["type"], found["type"])
    name = str(found["loc"][-1])
    if kind not in OF_REQUESTS:
        return RequestProblem(name, "not_valid")
    return RequestProblem(name, kind, found.get("ctx"))


def _of_the_program(request: HttpRequest, problem: Any) -> HttpResponse:
    log.error("%s %s", request.method, request.path, exc_info=problem)
    return as_response(BROKEN)
