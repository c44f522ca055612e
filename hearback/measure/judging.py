"""What may be done with the answers to one question of one survey. Pure functions on facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from hearback.collect.queries import QuestionCountsFact, ReportedSurveyFact
from hearback.collect.rules import are_single_numbers, looks_like_percentages
from hearback.measure.facts import ExclusionFact
from hearback.measure.rules import (
    COMPARABILITY,
    OWN,
    Asked,
    Exclusion,
    Measure,
    Pool,
    Report,
    Volumes,
    comparability_of,
    flags_of,
    is_small,
    measures_of,
    pool_of,
    rating_flag,
    response_of,
    rollup_exclusion,
)
from hearback.stats import LikertCounts, Reason, n_answers

NO_COUNTS: LikertCounts = (0, 0, 0, 0, 0)
TRUST, FIVE_POINT = "trust", "five_point"
NOT_SORTED = frozenset({"asked", "not_asked", "unknown"})
"""Classes of words that say nothing about what was asked; see the glossary."""


@dataclass(frozen=True)
class Judged:
    """A question of a survey under the rules of pooling; not shown below `threshold` answers.

    `n_asked` are the people who were shown it; None where only counts of answers were reported.
    """

    survey: ReportedSurveyFact
    threshold: int
    code: str = TRUST
    n_asked: int | None = None

    @cached_property
    def question(self) -> QuestionCountsFact | None:
        """Give the question, or None where the survey did not ask it."""
        return next((q for q in self.survey.questions if q.question == self.code), None)

    @cached_property
    def counts(self) -> LikertCounts:
        """Give the answers 1-5 to the question; zeros where it was not asked."""
        return self.question.counts if self.question else NO_COUNTS

    @cached_property
    def pool(self) -> str:
        """Name the pool: `own` where it is compared with nothing."""
        return OWN if isinstance(self._pool, Exclusion) else self._pool.key

    @cached_property
    def exclusion(self) -> Exclusion | None:
        """Say what it is left out of and why; None where it is pooled and added up."""
        if isinstance(self._pool, Exclusion):
            return self._pool
        return rollup_exclusion(n_answers(self.counts), self.survey.variant, self.threshold)

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """Give the measures made of its answers; of a scale that no measure has, those of five points."""
        scale = self.question.scale if self.question else FIVE_POINT
        quarter = self.survey.quarter
        return measures_of(self.code, scale, quarter) or measures_of(self.code, FIVE_POINT, quarter)

    @cached_property
    def _has_no_measure(self) -> bool:
        """Say whether answers are on a known scale that no measure of the question is made of."""
        scale = self.question.scale if self.question else FIVE_POINT
        known = {rule.scale for rule in COMPARABILITY.values()}
        return scale in known and not measures_of(self.code, scale, self.survey.quarter)

    @cached_property
    def held_back(self) -> Reason | None:
        """Say why its figures are not shown; None where they are."""
        if self.exclusion is not None and not self.exclusion.shown:
            return Reason.NOT_COMPARABLE
        return Reason.SUPPRESSED_SMALL if is_small(n_answers(self.counts), self.threshold) else None

    @cached_property
    def left_out(self) -> Mapping[str, int]:
        """Say why its figures are held back as comparable with nothing; empty where they are not."""
        found = self.exclusion
        return {} if found is None or found.shown else {found.reason: 1}

    @cached_property
    def response(self) -> Volumes | Reason:
        """Give the two counts of its response rate, or why there is none."""
        return response_of(self.survey.respondents_count, self.survey.offered_count, self.threshold)

    @cached_property
    def flags(self) -> frozenset[str]:
        """Give its cautions; of a survey held back, only those that tell nothing of its counts."""
        if self.held_back is not None:
            flag = rating_flag(self.survey.rating)
            return frozenset({flag} if flag else ())
        s = self.survey
        return flags_of(
            Report(
                trust=self.counts,
                others=tuple(q.counts for q in s.questions if q.question != self.code),
                published_mean=self.question.published_mean if self.question else None,
                respondents=s.respondents_count,
                rating=s.rating,
                finding_kinds=frozenset(f.kind for f in s.findings),
                asked=self.n_asked,
            )
        )

    @cached_property
    def identity(self) -> tuple[str, str, str, str]:
        """Name the survey apart from its quarter, as its publisher does; white space and capitals aside."""
        s = self.survey
        return s.provider_key, s.service_key, s.channel or "", " ".join(s.name.split()).lower()

    @cached_property
    def _not_counts(self) -> bool:
        """Say whether percentages or a score stand where the counts of the answers belong."""
        if self.survey.is_counted:
            return False
        boxes, respondents = [q.counts for q in self.survey.questions], self.survey.respondents_count
        return looks_like_percentages(boxes, respondents) or are_single_numbers(boxes, respondents)

    @cached_property
    def _pool(self) -> Pool | Exclusion:
        if self.question is None:
            return pool_of(None)
        if self._not_counts and n_answers(self.counts):
            return Exclusion("not_counts", "pools", shown=False)
        if self._has_no_measure:
            return Exclusion("scale_other", "pools", shown=False)
        asked = Asked(self.question.wording_class, self.question.scale, self.survey.timing)
        return pool_of(asked, comparability_of(self.code, self.question.scale))


def judged_questions(
    survey: ReportedSurveyFact, threshold: int, n_asked: Mapping[str, int] | None = None
) -> list[Judged]:
    """Judge the trust question, whether asked or not, and every other one whose words were sorted.

    Where nobody sorted the words of a question, nobody can say what its answers mean: it is not scored.

    Args:
        n_asked: people who were shown each question; None where only counts of answers were reported.
    """
    shown = n_asked or {}
    sorted_out = [q.question for q in survey.questions if q.wording_class not in NOT_SORTED]
    codes = dict.fromkeys([TRUST, *sorted_out])
    return [Judged(survey, threshold, code, shown.get(code)) for code in codes]


def exclusion_of_weighted(judged: Judged) -> Exclusion:
    """Say why a question of a weighted survey is not added up: not asked, or its answers are weighted."""
    not_asked = judged.exclusion if judged.question is None else None
    return not_asked or Exclusion("weighted_sample", "rollups", shown=True)


def exclusion_fact(judged: Judged, found: Exclusion) -> ExclusionFact:
    """Write down why a question of a survey is left out."""
    survey = judged.survey
    return ExclusionFact(
        survey=survey.key,
        service=survey.service_key,
        provider=survey.provider_key,
        quarter=survey.quarter,
        scope=found.scope,
        reason=found.reason,
        explanation=found.explanation,
        question=judged.code,
    )
