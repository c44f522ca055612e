"""The figures of one subject: how much of the differences in trust goes with each question, and how sure."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from hearback.collect.archive import WEIGHT_UNITS
from hearback.measure.answers.reading import HIGHEST, Integers
from hearback.measure.drivers.reading import COLUMNS
from hearback.measure.drivers.subjects import SURVEY, DriverSubject
from hearback.measure.facts import DriverFact
from hearback.measure.rules.drivers import DRAWS, METHOD, METHOD_VERSION, OUTCOME, WEIGHTED_METHOD
from hearback.stats import Reason, mean_interval
from hearback.stats.models import Driver, KeyDrivers, bootstrap_key_drivers, unit_sums
from hearback.stats.survey.cells import AnswerCells, means_of_cells

DECIMALS = 10
"""Figures are kept to so many: what comes after depends on the machine that adds up."""

Interval = tuple[float | None, float | None, float | None]
NOTHING: Interval = (None, None, None)


def driver_facts(subject: DriverSubject, quarter: str) -> list[DriverFact]:
    """Give one row per question of a subject: figures, or the reason why there are none.

    Fewer people than the threshold, or than ten per question, give none. What is held back tells no count.
    """
    bare = [_bare(subject, quarter, name) for name in subject.questions]
    if not subject.enough:
        held = not subject.n and subject.left_out
        reason = Reason.SUPPRESSED_SMALL if held else Reason.TOO_FEW_ANSWERS
        return [replace(row, reason=reason.value, n=None if held else subject.n) for row in bare]
    found = _key_drivers(subject, seed=int(bare[0].inputs_sha256[:8], 16))
    if found.r_squared is None:
        reason = found.reason or Reason.NO_FIT
        return [replace(row, reason=reason.value, n=found.n) for row in bare]
    performances = _performances(subject)
    return [
        _filled(row, found, driver, performances[row.driver])
        for row, driver in zip(bare, found.drivers, strict=True)
    ]


def driver_inputs(subject: DriverSubject) -> str:
    """Hash what the figures of a subject are made of: its questions, and the patterns of every survey used.

    It is the SHA-256 of the JSON list of the questions and of [survey key, hash of its patterns], by key,
    without white space. Where there are no figures, null stands in place of the patterns of every survey: a
    hash of few patterns could be found by trying all of them.
    """
    surveys = subject.used if subject.enough else subject.surveys
    listed = [[one.survey.key, one.sha256 if subject.enough else None] for one in surveys]
    text = json.dumps([list(subject.questions), listed], separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _bare(subject: DriverSubject, quarter: str, driver: str) -> DriverFact:
    return DriverFact(
        level=subject.level, subject=subject.key, quarter=quarter, pool=subject.pool, outcome=OUTCOME,
        driver=driver, share=None, low=None, high=None, rank_low=None, rank_high=None, performance=None,
        performance_low=None, performance_high=None, r_squared=None, r_squared_low=None, r_squared_high=None,
        n=None, n_surveys=len(subject.used), flags=tuple(sorted(subject.flags)) if subject.n else (),
        reason=None, seed=None, draws=None, method=WEIGHTED_METHOD if subject.level == SURVEY else METHOD,
        method_version=METHOD_VERSION, inputs_sha256=driver_inputs(subject),
    )  # fmt: skip


def _key_drivers(subject: DriverSubject, seed: int) -> KeyDrivers:
    """Share out R-squared over the people who answered everything."""
    kept = [(one, subject.complete(one)) for one in subject.used]
    answers = np.concatenate([one.answers[rows] for one, rows in kept])
    weight = np.concatenate([one.weight[rows] for one, rows in kept]) / WEIGHT_UNITS
    people = np.concatenate([one.n[rows] for one, rows in kept])
    columns = {name: answers[:, COLUMNS.index(name)] for name in (*subject.questions, OUTCOME)}
    units = unit_sums(columns, weights=weight if subject.level == SURVEY else None, counts=people)
    return bootstrap_key_drivers(OUTCOME, units, seed=seed, draws=DRAWS)


def _filled(row: DriverFact, found: KeyDrivers, driver: Driver, performance: Interval) -> DriverFact:
    share, low, high = _holding(driver.lmg_share, driver.lmg_share_low, driver.lmg_share_high)
    r_squared, r_low, r_high = _holding(found.r_squared, found.r_squared_low, found.r_squared_high)
    reason = _reason(found, driver)
    flags = {
        "collinear": driver.name in found.collinear,
        "goes_against": driver.goes_against,
        "single_driver": len(found.varying) == 1,
    }
    return replace(
        row, share=share, low=low, high=high, rank_low=driver.rank_low, rank_high=driver.rank_high,
        performance=performance[0], performance_low=performance[1], performance_high=performance[2],
        r_squared=r_squared, r_squared_low=r_low, r_squared_high=r_high, n=found.n,
        flags=tuple(sorted({*row.flags, *(flag for flag, holds in flags.items() if holds)})),
        reason=None if reason is None else reason.value, seed=found.seed, draws=found.draws,
    )  # fmt: skip


def _reason(found: KeyDrivers, driver: Driver) -> Reason | None:
    """Say why a share, or its interval, is missing."""
    if driver.name in found.constant:
        return Reason.NO_VARIANCE
    if driver.lmg_share is None:
        return Reason.NOTHING_SHARED
    return found.interval_reason


def _holding(value: float | None, low: float | None, high: float | None) -> Interval:
    """Round, and widen the interval where the draws lie all on one side of the value."""
    if value is None:
        return NOTHING
    rounded = round(value, DECIMALS)
    if low is None or high is None:
        return rounded, None, None
    return rounded, min(round(low, DECIMALS), rounded), max(round(high, DECIMALS), rounded)


def _performances(subject: DriverSubject) -> Mapping[str, Interval]:
    """Give the mean answer to every question, of all who answered it in the surveys used."""
    answers = np.concatenate([one.answers for one in subject.used])
    weight = np.concatenate([one.weight for one in subject.used]) / WEIGHT_UNITS
    people = np.concatenate([one.n for one in subject.used])
    found = {}
    for name in subject.questions:
        given = answers[:, COLUMNS.index(name)]
        kept = given > 0
        given, w, n = given[kept] - 1, weight[kept], people[kept]
        counts, sum_w, sum_w2 = (np.bincount(given, n * w**power, HIGHEST) for power in (0, 1, 2))
        weighted = subject.level == SURVEY
        found[name] = _weighted_mean(counts, sum_w, sum_w2) if weighted else _mean(counts.astype(np.int64))
    return found


def _mean(counts: Integers) -> Interval:
    one, two, three, four, five = counts.tolist()
    found = mean_interval((one, two, three, four, five))
    low, high = getattr(found, "low", None), getattr(found, "high", None)
    return _holding(getattr(found, "value", None), low, high)


def _weighted_mean(counts: np.ndarray, sum_w: np.ndarray, sum_w2: np.ndarray) -> Interval:
    cells = AnswerCells(counts[None, :], sum_w[None, :], sum_w2[None, :])
    (found,) = means_of_cells(cells, np.arange(1, HIGHEST + 1))
    if found.low is None or found.high is None:
        return _holding(found.value, None, None)
    return _holding(found.value, max(found.low, 1.0), min(found.high, float(HIGHEST)))
