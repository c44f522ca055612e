"""A quarter: what people said in it, who reported and who did not, what was left out, what was told."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from hearback.collect.rules import FINDINGS
from hearback.fiscal import PeriodNotValid, Quarter, QuarterNotValid, parse_period, parse_quarter
from hearback.measure.queries import ScoreFact
from hearback.measure.rules import GOVERNMENT, POOLS, ROLLED_UP
from hearback.plan.queries import UpdateFact
from hearback.publish.charts import government_chart
from hearback.publish.frozen import ReleaseData
from hearback.publish.pages.area import updates
from hearback.publish.pages.catalogue import Catalogue, NotInRelease, by_name, catalogue
from hearback.publish.pages.dates import months_label
from hearback.publish.pages.pictures import shown
from hearback.publish.pages.trust import Cell, share_cell
from hearback.publish.pages.why import TRUST, Why, left_out, surveys_left_out, why
from hearback.publish.said import said
from hearback.publish.sentences import reading
from hearback.publish.series import AGREE, RESPONSE
from hearback.ui.numbers import count
from hearback.ui.words import plain


@dataclass(frozen=True)
class Line:
    """One quarter in the list of quarters.

    Of the `n_surveys` that were reported `n_counted` are added up, each with its kind of question, and
    `answers` are theirs.
    """

    quarter: Quarter
    months: str
    n_services: int
    n_surveys: int
    n_counted: int
    answers: str | None


@dataclass(frozen=True)
class Told:
    """What people said in a quarter to one kind of question, over the whole government."""

    title: str
    explained: str
    reading: str
    only: str | None  # the agency whose surveys these are, where they are all of one
    response: Cell
    chart: Any
    why: Why


@dataclass(frozen=True)
class AgencyLine:
    """One agency in the quarter."""

    key: str
    name: str
    pool: str
    agree: Cell
    n: str | None
    n_surveys: int


def quarters(release: ReleaseData) -> dict[str, Any]:
    """List the quarters in which anything was reported, the newest first."""
    book = catalogue(release)
    return {"lines": [_line(book, quarter) for quarter in reversed(book.numbers.quarters)]}


def quarter(release: ReleaseData, code: str) -> dict[str, Any]:
    """Show one quarter.

    Raises:
        NotInRelease: if the release holds nothing of it.
    """
    book = catalogue(release)
    try:
        found = parse_quarter(code)
    except QuarterNotValid as problem:
        raise NotInRelease(code) from problem
    known = book.numbers.quarters
    if found not in known or str(found) != code:
        raise NotInRelease(code)
    at = known.index(found)
    surveys = book.surveys_in[code]
    reported = {survey.service_key for survey in surveys}
    agencies = list(_agencies(book, code))
    kinds = Counter(finding.kind for survey in surveys for finding in survey.findings)
    return {
        "line": _line(book, found),
        "quarter": found,
        "before": known[at - 1] if at else None,
        "after": known[at + 1] if at + 1 < len(known) else None,
        "told": _all_told(book, found),
        "agencies": agencies,
        "has_notes": any(one.agree.reason for one in agencies),
        "reported": by_name(s for s in release.services if s.key in reported),
        "silent": by_name(s for s in release.services if s.designated and s.key not in reported),
        "left_out": left_out(book, "government", GOVERNMENT, code),
        "findings": sorted((plain(kind, FINDINGS), n) for kind, n in kinds.items()),
        "updates": updates(_within(release.updates, found)),
        "round": next((one for one in release.rounds if one.quarter == code), None),
    }


def _line(book: Catalogue, quarter: Quarter) -> Line:
    surveys = book.surveys_in[str(quarter)]
    gone = surveys_left_out(book, str(quarter))
    counted = [
        question.counts
        for survey in surveys
        if survey.key not in gone
        for question in survey.questions
        if question.question == TRUST and question.counts is not None
    ]
    answers = sum(sum(counts) for counts in counted)
    return Line(
        quarter=quarter,
        months=months_label(quarter),
        n_services=len({survey.service_key for survey in surveys}),
        n_surveys=len(surveys),
        n_counted=len(counted),
        answers=count(answers) if counted else None,
    )


def _all_told(book: Catalogue, quarter: Quarter) -> list[Told]:
    """Tell each kind of question; what was left out because it asked neither is told with the first."""
    told: list[Told] = []
    for pool in ROLLED_UP:
        if (one := _told(book, pool, quarter, is_first=not told)) is not None:
            told.append(one)
    return told


def _told(book: Catalogue, pool: str, quarter: Quarter, *, is_first: bool) -> Told | None:
    series = book.numbers.series(AGREE, "government", GOVERNMENT, pool)
    score = book.numbers.score(AGREE, "government", GOVERNMENT, pool, quarter)
    if series is None or score is None or score.value is None:
        return None
    return Told(
        title=said(POOLS[pool].name),
        explained=said(POOLS[pool].explanation),
        reading=reading(score),
        only=_only(book, score),
        response=share_cell(book.numbers.score(RESPONSE, "government", GOVERNMENT, pool, quarter)),
        chart=shown(book, government_chart(pool)),
        why=why(book, series, score, share_cell(score).interval, is_first=is_first),
    )


def _only(book: Catalogue, score: ScoreFact) -> str | None:
    """Name the agency whose surveys are all of those behind a number of the government; None for several."""
    found = [
        (agency.name, one.n_surveys)
        for agency in book.release.agencies
        if (one := book.numbers.score(AGREE, "agency", agency.key, score.pool, parse_quarter(score.quarter)))
        and one.n_surveys
    ]
    return found[0][0] if len(found) == 1 and found[0][1] == score.n_surveys else None


def _agencies(book: Catalogue, code: str) -> Iterable[AgencyLine]:
    """List the agencies by name, with what people said of each to each kind of question."""
    found: dict[tuple[str, str], ScoreFact] = {
        (score.subject, score.pool): score
        for score in book.release.scores
        if score.quarter == code and score.level == "agency" and score.measure == AGREE
    }
    for agency in by_name(book.release.agencies):
        for pool in ROLLED_UP:
            if (score := found.get((agency.key, pool))) is not None:
                n = count(score.n) if score.n and score.value is not None else None
                yield AgencyLine(
                    agency.key, agency.name, said(POOLS[pool].name), share_cell(score), n, score.n_surveys
                )


def _within(facts: Iterable[UpdateFact], quarter: Quarter) -> list[UpdateFact]:
    """Give the updates of a quarter: those whose date begins within it."""
    start = settings.FISCAL_YEAR_STARTS
    first, last = quarter.starts_on(start), quarter.ends_before(start)
    found = []
    for fact in facts:
        try:
            begins = parse_period(fact.date, start).starts_on
        except PeriodNotValid:
            continue
        if first <= begins < last:
            found.append(fact)
    return found
