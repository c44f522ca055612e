"""From counts to a published number: the estimate, what it was made of, and the hash of its inputs."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hearback.measure.queries import ScoreFact
from hearback.measure.rules import COUNT, LOW_BASE, MEAN, RATE, Measure, Volumes
from hearback.stats import (
    Estimate,
    LikertCounts,
    NoEstimate,
    Reason,
    Suppressed,
    mean_interval,
    n_answers,
    n_of,
    share_of,
    sum_of_answers,
    wilson_interval,
)

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
    """

    n_surveys: int
    flags: frozenset[str]
    inputs: Inputs


@dataclass(frozen=True)
class Figure:
    """A number before it is written down."""

    estimate: Estimate | NoEstimate | Suppressed
    numerator: int | None = None
    denominator: int | None = None


def trust_figure(measure: Measure, counts: LikertCounts) -> Figure:
    """Make one of the numbers of the trust question from answers that may be shown."""
    n = n_answers(counts)
    if measure.kind == MEAN:
        return Figure(mean_interval(counts), sum_of_answers(counts), n)
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
    listed = [[key, None if counts is None else list(counts)] for key, counts in sorted(inputs.items())]
    return hashlib.sha256(json.dumps(listed, separators=(",", ":")).encode()).hexdigest()


def to_score(measure: Measure, subject: Subject, figure: Figure, basis: Basis) -> ScoreFact:
    """Write a number down with everything that must travel with it."""
    found = figure.estimate
    value, low, high = (found.value, found.low, found.high) if isinstance(found, Estimate) else (None,) * 3
    n = None if isinstance(found, Suppressed) else found.n
    low_base = isinstance(found, Estimate) and found.n < LOW_BASE and measure.kind != COUNT
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
        flags=tuple(sorted(basis.flags | ({"low_base"} if low_base else set()))),
        reason=found.reason.value if found.reason else None,
        inputs_sha256=inputs_sha256(basis.inputs),
    )
