"""Every address needs sign-in unless it stands in a short list."""

import re

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import get_resolver, path

from hearback.publish.urls import LISTED
from tests.architecture.addresses import addresses

RELEASED = """
    |priority-areas/<slug:key>/|strategies/<slug:key>/|life-experiences/|life-experiences/<slug:key>/
    |journeys/<slug:key>/|journeys/<slug:key>/map.svg|journeys/<slug:key>/map.pdf
    |chain/|chain/graph.json|chain/<slug:kind>/<path:key>/|agencies/|agencies/<slug:key>/|providers/
    |providers/<slug:key>/|providers/<slug:key>/plans/<int:year>/|capacity-areas/|services/|services/<slug:key>/
    |commitments/|funding/|updates/|rounds/|data/|data/<str:name>|charts/<slug:name>.svg
    |charts/|charts/<slug:name>/|charts/<slug:name>/frame/|charts/<slug:name>.png|charts/<slug:name>.<form:form>
    |measures/|measures/<slug:key>/|quarters/|quarters/<slug:code>/|methods/|methods/<slug:slug>/
    |changes/<int:before>/<int:after>/|changes/<int:before>/<int:after>.json|corrections/|releases/key.pem
    |releases/|releases/<int:number>/|releases/<int:number>/<path:path>|releases/<int:number>.zip
    |data/dictionary/|data.json|data.zip|datapackage.json|dataset.jsonld|feed.atom|corrections.atom|sitemap.xml
    |<listed:kind>.<form:form>|<single:kind>/<slug:key>.<form:form>|<fed:kind>/<slug:key>/feed.atom
    |providers/<slug:key>/plans/<int:year>.<form:form>
    |privacy/|search/|search/index.json.gz|search/kinds/<slug:kind>/|search/letters/<slug:letter>/
    |api/v1/data/releases|api/v1/data/tables|api/v1/data/tables/<slug:name>|api/v1/data/tables/<slug:name>/rows
    |api/v1/data/openapi.json
"""
"""The public site: each reads a frozen release and nothing else."""

OPEN = {
    "sign-in/": "people come in here",
    "sign-in/mail/": "asks for a link by mail; says the same to everybody",
    "sign-in/link/<str:token>/": "the link itself is the proof",
    "done/<slug:key>": "people are asked here; the page reads the published form and nothing else",
    "intake/<slug:key>": "programs answer here for people; it reads the published form and nothing else",
    "intake/<slug:key>/preview": "shows a person's own texts as they would be stored",
    "intake/": "whatever else is under it: there is nothing there, told in the intake's shape of an error",
    "api/v1/openapi.json": "describes the API and holds no data",
    "api/v1/": "whatever else is under it: there is nothing there, told in the shape of the API's errors",
    "api/v1/data/": "whatever else is under it: there is nothing there, told in the same shape",
    ".well-known/security.txt": "says whom to tell of a weakness, as a setting does",
    "accessibility/": "fixed text",
    **{f"{kind}/": "leads to a list of the search" for kind in LISTED},
    "about/": "fixed text",
    "healthz": "a monitor has no account; it says only whether all is well",
    "robots.txt": "fixed text",
}
"""Other addresses that anybody may ask for → why. Keep it short."""

KEYED = {
    "api/v1/forms": "forms:read",
    "api/v1/forms/<slug:key>": "forms:read",
    "api/v1/forms/<slug:key>/versions/<number>": "forms:read",
    "api/v1/forms/<slug:key>/responses": "responses:read, and responses:write to send one",
}
"""Addresses for programs: nobody signs in, an API key opens them → the scope that it needs."""

TRANSLATED = [r"^(?P<language>es)/(?P<path>(?:.*/)?)$"]
"""Pages in other languages, whose names come from the catalogues that are there."""
PUBLIC = [*"".join(RELEASED.split()).split("|"), *OPEN, *KEYED, *TRANSLATED]


def _site() -> list[str]:
    return [a.route for a in addresses(get_resolver().url_patterns) if not a.needs_sign_in]


def test_only_the_listed_addresses_are_public() -> None:
    assert sorted(_site()) == sorted(PUBLIC)


def test_default_is_deny() -> None:
    def page(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    def open_page(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    found = list(addresses([path("a/", page), path("b/", login_not_required(open_page))]))
    assert [(a.route, a.needs_sign_in) for a in found] == [("a/", True), ("b/", False)]


@pytest.mark.django_db
def test_a_visitor_is_sent_to_sign_in_by_every_other_address(client: Client) -> None:
    closed = [a.route for a in addresses(get_resolver().url_patterns) if a.needs_sign_in]
    assert closed, "there is a signed-in side"
    for route in closed:
        answer = client.get("/" + re.sub(r"<(int|path|str|slug):\w+>", "1", route))
        assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, "/sign-in/"), route


@pytest.mark.django_db
def test_a_program_without_a_key_is_refused_by_every_address_that_a_key_opens(client: Client) -> None:
    for route in KEYED:
        answer = client.get("/" + re.sub(r"<[\w:]+>", "1", route))
        assert (answer.status_code, answer.json()["error"]["kind"]) == (401, "key_missing"), route
