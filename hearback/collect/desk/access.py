"""Who may open which page about a form."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from hearback.accounts.access import grants
from hearback.accounts.rules import FORM_PERMISSIONS, Grant, may
from hearback.collect.languages import name_of
from hearback.collect.queries import FormFact, form
from hearback.ui.speaking import mark_of_english

Page = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Desk:
    """A form, what the signed-in person may do with it, and by which name the history calls that person."""

    form: FormFact
    allowed: frozenset[str]
    by: str

    @property
    def key(self) -> str:
        """Give the key of the form."""
        return self.form.key

    @property
    def may_edit(self) -> bool:
        """Say whether the person may change what the form asks, as it stands now."""
        newest = self.form.newest.state
        return "edit_forms" in self.allowed and newest != "in_review" and self.form.state != "archived"

    @property
    def may_see_responses(self) -> bool:
        """Say whether the person may read responses."""
        return "see_responses" in self.allowed


def allowed_at(held: tuple[Grant, ...], agency: str) -> frozenset[str]:
    """Give what somebody may do with the forms of an agency."""
    return frozenset(name for name in FORM_PERMISSIONS if may(held, name, agency))


def at_desk(*needed: str) -> Callable[[Page], Page]:
    """Open a page about one form: not found for strangers, forbidden without any permission needed."""

    def wrap(view: Page) -> Page:
        @wraps(view)
        def checked(request: HttpRequest, key: str, **rest: Any) -> HttpResponseBase:
            desk = _desk(request, key)
            if needed and desk.allowed.isdisjoint(needed):
                raise PermissionDenied
            return view(request, desk, **rest)

        return never_cache(checked)

    return wrap


def _desk(request: HttpRequest, key: str) -> Desk:
    found = form(key)
    allowed = allowed_at(grants(request), found.agency_key) if found else frozenset()
    if found is None or not allowed:
        raise Http404
    return Desk(found, allowed, request.user.get_username())


def show(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Show a page of the desk; `english` marks words that are there in English alone."""
    whole = {"english": mark_of_english(), "name_of": name_of, **context}
    return render(request, f"collect/desk/{name}.html", whole, status=status)


def show_form(
    request: HttpRequest, desk: Desk, name: str, context: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """Show a page about one form."""
    about = {"desk": desk, "form": desk.form, "newest": desk.form.newest, "here": name}
    return show(request, name, {**about, **(context or {})}, status)
