"""The builder: all questions of a form in their order, its own words, and what is still wrong with it."""

from dataclasses import dataclass
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from hearback.collect.desk.access import Desk, at_desk, show_form
from hearback.collect.desk.drafts import NotKept, Trouble, keep
from hearback.collect.desk.fields import DeskForm, TextsForm, area, first_language, number_of
from hearback.collect.desk.places import Mending, mendings
from hearback.collect.desk.question_form import TYPES, code_from
from hearback.collect.desk.rules_of import rule_in_words
from hearback.collect.instruments import editing
from hearback.collect.instruments.definition import UP_AND_DOWN, Choice, Instrument, Question


@dataclass(frozen=True)
class Row:
    """One question in the outline. `page` is the number of a page that begins with it, or None."""

    number: int
    question: Question
    words: str
    type: Any
    rule: str
    page: int | None
    page_title: str
    n_faults: int
    is_first: bool
    is_last: bool


class AddForm(DeskForm):
    """A question to add."""

    words = forms.CharField(label=gettext_lazy("Question"), widget=area(2))
    type = forms.ChoiceField(
        label=gettext_lazy("Kind of answer"), choices=list(TYPES.items()), initial="long_text"
    )


@csp_update({"frame-src": [SELF]})
@require_http_methods(["GET", "HEAD", "POST"])
@at_desk()
def form_edit(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show the questions; move, add and part them; keep the form's own words."""
    instrument = desk.form.newest.instrument
    if request.method != "POST":
        return _page(request, desk, TextsForm(instrument), AddForm(prefix="new"))
    what, _colon, place = request.POST.get("do", "").partition(":")
    try:
        if what == "texts":
            return _texts(request, desk)
        if what == "add":
            return _add(request, desk)
        return _moved(request, desk, what, number_of(place) or 0)
    except NotKept as problem:
        return _page(request, desk, TextsForm(instrument), AddForm(prefix="new"), problem.trouble)


def _texts(request: HttpRequest, desk: Desk) -> HttpResponse:
    instrument = desk.form.newest.instrument
    asked = TextsForm(instrument, request.POST)
    if not asked.is_valid():
        return _page(request, desk, asked, AddForm(prefix="new"))
    try:
        keep(request, desk, asked.applied(instrument), _("The words are kept."))
    except NotKept as problem:
        return _page(request, desk, asked, AddForm(prefix="new"), problem.trouble)
    return redirect("form_edit", key=desk.key)


def _add(request: HttpRequest, desk: Desk) -> HttpResponse:
    instrument = desk.form.newest.instrument
    asked = AddForm(request.POST, prefix="new")
    if not asked.is_valid():
        return _page(request, desk, TextsForm(instrument), asked)
    question = _new(asked.cleaned_data, instrument)
    number = len(instrument.questions)
    keep(request, desk, editing.add_question(instrument, question, number), _("The question is added."))
    return redirect("form_question", key=desk.key, number=number + 1)


def _new(typed: dict[str, Any], instrument: Instrument) -> Question:
    code = code_from(typed["words"], [one.code for one in instrument.questions])
    kind = typed["type"]
    choices = tuple(Choice(one) for one in UP_AND_DOWN) if kind in {"thumbs", "yes_no"} else ()
    choices = tuple(Choice(str(n)) for n in range(1, 6)) if kind == "rating" else choices
    return Question(code, kind, {first_language(instrument): typed["words"]}, choices=choices,
                    vocabulary="us_states" if kind == "region" else "")  # fmt: skip


def _moved(request: HttpRequest, desk: Desk, what: str, number: int) -> HttpResponse:
    """Do what the button of a question says, and come back to it."""
    instrument = desk.form.newest.instrument
    try:
        changed, done = _rearranged(instrument, what, number)
    except editing.QuestionNotThere as problem:
        raise NotKept(Trouble(_("This cannot be done now"), str(problem))) from problem
    keep(request, desk, changed, done)
    at = number
    if what in {"up", "down"} and changed != instrument:
        codes = [one.code for one in changed.questions]
        at = codes.index(editing.question_at(instrument, number).code) + 1
    return redirect(f"{reverse('form_edit', args=[desk.key])}?at={at}&do={what}")


def _rearranged(instrument: Instrument, what: str, number: int) -> tuple[Instrument, str]:
    if what in {"up", "down"}:
        step = -1 if what == "up" else 1
        return editing.move_question(instrument, number, step), _("The question is moved.")
    if what == "part":
        return editing.start_page(instrument, number), _("A page begins with the question.")
    if what == "join":
        return editing.join_page(instrument, number), _("The two pages are one.")
    return instrument, ""


def _page(
    request: HttpRequest, desk: Desk, texts: TextsForm, add: AddForm, trouble: Trouble | None = None
) -> HttpResponse:
    instrument = desk.form.newest.instrument
    found = mendings(desk.key, instrument)
    at = request.GET.get("at", "")
    context = {
        "texts": texts,
        "add": add,
        "trouble": trouble,
        "revision": request.POST.get("revision", desk.form.newest.revision),
        "mendings": found,
        "rows": _rows(instrument, found),
        "at": number_of(at),
        "did": request.GET.get("do", ""),
        "language": first_language(instrument),
    }
    wrong = texts.errors or add.errors
    status = 409 if trouble else (422 if wrong else 200)
    return show_form(request, desk, "edit", context, status)


def _rows(instrument: Instrument, found: list[Mending]) -> list[Row]:
    language = first_language(instrument)
    rows: list[Row] = []
    last = len(instrument.questions)
    for number, page in enumerate(instrument.pages, start=1):
        for place, question in enumerate(page.questions):
            here = f"questions.{question.code}"
            n_wrong = sum(1 for one in found if one.where == here or one.where.startswith(f"{here}."))
            count = len(rows) + 1
            rows.append(
                Row(
                    count, question, question.words.get(language, ""), TYPES[question.type],
                    rule_in_words(question.show_when, instrument), None if place else number,
                    page.title.get(language, ""), n_wrong, count == 1, count == last,
                )
            )  # fmt: skip
    return rows
