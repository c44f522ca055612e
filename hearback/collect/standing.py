"""Make rows of the tables from rows of a file, and change standing ones, in memory; `actions` writes them."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from hearback.collect.merging import (
    SURVEY_FIELDS,
    Claim,
    Settled,
    Verdict,
    question_columns,
    said_by_question,
    said_by_row,
    settle,
    settle_question,
    survey_columns,
)
from hearback.collect.models import ReportedQuestion, ReportedSurvey
from hearback.collect.parsed import Oddity, ParsedQuestion
from hearback.collect.places import PlacedRow
from hearback.collect.target import Target

BOXES = ("n1", "n2", "n3", "n4", "n5")
NO_ANSWERS = (0, 0, 0, 0, 0)
QUESTION_VALUES = ("question", "wording", "wording_class", "scale", "published_mean", *BOXES)


@dataclass
class Settlement:
    """What one row changes about a standing survey."""

    survey: ReportedSurvey
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    restated: bool = False
    survey_changed: bool = False
    changed_questions: list[ReportedQuestion] = field(default_factory=list)
    new_questions: list[ReportedQuestion] = field(default_factory=list)
    oddities: list[Oddity] = field(default_factory=list)

    def note(self, settled: Settled, prefix: str = "") -> None:
        """Take over what was settled about the survey or one question."""
        for name, (before, after) in settled.changes.items():
            self.before[prefix + name], self.after[prefix + name] = _plain(before), _plain(after)
        self.restated = self.restated or Verdict.RESTATE in settled.verdicts.values()
        self.oddities += settled.oddities


def new_survey(one: PlacedRow, variant: int, key: str, target: Target) -> ReportedSurvey:
    """Make a survey from a row."""
    row = one.row
    return ReportedSurvey(
        key=key,
        identity=one.identity,
        series=one.series,
        variant=variant,
        service_id=target.service_ids[one.service_key],
        provider_id=target.provider_ids[one.provider_key],
        quarter=row.quarter,
        channel=row.channel,
        name=row.name,
        timing=row.timing,
        transaction_point=row.transaction_point or "",
        customers_count=row.reported(row.customers_count),
        offered_count=row.reported(row.offered_count),
        respondents_count=row.reported(row.respondents_count),
        rating=row.rating,
        file_id=target.file.pk,
        file_row=one.line,
    )


def question_values(question: ParsedQuestion) -> tuple[object, ...]:
    """Give the values of a question of a row in the order of QUESTION_VALUES."""
    return (
        question.code,
        question.wording or "",
        question.wording_class,
        question.scale,
        None if question.mean is None else str(question.mean),
        *question.counts,
    )


def settled(
    survey: ReportedSurvey, questions: dict[str, ReportedQuestion], one: PlacedRow, target: Target
) -> Settlement:
    """Hold a row against a standing survey and its questions, and change those in memory."""
    done = Settlement(survey)
    _settle_survey(done, one, target)
    for question in one.row.questions:
        standing = questions.get(question.code)
        if standing is None:
            _add_question(done, question, target)
        else:
            _settle_question(done, standing, question, target)
    _take_back(done, {question.code for question in one.row.questions}, questions, target)
    if done.restated and survey.file_id != target.file.pk and _is_own(survey, target):
        survey.file_id, survey.file_row = target.file.pk, one.line
        done.survey_changed = True
    return done


def _settle_survey(done: Settlement, one: PlacedRow, target: Target) -> None:
    survey = done.survey
    origins = {name: survey.origins.get(name, survey.file_id) for name in SURVEY_FIELDS}
    claims = {name: _claim(origin, target) for name, origin in origins.items()}
    standing = {name: getattr(survey, name) for name in SURVEY_FIELDS}
    found = settle(standing, said_by_row(one.row), claims, survey_columns(target.importer.names))
    own = _is_own(survey, target)
    for name, (_, after) in found.changes.items():
        setattr(survey, name, after)
        survey.origins.pop(name, None)
        if not own:
            survey.origins[name] = target.file.pk
    if found.changes and own:
        survey.file_id, survey.file_row = target.file.pk, one.line
    done.survey_changed = bool(found.changes)
    done.note(found)


def _settle_question(
    done: Settlement, standing: ReportedQuestion, question: ParsedQuestion, target: Target
) -> None:
    said = said_by_question(question)
    claim = _claim(standing.file_id, target)
    now = {name: getattr(standing, name) for name in (*said, "published_mean")}
    found = settle_question(now, said, claim, question_columns(question))
    if found.changes:
        _change_question(standing, found, target)
        done.changed_questions.append(standing)
    done.note(found, f"{question.code}.")


def _change_question(standing: ReportedQuestion, found: Settled, target: Target) -> None:
    for name, (_, after) in found.changes.items():
        setattr(standing, name, after)
    if "counts" in found.changes or Verdict.RESTATE in found.verdicts.values():
        standing.file_id = target.file.pk


def _add_question(done: Settlement, question: ParsedQuestion, target: Target) -> None:
    values = dict(zip(QUESTION_VALUES, question_values(question), strict=True))
    done.new_questions.append(ReportedQuestion(survey=done.survey, file_id=target.file.pk, **values))
    done.before[question.code] = None
    done.after[question.code] = list(question.counts)


def _take_back(
    done: Settlement, said: set[str], questions: dict[str, ReportedQuestion], target: Target
) -> None:
    """Empty the questions that an earlier file of this kind had and this later one has not."""
    for code, standing in questions.items():
        claim = _claim(standing.file_id, target)
        if code not in said and claim.same_kind and standing.file_id != target.file.pk:
            column = {"counts": target.importer.names["name"]}
            now = {"counts": standing.counts, "published_mean": standing.published_mean}
            found = settle_question(now, {"counts": NO_ANSWERS}, claim, column)
            if found.changes:
                _change_question(standing, found, target)
                done.changed_questions.append(standing)
            done.note(found, f"{code}.")


def _is_own(survey: ReportedSurvey, target: Target) -> bool:
    return target.kinds[survey.file_id] == target.file.kind


def _claim(origin: int, target: Target) -> Claim:
    return Claim(target.kinds[origin] == target.file.kind, target.file.pk >= origin)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    return list(value) if isinstance(value, tuple) else value
