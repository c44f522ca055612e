"""The numbers of all groups at once, and which of them are too unsure to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.special import stdtrit

from hearback.measure.answers.grouping import GroupCounts, distinct_columns
from hearback.measure.answers.reading import HIGHEST, Integers
from hearback.measure.answers.table import GROUP_SCORES, group_table
from hearback.measure.figures import inputs_sha256
from hearback.measure.rules import COUNT, MEAN, MEASURES, NONRESPONSE_ITEM, SHARE, Measure, measures_of
from hearback.stats import Reason
from hearback.stats.presentation import FEWEST_ANSWERS, MEAN_WIDE, shares_may_be_shown
from hearback.stats.proportion import two_sided_z

Floats = NDArray[np.float64]
LEVEL = 0.95
PARTIAL, SMALL = "groups_partial", Reason.SUPPRESSED_SMALL
FLAGS: list[list[str]] = [[], [PARTIAL], [NONRESPONSE_ITEM], [PARTIAL, NONRESPONSE_ITEM]]
"""The flags of a group: whether some of its people are held back, and whether many left the question out."""
ANSWERS = np.arange(1, HIGHEST + 1)
SCALES = {"thumbs": "thumbs", "ticked": "ticked"}


@dataclass(frozen=True)
class Numbers:
    """One measure of many groups: nan where there is no number, and then `reason` says why."""

    value: Floats
    low: Floats
    high: Floats
    se: Floats
    numerator: Integers
    reason: Sequence[Reason | None]


def group_scores(groups: GroupCounts, quarter: str) -> pa.Table:
    """Give one row per measure for every group of every subject, in fixed order, as `table.GROUP_SCORES`.

    A share is shown where the presentation standard for proportions lets it stand, a mean where the house
    rule does; a group that is held back says so and nothing else.

    Source: Parker et al. (2017), National Center for Health Statistics, Vital and Health Statistics 2(175).
    """
    described = _described(groups)
    parts, keys = [GROUP_SCORES.empty_table()], [np.zeros((5, 0), dtype=np.int64)]
    for pool, question in distinct_columns(np.stack([groups.pool, groups.question]))[0].T.tolist():
        rows = np.flatnonzero((groups.pool == pool) & (groups.question == question))
        scale = SCALES.get(groups.pools[pool], "five_point")
        of_rows = described.take(pa.array(rows))
        for measure in measures_of(groups.questions[question], scale, quarter):
            numbers = numbers_of(measure, groups.counts[rows])
            columns = _figures(measure, numbers, groups.counts[rows].sum(axis=1), groups.held_back[rows])
            same = _same(measure) | {"quarter": quarter}
            parts.append(group_table(dict(zip(described.column_names, of_rows, strict=True)) | columns, same))
            place = np.full(len(rows), list(MEASURES).index(measure.key))
            subject, dimension, group = groups.subject[rows], groups.dimension[rows], groups.group[rows]
            keys.append(np.stack([subject, groups.pool[rows], place, dimension, group]))
    order = np.lexsort(np.concatenate(keys, axis=1)[::-1])
    return pa.concat_tables(parts).take(pa.array(order))


def numbers_of(measure: Measure, counts: Integers) -> Numbers:
    """Compute one measure of many groups, from counts of shape (groups, 5)."""
    n = counts.sum(axis=1)
    if measure.kind == MEAN:
        return _means(counts, n)
    if measure.kind == SHARE:
        hits = counts[:, [answer - 1 for answer in sorted(measure.answers)]].sum(axis=1)
        return _shares(hits, n)
    value = n.astype(float)
    none = np.full(len(n), np.nan)
    return Numbers(np.where(n > 0, value, np.nan), none, none, none, n, [
        Reason.COUNTED if one else Reason.NO_ANSWERS for one in n.tolist()
    ])  # fmt: skip


def _means(counts: Integers, n: Integers) -> Numbers:
    """Give means with t intervals, cut at the ends of the scale; see `hearback.stats.mean_interval`."""
    total, squares = counts @ ANSWERS, counts @ ANSWERS**2
    safe = np.maximum(n, 2)
    mean = total / np.maximum(n, 1)
    # whole numbers until the last step, so that equal answers give a variance of exactly zero
    variance = (safe * squares - total * total) / (safe * (safe - 1))
    se = np.sqrt(np.maximum(variance, 0) / safe)
    half = stdtrit(safe - 1, (1 + LEVEL) / 2) * se
    low, high = np.maximum(mean - half, 1.0), np.minimum(mean + half, float(HIGHEST))
    flat = (variance == 0) & (n > 1)
    unsure = (n < FEWEST_ANSWERS) | (high - low > MEAN_WIDE)
    reasons = list(map(_reason, n.tolist(), unsure.tolist(), flat.tolist()))
    gone = np.array([reason in (Reason.NO_ANSWERS, Reason.SUPPRESSED_UNRELIABLE) for reason in reasons])
    bare = gone | flat
    return Numbers(
        np.where(gone, np.nan, mean), np.where(bare, np.nan, low), np.where(bare, np.nan, high),
        np.where(bare, np.nan, se), total, reasons,
    )  # fmt: skip


def _shares(hits: Integers, n: Integers) -> Numbers:
    """Give shares with Wilson's intervals; see `hearback.stats.wilson_interval`."""
    safe = np.maximum(n, 1)
    share, z2 = hits / safe, two_sided_z(LEVEL) ** 2
    centre = share + z2 / (2 * safe)
    half = np.sqrt(z2 * (share * (1 - share) / safe + z2 / (4 * safe * safe)))
    scale = 1 + z2 / safe
    low = np.where(hits == 0, 0.0, np.minimum((centre - half) / scale, share))
    high = np.where(hits == n, 1.0, np.maximum((centre + half) / scale, share))
    counts, place = distinct_columns((hits, n))  # of many thousand groups, a few hundred are different
    unsure = ~shares_may_be_shown(counts[0].astype(float), counts[1].astype(float), level=LEVEL)[place]
    reasons = list(map(_reason, n.tolist(), unsure.tolist()))
    gone = np.array([reason is not None for reason in reasons], dtype=bool)
    se = np.sqrt(share * (1 - share) / safe)
    shown = [np.where(gone, np.nan, numbers) for numbers in (share, low, high, se)]
    return Numbers(shown[0], shown[1], shown[2], shown[3], hits, reasons)


