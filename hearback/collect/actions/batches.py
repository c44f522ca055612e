"""Write some placed rows: new surveys are made, standing ones settled, findings kept, history noted."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from hearback.collect.merging import SURVEY_FIELDS
from hearback.collect.models import Finding, ReportedQuestion, ReportedSurvey
from hearback.collect.parsed import Oddity
from hearback.collect.places import PlacedRow, survey_key
from hearback.collect.spool import Repeat
from hearback.collect.standing import (
    BOXES,
    QUESTION_VALUES,
    Settlement,
    new_survey,
    question_values,
    settled,
)
from hearback.collect.target import Target
from hearback.history.actions import Change, record_many

SUBJECT = "reported_survey"
KEY_DIGITS = (8, 16)
KEPT_FOR_GOOD = "restated"
"""A restatement is seen when it happens and never again; the finding stays and is told again."""

FOUND_LATER = ("wording_changed", "scale_changed")

SURVEY_UPDATES = (*SURVEY_FIELDS, "origins", "file_id", "file_row")
QUESTION_UPDATES = ("wording", "wording_class", "scale", "published_mean", "file_id", *BOXES)


@dataclass
class _Work:
    """What a batch leads to, before it is written."""

    new: list[tuple[PlacedRow, ReportedSurvey]] = field(default_factory=list)
    settlements: list[Settlement] = field(default_factory=list)
    told: list[tuple[PlacedRow, ReportedSurvey, list[Oddity]]] = field(default_factory=list)


@transaction.atomic(savepoint=False)
def store_batch(batch: list[PlacedRow], target: Target, *, by: str, at: datetime) -> int:
    """Write some rows of a file; returns how many changed something.

    Rows must come in the order of the file: variants are numbered in it.
    """
    work = _sort_out(batch, target)
    _write_new(work, target)
    _write_settled(work)
    _write_findings(work, target)
    for one, survey, oddities in work.told:
        if survey.variant == 1:
            target.spool.load(one.series, survey.pk, one.line)
        target.spool.find(one.line, oddities)
    record_many(_changes(work, target), by=by, at=at)
    return len(work.new) + sum(bool(s.after) for s in work.settlements)


def _sort_out(batch: list[PlacedRow], target: Target) -> _Work:
    work = _Work()
    repeats = target.spool.repeats(batch[0].line, batch[-1].line)
    variants = {one.line: repeats[one.line].variant if one.line in repeats else 1 for one in batch}
    near = _surveys_with_these_keys(batch, variants)
    standing = {(survey.identity, survey.variant): survey for survey in near}
    questions = _questions_of(near)
    keys = {survey.key: survey.identity for survey in near}
    for one in batch:
        repeat, variant = repeats.get(one.line), variants[one.line]
        oddities = [*one.oddities, *_about_repeat(repeat, target)]
        survey = standing.get((one.identity, variant))
        if survey is None:
            survey = new_survey(one, variant, _free_key(one, variant, keys), target)
            standing[one.identity, variant] = survey
            work.new.append((one, survey))
        elif not (repeat and repeat.again):
            settlement = settled(survey, questions.get(survey.pk, {}), one, target)
            work.settlements.append(settlement)
            oddities += settlement.oddities
        work.told.append((one, survey, oddities))
    return work


def _questions_of(surveys: Iterable[ReportedSurvey]) -> dict[int, dict[str, ReportedQuestion]]:
    found: dict[int, dict[str, ReportedQuestion]] = {}
    for question in ReportedQuestion.objects.filter(survey_id__in=[survey.pk for survey in surveys]):
        found.setdefault(question.survey_id, {})[question.question] = question
    return found


def _surveys_with_these_keys(batch: list[PlacedRow], variants: dict[int, int]) -> list[ReportedSurvey]:
    """Read the surveys the rows may be about. By key, as one identity may have very many variants."""
    keys = {survey_key(one, variants[one.line], digits) for one in batch for digits in KEY_DIGITS}
    return list(ReportedSurvey.objects.filter(key__in=keys))


def _free_key(one: PlacedRow, variant: int, taken: dict[str, str]) -> str:
    """Give the key of a new survey; where its eight digits are taken by another, with sixteen."""
    short, long = (survey_key(one, variant, digits) for digits in KEY_DIGITS)
    return short if taken.setdefault(short, one.identity) == one.identity else long


def _about_repeat(repeat: Repeat | None, target: Target) -> list[Oddity]:
    if repeat is None:
        return []
    column = target.importer.names["name"]
    found = []
    if repeat.n_different > 1:
        message = (
            f"Rows {repeat.rows} give different values for this survey and quarter; this is kept as variant "
            f"{repeat.variant}. Only variant 1 may be pooled."
        )
        found.append(Oddity("two_values_for_one_key", column, message))
    if repeat.again:
        message = (
            f"Rows {repeat.rows} are about this survey and quarter, and this one repeats an earlier one."
        )
        found.append(Oddity("same_row_twice", column, message))
    return found


def _write_new(work: _Work, target: Target) -> None:
    ReportedSurvey.objects.bulk_create([survey for _, survey in work.new])
    _insert_questions(
        [
            (survey.pk, *question_values(question), target.file.pk)
            for one, survey in work.new
            for question in one.row.questions
        ]
    )


def _insert_questions(rows: list[tuple[Any, ...]]) -> None:
    """Insert questions of new surveys. They are most of the rows; bulk_create takes three times as long."""
    columns = ("survey_id", *QUESTION_VALUES, "file_id")
    named = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {ReportedQuestion._meta.db_table} ({named}) VALUES ({marks})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def _write_settled(work: _Work) -> None:
    surveys = [s.survey for s in work.settlements if s.survey_changed]
    changed = [question for s in work.settlements for question in s.changed_questions]
    if surveys:
        ReportedSurvey.objects.bulk_update(surveys, SURVEY_UPDATES)
    if changed:
        ReportedQuestion.objects.bulk_update(changed, QUESTION_UPDATES)
    ReportedQuestion.objects.bulk_create([question for s in work.settlements for question in s.new_questions])


def _write_findings(work: _Work, target: Target) -> None:
    fresh = [
        Finding(
            file=target.file,
            survey=survey,
            row=one.line,
            column=odd.column,
            kind=odd.kind,
            message=odd.message,
        )
        for one, survey, oddities in work.told
        for odd in oddities
    ]
    if not target.is_new:
        fresh = _not_there_yet(fresh, work, target)
    Finding.objects.bulk_create(fresh)


def _not_there_yet(fresh: list[Finding], work: _Work, target: Target) -> list[Finding]:
    """Leave out what is kept already, tell again what is kept for good, and drop what is true no more."""
    lines = [one.line for one, _, _ in work.told]
    there = Finding.objects.filter(file=target.file, row__in=lines).exclude(kind__in=FOUND_LATER)
    wanted = {_values(finding) for finding in fresh}
    known: set[tuple[int, str | None, str, str]] = set()
    stale = []
    for finding in there.order_by("id"):
        known.add(_values(finding))
        if _values(finding) in wanted:
            continue
        if finding.kind == KEPT_FOR_GOOD:
            target.spool.find(finding.row, [Oddity(finding.kind, finding.column, finding.message)])
        else:
            stale.append(finding.pk)
    if stale:
        Finding.objects.filter(pk__in=stale).delete()
    return [finding for finding in fresh if _values(finding) not in known]


def _values(finding: Finding) -> tuple[int, str | None, str, str]:
    return finding.row, finding.column, finding.kind, finding.message


def _changes(work: _Work, target: Target) -> list[Change]:
    loaded = [
        Change("survey.loaded", SUBJECT, survey.key, None, {"file": target.file.sha256, "row": one.line})
        for one, survey in work.new
    ]
    changed = [
        Change(
            "survey.restated" if s.restated else "survey.completed", SUBJECT, s.survey.key, s.before, s.after
        )
        for s in work.settlements
        if s.after
    ]
    return loaded + changed
