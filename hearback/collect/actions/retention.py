"""How long responses are kept, and deleting those whose time is over."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from hearback.collect.actions.forms import FormNotThere
from hearback.collect.models import Form
from hearback.collect.moments import milliseconds
from hearback.collect.queries import intake_store
from hearback.history.actions import Change, record

MOST_DAYS = 36_500
"""A hundred years: longer is for good, and further back than a calendar counts."""


@dataclass(frozen=True)
class Expired:
    """What was deleted of one form: responses that came before a moment, under a rule of so many days."""

    form: str
    retention_days: int
    before: datetime
    n_deleted: int


@transaction.atomic
def keep_responses(key: str, days: int | None, *, by: str, at: datetime) -> None:
    """Say for how many days responses to a form are kept; None for as long as nobody decides.

    Raises:
        FormNotThere: if there is no such form.
        ValueError: if the number of days is below 1 or above `MOST_DAYS`.
    """
    if days is not None and not 1 <= days <= MOST_DAYS:
        raise ValueError(f"keep responses for 1 to {MOST_DAYS:,} days")
    form = Form.objects.filter(key=key).first()
    if form is None:
        raise FormNotThere(f"there is no form {key!r}")
    before, form.retention_days = form.retention_days, days
    form.save()
    change = Change("form.retention_set", "form", key, {"retention_days": before}, {"retention_days": days})
    record(change, by=by, at=at)


def delete_expired(*, by: str, at: datetime, dry_run: bool = False) -> list[Expired]:
    """Delete responses that are older than the rule of their form allows, and note in history how many.

    History says what is to be deleted before it is, and afterwards how many were: broken off between, a run
    leaves no deletion without its row. The archive follows when responses are settled the next time.

    Raises:
        StoreNotReady: if the store of responses cannot be changed.
    """
    done = []
    for form in Form.objects.exclude(retention_days__isnull=True):
        days = int(form.retention_days or 0)
        before = at - timedelta(days=days)
        moment = milliseconds(before)
        rule = {"before": before.isoformat(), "retention_days": days}
        with intake_store() as store:
            n = sum(store.tally(form.key, until=moment).values())
            if n and not dry_run:
                _note("responses.expiry_begun", form.key, {"due": n, **rule}, by=by, at=at)
                n = store.delete(form.key, before=moment)
                _note("responses.expired", form.key, {"deleted": n, **rule}, by=by, at=at)
        if n:
            done.append(Expired(form.key, days, before, n))
    return done


@transaction.atomic
def _note(verb: str, form: str, what: dict[str, Any], *, by: str, at: datetime) -> None:
    record(Change(verb, "form", form, after=what), by=by, at=at)
