"""The numbers of weighted surveys, of everybody and of every group, from weights and their squares."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from hearback.collect.archive import WEIGHT_UNITS
from hearback.measure.answers.figures import LEVEL
from hearback.measure.answers.grouping import CHANNEL, LANGUAGE, UNKNOWN_GROUP, hold_back
from hearback.measure.answers.reading import HIGHEST, ArchivedQuarter
from hearback.measure.facts import ExclusionFact, ScoreFact
from hearback.measure.figures import inputs_sha256
from hearback.measure.judging import Judged, exclusion_fact, exclusion_of_weighted, judged_questions
from hearback.measure.rules import COUNT, EVERYBODY, MEAN, Measure
from hearback.stats import Reason
from hearback.stats.presentation import Decision, mean_may_be_shown, present_mean, present_share
from hearback.stats.survey.cells import AnswerCells, means_of_cells
from hearback.stats.survey.intervals import korn_graubard, share_of_estimate
from hearback.stats.survey.means import SampleEstimate

WEIGHTED_MEAN, WEIGHTED_SHARE = "mean_weighted", "korn_graubard"
ANSWERS = range(1, HIGHEST + 1)


@dataclass(frozen=True)
class WeightedGroup:
    """One group of the people who answered one question of one weighted survey.

    `n`, `sum_w` and `sum_w2` are people, their weights and squared weights by answer, shape (5,). `held_back`
    says that they are too few, or that they would give away others who are.
    """

    dimension: str
    group: str
    n: np.ndarray
    sum_w: np.ndarray
    sum_w2: np.ndarray
    held_back: bool = False


def weighted_scores(answers: ArchivedQuarter, threshold: int) -> Iterator[ScoreFact]:
    """Give one row per measure for every question and group of every weighted survey."""
    for code, fact in answers.surveys.items():
        if answers.book.forms[code].weighted:
            for judged in judged_questions(fact, threshold, answers.n_asked[fact.key]):
                for group in _groups(answers, code, judged, threshold):
                    yield from (_score(judged, measure, group) for measure in judged.measures)


def weighted_exclusions(answers: ArchivedQuarter, threshold: int) -> Iterator[ExclusionFact]:
    """Say of every weighted survey why it is not added up."""
    for code, fact in answers.surveys.items():
        if answers.book.forms[code].weighted:
            for judged in judged_questions(fact, threshold):
                yield exclusion_fact(judged, exclusion_of_weighted(judged))


def _groups(answers: ArchivedQuarter, form: int, judged: Judged, threshold: int) -> Sequence[WeightedGroup]:
    """Give everybody, then every group of every dimension that has two at least."""
    if judged.question is None:
        nobody = np.zeros(HIGHEST)
        return [WeightedGroup(EVERYBODY, EVERYBODY, nobody, nobody, nobody)]
    rows = (answers.form == form) & (answers.column("question") == answers.questions.index(judged.code))
    answer = answers.column("answer")
    rows &= (answer >= 1) & (answer <= HIGHEST)
    found: dict[tuple[str, str], WeightedGroup] = {}
    for place in np.flatnonzero(rows).tolist():
        for name in _names(answers, place):
            group = found.setdefault(
                name, WeightedGroup(*name, np.zeros(HIGHEST), np.zeros(HIGHEST), np.zeros(HIGHEST))
            )
            at = int(answer[place]) - 1
            group.n[at] += answers.column("n")[place]
            group.sum_w[at] += int(answers.cells["weight"][place].as_py() or 0) / WEIGHT_UNITS
            group.sum_w2[at] += int(answers.cells["weight_squared"][place].as_py() or 0) / WEIGHT_UNITS**2
    return _protected(found, threshold)


def _names(answers: ArchivedQuarter, place: int) -> list[tuple[str, str]]:
    dimension, level = int(answers.column("dimension")[place]), int(answers.column("level")[place])
    if dimension:
        name, levels = list(answers.book.groups.items())[dimension - 1]
        return [(name, levels[level - 1] if level else UNKNOWN_GROUP)]
    _, channel, language = answers.book.contexts[int(answers.column("context")[place])]
    return [(EVERYBODY, EVERYBODY), (CHANNEL, channel), (LANGUAGE, language)]


def _protected(found: dict[tuple[str, str], WeightedGroup], threshold: int) -> list[WeightedGroup]:
    """Mark the groups that are not shown; a dimension with one group only is left out."""
    shown: list[WeightedGroup] = []
    for dimension in sorted({name for name, _ in found}, key=lambda name: (name != EVERYBODY, name)):
        groups = [found[name] for name in sorted(found) if name[0] == dimension]
        if dimension != EVERYBODY and len(groups) < 2:
            continue
        n = np.array([int(group.n.sum()) for group in groups])
        held = hold_back(np.zeros((1, len(groups)), dtype=np.int64), n, threshold)
        shown += [
            WeightedGroup(g.dimension, g.group, g.n, g.sum_w, g.sum_w2, bool(h))
            for g, h in zip(groups, held, strict=True)
        ]
    return shown


def _score(judged: Judged, measure: Measure, group: WeightedGroup) -> ScoreFact:
    """Make one number, of everybody or of a group; one that the presentation standard hides says so."""
    points = [
        float(answer) if measure.kind == MEAN else float(answer in measure.answers) for answer in ANSWERS
    ]
    cells = AnswerCells(group.n[None, :], group.sum_w[None, :], group.sum_w2[None, :])
    (found,) = means_of_cells(cells, points, LEVEL)
    reason = _reason(judged, measure, group, found)
    value, low, high = (None, None, None) if reason in _GONE else _interval(measure, found)
    kept = value is not None
    if kept and low is None and reason is None:
        reason = found.reason or Reason.NO_VARIANCE
    held = reason in _TOLD_NOTHING_OF
    counts = None if held else [*group.n.tolist(), *group.sum_w.tolist(), *group.sum_w2.tolist()]
    method = {MEAN: WEIGHTED_MEAN, COUNT: measure.method}.get(measure.kind, WEIGHTED_SHARE)
    with_t = kept and low is not None and measure.kind != COUNT
    return ScoreFact(
        measure.key, "survey", judged.survey.key, judged.survey.quarter, judged.pool, value, low, high,
        None if held else found.n, None, measure.numerator_name, None, measure.denominator_name, 1, method,
        measure.version, _flags(judged, reason), None if reason is None else reason.value,
        inputs_sha256({judged.survey.key: counts}), group.dimension, group.group,
        found.se if with_t else None, found.df if with_t else None, found.kish_n_eff if kept else None,
        tuple(judged.left_out.items()),
    )  # fmt: skip


_GONE = frozenset({
    Reason.SUPPRESSED_SMALL, Reason.SUPPRESSED_UNRELIABLE, Reason.NOT_COMPARABLE, Reason.NO_ANSWERS,
})  # fmt: skip


_TOLD_NOTHING_OF = (Reason.SUPPRESSED_SMALL, Reason.NOT_COMPARABLE)


def _flags(judged: Judged, reason: Reason | None) -> tuple[str, ...]:
    return () if reason in _TOLD_NOTHING_OF else tuple(sorted(judged.flags))


def _reason(judged: Judged, measure: Measure, group: WeightedGroup, found: SampleEstimate) -> Reason | None:
    if judged.held_back is Reason.NOT_COMPARABLE:
        return Reason.NOT_COMPARABLE
    if group.held_back:
        return Reason.SUPPRESSED_SMALL
    if found.value is None:
        return found.reason or Reason.NO_ANSWERS
    if measure.kind == COUNT:
        return Reason.COUNTED
    return None if _may_be_shown(measure, found) else Reason.SUPPRESSED_UNRELIABLE


def _may_be_shown(measure: Measure, found: SampleEstimate) -> bool:
    """Hold a number to the standard; a mean of equal answers has no interval, and stands from 30 on."""
    if measure.kind != MEAN:
        standard = present_share(found.value, found.se, found.n, found.df, level=LEVEL)
        return standard.decision is Decision.PRESENT
    if found.reason is Reason.NO_VARIANCE:
        return mean_may_be_shown(found.n, None, None)
    return present_mean(found).decision is Decision.PRESENT


def _interval(measure: Measure, found: SampleEstimate) -> tuple[float | None, float | None, float | None]:
    if measure.kind == COUNT:
        return float(found.n), None, None
    if measure.kind != MEAN:
        share = share_of_estimate(found)
        limits = None if share is None else korn_graubard(share, LEVEL)
        return (found.value, None, None) if limits is None else (found.value, limits.low, limits.high)
    if found.reason is not None or found.low is None or found.high is None:
        return found.value, None, None
    return found.value, max(found.low, 1.0), min(found.high, float(HIGHEST))
