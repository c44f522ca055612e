"""List every address of the site, and who may ask for it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver


@dataclass(frozen=True)
class Address:
    """One address: its route as written in `urls.py`, and whether it asks for sign-in."""

    route: str
    needs_sign_in: bool


def addresses(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[Address]:
    """Walk through all addresses. An address asks for sign-in unless its view was marked otherwise."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        else:
            yield Address(route, bool(getattr(pattern.callback, "login_required", True)))
