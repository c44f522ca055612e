"""Reading what agencies reported."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Count, QuerySet

from hearback.collect.models import Finding, ImportedFile, ReportedQuestion, ReportedSurvey
from hearback.collect.rules import QUESTIONS
from hearback.fiscal import Quarter

if TYPE_CHECKING:
    from hearback.collect.archive.files import Archive

CHUNK = 500


@dataclass(frozen=True)
class FindingFact:
    """One oddity of one row."""

    kind: str
    row: int
    column: str | None
    message: str


@dataclass(frozen=True)
class QuestionCountsFact:
    """Answers 1-5 to one question of one survey in one quarter."""

    question: str  # one of rules.QUESTIONS: satisfaction, trust, effectiveness, ease, … agency_8 to agency_11
    wording_class: str
    scale: str
    counts: tuple[int, int, int, int, int]
    published_mean: str | None


@dataclass(frozen=True)
class ReportedSurveyFact:
    """One survey of one service in one fiscal quarter, as the agency reported it.

    Volumes are null where they were not reported. `timing` says whether people were asked after a
    transaction: post_transaction, during_visit, periodic or unknown.
    """

    key: str
    service_key: str
    provider_key: str
    quarter: str
    channel: str | None
    name: str
    timing: str
    customers_count: int | None
    offered_count: int | None
    respondents_count: int | None
    rating: str | None
    variant: int
    questions: tuple[QuestionCountsFact, ...]
    findings: tuple[FindingFact, ...]
    file_sha256: str
    file_row: int
    is_counted: bool = False  # counted here from answers of single persons, not reported as counts


@dataclass(frozen=True)
class ImportedFileFact:
    """A file from which something was loaded, in the order of loading."""

    sha256: str
    kind: str
    name: str
    imported_at: datetime
    by: str
    rows_read: int
    rows_loaded: int
    rows_rejected: int


def reported_surveys(quarter: Quarter | None = None) -> Iterator[ReportedSurveyFact]:
    """Give every reported survey, or those of one quarter, by quarter and key, in bounded memory.

    Variants of 2 and more are second rows for the same survey in one file: show them, never pool them. A
    finding that two files make alike is given once.
    """
    found = ReportedSurvey.objects.select_related("service", "provider", "file").order_by("quarter", "key")
    if quarter is not None:
        found = found.filter(quarter=str(quarter))
    surveys = found.iterator(chunk_size=CHUNK)
    while chunk := list(islice(surveys, CHUNK)):
        yield from _facts(chunk)


def _facts(surveys: list[ReportedSurvey]) -> Iterator[ReportedSurveyFact]:
    numbers = [survey.pk for survey in surveys]
    questions: dict[int, list[ReportedQuestion]] = {}
    for question in ReportedQuestion.objects.filter(survey_id__in=numbers):
        questions.setdefault(question.survey_id, []).append(question)
    findings: dict[int, dict[tuple[str, str], FindingFact]] = {}
    for one in Finding.objects.filter(survey_id__in=numbers).order_by("file_id", "row", "id"):
        told = FindingFact(one.kind, one.row, one.column, one.message)
        findings.setdefault(one.survey_id or 0, {}).setdefault((one.kind, one.message), told)
    for survey in surveys:
        asked = sorted(questions.get(survey.pk, ()), key=lambda one: QUESTIONS.index(one.question))
        yield _fact(survey, asked, tuple(findings.get(survey.pk, {}).values()))


def _fact(
    survey: ReportedSurvey, questions: list[ReportedQuestion], findings: tuple[FindingFact, ...]
) -> ReportedSurveyFact:
    return ReportedSurveyFact(
        key=survey.key,
        service_key=survey.service.key,
        provider_key=survey.provider.key,
        quarter=survey.quarter,
        channel=survey.channel,
        name=survey.name,
        timing=survey.timing,
        customers_count=survey.customers_count,
        offered_count=survey.offered_count,
        respondents_count=survey.respondents_count,
        rating=survey.rating,
        variant=survey.variant,
        questions=tuple(
            QuestionCountsFact(q.question, q.wording_class, q.scale, q.counts, _mean_text(q.published_mean))
            for q in questions
        ),
        findings=findings,
        file_sha256=survey.file.sha256,
        file_row=survey.file_row,
    )


def _mean_text(mean: Decimal | None) -> str | None:
    """Write a published mean with two decimals, or with as many as it has; None stays None."""
    if mean is None:
        return None
    text = f"{mean:f}"
    whole, _, decimals = text.partition(".")
    return f"{whole}.{decimals.rstrip('0').ljust(2, '0')}"


def answer_archive() -> "Archive":
    """Give the archive of people's answers."""
    from hearback.collect.archive.files import Archive  # here, as counts that were reported need no pyarrow

    return Archive(Path(settings.HOME) / "answers", settings.FISCAL_YEAR_STARTS)


def quarters() -> list[str]:
    """Name the quarters that have reported surveys, oldest first."""
    return list(ReportedSurvey.objects.order_by("quarter").values_list("quarter", flat=True).distinct())


def finding_counts() -> dict[str, int]:
    """Count the findings that stand, by kind, over all files."""
    found = Finding.objects.values("kind").annotate(n=Count("id")).order_by("kind")
    return {row["kind"]: row["n"] for row in found}


def imported_files() -> list[ImportedFileFact]:
    """List the files from which something was loaded, first loaded first."""
    files: QuerySet[ImportedFile] = ImportedFile.objects.order_by("imported_at", "id")
    return [
        ImportedFileFact(
            f.sha256, f.kind, f.name, f.imported_at, f.by, f.rows_read, f.rows_loaded, f.rows_rejected
        )
        for f in files
    ]
