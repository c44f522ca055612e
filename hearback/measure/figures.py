"""From counts to a published number: the estimate, what it was made of, and the hash of its inputs."""

import hashlib
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from hearback.measure.facts import ScoreFact
from hearback.measure.rules import COUNT, MEAN, RATE, Measure, Volumes
from hearback.stats import (
    MEAN_T,
    Estimate,
    LikertCounts,
    NoEstimate,
    Reason,
    Suppressed,
    mean_interval,
    n_answers,
    n_of,
    share_of,
    standard_deviation,
    sum_of_answers,
    wilson_interval,
)

ENCODER = json.JSONEncoder()
Inputs = Mapping[str, Iterable[int] | None]


@dataclass(frozen=True)
class Subject:
    """What a number is about."""

    level: str
    key: str
    quarter: str
    pool: str


@dataclass(frozen=True)
class Basis:
    """What stands behind the numbers of a subject: how many surveys, with which cautions and inputs.

    `inputs` gives the counts of every survey used, by key; null in place of counts that are not published.
    `excluded` counts the surveys of the subject that were left out, by reason.
    """

    n_surveys: int
    flags: frozenset[str]
    inputs: Inputs
    excluded: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def inputs_sha256(self) -> str:
        """Hash the inputs once for all numbers made of them."""
        return inputs_sha256(self.inputs)


@dataclass(frozen=True)
class Figure:
    """A number before it is written down."""

    estimate: Estimate | NoEstimate | Suppressed
    numerator: int | None = None
    denominator: int | None = None
    deviation: float | None = None


def answer_figure(measure: Measure, counts: LikertCounts) -> Figure:
    """Make one of the numbers of a question from answers that may be shown."""
    n = n_answers(counts)
    if measure.kind == MEAN:
        return Figure(mean_interval(counts), sum_of_answers(counts), n, standard_deviation(counts))
    if measure.kind != COUNT:
        return Figure(share_of(counts, measure.answers), n_of(counts, measure.answers), n)
    if n == 0:
        return no_figure(measure, Reason.NO_ANSWERS)
    counted = Estimate(float(n), None, None, n, measure.method, measure.version, Reason.COUNTED)
    return Figure(counted, n)


def rate_figure(measure: Measure, found: Volumes | Reason) -> Figure:
    """Make the response rate from two counts of people, or pass on why there is none."""
    if isinstance(found, Reason):
        return no_figure(measure, found)
    estimate = wilson_interval(found.respondents, found.offered)
    return Figure(estimate, found.respondents, found.offered)


def no_figure(measure: Measure, reason: Reason) -> Figure:
    """Put a reason in the place of a number; what is suppressed shows no count either."""
    if reason is Reason.SUPPRESSED_SMALL:
        return Figure(Suppressed(measure.method, measure.version))
    n = 0 if reason is Reason.NO_ANSWERS and measure.kind != RATE else None
    return Figure(NoEstimate(reason, n, measure.method, measure.version))


def inputs_sha256(inputs: Inputs) -> str:
    """Hash what a number was made of, so that anybody with the published counts gets the same.

    It is the SHA-256 of the JSON list of [survey key, counts], sorted by key, without white space. Counts
    that are not published enter as null: a hash of a few small counts could be found by trying all of them.

    >>> inputs_sha256({"b": (3, 4), "a": None}) == hashlib.sha256(b'[["a",null],["b",[3,4]]]').hexdigest()
    True
    """
    # written by hand: the encoder of lists takes twice as long, for a hundred thousand groups a quarter
    listed = ",".join(
        f"[{ENCODER.encode(key)},{'null' if counts is None else '[' + ','.join(map(str, counts)) + ']'}]"
        for key, counts in sorted(inputs.items())
    )
    return hashlib.sha256(f"[{listed}]".encode()).hexdigest()


def standard_error(found: Estimate | NoEstimate | Suppressed, figure: Figure) -> float | None:
    """Give the standard error: of a mean as its interval has it, of a share by its binomial variance.

    None where there is no value, or where it cannot be computed; a count has none.
    """
    if not isinstance(found, Estimate) or found.reason is Reason.COUNTED:
        return None
    if found.method == MEAN_T:
        return figure.deviation / math.sqrt(found.n) if figure.deviation else None
    return math.sqrt(found.value * (1 - found.value) / found.n)


def presented(measure: Measure, figure: Figure) -> Figure:
    """Put the reason in the place of a number too unsure to be shown; the counts it is made of stay.

    Source: Parker et al. (2017), National Center for Health Statistics, Vital and Health Statistics 2(175),
    for shares; for means a house rule, see `hearback.stats.presentation.present_mean`.
    """
    found = figure.estimate
    if not isinstance(found, Estimate) or measure.kind == COUNT or _may_be_shown(measure, figure, found):
        return figure
    unsure = NoEstimate(Reason.SUPPRESSED_UNRELIABLE, found.n, found.method, found.version)
    return replace(figure, estimate=unsure)


def _may_be_shown(measure: Measure, figure: Figure, found: Estimate) -> bool:
    from hearback.stats.presentation import mean_may_be_shown, share_may_be_shown  # scipy, half a second

    if measure.kind == MEAN:
        return mean_may_be_shown(found.n, found.low, found.high)
    return share_may_be_shown(figure.numerator or 0, found.n)


def to_score(measure: Measure, subject: Subject, figure: Figure, basis: Basis) -> ScoreFact:
    """Write a number down with everything that must travel with it."""
    figure = presented(measure, figure)
    found = figure.estimate
    value, low, high = (found.value, found.low, found.high) if isinstance(found, Estimate) else (None,) * 3
    n = None if isinstance(found, Suppressed) else found.n
    return ScoreFact(
        measure=measure.key,
        level=subject.level,
        subject=subject.key,
        quarter=subject.quarter,
        pool=subject.pool,
        value=value,
        low=low,
        high=high,
        n=n,
        numerator=figure.numerator,
        numerator_name=measure.numerator_name,
        denominator=figure.denominator,
        denominator_name=measure.denominator_name,
        n_surveys=basis.n_surveys,
        method=found.method,
        method_version=measure.version,
        flags=tuple(sorted(basis.flags)),
        reason=found.reason.value if found.reason else None,
        inputs_sha256=basis.inputs_sha256,
        se=standard_error(found, figure),
        df=found.n - 1 if isinstance(found, Estimate) and measure.kind == MEAN and found.n > 1 else None,
        excluded=tuple(sorted(basis.excluded.items())),
    )
