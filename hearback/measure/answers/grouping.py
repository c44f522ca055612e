"""Who answered what, by channel, language and group: small groups held back, the rest added up.

What is held back is decided where answers are given: for one form. Every figure is a sum of groups that may
be shown there, so that no subtraction of surveys, services or groups of one dimension finds a small one.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from hearback.measure.answers.reading import HIGHEST, ArchivedQuarter, Integers
from hearback.measure.judging import Judged, judged_questions
from hearback.measure.rules import NONRESPONSE_ITEM, OWN, POOLS, is_small
from hearback.measure.scoring import Lineage, places

CHANNEL, LANGUAGE = "channel", "language"
UNKNOWN_GROUP = "unknown"
LEVELS_WITH_GROUPS = ("service", "provider", "agency", "government")
_POOLS = tuple(POOLS)


@dataclass(frozen=True)
class GroupCounts:
    """Answers of groups of people, one row per subject, pool, question, dimension and group, in fixed order.

    Columns are codes into the lists beside them; `counts` has shape (rows, 5). `held_back` says that a row is
    not shown, and its counts are zero then; `partial` that some of its people are held back elsewhere;
    `low_item` that many left the question out in a survey that is added up in it.
    """

    subjects: Sequence[tuple[str, str]]
    questions: Sequence[str]
    dimensions: Sequence[str]
    groups: Sequence[Sequence[str]]
    subject: Integers
    pool: Integers
    question: Integers
    dimension: Integers
    group: Integers
    counts: Integers
    n_surveys: Integers
    held_back: np.ndarray
    partial: np.ndarray
    low_item: np.ndarray

    def __len__(self) -> int:
        return len(self.subject)

    def named(self, row: int) -> tuple[str, str]:
        """Name the dimension and the group of a row."""
        dimension = int(self.dimension[row])
        return self.dimensions[dimension], self.groups[dimension][int(self.group[row])]

    @property
    def pools(self) -> Sequence[str]:
        """Name the pools by code."""
        return _POOLS

    @property
    def family(self) -> Integers:
        """Number the rows that divide the same people: one subject, pool, question and dimension."""
        keys = np.stack([self.subject, self.pool, self.question, self.dimension])
        return distinct_columns(keys)[1]


def group_counts(answers: ArchivedQuarter, agencies_of: Lineage, threshold: int) -> GroupCounts | None:
    """Count the groups of every service, provider and agency, and of the government; None without any group.

    Args:
        threshold: groups of fewer people are held back, and so many more that they cannot be worked out.

    Raises:
        ProviderNotKnown: if a form's provider has no place among the agencies.
    """
    judged = {
        (code, each.code): each
        for code, fact in answers.surveys.items()
        if not answers.book.forms[code].weighted
        for each in judged_questions(fact, threshold, answers.n_asked[fact.key])
        if each.pool != OWN and each.exclusion is None
    }
    if not judged:
        return None
    keys, counts, low_item, names = _counted(answers, judged)
    held_back = hold_back(keys[:4], counts.sum(axis=1), threshold)
    return _several(_added_up(answers, (keys, counts, low_item, held_back), agencies_of, names))


def hold_back(family_keys: Integers, n: Integers, threshold: int) -> np.ndarray:
    """Say which groups are not shown: small ones, and more of their family until none can be worked out.

    The total of a family is published, so that a single group held back is the rest. Groups are added,
    smallest first, until two at least and `threshold` people at least are held back together.

    Args:
        family_keys: shape (k, rows): equal columns divide the same people.
        n: people in each row.

    Source: the same rule as for surveys, see `hearback.measure.rules.volumes.is_small`; secondary cells as in
    Willenborg and de Waal (2001), Elements of Statistical Disclosure Control, chapter 4, for one margin.

    >>> family = np.zeros((1, 4), dtype=int)
    >>> hold_back(family, np.array([4, 60, 30, 200]), 10).tolist()
    [True, False, True, False]
    """
    held = (n > 0) & (n < threshold)
    family = distinct_columns(family_keys)[1]
    for code in np.unique(family[held]).tolist():
        rows = np.flatnonzero(family == code)
        shown = [row for row in rows[np.argsort(n[rows], kind="stable")] if not held[row] and n[row] > 0]
        while shown and (held[rows].sum() < 2 or is_small(int(n[rows][held[rows]].sum()), threshold)):
            held[shown.pop(0)] = True
    return held


def distinct_columns(keys: Integers | Sequence[Integers]) -> tuple[Integers, Integers]:
    """Give the different columns in ascending order, and for every column its place among them.

    Args:
        keys: shape (k, columns), whole numbers from 0.

    >>> found, place = distinct_columns(np.array([[1, 0, 1], [5, 2, 5]]))
    >>> found.tolist(), place.tolist()
    ([[0, 1], [2, 5]], [1, 0, 1])
    """
    sizes = tuple(int(row.max(initial=0)) + 1 for row in keys)
    number = np.ravel_multi_index(tuple(keys), sizes)
    if math.prod(sizes) > len(number):
        found, place = np.unique(number, return_inverse=True)
    else:  # marking what is there takes a tenth of the time of sorting
        there = np.zeros(math.prod(sizes), dtype=bool)
        there[number] = True
        found, place = np.flatnonzero(there), (np.cumsum(there) - 1)[number]
    return np.stack(np.unravel_index(found, sizes)).astype(np.int64), place.reshape(-1)


def _counted(
    answers: ArchivedQuarter, judged: Mapping[tuple[int, str], Judged]
) -> tuple[Integers, Integers, np.ndarray, list[list[str]]]:
    """Count by form, pool, question, dimension and group.

    Gives keys, counts, whether many left the question out, and the names of the groups.
    """
    pool_of = np.full((len(answers.book.forms), len(answers.questions)), -1, dtype=np.int64)
    low_item = np.zeros(pool_of.shape, dtype=bool)
    for (code, question), each in judged.items():
        place_of = code, answers.questions.index(question)
        pool_of[place_of], low_item[place_of] = _POOLS.index(each.pool), NONRESPONSE_ITEM in each.flags
    all_answers = answers.column("answer")
    counted = (all_answers >= 1) & (all_answers <= HIGHEST)
    used = np.flatnonzero(counted & (pool_of[answers.form, answers.column("question")] >= 0))
    names, channel, language = _names(answers)
    dimension = answers.column("dimension")
    of_everybody, of_groups = used[dimension[used] == 0], used[dimension[used] > 0]
    context = answers.column("context")[of_everybody]
    rows = np.concatenate([of_everybody, of_everybody, of_groups])
    form, asked = answers.form[rows], answers.column("question")[rows]
    of_dimension = np.repeat([0, 1], len(of_everybody))
    keys, place = distinct_columns((
        form, pool_of[form, asked], asked,
        np.concatenate([of_dimension, dimension[of_groups] + 1]),
        np.concatenate([channel[context], language[context], answers.column("level")[of_groups]]),
    ))  # fmt: skip
    counts = np.zeros((keys.shape[1], HIGHEST), dtype=np.int64)
    np.add.at(counts, (place, all_answers[rows] - 1), answers.column("n")[rows])
    return keys, counts, low_item[keys[0], keys[2]], names


def _names(answers: ArchivedQuarter) -> tuple[list[list[str]], Integers, Integers]:
    """Name the groups of every dimension by code, and give channel and language of every context."""
    contexts = answers.book.contexts
    channels = sorted({channel for _, channel, _ in contexts})
    languages = sorted({language for _, _, language in contexts})
    of_groups = [[UNKNOWN_GROUP, *levels] for levels in answers.book.groups.values()]
    channel = np.array([channels.index(c) for _, c, _ in contexts], dtype=np.int64)
    language = np.array([languages.index(one) for _, _, one in contexts], dtype=np.int64)
    return [channels, languages, *of_groups], channel, language


def _added_up(
    answers: ArchivedQuarter,
    counted: tuple[Integers, Integers, np.ndarray, np.ndarray],
    agencies_of: Lineage,
    names: list[list[str]],
) -> GroupCounts:
    """Add up what may be shown for every subject; a row of which nothing may be shown stays, held back."""
    keys, counts, low_item, held_back = counted
    subjects, pairs = _subjects(answers, np.unique(keys[0]).tolist(), agencies_of)
    rows, of_subject = _spread(keys[0], pairs)
    table = np.vstack([of_subject, keys[1:, rows]])
    found, place = distinct_columns(table)
    n_found = found.shape[1]
    shown = ~held_back[rows]
    total = np.zeros((n_found, HIGHEST), dtype=np.int64)
    np.add.at(total, place[shown], counts[rows][shown])
    surveys = np.bincount(place[shown], minlength=n_found).astype(np.int64)
    low = np.bincount(place[shown & low_item[rows]], minlength=n_found) > 0
    some_held = np.bincount(place[~shown], minlength=n_found) > 0
    return GroupCounts(
        subjects, answers.questions, [CHANNEL, LANGUAGE, *answers.book.groups], names,
        found[0], found[1], found[2], found[3], found[4], total, surveys,
        held_back=some_held & (total.sum(axis=1) == 0), partial=some_held & (total.sum(axis=1) > 0),
        low_item=low,
    )  # fmt: skip


def _subjects(
    answers: ArchivedQuarter, forms: Sequence[int], agencies_of: Lineage
) -> tuple[list[tuple[str, str]], Integers]:
    """Name the subjects, and give pairs of form and subject, shape (2, pairs)."""
    of_form = {form: list(places(answers.surveys[form], agencies_of)) for form in forms}
    listed = {place for of_one in of_form.values() for place in of_one}
    subjects = sorted(listed, key=lambda place: (LEVELS_WITH_GROUPS.index(place[0]), place[1]))
    number = {place: code for code, place in enumerate(subjects)}
    pairs = [(form, number[place]) for form, of_one in of_form.items() for place in of_one]
    return subjects, np.array(pairs, dtype=np.int64).T.reshape(2, -1)


def _spread(form: Integers, pairs: Integers) -> tuple[Integers, Integers]:
    """Give every row once for each subject of its form."""
    order = np.argsort(pairs[0], kind="stable")
    forms, subjects = pairs[0][order], pairs[1][order]
    start = np.searchsorted(forms, form, side="left")
    n = np.searchsorted(forms, form, side="right") - start
    rows = np.repeat(np.arange(len(form)), n)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(n) - n, n)
    return rows, subjects[np.repeat(start, n) + within]


def _several(groups: GroupCounts) -> GroupCounts | None:
    """Leave out dimensions in which a subject has one group: that is everybody. None without any left."""
    family = groups.family
    rows = np.flatnonzero(np.bincount(family)[family] > 1)
    if not len(rows):
        return None
    columns = ("subject", "pool", "question", "dimension", "group", "counts", "n_surveys")
    marks = ("held_back", "partial", "low_item")
    return replace(groups, **{name: getattr(groups, name)[rows] for name in (*columns, *marks)})
