"""Tell the intake which forms there are, what they ask, and whether they are open."""

from contextlib import suppress

import msgspec
from django.conf import settings

from hearback.collect.intake.open_forms import STILL_OPEN
from hearback.collect.intake.receiving import Receiver
from hearback.collect.intake.store import OpenForm, StoreNotReady
from hearback.collect.queries import FormFact, VersionFact, form, forms, intake_store


def open_form(key: str) -> OpenForm | None:
    """Give the published version of a form as the intake needs it; None where nothing was ever published."""
    found = form(key)
    if found is None or found.published is None:
        return None
    return _open(found, found.published)


def receiver(key: str) -> Receiver | None:
    """Give what takes the answers to a form; None where nothing was ever published.

    Where a form has a quota and the store cannot count, it counts as open: storing will tell.
    """
    found = form(key)
    if found is None or found.published is None:
        return None
    before = [v for v in found.versions if v.state == "published" and v.number < found.published.number]
    earlier = [_open(found, one) for one in reversed(before)][:STILL_OPEN]
    made = Receiver(_open(found, found.published), earlier=earlier, zone=settings.ZONE)
    if made.quota is not None:
        with suppress(StoreNotReady), intake_store() as store:
            made.n_stored = store.count_sent(key)
    return made


def _open(found: FormFact, version: VersionFact) -> OpenForm:
    text = msgspec.json.encode(version.instrument)
    return OpenForm(found.key, version.number, text, closed=found.state in {"closed", "archived"})


def tell_intake(key: str) -> None:
    """Bring what the intake knows of a form in line with its published version; twice changes nothing."""
    told, known = open_form(key), None
    if told is None:
        return
    with intake_store() as store:
        while told is not None and told != known:  # it may have been closed or published meanwhile
            store.put_form(told)
            told, known = open_form(key), told


def tell_intake_all() -> None:
    """Do so for every form, as after a crash between publishing or closing and telling."""
    for found in forms():
        tell_intake(found.key)
