"""The guard of this process of the site, by its settings."""

from contextlib import suppress
from datetime import datetime
from functools import cache

from django.conf import settings
from django.http import HttpRequest

from hearback.collect.intake.guarding.guard import Guard, derived
from hearback.collect.intake.store import StoreNotReady
from hearback.collect.queries import intake_store


@cache
def guard() -> Guard:
    """Give the guard that all requests of this process share."""
    return Guard(settings.LIMITS, derived(settings.SECRET_KEY))


def network_of(request: HttpRequest, now: datetime) -> bytes | None:
    """Name the network that a request comes from; None where it is not known."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    return guard().network(request.META.get("REMOTE_ADDR", ""), forwarded, now.timestamp())


def save_refused() -> None:
    """Write down what was refused; where the store is not ready, the next time."""
    if guard().has_unsaved:
        with suppress(StoreNotReady), intake_store() as store:
            guard().save(store)
