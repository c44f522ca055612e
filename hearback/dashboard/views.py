"""The signed-in home: what is there before it is released, for the agencies a person's roles cover."""

import re
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hearback.accounts import queries as accounts
from hearback.accounts.access import grants, needs
from hearback.accounts.rules import FORM_PERMISSIONS, Grant, agencies_with, may, may_everywhere
from hearback.collect.queries import ReportedSurveyFact, forms, more_of, reported_surveys
from hearback.dashboard.done import DONE
from hearback.dashboard.reported import by_agency
from hearback.dashboard.subjects import page_of, values_of
from hearback.directory import queries as directory
from hearback.fiscal import Quarter, QuarterNotValid, parse_quarter
from hearback.history.queries import latest_entries
from hearback.measure.queries import quarters, scores
from hearback.plan.queries import waiting_for

ON_A_PAGE = 200
LONGEST_KEY = 200


@dataclass(frozen=True)
class QuarterRow:
    """One fiscal quarter on the home page, for the agencies a person may see."""

    quarter: Quarter
    n_surveys: int
    n_findings: int


@require_safe
@never_cache
@needs("see_dashboard")
def home(request: HttpRequest) -> HttpResponse:
    """Show the quarters and what there is to look at."""
    held = grants(request)
    seen = _visible_surveys(held, None)
    rows = []
    for code in sorted({s.quarter for s in seen}, reverse=True):
        of_quarter = [s for s in seen if s.quarter == code]
        rows.append(
            QuarterRow(parse_quarter(code), len(of_quarter), sum(len(s.findings) for s in of_quarter))
        )
    context = {
        "rows": rows,
        "agencies": _agency_names(held),
        "n_waiting": _n_waiting(held),
        "may_see_forms": any(may(held, one) for one in FORM_PERMISSIONS),
        "may_see_history": may_everywhere(held, "see_history"),
        "may_see_people": may_everywhere(held, "see_people"),
        "may_see_research": may(held, "see_research"),
        "may_edit_plan": may_everywhere(held, "edit_plan"),
        "may_write_updates": may(held, "write_updates"),
        "may_answer_rounds": may(held, "answer_rounds"),
        "may_run_rounds": may_everywhere(held, "run_rounds"),
        "may_release": any(may_everywhere(held, f"{what}_releases") for what in ("prepare", "approve")),
        "n_to_answer": waiting_for(request.user.get_username()),
    }
    return render(request, "dashboard/home.html", context)


@require_safe
@never_cache
@needs("see_surveys")
def surveys(request: HttpRequest, quarter: str) -> HttpResponse:
    """Show the reported surveys of one quarter with their findings, for the agencies a person may see."""
    try:
        wanted = parse_quarter(quarter)
    except QuarterNotValid as problem:
        raise Http404 from problem
    seen = _visible_surveys(grants(request), wanted)
    if not seen and str(wanted) not in quarters():
        raise Http404
    shares = {s.subject: s for s in scores(level="survey", quarter=str(wanted), measure="trust_agree_share")}
    context = {"quarter": wanted, "agencies": by_agency(seen, shares), "n": len(seen)}
    return render(request, "dashboard/surveys.html", context)


@require_safe
@never_cache
@needs("see_history", everywhere=True)
def history(request: HttpRequest) -> HttpResponse:
    """Show the changes, newest first, a page at a time, of all things or those whose key has what was asked.

    A page past the last is not found.
    """
    asked = request.GET.get("page", "1")
    if not re.fullmatch(r"[1-9]\d{0,5}", asked):
        raise Http404
    page, key, held = int(asked), request.GET.get("key", "").strip()[:LONGEST_KEY], grants(request)
    found = latest_entries(ON_A_PAGE + 1, offset=(page - 1) * ON_A_PAGE, key_part=key)
    if page > 1 and not found:
        raise Http404
    context = {
        "entries": [
            (
                DONE.get(one.verb, one.verb),
                more_of(one.verb, one.after),
                one,
                page_of(one, held),
                values_of(one, held),
            )
            for one in found[:ON_A_PAGE]
        ],
        "key": key,
        "page": page,
        "newer": page - 1,
        "older": page + 1 if len(found) > ON_A_PAGE else None,
    }
    return render(request, "dashboard/history.html", context)


@require_safe
@never_cache
@needs("see_people", everywhere=True)
def people(request: HttpRequest) -> HttpResponse:
    """Show people and the roles they hold today."""
    return render(request, "dashboard/people.html", {"people": accounts.people(now().date())})


def _visible_surveys(held: tuple[Grant, ...], quarter: Quarter | None) -> list[ReportedSurveyFact]:
    allowed = agencies_with(held, "see_surveys")
    agency_of = {p.key: p.agency_key for p in directory.providers()}
    return [s for s in reported_surveys(quarter) if allowed is None or agency_of[s.provider_key] in allowed]


def _n_waiting(held: tuple[Grant, ...]) -> int:
    """Count the forms that wait for a review by this person."""
    waiting = [one for one in forms() if one.newest.state == "in_review"]
    return sum(may(held, "publish_forms", one.agency_key) for one in waiting)


def _agency_names(held: tuple[Grant, ...]) -> list[str] | None:
    allowed = agencies_with(held, "see_surveys")
    if allowed is None:
        return None
    return sorted(a.name for a in directory.agencies() if a.key in allowed)
