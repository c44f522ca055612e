"""What part of a change is what surveys in both quarters did, and what part is who reported."""

from collections.abc import Sequence
from dataclasses import dataclass

from hearback.measure.changes.sides import Series, Side
from hearback.measure.facts import ScoreFact
from hearback.measure.rules import MEAN, MEASURES
from hearback.stats import add_counts, n_answers, n_of, standard_deviation, sum_of_answers
from hearback.stats.comparison import (
    ProviderMeans,
    WithinChange,
    decompose_change,
    within_of_means,
    within_of_shares,
)


@dataclass(frozen=True)
class Counted:
    """Answers and numerator of one survey, or of several of one series; the deviation only for means."""

    n: int = 0
    total: int = 0
    deviation: float | None = None

    @property
    def value(self) -> float | None:
        """Give the mean or share."""
        return self.total / self.n if self.n else None


@dataclass(frozen=True)
class Parts:
    """The four parts of a change; they add up to it. None together, and `reason` says why.

    `low`, `high` and `p` are of the within part; None too where chance in it cannot be reckoned.
    """

    within: float | None = None
    mix: float | None = None
    entry: float | None = None
    exit: float | None = None
    reason: str | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None


def parts_of(before: Side, after: Side, earlier: ScoreFact, later: ScoreFact) -> Parts:
    """Split the change of a roll-up over its surveys, matched by series and sized by their answers.

    A survey that was held back then and is added up now counts as one that came: the parts are made of what
    the two roll-ups are made of, and of nothing else.

    Source: see `hearback.stats.comparison.decompose_change`, `within_of_shares` and `within_of_means`.
    """
    if later.level == "survey":
        return Parts(reason="not_rolled_up")
    old, new = _counted(before, earlier), _counted(after, later)
    if old is None or new is None:
        return Parts(reason="scores_stale")
    series = sorted({*old, *new})
    one, two = ([of.get(each, Counted()) for each in series] for of in (old, new))
    split = decompose_change(
        [c.n for c in one], [c.value for c in one], [c.n for c in two], [c.value for c in two]
    )
    if split.reason is not None:
        return Parts(reason=split.reason.value)
    own = _within(one, two, mean=MEASURES[later.measure].kind == MEAN)
    return Parts(own.within, split.mix, split.entry, split.exit, None, own.low, own.high, own.p)


def _within(one: Sequence[Counted], two: Sequence[Counted], *, mean: bool) -> WithinChange:
    if not mean:
        return within_of_shares(
            [c.total for c in one], [c.n for c in one], [c.total for c in two], [c.n for c in two]
        )
    return within_of_means(_means(one), _means(two))


def _means(side: Sequence[Counted]) -> ProviderMeans:
    return ProviderMeans([c.n for c in side], [c.value for c in side], [c.deviation for c in side])


def series_in_both(before: Side, after: Side, later: ScoreFact) -> frozenset[Series]:
    """Give the surveys that are added up in both quarters."""
    group = (later.level, later.subject, later.pool, _question(later))
    return frozenset(before.members.get(group, ())) & frozenset(after.members.get(group, ()))


def _counted(side: Side, score: ScoreFact) -> dict[Series, Counted] | None:
    """Count the answers of every survey of a roll-up; None where they do not add up to it."""
    members = side.members.get((score.level, score.subject, score.pool, _question(score)), {})
    answers = MEASURES[score.measure].answers
    found: dict[Series, Counted] = {}
    for series, surveys in members.items():
        counts = add_counts([one.counts for one in surveys])
        n = n_answers(counts)
        if answers:
            found[series] = Counted(n, n_of(counts, answers))
        else:
            found[series] = Counted(n, sum_of_answers(counts), standard_deviation(counts))
    total = sum(one.n for one in found.values()), sum(one.total for one in found.values())
    return found if total == (score.n, score.numerator) else None


def _question(score: ScoreFact) -> str:
    return MEASURES[score.measure].questions[0]
