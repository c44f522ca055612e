"""One quarter as one side of a comparison: its figures, who reported them, and in which words they asked."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from hearback.collect import queries as collect
from hearback.directory import queries as directory
from hearback.fiscal import Quarter, QuarterNotValid
from hearback.measure.facts import ScoreFact
from hearback.measure.judging import Judged, judged_questions
from hearback.measure.queries import scores
from hearback.measure.rules import MEASURES, OWN, is_compared
from hearback.measure.scoring import Group, Lineage, grouped, lineage
from hearback.measure.wanted import archived_quarter

Series = tuple[str, ...]
"""A survey apart from its quarter; see `Judged.identity`."""

Key = tuple[str, str, str | Series, str]
"""Measure, level, subject and pool of a figure; a survey is named by its series."""

TRUST, REWORDED = "trust", "wording_changed"


@dataclass(frozen=True)
class Side:
    """One quarter. `of_surveys` has the figures of surveys by measure and key.

    `members` are the surveys added up in every group, by series. `words` are the classes of the words in
    which a series put a question; `reworded` the series in which an importer found the trust question put in
    another way than the quarter before.
    """

    quarter: str
    figures: Mapping[Key, ScoreFact]
    of_surveys: Mapping[tuple[str, str], ScoreFact]
    second_values: frozenset[str]
    not_unique: frozenset[Series]
    pools: Mapping[tuple[str, Series], frozenset[str]]
    members: Mapping[Group, Mapping[Series, Sequence[Judged]]]
    words: Mapping[tuple[str, Series], frozenset[str]]
    reworded: frozenset[Series]
    series_of: Mapping[str, Series]

    def key(self, score: ScoreFact) -> Key | None:
        """Give the key under which a figure stands; None where its survey is not reported any more."""
        if score.level != "survey":
            return score.measure, score.level, score.subject, score.pool
        series = self.series_of.get(score.subject)
        return None if series is None else (score.measure, score.level, series, score.pool)


@dataclass
class Sides:
    """Every quarter that is needed, read once.

    Args:
        threshold: groups with fewer answers are not shown; as given to the scores.
    """

    threshold: int
    _read: dict[str, Side] = field(default_factory=dict)
    _agencies_of: Lineage = field(default_factory=dict)

    def of(self, quarter: Quarter) -> Side:
        """Give one quarter.

        Raises:
            ProviderNotKnown: if a survey's provider is not in the directory.
        """
        if str(quarter) not in self._read:
            self._agencies_of = self._agencies_of or lineage(directory.agencies(), directory.providers())
            self._read[str(quarter)] = _read(quarter, self.threshold, self._agencies_of)
        return self._read[str(quarter)]

    def before(self, quarter: Quarter, n: int) -> list[Side]:
        """Give so many quarters before one, newest first; fewer where the calendar begins."""
        found = []
        for _ in range(n):
            try:
                quarter = quarter.previous()
            except QuarterNotValid:
                break
            found.append(self.of(quarter))
        return found


def side_of(
    quarter: str,
    figures: Iterable[ScoreFact],
    judged: Iterable[Judged],
    added_up: Mapping[Group, Iterable[Judged]],
) -> Side:
    """Put a quarter together from its scores and its judged surveys."""
    listed = list(judged)
    first = [one for one in listed if one.survey.variant == 1]
    keys: dict[Series, set[str]] = defaultdict(set)
    pools, words = defaultdict(set), defaultdict(set)
    for one in first:
        keys[one.identity].add(one.survey.key)
        if one.question is not None:
            pools[one.code, one.identity].add(one.pool)
            words[one.code, one.identity].add(one.question.wording_class)
    scores = list(figures)
    side = Side(
        quarter=quarter,
        figures={},
        of_surveys={(one.measure, one.subject): one for one in scores if one.level == "survey"},
        second_values=frozenset(one.survey.key for one in listed if one.survey.variant > 1),
        not_unique=frozenset(series for series, found in keys.items() if len(found) > 1),
        pools={key: frozenset(found) for key, found in pools.items()},
        members={group: _by_series(members) for group, members in added_up.items()},
        words={key: frozenset(found) for key, found in words.items()},
        reworded=frozenset(one.identity for one in first if _is_reworded(one)),
        series_of={one.survey.key: one.identity for one in listed},
    )
    found_figures = {key: one for one in scores if (key := _key(side, one)) is not None}
    return Side(**{**vars(side), "figures": found_figures})


def _key(side: Side, score: ScoreFact) -> Key | None:
    """Give the key of a figure that is compared; None for all others."""
    if score.pool == OWN or not is_compared(MEASURES[score.measure]) or score.subject in side.second_values:
        return None
    key = side.key(score)
    return None if key is not None and key[2] in side.not_unique else key


def _by_series(members: Iterable[Judged]) -> dict[Series, list[Judged]]:
    found: dict[Series, list[Judged]] = defaultdict(list)
    for one in members:
        if one.exclusion is None:
            found[one.identity].append(one)
    return dict(sorted(found.items()))


def _is_reworded(judged: Judged) -> bool:
    return judged.code == TRUST and any(one.kind == REWORDED for one in judged.survey.findings)


def _read(quarter: Quarter, threshold: int, agencies_of: Lineage) -> Side:
    answers = archived_quarter(str(quarter))
    reported = list(collect.reported_surveys(quarter))
    archived = list(answers.surveys.values()) if answers else []
    added = [*reported, *(answers.unweighted if answers else ())]
    return side_of(
        str(quarter),
        scores(quarter=str(quarter)),
        [each for survey in (*reported, *archived) for each in judged_questions(survey, threshold)],
        grouped([each for survey in added for each in judged_questions(survey, threshold)], agencies_of),
    )
