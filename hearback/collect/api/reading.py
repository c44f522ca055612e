"""Forms, what they ask, and the responses to them, a page at a time."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated, Any, TypeVar

import msgspec
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from ninja import Path, Router

from hearback.collect.api.errors import check_parameters
from hearback.collect.api.keys import ApiKey, agencies_of, form_for
from hearback.collect.api.parameters import (
    EPOCH,
    FormKey,
    Limit,
    Number,
    Since,
    Until,
    VersionNumber,
    milliseconds,
)
from hearback.collect.api.shapes import Error, Form, Forms, Responses, Version
from hearback.collect.instruments.conditions import whole
from hearback.collect.intake.messages import Refusal
from hearback.collect.intake.store import Stored
from hearback.collect.queries import FormFact, VersionFact, form_page, response_page

T = TypeVar("T")
router = Router()
OFTEN = (401, 403, 422, 500)


@router.get("/forms", auth=ApiKey("forms:read"), response={200: Forms, OFTEN: Error}, summary="List forms")
def list_forms(request: HttpRequest, after: FormKey = "", limit: Limit = 100) -> dict[str, Any]:
    """List the forms that the key may see, in the order of their keys. Needs `forms:read`."""
    check_parameters(request, "after", "limit")
    found = form_page(after=after, limit=limit + 1, agencies=agencies_of(request))
    page, more = _page(found, limit)
    return {"forms": [_form(one) for one in page], "next": page[-1].key if more else None}


@router.get(
    "/forms/{slug:key}",
    auth=ApiKey("forms:read"),
    response={200: Form, (404, *OFTEN): Error},
    summary="Get a form",
)
def get_form(request: HttpRequest, key: str) -> dict[str, Any]:
    """Give a form with its versions, the earliest first. Needs `forms:read`."""
    check_parameters(request)
    found = form_for(request, key)
    versions = [_version(one) for one in found.versions]
    return {**_form(found), "retention_days": found.retention_days, "versions": versions}


@router.get(
    "/forms/{slug:key}/versions/{number}",
    auth=ApiKey("forms:read"),
    response={200: Version, (404, *OFTEN): Error},
    summary="Get what a version of a form asks",
)
def get_version(request: HttpRequest, key: str, number: Annotated[VersionNumber, Path()]) -> dict[str, Any]:
    """Give what a version asks, in all its languages; published, it never changes. Needs `forms:read`."""
    check_parameters(request)
    for one in form_for(request, key).versions:
        if one.number == number:
            return {
                **_version(one),
                "form": key,
                "question_versions": one.question_versions,
                "instrument": msgspec.to_builtins(one.instrument),
            }
    raise Refusal(404, "not_found", "The form has no such version.")


@router.get(
    "/forms/{slug:key}/responses",
    auth=ApiKey("responses:read"),
    response={200: Responses, (404, 503, *OFTEN): Error},
    summary="List responses to a form",
)
def list_responses(
    request: HttpRequest,
    key: str,
    after: Number = 0,
    limit: Limit = 100,
    since: Since = None,
    until: Until = None,
) -> dict[str, Any]:
    """List responses by number, those stored from `since` on and before `until`, masked as they are stored.

    To be told of new ones, remember the highest number and send it as `after` again. Needs `responses:read`.
    """
    check_parameters(request, "after", "limit", "since", "until")
    found = response_page(
        form_for(request, key).key,
        after=after,
        since=0 if since is None else milliseconds(since),
        until=None if until is None else milliseconds(until),
        limit=limit + 1,
    )
    page, more = _page(found, limit)
    return {"responses": [_response(one) for one in page], "next": page[-1].number if more else None}


def _page(found: Sequence[T], limit: int) -> tuple[Sequence[T], bool]:
    """Give so many, and tell whether there are more."""
    return found[:limit], len(found) > limit


def _form(one: FormFact) -> dict[str, Any]:
    shown = one.published or one.newest
    return {
        "key": one.key,
        "service": one.service_key,
        "provider": one.provider_key,
        "agency": one.agency_key,
        "state": one.state,
        "version": one.published.number if one.published else None,
        "languages": list(shown.instrument.languages),
        "page": settings.SITE_URL + reverse("done", args=[one.key]),
    }


def _version(one: VersionFact) -> dict[str, Any]:
    return {
        "number": one.number,
        "state": one.state,
        "changed_at": one.changed_at,
        "published_at": one.published_at,
    }


def _response(one: Stored) -> dict[str, Any]:
    told = one.response
    return {
        "number": one.number,
        "key": told.key,
        "version": told.version,
        "at": EPOCH + timedelta(milliseconds=told.at),
        "language": told.language,
        "channel": told.channel,
        "place": told.place,
        "campaign": told.campaign,
        "answers": {name: whole(one) for name, one in msgspec.json.decode(told.answers).items()},
        "not_shown": list(told.not_shown),
        "masked": told.masked,
    }
