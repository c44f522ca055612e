"""The list of forms, and making a new one from a ready-made instrument."""

from collections.abc import Container
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from typing import Any

from django import forms as fields
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from hearback.accounts.access import grants
from hearback.accounts.rules import FORM_PERMISSIONS, agencies_with, may
from hearback.collect.actions import forms as actions
from hearback.collect.desk.access import allowed_at, show
from hearback.collect.desk.fields import DeskForm, key_of
from hearback.collect.instruments.checking import completeness
from hearback.collect.instruments.definition import Instrument
from hearback.collect.intake.store import StoreNotReady
from hearback.collect.languages import name_of
from hearback.collect.queries import FormFact, forms, intake_store
from hearback.collect.starts import start, usable_names
from hearback.directory import queries as directory

READY = {
    "thumbs": _("Thumbs up or down, what drove it, and a comment"),
    "thumbs_five_point": _("Trust on five points, what drove it, and a comment"),
    "seven_questions": _("Seven questions on five points"),
    "page_useful": _("Was this page useful: yes or no"),
    "site_feedback": _("Feedback on this site: what works, what is wrong, what is missing"),
    "empty": _("Nothing: start with an empty form"),
}
LONGEST_SUGGESTED = 40
FROM_FILE = "file"
"""What each ready-made instrument is; one without an entry goes by its name."""


@dataclass(frozen=True)
class Spoken:
    """A language of a form, and the percent of its texts that are there."""

    name: str
    percent: int


@dataclass(frozen=True)
class FormRow:
    """One form in the list; `n_responses` is None while the store cannot be asked."""

    form: FormFact
    title: str
    service: str
    n_responses: int | None
    languages: list[Spoken]


class NewForm(DeskForm):
    """What a form is made of."""

    about = fields.ChoiceField(label=_("Service, and who gives it"))
    key = fields.CharField(
        label=_("Address: /done/…"),
        required=False,
        max_length=80,
        help_text=_(
            "It is printed on paper, so it never changes. Left empty, one is made of the name of the service,"
            " to look at before the form is made."
        ),
    )
    start = fields.ChoiceField(label=_("Start from"), widget=fields.RadioSelect, initial="thumbs")

    def __init__(self, pairs: list[tuple[str, str]], data: Any = None) -> None:
        super().__init__(data)
        self.pairs, self.is_suggestion = pairs, False
        self.fields["about"].choices = [("", gettext("Choose")), *pairs]  # type: ignore[attr-defined]
        self.fields["start"].choices = [  # type: ignore[attr-defined]
            *((name, _called(name)) for name in _ready_names()),
            (FROM_FILE, _("A file, on the next page: YAML, XLSForm, SurveyJS or Touchpoints")),
        ]

    def clean_key(self) -> str:
        """Check the key, where one is given."""
        given = str(self.cleaned_data["key"]).strip()
        return key_of(given) if given else ""

    def suggested(self) -> "NewForm":
        """Give the form as it was sent, with an address made of the name of the service."""
        typed = {one: self.data.get(one) for one in self.fields}
        name = dict(self.pairs)[self.cleaned_data["about"]]
        shown = NewForm(self.pairs, {**typed, "key": key_from(name, {one.key for one in forms()})})
        shown.is_suggestion = True
        return shown


@require_safe
@never_cache
def form_list(request: HttpRequest) -> HttpResponse:
    """List the forms that a person may see."""
    held = grants(request)
    seen = [one for one in forms() if allowed_at(held, one.agency_key)]
    if not any(may(held, name) for name in FORM_PERMISSIONS):
        raise PermissionDenied
    services = {one.key: one.name for one in directory.services()}
    counts: dict[str, int] = {}
    with suppress(StoreNotReady), intake_store() as store:
        counts = {one.key: store.count(one.key) for one in seen}
    rows = [_row(one, services, counts.get(one.key)) for one in seen]
    return show(request, "list", {"rows": rows, "may_make": may(held, "edit_forms")})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def form_new(request: HttpRequest) -> HttpResponse:
    """Make a form from a ready-made instrument."""
    held = grants(request)
    if not may(held, "edit_forms"):
        raise PermissionDenied
    pairs = _pairs(agencies_with(held, "edit_forms"))
    asked = NewForm(pairs, request.POST if request.method == "POST" else None)
    if request.method == "POST" and asked.is_valid():
        service, provider = asked.cleaned_data["about"].split("|")
        if not asked.cleaned_data["key"]:
            return show(request, "new", {"asked": asked.suggested()})
        key, begin = asked.cleaned_data["key"], asked.cleaned_data["start"]
        is_file = begin == FROM_FILE
        instrument = start("empty" if is_file else begin)
        try:
            actions.create_form(
                key, instrument, service=service, provider=provider,
                by=request.user.get_username(), at=timezone.now(),
            )  # fmt: skip
        except actions.FormKeyTaken:
            asked.add_error("key", gettext("Another form has this address; choose another."))
        else:
            messages.success(request, gettext("The form is made. Nobody sees it until it is published."))
            return redirect("form_from_file" if is_file else "form_edit", key=key)
    return show(request, "new", {"asked": asked}, status=422 if asked.errors else 200)


def key_from(name: str, taken: Container[str]) -> str:
    """Make an address of a name: whole words, not too long to be typed, and not one that is taken."""
    key = ""
    for word in slugify(name).split("-"):
        if key and len(key) + 1 + len(word) > LONGEST_SUGGESTED:
            break
        key = f"{key}-{word}".strip("-")
    key = key[:LONGEST_SUGGESTED] or "form"
    numbered = (f"{key}-{number}" for number in count(2))
    return key if key not in taken else next(one for one in numbered if one not in taken)


def _row(one: FormFact, services: dict[str, str], n_responses: int | None) -> FormRow:
    instrument = one.newest.instrument
    return FormRow(one, title_of(instrument), services[one.service_key], n_responses, spoken(instrument))


def title_of(instrument: Instrument) -> str:
    """Give the title in the first language that has one."""
    return next((text for text in instrument.title.values() if text), "–")


def spoken(instrument: Instrument) -> list[Spoken]:
    """List the languages of an instrument with how much is put in them, never rounded up to all."""
    return [
        Spoken(name_of(name), int(100 * completeness(instrument, name).share))
        for name in instrument.languages
    ]


def _pairs(agencies: frozenset[str] | None) -> list[tuple[str, str]]:
    """List the services of agencies today with their providers, by name; None is all agencies."""
    providers = {
        one.key: one.name for one in directory.providers() if agencies is None or one.agency_key in agencies
    }
    return [
        (f"{service.key}|{given.provider_key}", f"{service.name} – {providers[given.provider_key]}")
        for service in directory.services(timezone.now().date())
        for given in service.provisions
        if given.provider_key in providers
    ]


def _ready_names() -> list[str]:
    """Name what can be started from, those with words of ours first."""
    names = usable_names()
    return [*(name for name in READY if name in names), *(name for name in names if name not in READY)]


def _called(name: str) -> str:
    languages = ", ".join(name_of(one) for one in start(name).languages)
    return f"{READY.get(name, name.replace('_', ' '))} ({languages})"
