"""Who uses the API: programs that show a key, each kept to what its key allows."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from hearback.accounts.access import program
from hearback.accounts.queries import ApiKeyFact
from hearback.collect.api.errors import KeyNotGood, ScopeMissing
from hearback.collect.intake.messages import Refusal
from hearback.collect.queries import FormFact, form


class ApiKey(HttpBearer):
    """Takes a key in the header Authorization and nowhere else, as addresses are logged."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> ApiKeyFact:
        """Give what the key is good for.

        Raises:
            KeyNotGood: if it is good for nothing.
            ScopeMissing: if it is not good for this.
        """
        found = program(token, timezone.now())
        if found is None:
            raise KeyNotGood
        if self.scope not in found.scopes:
            raise ScopeMissing(self.scope)
        return found


def agencies_of(request: HttpRequest) -> frozenset[str] | None:
    """Give the agencies whose data a request may see; None means every agency."""
    held: Any = request
    key: ApiKeyFact = held.auth
    return key.agencies


def form_for(request: HttpRequest, key: str) -> FormFact:
    """Give a form.

    Raises:
        Refusal: if there is none, or it is another agency's.
    """
    found, agencies = form(key), agencies_of(request)
    if found is None or (agencies is not None and found.agency_key not in agencies):
        raise Refusal(404, "not_found", "There is no such form.")
    return found
