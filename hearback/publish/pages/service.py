"""Pages of services: the list, and everything known of one."""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext

from hearback.collect.rules import FINDINGS
from hearback.fiscal import Quarter
from hearback.measure.queries import ExclusionFact, ScoreFact
from hearback.measure.rules import POOLS
from hearback.publish.charts.answers import NAMES
from hearback.publish.frozen import PublishedSurvey, ReleaseData
from hearback.publish.pages import trust
from hearback.publish.pages.catalogue import Catalogue, by_name, catalogue, find
from hearback.publish.pages.directory import service_line, without_panel
from hearback.publish.pages.noise import noisy_quarters
from hearback.publish.pages.pictures import shown
from hearback.publish.pages.trust import Cell
from hearback.publish.pages.why import TRUST, left_out
from hearback.publish.said import said
from hearback.publish.series import AGREE, RESPONSE
from hearback.ui.numbers import count
from hearback.ui.words import CHANNELS, TIMINGS, WORDINGS, plain


@dataclass(frozen=True)
class SurveyRow:
    """One reported survey of a service in one quarter."""

    name: str
    channel: str
    timing: str
    wording: str
    pool: str | None
    agree: Cell
    n: str | None
    response: Cell
    response_of: str | None
    volumes: tuple[tuple[str, str | None], ...]
    exclusions: tuple[str, ...]
    findings: tuple[str, ...]


def services(release: ReleaseData) -> dict[str, Any]:
    """List all services by name."""
    book = catalogue(release)
    lines = [service_line(book, s) for s in by_name(release.services)]
    n_reported = sum(line["n_quarters"] > 0 for line in lines)
    return {
        "shown": shown(book, "services"),
        "lines": lines,
        "n_reported": n_reported,
        "without_panel": without_panel(lines),
    }


def service(release: ReleaseData, key: str) -> dict[str, Any]:
    """Show one service: trust by quarter, the answers, every survey with its oddities, what was left out.

    Raises:
        NotInRelease: if the release holds no such service.
    """
    book = catalogue(release)
    found = find(release.services, key)
    keys = dict.fromkeys(p.provider_key for p in found.provisions)
    panels = trust.panels(book, "service", key)
    return {
        "service": found,
        "line": service_line(book, found),
        "provisions": [(book.providers.get(p.provider_key), p) for p in found.provisions],
        "agencies": by_name(
            {
                book.agencies[p.agency_key]
                for k in keys
                if (p := book.providers.get(k)) and p.agency_key in book.agencies
            }
        ),
        "journeys": by_name(j for j in release.journeys if j.about_key == key),
        "replaced_by": book.services.get(found.replaced_by_key or ""),
        "chart": shown(book, f"service-{key}"),
        "panels": panels,
        "answers": [_answers(book, key, p.pool, p.title) for p in panels],
        "funnel": shown(book, f"response-{key}"),
        "quarters": survey_quarters(book, key),
        "noisy": noisy_quarters(book, key),
        "agree": trust.definition(book, AGREE),
        "response": trust.definition(book, RESPONSE),
        "left_out": left_out(book, "service", key),
    }


def _answers(book: Catalogue, key: str, pool: str, title: str) -> dict[str, Any]:
    """Give the five answers to a kind of question; `has_dash` says that some share of them is not shown."""
    rows = trust.answers_rows(book, key, pool)
    return {
        "pool": pool,
        "title": title,
        "names": [said(name) for name in NAMES],
        "rows": rows,
        "has_dash": any(share is None for _row, cells in rows for _n, share in cells),
        "chart": shown(book, f"answers-{key}-{pool}"),
    }


def survey_quarters(book: Catalogue, service_key: str) -> list[tuple[Quarter, list[SurveyRow]]]:
    """Give the surveys of a service by quarter, the newest quarter first."""
    exclusions: dict[str, list[ExclusionFact]] = {}
    for exclusion in book.release.exclusions:
        if exclusion.question == TRUST:
            exclusions.setdefault(exclusion.survey, []).append(exclusion)
    quarters = []
    for quarter in reversed(book.numbers.quarters):
        found = book.numbers.surveys(service_key, str(quarter))
        if found:
            quarters.append((quarter, [_survey_row(book, s, exclusions.get(s.key, [])) for s in found]))
    return quarters


def _survey_row(book: Catalogue, survey: PublishedSurvey, exclusions: list[ExclusionFact]) -> SurveyRow:
    agree = book.numbers.survey_score(AGREE, survey.key)
    response = book.numbers.survey_score(RESPONSE, survey.key)
    wording = next((q.wording_class for q in survey.questions if q.question == TRUST), None)
    return SurveyRow(
        name=survey.name,
        channel=plain(survey.channel, CHANNELS) if survey.channel else gettext("not reported"),
        timing=plain(survey.timing, TIMINGS),
        wording=plain(wording, WORDINGS),
        pool=said(POOLS[agree.pool].name) if agree and agree.pool in POOLS else None,
        agree=_known(
            trust.share_cell(agree), agree, gettext("the trust question was not asked or not counted")
        ),
        n=count(agree.n) if agree and agree.value is not None and agree.n is not None else None,
        response=_known(
            trust.share_cell(_as_precise(response, survey)),
            response,
            gettext("the numbers for it were not reported"),
        ),
        response_of=_fraction(response),
        volumes=tuple(
            (name, None if value is None else count(value))
            for name, value in (
                (gettext("customers"), survey.customers_count),
                (gettext("offered the survey"), survey.offered_count),
                (gettext("answered"), survey.respondents_count),
            )
        ),
        exclusions=tuple(said(e.explanation) for e in exclusions),
        findings=tuple(said(f.message) or plain(f.kind, FINDINGS) for f in survey.findings),
    )


def _known(cell: Cell, score: ScoreFact | None, otherwise: str) -> Cell:
    return cell if score is not None else Cell(None, None, otherwise)


def _as_precise(score: ScoreFact | None, survey: PublishedSurvey) -> ScoreFact | None:
    """Write a response rate as its chart does: with decimals by how many answered, not were asked."""
    return replace(score, n=survey.respondents_count) if score else None


def _fraction(score: ScoreFact | None) -> str | None:
    if score is None or score.value is None or score.numerator is None or score.denominator is None:
        return None
    return gettext("%(part)s of %(whole)s") % {
        "part": f"{count(score.numerator)} {said(score.numerator_name)}",
        "whole": f"{count(score.denominator)} {said(score.denominator_name)}",
    }
