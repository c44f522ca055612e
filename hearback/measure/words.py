"""Scores and surveys, said for people on the command line."""

from collections.abc import Iterable, Iterator

from hearback.fiscal import parse_quarter
from hearback.measure.facts import ScoreFact
from hearback.measure.rules import COUNT, EVERYBODY, MEAN, MEASURES
from hearback.measure.surveys import SurveyListed
from hearback.ui.numbers import (
    count,
    mean,
    mean_high,
    mean_low,
    share_ends_to_one_decimal,
    share_to_one_decimal,
)
from hearback.ui.words import REASONS, plain

SCORES_HEADER = "Quarter    Pool       Measure: figure (95 % interval), answers; method and version; cautions"
SURVEYS_HEADER = "Quarter    Made of    Key: name; service, provider"


def score_lines(scores: Iterable[ScoreFact]) -> Iterator[str]:
    """Say scores line by line, under a header that says what stands where."""
    yield SCORES_HEADER
    yield from (_line(one) for one in scores)


def survey_lines(surveys: Iterable[SurveyListed]) -> Iterator[str]:
    """Say surveys line by line, under a header that says what stands where."""
    yield SURVEYS_HEADER
    for one in surveys:
        weighted = "; weighted" if one.weighted else ""
        of = f"service {one.service}, provider {one.provider}"
        yield f"{quarter_label(one.quarter)}  {one.source:<9}  {one.key}: {one.name}; {of}{weighted}"


def quarter_label(quarter: str) -> str:
    """Write a quarter as people read it.

    >>> quarter_label("FY2021-Q2")
    'FY2021 Q2'
    """
    return parse_quarter(quarter).label


def figure(measure: str, value: float) -> str:
    """Write a figure of a measure: a mean with two decimals, a share as percent with one, a count whole.

    >>> figure("trust_mean", 4.4945), figure("trust_agree_share", 0.8959), figure("trust_answers", 1200.0)
    ('4.49', '89.6\\xa0%', '1,200')
    """
    kind = MEASURES[measure].kind
    if kind == COUNT:
        return count(round(value))
    return mean(value) if kind == MEAN else share_to_one_decimal(value)


def _line(score: ScoreFact) -> str:
    whom = "" if score.dimension == EVERYBODY else f" of {score.dimension} {score.group}"
    said = [
        f"{score.measure}{whom}: {_value(score)}{_answers(score)}",
        f"{score.method} {score.method_version}",
    ]
    said += [", ".join(score.flags)] if score.flags else []
    if score.value is None and score.excluded:
        said.append(f"left out: {', '.join(reason for reason, _ in score.excluded)}")
    return f"{quarter_label(score.quarter)}  {score.pool:<9}  {'; '.join(said)}"


def _value(score: ScoreFact) -> str:
    if score.value is None:
        return f"no value ({plain(score.reason, REASONS)})"
    value = figure(score.measure, score.value)
    if score.low is not None and score.high is not None:
        return f"{value} ({_ends(score.measure, score.low, score.high)})"
    if MEASURES[score.measure].kind == COUNT:
        return value
    return f"{value} (no interval: {plain(score.reason, REASONS)})"


def _ends(measure: str, low: float, high: float) -> str:
    """Write the ends of an interval, rounded outwards."""
    if MEASURES[measure].kind == MEAN:
        return f"{mean_low(low)} to {mean_high(high)}"
    return share_ends_to_one_decimal(low, high)


def _answers(score: ScoreFact) -> str:
    return "" if score.n is None else f", n = {count(score.n)}"
