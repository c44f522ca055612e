"""Why a number is what it is: what was asked of whom, who answered, what was left out, how to check it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from hearback.fiscal import parse_quarter
from hearback.measure.queries import ExclusionFact, ScoreFact
from hearback.measure.rules import COMPARABILITY, MEASURES
from hearback.publish.frozen import FileFact, PublishedSurvey
from hearback.publish.pages.catalogue import Catalogue
from hearback.publish.said import said
from hearback.publish.series import RESPONSE, Series
from hearback.ui import numbers as write
from hearback.ui.words import CHANNELS, REASONS, TIMINGS, WORDINGS, plain

TRUST = "trust"
NOT_REPORTED = "not_reported"
Counted = tuple[tuple[str, int], ...]
"""Words, and to how many surveys they apply."""


@dataclass(frozen=True)
class Why:
    """Everything needed to check the newest number of a series.

    `asked`, `channels` and `timings` are of the surveys that were added up. `rate` is null where no response
    rate could be computed, and `rate_reason` says why. `left_out` are surveys that asked the same kind of
    question, `of_no_pool` those that asked none of them; these are told once on a page that explains two
    numbers of one quarter. `file` is the table in which the number stands.
    """

    statement: str
    method: str
    method_version: str
    method_slug: str | None
    newest: ScoreFact
    interval: str | None
    asked: Counted
    channels: Counted
    timings: Counted
    rate: str | None
    rate_reason: str | None
    left_out: Counted
    of_no_pool: Counted
    sources: tuple[str, ...]
    file: FileFact | None
    commands: tuple[str, str]


def why(
    book: Catalogue, series: Series, newest: ScoreFact, interval: str | None, *, is_first: bool = True
) -> Why:
    """Gather what is needed to check the numbers of a series.

    Args:
        newest: the newest number, which is explained.
        interval: its interval in words.
        is_first: whether no other number of the same quarter is explained before it on the page.
    """
    surveys = behind(book, newest)
    gone = _exclusions(book, series.level, series.subject, newest.quarter)
    rate, rate_reason = _rate(book, newest)
    return Why(
        statement=said(MEASURES[series.measure].statement),
        method=newest.method,
        method_version=newest.method_version,
        method_slug=method_slug(book, series.measure),
        newest=newest,
        interval=interval,
        asked=_counted(plain(_wording(survey), WORDINGS) for survey in surveys),
        channels=_counted(plain(survey.channel or NOT_REPORTED, CHANNELS | REASONS) for survey in surveys),
        timings=_counted(plain(survey.timing, TIMINGS) for survey in surveys),
        rate=rate,
        rate_reason=rate_reason,
        left_out=_by_reason(e for e in gone if _pool(book, e) == series.pool),
        of_no_pool=_by_reason(e for e in gone if _pool(book, e) is None) if is_first else (),
        sources=tuple(sorted({survey.file_sha256 for survey in surveys})),
        file=book.release.files_by_path.get("data/scores.csv"),
        commands=(
            newest.command,
            f"hearback measure show {series.level} {series.subject} --quarter {newest.quarter}",
        ),
    )


def behind(book: Catalogue, score: ScoreFact) -> list[PublishedSurvey]:
    """List the surveys that were added up to a number, by key."""
    gone = surveys_left_out(book, score.quarter)
    return sorted(
        (
            survey
            for survey in book.surveys_in[score.quarter]
            if survey.key not in gone
            and (found := book.numbers.survey_score(score.measure, survey.key)) is not None
            and found.pool == score.pool
            and _belongs(book, survey.service_key, survey.provider_key, score.level, score.subject)
        ),
        key=lambda survey: survey.key,
    )


def surveys_left_out(book: Catalogue, quarter: str) -> set[str]:
    """Give the keys of the surveys of a quarter that were left out of its numbers on trust."""
    return {e.survey for e in book.exclusions_in[quarter] if e.question == TRUST}


def method_slug(book: Catalogue, measure: str) -> str | None:
    """Name the method page of a measure; None where the release does not hold it."""
    page = MEASURES[measure].page if measure in MEASURES else None
    return page if page in book.methods else None


def left_out(book: Catalogue, level: str, subject: str, quarter: str | None = None) -> Counted:
    """Count, by reason, the surveys of a subject that were left out of its numbers on trust.

    Without a quarter they are those of all quarters, which explain no single number.
    """
    return _by_reason(_exclusions(book, level, subject, quarter))


def _exclusions(book: Catalogue, level: str, subject: str, quarter: str | None) -> list[ExclusionFact]:
    found = book.release.exclusions if quarter is None else book.exclusions_in[quarter]
    return [e for e in found if e.question == TRUST and _belongs(book, e.service, e.provider, level, subject)]


def _by_reason(exclusions: Iterable[ExclusionFact]) -> Counted:
    return _counted(said(e.explanation) for e in exclusions)


def _pool(book: Catalogue, exclusion: ExclusionFact) -> str | None:
    """Give the pool to whose kind of question a survey belongs by its words; None where to none."""
    survey = book.surveys.get(exclusion.survey)
    wording = _wording(survey) if survey else None
    return COMPARABILITY[TRUST].pool_of_wording.get(wording) if wording else None


def _belongs(book: Catalogue, service: str, provider: str, level: str, subject: str) -> bool:
    match level:
        case "service":
            return service == subject
        case "provider":
            return provider == subject
        case "agency":
            return subject in book.agencies_above(provider)
        case _:
            return level == "government"


def _wording(survey: PublishedSurvey) -> str | None:
    return next((q.wording_class for q in survey.questions if q.question == TRUST), None)


def _counted(words: Iterable[Any]) -> Counted:
    return tuple(sorted(Counter(str(one) for one in words).items()))


def _rate(book: Catalogue, newest: ScoreFact) -> tuple[str | None, str | None]:
    """Write the response rate of the same surveys with its interval, or why there is none."""
    quarter = parse_quarter(newest.quarter)
    found = book.numbers.score(RESPONSE, newest.level, newest.subject, newest.pool, quarter)
    if found is None or found.value is None:
        return None, str(plain(found.reason if found else NOT_REPORTED, REASONS))
    text = write.share(found.value, found.n)
    if found.low is not None and found.high is not None:
        text += f" ({write.share_interval(found.low, found.high, found.n)})"
    return text, None