def _reason(n: int, unsure: bool, flat: bool = False) -> Reason | None:
    if n == 0:
        return Reason.NO_ANSWERS
    if unsure:
        return Reason.SUPPRESSED_UNRELIABLE
    return Reason.NO_VARIANCE if flat else None


def _described(groups: GroupCounts) -> pa.Table:
    """Say of every row whom it is about, what it rests on and what to mind: the same for all measures."""
    named = [groups.named(row) for row in range(len(groups))]
    levels, subjects = (list(names) for names in zip(*groups.subjects, strict=True))
    return pa.table({
        "level": pa.array(levels).take(pa.array(groups.subject)),
        "subject": pa.array(subjects).take(pa.array(groups.subject)),
        "pool": pa.array(groups.pools).take(pa.array(groups.pool)),
        "dimension": pa.array([dimension for dimension, _ in named], pa.string()),
        "group": pa.array([group for _, group in named], pa.string()),
        "n_surveys": pa.array(groups.n_surveys),
        "flags": pa.array(FLAGS).take(pa.array(groups.partial + 2 * groups.low_item)),
        "inputs_sha256": pa.array([_inputs(groups, row, *n) for row, n in enumerate(named)], pa.string()),
    })  # fmt: skip


def _inputs(groups: GroupCounts, row: int, dimension: str, group: str) -> str:
    """Hash the counts that the numbers of a group are made of; null where they are held back."""
    return inputs_sha256(
        {f"{dimension}={group}": None if groups.held_back[row] else groups.counts[row].tolist()}
    )


def _figures(measure: Measure, numbers: Numbers, n: Integers, held_back: np.ndarray) -> dict[str, pa.Array]:
    """Give the figures of one measure as columns; what is held back has its reason and nothing else.

    What is too unsure to show keeps the counts it is made of.
    """
    gone, bare = np.isnan(numbers.value), np.isnan(numbers.low)
    reasons = [SMALL if h else r for h, r in zip(held_back.tolist(), numbers.reason, strict=True)]
    return {
        "value": pa.array(numbers.value, mask=gone),
        "low": pa.array(numbers.low, mask=bare),
        "high": pa.array(numbers.high, mask=bare),
        "se": pa.array(numbers.se, mask=np.isnan(numbers.se)),
        "df": pa.array(n - 1, mask=bare | (measure.kind != MEAN)),
        "n": pa.array(n, mask=held_back),
        "numerator": pa.array(numbers.numerator, mask=held_back),
        "denominator": pa.array(n, mask=held_back | (measure.kind == COUNT)),
        "reason": pa.array([None if reason is None else reason.value for reason in reasons], pa.string()),
    }


def _same(measure: Measure) -> dict[str, str | None]:
    """Give what is the same in every row of a measure."""
    return {
        "measure": measure.key,
        "numerator_name": measure.numerator_name,
        "denominator_name": measure.denominator_name,
        "method": measure.method,
        "method_version": measure.version,
        "n_effective": None,
    }
