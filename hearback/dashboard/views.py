"""The signed-in home: what is there before it is released, for the agencies a person's roles cover."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hearback.accounts import queries as accounts
from hearback.accounts.rules import Grant, agencies_with, may
from hearback.collect.queries import ReportedSurveyFact, reported_surveys
from hearback.dashboard.access import grants, needs
from hearback.directory import queries as directory
from hearback.fiscal import Quarter, QuarterNotValid, parse_quarter
from hearback.history.queries import latest_entries
from hearback.measure.queries import ScoreFact, quarters, scores
from hearback.ui.numbers import share, share_interval


@dataclass(frozen=True)
class QuarterRow:
    """One fiscal quarter on the home page, for the agencies a person may see."""

    quarter: Quarter
    n_surveys: int
    n_findings: int


@dataclass(frozen=True)
class SurveyRow:
    """One reported survey with the share agreeing, in words."""

    survey: ReportedSurveyFact
    service: str
    provider: str
    share: str


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
        "may_see_history": may(held, "see_history"),
        "may_see_people": may(held, "see_people"),
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
    services = {s.key: s.name for s in directory.services()}
    providers = {p.key: p.name for p in directory.providers()}
    shares = {s.subject: s for s in scores(level="survey", quarter=str(wanted), measure="trust_agree_share")}
    rows = sorted(
        (
            SurveyRow(s, services[s.service_key], providers[s.provider_key], _words(shares.get(s.key)))
            for s in seen
        ),
        key=lambda row: (row.provider, row.service, row.survey.name),
    )
    return render(request, "dashboard/surveys.html", {"quarter": wanted, "rows": rows})


@require_safe
@never_cache
@needs("see_history")
def history(request: HttpRequest) -> HttpResponse:
    """Show the newest changes."""
    return render(request, "dashboard/history.html", {"entries": latest_entries(200)})


@require_safe
@never_cache
@needs("see_people")
def people(request: HttpRequest) -> HttpResponse:
    """Show people and the roles they hold today."""
    return render(request, "dashboard/people.html", {"people": accounts.people(now().date())})


def _visible_surveys(held: tuple[Grant, ...], quarter: Quarter | None) -> list[ReportedSurveyFact]:
    allowed = agencies_with(held, "see_surveys")
    agency_of = {p.key: p.agency_key for p in directory.providers()}
    return [s for s in reported_surveys(quarter) if allowed is None or agency_of[s.provider_key] in allowed]


def _agency_names(held: tuple[Grant, ...]) -> list[str] | None:
    allowed = agencies_with(held, "see_surveys")
    if allowed is None:
        return None
    return sorted(a.name for a in directory.agencies() if a.key in allowed)


def _words(score: ScoreFact | None) -> str:
    if score is None or score.value is None:
        return gettext("no share to show")
    if score.low is None or score.high is None:
        return share(score.value, score.n)
    return f"{share(score.value, score.n)} ({share_interval(score.low, score.high, score.n)})"
