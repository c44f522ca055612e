"""Numbers of a release in the order in which pages and charts show them: one series per subject and pool."""

from dataclasses import dataclass

from hearback.fiscal import Quarter, parse_quarter
from hearback.measure.queries import ScoreFact
from hearback.measure.rules import ROLLED_UP
from hearback.publish.frozen import Content, PublishedSurvey

AGREE = "trust_agree_share"
STRONGLY = "trust_strongly_agree_share"
MEAN = "trust_mean"
RESPONSE = "response_rate"
OF_ANSWERS = tuple(f"trust_answer_share_{answer}" for answer in range(1, 6))


@dataclass(frozen=True)
class Reading:
    """One quarter of a series. `score` is None where nothing was measured in that quarter."""

    quarter: Quarter
    score: ScoreFact | None

    @property
    def shown(self) -> bool:
        """Say whether there is a number to show."""
        return self.score is not None and self.score.value is not None


@dataclass(frozen=True)
class Series:
    """One measure of one subject within one pool, quarter by quarter, without a gap between quarters."""

    measure: str
    level: str
    subject: str
    pool: str
    readings: tuple[Reading, ...]

    @property
    def latest(self) -> ScoreFact | None:
        """Give the newest number shown."""
        return next((r.score for r in reversed(self.readings) if r.shown), None)

    @property
    def first(self) -> ScoreFact | None:
        """Give the oldest number shown."""
        return next((r.score for r in self.readings if r.shown), None)


@dataclass(frozen=True)
class Answers:
    """Answers 1-5 to the trust question in one quarter, added up over the surveys of one pool."""

    quarter: Quarter
    counts: tuple[int, ...]
    n_surveys: int


def score_index(content: Content) -> dict[tuple[str, str, str, str], dict[str, ScoreFact]]:
    """Index the scores by level, subject, pool and measure, then by quarter."""
    index: dict[tuple[str, str, str, str], dict[str, ScoreFact]] = {}
    for score in content.scores:
        index.setdefault((score.level, score.subject, score.pool, score.measure), {})[score.quarter] = score
    return index


def quarters_of(content: Content) -> tuple[Quarter, ...]:
    """Give every quarter from the first to the last in which anything was reported."""
    codes = sorted({s.quarter for s in content.surveys} | {s.quarter for s in content.scores})
    if not codes:
        return ()
    quarters = [parse_quarter(codes[0])]
    last = parse_quarter(codes[-1])
    while quarters[-1] < last:
        quarters.append(quarters[-1].next())
    return tuple(quarters)


class Numbers:
    """The numbers of one release, indexed once."""

    def __init__(self, content: Content) -> None:
        self.quarters = quarters_of(content)
        self._index = score_index(content)
        self._of_surveys = {(s.subject, s.measure): s for s in content.scores if s.level == "survey"}
        self._surveys: dict[tuple[str, str], list[PublishedSurvey]] = {}
        for survey in content.surveys:
            self._surveys.setdefault((survey.service_key, survey.quarter), []).append(survey)

    def series(self, measure: str, level: str, subject: str, pool: str) -> Series | None:
        """Give a series over all quarters of the release, or None where it has no score at all."""
        found = self._index.get((level, subject, pool, measure))
        if not found:
            return None
        return Series(
            measure, level, subject, pool, tuple(Reading(q, found.get(str(q))) for q in self.quarters)
        )

    def score(self, measure: str, level: str, subject: str, pool: str, quarter: Quarter) -> ScoreFact | None:
        """Give one score, or None where there is none."""
        return self._index.get((level, subject, pool, measure), {}).get(str(quarter))

    def pools(self, level: str, subject: str, measure: str = AGREE) -> tuple[str, ...]:
        """Name the pools in which a subject has a number to show, in fixed order."""
        return tuple(
            pool
            for pool in ROLLED_UP
            if (found := self.series(measure, level, subject, pool)) and found.latest is not None
        )

    def survey_score(self, measure: str, survey: str) -> ScoreFact | None:
        """Give a score of one survey, whatever its pool; a survey stands for one quarter."""
        return self._of_surveys.get((survey, measure))

    def surveys(self, service: str, quarter: str) -> list[PublishedSurvey]:
        """List the surveys of a service in a quarter, by channel and name."""
        found = self._surveys.get((service, quarter), [])
        return sorted(found, key=lambda s: (s.channel or "", s.name, s.key))

    def answers(self, service: str, pool: str) -> list[Answers]:
        """Give the five answers of a service within one pool, per quarter in which all five may be shown."""
        by_answer = [self._index.get(("service", service, pool, name), {}) for name in OF_ANSWERS]
        rows = []
        for quarter in self.quarters:
            scores = [found.get(str(quarter)) for found in by_answer]
            counts = tuple(s.numerator for s in scores if s is not None and s.numerator is not None)
            if len(counts) == len(OF_ANSWERS) and sum(counts) > 0 and scores[0] is not None:
                rows.append(Answers(quarter, counts, scores[0].n_surveys))
        return rows
