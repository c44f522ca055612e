"""The counts and sums of a release, read as anybody can read them: from its published facts alone."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from hearback.measure.queries import ScoreFact
from hearback.publish.frozen import Content, PublishedSurvey

TRUST = "trust"
ANSWERS = range(1, 6)
WEIGHTS: dict[str, tuple[int, ...]] = {
    "trust_answers": (1, 1, 1, 1, 1),
    "trust_mean": (1, 2, 3, 4, 5),
    "trust_agree_share": (0, 0, 0, 1, 1),
    "trust_strongly_agree_share": (0, 0, 0, 0, 1),
    **{f"trust_answer_share_{n}": tuple(int(n == m) for m in ANSWERS) for n in ANSWERS},
}
"""What the numerator of a measure adds up: how often each answer 1-5 counts in it."""
SUMS = ("service", "provider", "agency", "government")


@dataclass(frozen=True)
class Sum:
    """One published sum over the surveys of a subject in a quarter, and the surveys that can be in it."""

    level: str
    subject: str
    quarter: str
    pool: str
    measure: str
    value: int
    members: tuple[str, ...]

    @property
    def name(self) -> str:
        """Say which it is."""
        return f"{self.measure} of {self.level} {self.subject} in {self.quarter} ({self.pool})"


def counts_of(survey: PublishedSurvey) -> tuple[int, ...] | None:
    """Give the answers 1-5 to the trust question; None where they are held back or were not asked for."""
    asked = next((q for q in survey.questions if q.question == TRUST), None)
    return None if asked is None else asked.counts


def hidden(content: Content) -> Iterator[PublishedSurvey]:
    """Give the surveys whose answers to the trust question are held back because they are few."""
    for survey in content.surveys:
        if any(q.question == TRUST and q.reason == "suppressed_small" for q in survey.questions):
            yield survey


def sums(content: Content) -> Iterator[Sum]:
    """Give every published sum of answers to the trust question.

    A survey can be in a sum where its subject and pool are those of the sum. Of what is shown, the list of
    what was left out is believed; of what is held back it is not, as an attacker need not believe it.
    """
    left_out = {one.survey for one in content.exclusions if one.question == TRUST}
    pools = {s.subject: s.pool for s in content.scores if s.level == "survey" and s.dimension == "all"}
    members: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    above = _agencies_above(content)
    for survey in content.surveys:
        pool = pools.get(survey.key)
        if pool is None or (survey.key in left_out and counts_of(survey) is not None):
            continue
        agencies = above.get(survey.provider_key, ())
        subjects = [("service", survey.service_key), ("provider", survey.provider_key), ("government", "all")]
        for level, subject in [*subjects, *(("agency", key) for key in agencies)]:
            members[level, subject, survey.quarter, pool].append(survey.key)
    for score in content.scores:
        value = _sum_of(score)
        if value is not None:
            key = (score.level, score.subject, score.quarter, score.pool)
            yield Sum(*key, score.measure, value, tuple(members[key]))


def _sum_of(score: ScoreFact) -> int | None:
    if score.level not in SUMS or score.dimension != "all" or score.measure not in WEIGHTS:
        return None
    return score.n if score.measure == "trust_answers" else score.numerator


def _agencies_above(content: Content) -> dict[str, tuple[str, ...]]:
    """Give for every provider its agency and all above it."""
    parents = {agency.key: agency.parent_key for agency in content.agencies}
    found = {}
    for provider in content.providers:
        chain: list[str] = []
        key: str | None = provider.agency_key
        while key is not None and key not in chain:
            chain.append(key)
            key = parents.get(key)
        found[provider.key] = tuple(chain)
    return found
