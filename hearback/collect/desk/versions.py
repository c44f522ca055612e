"""The versions of a form: who made them when, and what each changed."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from hearback.collect.desk.access import Desk, at_desk, show_form
from hearback.collect.desk.wordings import place_in_words
from hearback.collect.instruments.differences import differences
from hearback.collect.languages import name_of
from hearback.collect.queries import DONE, VersionFact, more_of
from hearback.history.queries import latest_entries

MOST_ENTRIES = 30


@dataclass(frozen=True)
class Change:
    """One difference to the version before: which part, in which language, its words kept, gone or new."""

    what: str
    language: str
    language_name: str
    pieces: list[tuple[str, str]]


@dataclass(frozen=True)
class VersionRow:
    """One version with what it changed; `changes` is None for the first."""

    version: VersionFact
    changes: list[Change] | None


@require_safe
@at_desk()
def form_versions(request: HttpRequest, desk: Desk) -> HttpResponse:
    """List the versions, the newest first, each with what it changed, and the history of the form."""
    versions = desk.form.versions
    rows = [
        VersionRow(one, _changes(versions[place - 1], one) if place else None)
        for place, one in enumerate(versions)
    ]
    entries = [
        (DONE.get(one.verb, one.verb), more_of(one.verb, one.after), one)
        for one in latest_entries(MOST_ENTRIES, "form", desk.key)
    ]
    return show_form(request, desk, "versions", {"rows": rows[::-1], "entries": entries})


def _changes(before: VersionFact, after: VersionFact) -> list[Change]:
    return [
        Change(
            place_in_words(after.instrument, one.where),
            one.language,
            name_of(one.language) if one.language else "",
            one.pieces,
        )
        for one in differences(before.instrument, after.instrument)
    ]
