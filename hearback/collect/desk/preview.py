"""The hosted page as a version would look to people; nothing that is filled in is stored."""

import msgspec
from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from hearback.collect.desk.access import Desk, at_desk, show_form
from hearback.collect.desk.fields import number_of
from hearback.collect.desk.question import NotReadable, question_sent
from hearback.collect.instruments.asking import Screen
from hearback.collect.instruments.checking import faults
from hearback.collect.instruments.definition import Instrument
from hearback.collect.instruments.editing import QuestionNotThere, question_at, replace_question
from hearback.collect.instruments.vocabularies import names as vocabularies
from hearback.collect.intake.receiving import Receiver
from hearback.collect.intake.store import OpenForm
from hearback.collect.queries import VersionFact, version
from hearback.collect.views import ask


@csrf_exempt  # nothing is stored or changed, and the page that people see carries no token
@csp_replace({"frame-ancestors": [SELF]})
@xframe_options_sameorigin
@require_http_methods(["GET", "HEAD", "POST"])
@at_desk()
def form_preview(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Ask what the newest version asks, or the one whose number is given."""
    shown = _version(desk, request.GET.get("version", ""))
    return _asked(request, desk, shown.instrument, shown.number, None)


@csp_replace({"frame-ancestors": [SELF]})
@xframe_options_sameorigin
@require_http_methods(["GET", "HEAD", "POST"])
@at_desk("edit_forms")
def form_question_preview(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    """Show one question as it is typed now, and keep nothing; where nothing was sent, as it is kept."""
    instrument = desk.form.newest.instrument
    try:
        if request.method == "POST":
            instrument = replace_question(instrument, number, question_sent(request, desk, number))
        screen = Screen((question_at(instrument, number),))
    except QuestionNotThere as problem:
        raise Http404 from problem
    except NotReadable as problem:
        return show_form(request, desk, "no_preview", {"faults": problem.faults, "english": ""}, 422)
    return _asked(request, desk, instrument, desk.form.newest.number, screen)


def _asked(
    request: HttpRequest, desk: Desk, instrument: Instrument, number: int, screen: Screen | None
) -> HttpResponse:
    """Ask what an instrument asks, or say why it cannot be shown."""
    named = {one.vocabulary for one in instrument.questions if one.vocabulary}
    if not instrument.languages or not named <= {*vocabularies()}:
        return show_form(request, desk, "no_preview", {"faults": faults(instrument)})
    receiver = Receiver(OpenForm(desk.key, number, msgspec.json.encode(instrument)))
    return ask(request, receiver, desk.form.asker, is_preview=True, first=screen)


def _version(desk: Desk, number: str) -> VersionFact:
    if not number:
        return desk.form.newest
    found = version(desk.key, number_of(number) or 0)
    if found is None:
        raise Http404
    return found
