"""The languages of a form, and its texts in one of them beside the first."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from msgspec.structs import replace

from hearback.collect.actions import forms as actions
from hearback.collect.desk.access import Desk, at_desk, show_form
from hearback.collect.desk.drafts import NotKept, Trouble, keep
from hearback.collect.desk.fields import LanguageForm, first_language
from hearback.collect.desk.wordings import place_in_words
from hearback.collect.instruments.checking import Completeness, completeness, texts
from hearback.collect.instruments.definition import Instrument
from hearback.collect.instruments.wording import add_language, remove_language, set_texts
from hearback.collect.languages import is_right_to_left, name_of


@dataclass(frozen=True)
class TextRow:
    """One text in the first language and in another; `name` is its field, `what` tells which text it is.

    `made_from` is what the original was when it was translated, where that has changed since; else None.
    """

    where: str
    name: str
    what: str
    original: str
    text: str
    made_from: str | None = None

    @property
    def n_lines(self) -> int:
        """Give the height of the field."""
        return min(8, 1 + max(len(self.original), len(self.text)) // 60)


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk()
def form_languages(request: HttpRequest, desk: Desk) -> HttpResponse:
    """List the languages with how much is there; add one, take one out, make one the first."""
    instrument = desk.form.newest.instrument
    if request.method != "POST":
        return _languages(request, desk, LanguageForm())
    what, _colon, language = request.POST.get("do", "add").partition(":")
    asked = LanguageForm(request.POST if what == "add" else None)
    if what == "add" and not asked.is_valid():
        return _languages(request, desk, asked)
    try:
        keep(request, desk, _changed(instrument, what, language, asked), _("The languages are kept."))
    except NotKept as problem:
        return _languages(request, desk, asked, problem.trouble)
    if what == "add":
        return redirect("form_translate", key=desk.key, language=asked.cleaned_data["language"])
    return redirect("form_languages", key=desk.key)


def _changed(instrument: Instrument, what: str, language: str, asked: LanguageForm) -> Instrument:
    if what == "add":
        return add_language(instrument, asked.cleaned_data["language"])
    if language not in instrument.languages or language == first_language(instrument):
        return instrument
    rest = [one for one in instrument.languages if one != language]
    return replace(instrument, languages=(language, *rest))


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk("edit_forms")
def form_language_remove(request: HttpRequest, desk: Desk, language: str) -> HttpResponse:
    """Ask whether a language is to go with all its words, and take it out; the first one stays."""
    instrument = desk.form.newest.instrument
    if language not in instrument.languages[1:]:
        raise Http404
    trouble = None
    if request.method == "POST":
        try:
            keep(request, desk, remove_language(instrument, language), _("The languages are kept."))
        except NotKept as problem:
            trouble = problem.trouble
        else:
            return redirect("form_languages", key=desk.key)
    done = completeness(instrument, language)
    context = {
        "language": language,
        "name": name_of(language),
        "n_texts": done.n_texts - len(done.missing),
        "trouble": trouble,
    }
    return show_form(request, desk, "remove_language", context, 409 if trouble else 200)


def _languages(
    request: HttpRequest, desk: Desk, asked: LanguageForm, trouble: Trouble | None = None
) -> HttpResponse:
    instrument = desk.form.newest.instrument
    context = {
        "asked": asked,
        "trouble": trouble,
        "revision": request.POST.get("revision", desk.form.newest.revision),
        "rows": [
            (completeness(instrument, one), name_of(one), len(desk.form.newest.outdated.get(one, {})))
            for one in instrument.languages
        ],
    }
    return show_form(request, desk, "languages", context, 409 if trouble else 422 if asked.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk("edit_forms")
def form_translate(request: HttpRequest, desk: Desk, language: str) -> HttpResponse:
    """Show every text beside its translation, and keep the translations."""
    instrument = desk.form.newest.instrument
    if language not in instrument.languages:
        raise Http404
    if request.method != "POST":
        return _translation(request, desk, language, instrument)
    typed = {
        where: request.POST[f"text:{where}"].replace("\r\n", "\n")
        for where, _words in texts(instrument)
        if f"text:{where}" in request.POST
    }
    changed = set_texts(instrument, language, typed)
    try:
        keep(request, desk, changed, _("The translation is kept."))
    except NotKept as problem:
        return _translation(request, desk, language, changed, problem.trouble)
    actions.confirm_translations(
        desk.key, language, request.POST.getlist("right"), by=desk.by, at=timezone.now()
    )
    return redirect("form_translate", key=desk.key, language=language)


def _translation(
    request: HttpRequest, desk: Desk, language: str, instrument: Instrument, trouble: Trouble | None = None
) -> HttpResponse:
    first = first_language(instrument)
    done: Completeness = completeness(instrument, language)
    outdated = desk.form.newest.outdated.get(language, {})
    rows = _rows(instrument, first, language, outdated)
    context = {
        "language": language,
        "name": name_of(language),
        "first": first,
        "is_right_to_left": is_right_to_left(language),
        "first_is_right_to_left": is_right_to_left(first),
        "rows": rows,
        "n_outdated": len(outdated),
        "first_outdated": next((one.name for one in rows if one.made_from is not None), ""),
        "done": done,
        "n_done": done.n_texts - len(done.missing),
        "trouble": trouble,
        "revision": request.POST.get("revision", desk.form.newest.revision),
    }
    return show_form(request, desk, "translate", context, 409 if trouble else 200)


def _rows(instrument: Instrument, first: str, language: str, outdated: Mapping[str, str]) -> list[TextRow]:
    return [
        TextRow(
            where,
            f"text:{where}",
            place_in_words(instrument, where),
            words.get(first, ""),
            words.get(language, ""),
            outdated.get(where),
        )
        for where, words in dict(texts(instrument)).items()
        if words.get(first) or words.get(language)
    ]
