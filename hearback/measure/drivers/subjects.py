"""Surveys put together by service and by provider, with the questions that enter and the people who count."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from hearback.measure.drivers.reading import COLUMNS, SurveyPatterns
from hearback.measure.rules import POOLS, is_small
from hearback.measure.rules.drivers import DRIVERS
from hearback.measure.scoring import Lineage, places
from hearback.stats.models.drivers import PEOPLE_PER_DRIVER

SERVICE, PROVIDER, SURVEY = "service", "provider", "survey"
_LEVELS = (SURVEY, SERVICE, PROVIDER)


@dataclass(frozen=True)
class DriverSubject:
    """One service or provider in one pool, or one weighted survey.

    `surveys` are those that may be added up, by key; fewer complete answers than `threshold` and one is left
    out of every sum.
    """

    level: str
    key: str
    pool: str
    surveys: Sequence[SurveyPatterns] = field(repr=False)
    threshold: int

    @cached_property
    def questions(self) -> tuple[str, ...]:
        """Name the questions that enter: those that most people who answered trust were shown together.

        Of two sets shown to equally many, the larger enters, then the one that comes first on the form.
        """
        shown: dict[frozenset[str], int] = defaultdict(int)
        for one in self.surveys:
            for asked, n in one.shown.items():
                shown[asked] += n
        several = [asked for asked in shown if asked]
        if not several:
            return ()
        most = max(several, key=lambda asked: (shown[asked], len(asked), [name in asked for name in DRIVERS]))
        return tuple(name for name in DRIVERS if name in most)

    @cached_property
    def used(self) -> tuple[SurveyPatterns, ...]:
        """Give the surveys with enough people who answered everything; none of the others enters anything."""
        enough = max(self.threshold, 1)
        return tuple(one for one in self.surveys if _n(one, self.complete(one)) >= enough)

    @cached_property
    def n(self) -> int:
        """Count the people who answered everything, in the surveys used."""
        return sum(_n(one, self.complete(one)) for one in self.used)

    @property
    def enough(self) -> bool:
        """Say whether people are enough for figures: the threshold, and ten for every question."""
        return self.n >= max(self.threshold, PEOPLE_PER_DRIVER * len(self.questions))

    @property
    def left_out(self) -> bool:
        """Say whether a survey is left out for having too few complete answers, but some."""
        return any(is_small(_n(one, self.complete(one)), self.threshold) for one in self.surveys)

    @property
    def flags(self) -> frozenset[str]:
        """Give the cautions that come from who was asked what."""
        chosen = frozenset(self.questions)
        shown = {asked for one in self.surveys for asked in one.shown}
        found = {
            "small_surveys": self.left_out,
            "other_questions": any(not asked >= chosen for asked in shown),
            "fewer_questions": any(asked > chosen for asked in shown),
            "single_driver": len(chosen) == 1,
        }
        return frozenset(flag for flag, holds in found.items() if holds)

    def complete(self, survey: SurveyPatterns) -> np.ndarray:
        """Say which patterns of a survey have an answer to trust and to every question that enters."""
        places = [0, *(COLUMNS.index(name) for name in self.questions)]
        return np.asarray((survey.answers[:, places] > 0).all(axis=1))


def driver_subjects(
    surveys: Iterable[SurveyPatterns], agencies_of: Lineage, threshold: int
) -> list[DriverSubject]:
    """Give every service and provider in every pool, and every weighted survey, in fixed order.

    Raises:
        ProviderNotKnown: if a survey's provider has no place among the agencies.
    """
    found: dict[tuple[str, str, str], list[SurveyPatterns]] = defaultdict(list)
    for one in surveys:
        if one.weighted:
            found[SURVEY, one.survey.key, one.pool].append(one)
            continue
        for level, key in places(one.survey, agencies_of):
            if level in (SERVICE, PROVIDER):
                found[level, key, one.pool].append(one)
    order = sorted(found, key=lambda name: (_LEVELS.index(name[0]), name[1], list(POOLS).index(name[2])))
    subjects = [DriverSubject(*name, found[name], threshold) for name in order]
    return [subject for subject in subjects if subject.questions]


def _n(survey: SurveyPatterns, kept: np.ndarray) -> int:
    return int(survey.n[kept].sum())
