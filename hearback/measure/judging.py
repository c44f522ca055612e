"""What may be done with the trust answers of one reported survey. Pure functions on facts."""

from dataclasses import dataclass
from functools import cached_property

from hearback.collect.queries import QuestionCountsFact, ReportedSurveyFact
from hearback.collect.rules import are_single_numbers, looks_like_percentages
from hearback.measure.queries import ExclusionFact
from hearback.measure.rules import (
    OWN,
    Asked,
    Exclusion,
    Pool,
    Report,
    Volumes,
    flags_of,
    is_small,
    pool_of,
    rating_flag,
    response_of,
    rollup_exclusion,
)
from hearback.stats import LikertCounts, Reason, n_answers

NO_COUNTS: LikertCounts = (0, 0, 0, 0, 0)


@dataclass(frozen=True)
class Judged:
    """A reported survey under the rules of pooling; with fewer answers than `threshold` it is not shown."""

    survey: ReportedSurveyFact
    threshold: int

    @cached_property
    def question(self) -> QuestionCountsFact | None:
        """Give the trust question, or None where the report has none."""
        return next((q for q in self.survey.questions if q.question == "trust"), None)

    @cached_property
    def counts(self) -> LikertCounts:
        """Give the answers 1-5 to the trust question; zeros where it was not asked."""
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
    def held_back(self) -> Reason | None:
        """Say why its trust figures are not shown; None where they are."""
        if self.exclusion is not None and not self.exclusion.shown:
            return Reason.NOT_COMPARABLE
        return Reason.SUPPRESSED_SMALL if is_small(n_answers(self.counts), self.threshold) else None

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
                others=tuple(q.counts for q in s.questions if q.question != "trust"),
                published_mean=self.question.published_mean if self.question else None,
                respondents=s.respondents_count,
                rating=s.rating,
                finding_kinds=frozenset(f.kind for f in s.findings),
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
        boxes, respondents = [q.counts for q in self.survey.questions], self.survey.respondents_count
        return looks_like_percentages(boxes, respondents) or are_single_numbers(boxes, respondents)

    @cached_property
    def _pool(self) -> Pool | Exclusion:
        if self.question is None:
            return pool_of(None)
        if self._not_counts and n_answers(self.counts):
            return Exclusion("not_counts", "pools", shown=False)
        return pool_of(Asked(self.question.wording_class, self.question.scale, self.survey.timing))


def exclusion_fact(judged: Judged) -> ExclusionFact | None:
    """Write down why a survey is left out; None where it is not."""
    found, survey = judged.exclusion, judged.survey
    if found is None:
        return None
    return ExclusionFact(
        survey=survey.key,
        service=survey.service_key,
        provider=survey.provider_key,
        quarter=survey.quarter,
        scope=found.scope,
        reason=found.reason,
        explanation=found.explanation,
    )
