"""Numbers of a release in the order in which pages and charts show them: one series per subject and pool."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from hearback.fiscal import Quarter, parse_quarter
from hearback.measure.queries import ScoreFact
from hearback.measure.rules import EVERYBODY, ROLLED_UP
from hearback.publish.frozen import Content, PublishedSurvey

AGREE = "trust_agree_share"
STRONGLY = "trust_strongly_agree_share"
MEAN = "trust_mean"
RESPONSE = "response_rate"
OF_ANSWERS = tuple(f"trust_answer_share_{answer}" for answer in range(1, 6))


@dataclass(frozen=True)
class Reading:
    """One quarter of a series. `score` is None where nothing was measured in that quarter.

    `breaks` says that the number is made in another way than the one shown before it: by another method, or
    another version of it. The two are never joined in one line nor held against each other.
    """

    quarter: Quarter
    score: ScoreFact | None
    breaks: bool = False

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
        """Give the oldest number shown that is made as the newest one is."""
        found = None
        for reading in reversed(self.readings):
            found = reading.score if reading.shown else found
            if reading.breaks:
                break
        return found


@dataclass(frozen=True)
class Answers:
    """Answers 1-5 to the trust question in one quarter, added up over the surveys of one pool.

    `shares`, and their `intervals`, are null where a share is too unsure to show, and `reasons` say why.
    `agree` is the share agreeing.
    """

    quarter: Quarter
    counts: tuple[int, ...]
    shares: tuple[float | None, ...]
    intervals: tuple[tuple[float | None, float | None], ...]
    reasons: tuple[str | None, ...]
    n_surveys: int
    agree: ScoreFact | None

    @property
    def drawn(self) -> bool:
        """Say whether the share agreeing may be shown."""
        return self.agree is not None and self.agree.value is not None


def score_index(content: Content) -> dict[tuple[str, str, str, str], dict[str, ScoreFact]]:
    """Index the scores of everybody by level, subject, pool and measure, then by quarter."""
    index: dict[tuple[str, str, str, str], dict[str, ScoreFact]] = {}
    for score in of_everybody(content):
        index.setdefault((score.level, score.subject, score.pool, score.measure), {})[score.quarter] = score
    return index


def of_everybody(content: Content) -> Iterator[ScoreFact]:
    """Give the scores of everybody who answered; those of groups of people never stand in their place."""
    return (score for score in content.scores if score.dimension == EVERYBODY)


def readings(quarters: Iterable[Quarter], scores: Mapping[str, ScoreFact]) -> tuple[Reading, ...]:
    """Give one reading per quarter, and say before which numbers the line breaks."""
    found: list[Reading] = []
    before: ScoreFact | None = None
    for quarter in quarters:
        score = scores.get(str(quarter))
        if score is None or score.value is None:
            found.append(Reading(quarter, score))
            continue
        found.append(Reading(quarter, score, before is not None and _made(before) != _made(score)))
        before = score
    return tuple(found)


def _made(score: ScoreFact) -> tuple[str, str, str]:
    return score.measure, score.method, score.method_version


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
        self._of_surveys = {(s.subject, s.measure): s for s in of_everybody(content) if s.level == "survey"}
        self._surveys: dict[tuple[str, str], list[PublishedSurvey]] = {}
        for survey in content.surveys:
            self._surveys.setdefault((survey.service_key, survey.quarter), []).append(survey)

    def series(self, measure: str, level: str, subject: str, pool: str) -> Series | None:
        """Give a series over all quarters of the release, or None where it has no score at all."""
        found = self._index.get((level, subject, pool, measure))
        if not found:
            return None
        return Series(measure, level, subject, pool, readings(self.quarters, found))

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
                values = tuple(s.value for s in scores if s is not None)
                ends = tuple((s.low, s.high) for s in scores if s is not None)
                reasons = tuple(s.reason if s.value is None else None for s in scores if s is not None)
                agree = self._index.get(("service", service, pool, AGREE), {}).get(str(quarter))
                rows.append(Answers(quarter, counts, values, ends, reasons, scores[0].n_surveys, agree))
        return rows
