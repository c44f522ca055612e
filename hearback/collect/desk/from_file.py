"""The form from a file of this or another program: first what would be lost and changed, then it is kept."""

from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods

from hearback.collect.desk.access import Desk, at_desk, show_form
from hearback.collect.desk.drafts import NotKept, Trouble, keep
from hearback.collect.desk.listing import spoken, title_of
from hearback.collect.desk.places import mendings
from hearback.collect.instruments.definition import Instrument
from hearback.collect.instruments.files import InstrumentNotValid, read_yaml, write_yaml
from hearback.collect.instruments.formats import (
    FORMATS,
    FileNotRead,
    Format,
    NothingAsked,
    Read,
    keep_what_is_not_said,
    read_any,
)

TITLES = (
    gettext_noop("XLSForm workbook"),
    gettext_noop("SurveyJS JSON"),
    gettext_noop("Touchpoints form JSON"),
)
"""Names of formats, for the files of translations."""
BIGGEST_FILE = 5_000_000
BIGGEST_FORM = 2_000_000
"""In bytes as YAML: so much comes back with the button below the report."""


@dataclass(frozen=True)
class Problem:
    """Why a file was not read: where in it, blank for all of it, and what to do."""

    message: str
    where: str = ""
    is_english: bool = False


class FileRefused(Exception):
    """A file cannot be read; nothing was changed."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problems = [problem]


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk("edit_forms")
def form_from_file(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Take a file, show what it asks and what it loses, and keep it once that was seen."""
    if request.method != "POST":
        return _page(request, desk)
    try:
        if "yaml" in request.POST:
            keep(request, desk, read_yaml(request.POST["yaml"].replace("\r\n", "\n")), _("The file is kept."))
            return redirect("form_edit", key=desk.key)
        return _report(request, desk, _read(request, desk))
    except FileRefused as problem:
        return _page(request, desk, problems=problem.problems, status=422)
    except InstrumentNotValid as problem:
        found = [Problem(one.message, one.where, is_english=True) for one in problem.faults]
        return _page(request, desk, problems=found, status=422)
    except NotKept as problem:
        return _page(request, desk, trouble=replace(problem.trouble, is_conflict=False), status=409)


def _read(request: HttpRequest, desk: Desk) -> Read:
    sent = request.FILES.get("file")
    if sent is None or not sent.size:
        raise FileRefused(Problem(_("Choose a file.")))
    if sent.size > BIGGEST_FILE:
        most = BIGGEST_FILE // 10**6
        raise FileRefused(Problem(_("The file is too large; it may have at most {n} MB.").format(n=most)))
    try:
        return keep_what_is_not_said(read_any(sent.read()), desk.form.newest.instrument)
    except NothingAsked as problem:
        told = _(
            "The file looks like {format}, but no question was found where such a file has its questions."
            " Keeping it would empty the form."
        )
        raise FileRefused(Problem(told.format(format=_(problem.title)))) from problem
    except FileNotRead as problem:
        raise FileRefused(Problem(f"{problem}.", is_english=True)) from problem


def _report(request: HttpRequest, desk: Desk, read: Read) -> HttpResponse:
    yaml = write_yaml(read.instrument)
    if len(yaml.encode()) > BIGGEST_FORM:
        raise FileRefused(Problem(_("What the file asks is too large to be shown.")))
    title = next((_titled(one) for one in FORMATS if one.name == read.format), "YAML")
    context = {
        "read": read,
        "losses": [(one, _words_at(read.instrument, one.where)) for one in read.losses],
        "format": title,
        "title": title_of(read.instrument),
        "language": next(iter(read.instrument.languages), "en"),
        "languages": spoken(read.instrument) if read.instrument.languages else [],
        "n_questions": len(read.instrument.questions),
        "faults": mendings(desk.key, read.instrument),
        "yaml": yaml,
    }
    return _page(request, desk, context)


def _titled(one: Format) -> str:
    return _(one.title)


def _words_at(instrument: Instrument, where: str) -> str:
    """Give the words of the question that a place belongs to; blank where it belongs to none."""
    code = where.removeprefix("questions.").partition(".")[0] if where.startswith("questions.") else ""
    found = next((one for one in instrument.questions if one.code == code), None)
    return found.words.get(next(iter(instrument.languages), ""), "") if found else ""


def _page(
    request: HttpRequest,
    desk: Desk,
    report: dict[str, object] | None = None,
    *,
    problems: list[Problem] | None = None,
    trouble: Trouble | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the report of a file, or ask for one."""
    context = {
        "problems": problems,
        "trouble": trouble,
        "revision": desk.form.newest.revision,
        "formats": [_titled(one) for one in FORMATS],
        **(report or {}),
    }
    return show_form(request, desk, "from_file", context, status)
