"""Every address needs sign-in unless it stands in a short list."""

import re

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import get_resolver, path

from tests.architecture.addresses import addresses

RELEASED = """
    |priority-areas/<slug:key>/|strategies/<slug:key>/|life-experiences/|life-experiences/<slug:key>/
    |agencies/|agencies/<slug:key>/|providers/|providers/<slug:key>/|services/|services/<slug:key>/
    |commitments/|funding/|updates/|data/|data/<str:name>|charts/<slug:name>.svg|methods/|methods/<slug:slug>/
    |releases/|releases/<int:number>/|releases/<int:number>/<path:path>
"""
"""The public site: each reads a frozen release and nothing else."""

OPEN = {
    "sign-in/": "people come in here",
    "sign-in/link/<str:token>/": "the link itself is the proof",
    "accessibility/": "fixed text",
    "about/": "fixed text",
    "healthz": "a monitor has no account; it says only whether all is well",
    "robots.txt": "fixed text",
}
"""Other addresses that anybody may ask for → why. Keep it short."""

PUBLIC = [*"".join(RELEASED.split()).split("|"), *OPEN]


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
