"""Making forms, changing what they ask, and opening and closing them."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction

from hearback.collect.instruments.checking import faults
from hearback.collect.instruments.definition import Instrument
from hearback.collect.instruments.files import InstrumentNotValid
from hearback.collect.instruments.life import MoveNotAllowed, after, question_versions, revision
from hearback.collect.instruments.outdated import outdated_after
from hearback.collect.models import Form, FormVersion
from hearback.collect.opening import tell_intake
from hearback.collect.queries.forms import instrument_of
from hearback.directory import queries as directory
from hearback.history.actions import Change, record


class FormNotThere(Exception):
    """There is no form of that key, or no service or provider of that name."""


class FormKeyTaken(Exception):
    """Another form has the key already; keys are addresses and are never used twice."""


class DraftChanged(Exception):
    """Somebody changed the version after it was read, so what is to be written would undo that."""

    def __init__(self, changed_by: str, changed_at: datetime) -> None:
        super().__init__(f"{changed_by} changed it at {changed_at:%Y-%m-%d %H:%M} UTC")
        self.changed_by, self.changed_at = changed_by, changed_at


@transaction.atomic
def create_form(
    key: str, instrument: Instrument, *, service: str, provider: str, by: str, at: datetime
) -> FormVersion:
    """Make a form with a first draft.

    Raises:
        FormKeyTaken: if there is one of that key.
        FormNotThere: if the directory does not know the service or provider.
    """
    if Form.objects.filter(key=key).exists():
        raise FormKeyTaken(f"there is a form {key!r} already; choose another key")
    service_id, provider_id = directory.service_ids().get(service), directory.provider_ids().get(provider)
    if service_id is None or provider_id is None:
        kind, name = ("service", service) if service_id is None else ("provider", provider)
        raise FormNotThere(f"the directory knows no {kind} {name!r}; `hearback directory list` names them")
    form = Form.objects.create(key=key, service_id=service_id, provider_id=provider_id, created_at=at)
    draft = FormVersion.objects.create(
        form=form,
        number=1,
        state="draft",
        instrument=msgspec.to_builtins(instrument),
        changed_at=at,
        changed_by=by,
    )
    _note("form.created", form, {"service": service, "provider": provider}, by=by, at=at)
    return draft


@transaction.atomic
def save_draft(
    key: str, instrument: Instrument, *, by: str, at: datetime, seen: str | None = None
) -> FormVersion:
    """Keep what a form is to ask; after a published version a new draft begins. A draft may have faults.

    Args:
        seen: the revision of the version that was changed; None where the last to write may win.

    Raises:
        FormNotThere: if there is no such form.
        DraftChanged: if another revision stands there by now.
        MoveNotAllowed: if the version is in review, or the form archived.
    """
    form = _form(key)
    if form.archived_at is not None:
        raise MoveNotAllowed("the form is archived; make a new one")
    version = _newest(form)
    _check_seen(version, seen)
    if version.state == "in_review":
        raise MoveNotAllowed("the version is in review; return it before changing it")
    held = msgspec.to_builtins(instrument)
    if version.state == "published":
        if version.instrument == held:
            return version
        version = FormVersion(
            form=form,
            number=version.number + 1,
            state="draft",
            instrument=version.instrument,
            outdated=version.outdated,
        )
    version.outdated = outdated_after(instrument_of(version), instrument, version.outdated)
    version.instrument, version.changed_at, version.changed_by = held, at, by
    version.save()
    _note("form.draft_saved", form, {"version": version.number}, by=by, at=at)
    return version


@transaction.atomic
def confirm_translations(
    key: str, language: str, places: Collection[str], *, by: str, at: datetime, seen: str | None = None
) -> int:
    """Note that translations are right though their original changed; gives how many of them there were.

    Args:
        seen: the revision in which they were found right.

    Raises:
        FormNotThere: if there is no such form.
        DraftChanged: if another revision stands there by now.
    """
    form = _form(key)
    version = _newest(form)
    _check_seen(version, seen)
    marked = version.outdated.get(language, {})
    left = {where: words for where, words in marked.items() if where not in places}
    if len(left) < len(marked):
        rest = {name: places for name, places in version.outdated.items() if name != language}
        version.outdated = {**rest, **({language: left} if left else {})}
        version.save(update_fields=["outdated"])
        about = {"version": version.number, "language": language, "texts": len(marked) - len(left)}
        _note("form.translations_confirmed", form, about, by=by, at=at)
    return len(marked) - len(left)


@transaction.atomic
def move_version(
    key: str, move: str, *, by: str, at: datetime, note: str = "", seen: str | None = None
) -> FormVersion:
    """Submit a draft, return it, or publish it; published, it opens to the public at once.

    Args:
        move: submit, return or publish.
        seen: the revision that was read before; None where whatever stands there is moved.

    Raises:
        FormNotThere: if there is no such form.
        DraftChanged: if another revision stands there by now.
        MoveNotAllowed: if the version is in another state, or the form is archived.
        InstrumentNotValid: if a version with faults is submitted or published.
    """
    form = _form(key)
    version = _newest(form)
    _check_seen(version, seen)
    if form.archived_at is not None:
        raise MoveNotAllowed("the form is archived")
    before, version.state = version.state, after(move, version.state)
    if move != "return":
        found = faults(instrument_of(version))
        if found:
            raise InstrumentNotValid(found)
    if move == "publish":
        _publish(version, by=by, at=at)
    version.save()
    change = {"version": version.number, "state": version.state, **({"note": note} if note else {})}
    _note(f"form.{move}", form, change, by=by, at=at, before={"state": before})
    if move == "publish":
        transaction.on_commit(lambda: tell_intake(key))
    return version


def _publish(version: FormVersion, *, by: str, at: datetime) -> None:
    published = list(version.form.versions.filter(state="published").order_by("number"))
    highest: dict[str, int] = {}
    for one in published:
        for code, number in one.question_versions.items():
            highest[code] = max(number, highest.get(code, 0))
    earlier = instrument_of(published[-1]) if published else None
    version.question_versions = question_versions(instrument_of(version), earlier, highest)
    version.published_at, version.published_by = at, by


@transaction.atomic
def close_form(key: str, *, by: str, at: datetime) -> None:
    """Take no more answers.

    Raises:
        FormNotThere: if there is no such form.
        MoveNotAllowed: if it is closed already, or nothing of it was ever published.
    """
    form = _form(key)
    if form.closed_at is not None:
        raise MoveNotAllowed("the form is closed already")
    if not form.versions.filter(state="published").exists():
        raise MoveNotAllowed("the form was never published, so there is nothing to close")
    form.closed_at = at
    form.save()
    _note("form.closed", form, None, by=by, at=at)
    transaction.on_commit(lambda: tell_intake(key))


@transaction.atomic
def reopen_form(key: str, *, by: str, at: datetime) -> None:
    """Take answers again.

    Raises:
        FormNotThere: if there is no such form.
        MoveNotAllowed: if it is not closed, or archived.
    """
    form = _form(key)
    if form.closed_at is None or form.archived_at is not None:
        raise MoveNotAllowed("only a closed form that is not archived can be opened again")
    form.closed_at = None
    form.save()
    _note("form.reopened", form, None, by=by, at=at)
    transaction.on_commit(lambda: tell_intake(key))


@transaction.atomic
def archive_form(key: str, *, by: str, at: datetime) -> None:
    """Put a closed form away: it can be read, and never opens again.

    Raises:
        FormNotThere: if there is no such form.
        MoveNotAllowed: if it is not closed, or archived already.
    """
    form = _form(key)
    if form.closed_at is None or form.archived_at is not None:
        raise MoveNotAllowed("only a closed form can be archived, and once")
    form.archived_at = at
    form.save()
    _note("form.archived", form, None, by=by, at=at)


def _form(key: str) -> Form:
    form = Form.objects.select_for_update().filter(key=key).first()
    if form is None:
        raise FormNotThere(f"there is no form {key!r}")
    return form


def _newest(form: Form) -> FormVersion:
    return form.versions.order_by("-number")[0]


def _check_seen(version: FormVersion, seen: str | None) -> None:
    if seen is not None and seen != revision(version.number, version.state, instrument_of(version)):
        raise DraftChanged(version.changed_by, version.changed_at)


def _note(
    verb: str,
    form: Form,
    after_it: dict[str, Any] | None,
    *,
    by: str,
    at: datetime,
    before: dict[str, Any] | None = None,
) -> None:
    record(Change(verb, "form", form.key, before=before, after=after_it), by=by, at=at)
