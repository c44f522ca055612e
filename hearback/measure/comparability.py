"""Which trust questions are added up in which pool, which are not, and why. Pure functions on facts."""

import csv
import io
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass, fields

from hearback.collect.queries import ReportedSurveyFact
from hearback.fiscal import parse_quarter
from hearback.measure.judging import TRUST, Judged, exclusion_of_weighted
from hearback.measure.rules import EXCLUSION_REASONS, OWN, POOLS, Exclusion, is_small
from hearback.stats import n_answers
from hearback.ui.spreadsheet import safe_cell

NOT_ASKED, NOT_COUNTS = "trust_not_asked", "not_counts"
POOLED = "added up"
"""What the summary says in the place of a reason where there is none."""


@dataclass(frozen=True)
class TrustQuestion:
    """The trust question of one survey in one quarter: how it was asked, and where its answers are added up.

    `reason` is null where they are added up in `pool`. `left_out_of` says of what they are left out: `pools`
    (compared with nothing), or `rollups` (comparable, not added up). `n_answers` is null where fewer than may
    be shown answered, or where what was reported are not counts; zero may be shown.
    """

    survey: str
    service: str
    provider: str
    quarter: str
    channel: str | None
    name: str
    wording_class: str | None
    scale: str | None
    timing: str
    pool: str
    left_out_of: str | None
    reason: str | None
    explanation: str | None
    n_answers: int | None


@dataclass(frozen=True)
class Summary:
    """How many trust questions end in one pool, with one reason or none, and the answers that may be shown.

    `n_answers` is null where nobody's answers may be shown.
    """

    pool: str
    left_out_of: str | None
    reason: str | None
    n_surveys: int
    n_answers: int | None


def trust_questions(
    surveys: Iterable[ReportedSurveyFact], weighted: Collection[str], threshold: int
) -> list[TrustQuestion]:
    """Say of every survey, by quarter and key, what becomes of its trust question.

    Args:
        weighted: keys of the surveys whose answers are weighted; they are never added up with others.
        threshold: fewer answers are not shown.
    """
    ordered = sorted(surveys, key=lambda survey: (survey.quarter, survey.key, survey.variant))
    return [_judge(survey, survey.key in weighted, threshold) for survey in ordered]


def summary(questions: Iterable[TrustQuestion]) -> list[Summary]:
    """Count the questions by pool and reason: those that are added up first, then reasons as in the rules."""
    n_surveys: Counter[tuple[str, str | None, str | None]] = Counter()
    n_answered: dict[tuple[str, str | None, str | None], int] = {}
    for one in questions:
        key = one.pool, one.left_out_of, one.reason
        n_surveys[key] += 1
        if one.n_answers is not None:
            n_answered[key] = n_answered.get(key, 0) + one.n_answers
    reasons = list(EXCLUSION_REASONS)
    ordered = sorted(
        n_surveys,
        key=lambda key: (key[0] == OWN, key[2] is not None, *_place(key[0], key[2], reasons)),
    )
    return [Summary(*key, n_surveys[key], n_answered.get(key)) for key in ordered]


def as_csv(questions: Iterable[TrustQuestion]) -> str:
    """Write one row per question; an empty cell is what is not known or not shown."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([field.name for field in fields(TrustQuestion)])
    for one in questions:
        cells = asdict(one).values()
        writer.writerow(["" if c is None else safe_cell(c) if isinstance(c, str) else c for c in cells])
    return out.getvalue()


def as_lines(questions: Collection[TrustQuestion]) -> Iterator[str]:
    """Give the lines a person reads: the summary, then every question with what becomes of it."""
    yield f"{len(questions):,} surveys and what becomes of their trust question:"
    for row in summary(questions):
        why = POOLED if row.reason is None else f"left out of {row.left_out_of}: {row.reason}"
        answers = "" if row.n_answers is None else f", {row.n_answers:,} answers"
        yield f"  {row.pool:<9}  {row.n_surveys:>5,} {why}{answers}"
    for one in questions:
        asked = f"{one.wording_class or 'not asked'}, {one.scale or 'no scale'}, {one.timing}"
        n = "answers not shown" if one.n_answers is None else f"{one.n_answers:,} answers"
        why = POOLED if one.reason is None else f"{one.reason}: {one.explanation}"
        yield f"{parse_quarter(one.quarter).label}  {one.survey}  {one.pool}; {asked}; {n}; {why}"


def _judge(survey: ReportedSurveyFact, weighted: bool, threshold: int) -> TrustQuestion:
    judged = Judged(survey, threshold, TRUST)
    found = exclusion_of_weighted(judged) if weighted else judged.exclusion
    asked = judged.question
    return TrustQuestion(
        survey=survey.key,
        service=survey.service_key,
        provider=survey.provider_key,
        quarter=survey.quarter,
        channel=survey.channel,
        name=survey.name,
        wording_class=asked.wording_class if asked else None,
        scale=asked.scale if asked else None,
        timing=survey.timing,
        pool=judged.pool,
        left_out_of=found.scope if found else None,
        reason=found.reason if found else None,
        explanation=found.explanation if found else None,
        n_answers=_shown(judged, found, threshold),
    )


def _shown(judged: Judged, found: Exclusion | None, threshold: int) -> int | None:
    """Give the answers; None where they are too few to show, and where none were counted or asked for."""
    n = n_answers(judged.counts)
    not_counted = found is not None and found.reason in (NOT_ASKED, NOT_COUNTS)
    return None if not_counted or is_small(n, threshold) else n


def _place(pool: str, reason: str | None, reasons: list[str]) -> tuple[int, int]:
    return list(POOLS).index(pool), -1 if reason is None else reasons.index(reason)
