"""The page of one question: its words, kind of answer, choices, limits, and when it is shown."""

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hearback.collect.desk.access import Desk, at_desk, show_form
from hearback.collect.desk.drafts import NotKept, Trouble, keep
from hearback.collect.desk.fields import first_language, number_of
from hearback.collect.desk.places import of_question
from hearback.collect.desk.question_form import (
    FITS,
    ChoiceRow,
    QuestionForm,
    rows_of,
    rows_typed,
    typed_of,
)
from hearback.collect.instruments.checking import Fault
from hearback.collect.instruments.definition import CLOSED, Question
from hearback.collect.instruments.editing import (
    QuestionNotThere,
    question_at,
    remove_question,
    replace_question,
)


class NotReadable(Exception):
    """What was typed cannot be read yet; `faults` says where and why."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(one.message for one in faults))
        self.faults = faults


@csp_replace({"frame-src": [SELF], "script-src": [SELF]})
@require_http_methods(["GET", "HEAD", "POST"])
@at_desk("edit_forms")
def form_question(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    """Show a question to be changed; keep it, or only put its choices in another order while it is typed."""
    if request.method == "POST" and number > len(desk.form.newest.instrument.questions):
        messages.error(request, _("Somebody else took out questions meanwhile. Nothing was kept."))
        return redirect("form_edit", key=desk.key)
    question = _question(desk, number)
    language = first_language(desk.form.newest.instrument)
    if request.method != "POST":
        asked = QuestionForm(_earlier(desk, number), language, typed=typed_of(question, language))
        return _page(request, desk, number, asked, rows_of(question, language))
    rows = rows_typed(request.POST)
    if request.POST.get("do", "save") != "save":
        asked = QuestionForm(_earlier(desk, number), language, typed=_typed(request.POST))
        what, _colon, place = request.POST["do"].partition(":")
        index = number_of(place)
        rows, at = rearranged(rows, what, -1 if index is None else index)
        return _page(request, desk, number, asked, rows, focus=what, focus_place=at)
    asked = QuestionForm(_earlier(desk, number), language, request.POST)
    if not asked.is_valid():
        return _page(request, desk, number, asked, rows, status=422)
    return _kept(request, desk, number, asked, rows)


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk("edit_forms")
def form_question_remove(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    """Ask whether a question is to go, and take it out."""
    question = _question(desk, number)
    trouble = None
    if request.method == "POST":
        try:
            keep(
                request, desk, remove_question(desk.form.newest.instrument, number), _("The question is out.")
            )
        except NotKept as problem:
            trouble = problem.trouble
        else:
            return redirect(f"{reverse('form_edit', args=[desk.key])}?at={number - 1}")
    context = {"question": question, "number": number, "trouble": trouble}
    return show_form(request, desk, "remove", context, 409 if trouble else 200)


def rearranged(rows: list[ChoiceRow], what: str, index: int) -> tuple[list[ChoiceRow], int]:
    """Add, take out or move a choice as a button says; gives also where the choice is now."""
    rows = list(rows)
    if what == "add":
        return [*rows, ChoiceRow()], len(rows)
    if what not in {"up", "down", "remove"} or not 0 <= index < len(rows):
        return rows, index
    row = rows.pop(index)
    if what == "remove":
        return rows, index
    other = max(0, index - 1) if what == "up" else min(len(rows), index + 1)
    rows.insert(other, row)
    return rows, other


def question_sent(request: HttpRequest, desk: Desk, number: int) -> Question:
    """Make the question that was typed, without keeping it.

    Raises:
        NotReadable: names the fields that cannot be read.
    """
    language = first_language(desk.form.newest.instrument)
    asked = QuestionForm(_earlier(desk, number), language, request.POST)
    if not asked.is_valid():
        wrong = [(field.label, error) for field in asked for error in field.errors]
        raise NotReadable([Fault(str(label), str(error)) for label, error in wrong])
    return _made(desk, number, asked, rows_typed(request.POST))


def _made(desk: Desk, number: int, asked: QuestionForm, rows: list[ChoiceRow]) -> Question:
    instrument = desk.form.newest.instrument
    others = [one.code for place, one in enumerate(instrument.questions, start=1) if place != number]
    return asked.made(_question(desk, number), first_language(instrument), rows, others)


def _kept(
    request: HttpRequest, desk: Desk, number: int, asked: QuestionForm, rows: list[ChoiceRow]
) -> HttpResponse:
    instrument = desk.form.newest.instrument
    question = _made(desk, number, asked, rows)
    try:
        changed = keep(
            request, desk, replace_question(instrument, number, question), _("The question is kept.")
        )
    except NotKept as problem:
        return _page(request, desk, number, asked, rows, trouble=problem.trouble, status=409)
    if of_question(desk.key, changed, question.code):
        return redirect("form_question", key=desk.key, number=number)
    return redirect(f"{reverse('form_edit', args=[desk.key])}?at={number}")


def _page(
    request: HttpRequest,
    desk: Desk,
    number: int,
    asked: QuestionForm,
    rows: list[ChoiceRow],
    **more: Any,
) -> HttpResponse:
    question = _question(desk, number)
    trouble: Trouble | None = more.get("trouble")
    context = {
        "asked": asked,
        "rows": rows,
        "number": number,
        "question": question,
        "focus": more.get("focus", ""),
        "focus_place": more.get("focus_place"),
        "limits": [asked[name] for name in FITS if name in asked.fields],
        "trouble": trouble,
        "revision": request.POST.get("revision", desk.form.newest.revision),
        "has_choices": asked.type_now in CLOSED,
        "has_codes": asked.type_now not in {"rating"},
        "is_fixed": asked.type_now in {"thumbs", "yes_no"},
        "mendings": of_question(desk.key, desk.form.newest.instrument, question.code),
        "language": first_language(desk.form.newest.instrument),
    }
    return show_form(request, desk, "question", context, more.get("status", 200))


def _typed(sent: QueryDict) -> dict[str, Any]:
    """Give back what was typed, unchecked, to go on with."""
    held: dict[str, Any] = {name: sent[name] for name in sent}
    return {
        **held,
        "required": "required" in sent,
        "when_codes": sent.getlist("when_codes"),
    }


def _question(desk: Desk, number: int) -> Question:
    try:
        return question_at(desk.form.newest.instrument, number)
    except QuestionNotThere as problem:
        raise Http404 from problem


def _earlier(desk: Desk, number: int) -> tuple[Question, ...]:
    return desk.form.newest.instrument.questions[: number - 1]
