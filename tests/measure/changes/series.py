"""Made-up series of scores for tests of charts and comparisons."""

from collections.abc import Iterable

from hearback.fiscal import parse_quarter
from hearback.measure.facts import ScoreFact
from hearback.measure.figures import Basis, Subject, answer_figure, no_figure, to_score
from hearback.measure.rules import MEASURES
from hearback.stats import LikertCounts, Reason


def counts_of(n_agree: int, n: int) -> LikertCounts:
    """Give n answers of which so many are 4 or 5, spread over all five."""
    rest = n - n_agree
    return rest // 3, rest // 3, rest - 2 * (rest // 3), n_agree // 2, n_agree - n_agree // 2


def score(
    quarter: str,
    counts: LikertCounts | None,
    *,
    measure: str = "trust_agree_share",
    subject: str = "va-vha",
    flags: Iterable[str] = (),
) -> ScoreFact:
    """Make the score of a provider from counts; None for one that is held back."""
    of = Subject("provider", subject, quarter, "stated")
    basis = Basis(1, frozenset(flags), {subject: counts})
    if counts is None:
        return to_score(MEASURES[measure], of, no_figure(MEASURES[measure], Reason.SUPPRESSED_SMALL), basis)
    return to_score(MEASURES[measure], of, answer_figure(MEASURES[measure], counts), basis)


def quarters(n: int, first: str = "FY2019-Q1") -> list[str]:
    """Name n quarters from the first on."""
    found = [parse_quarter(first)]
    while len(found) < n:
        found.append(found[-1].next())
    return [str(one) for one in found]


def series(agree: Iterable[tuple[int, int] | None], measure: str = "trust_agree_share") -> list[ScoreFact]:
    """Make a series of quarters from the answers that agree, of all answers; None where it is held back."""
    listed = list(agree)
    return [
        score(quarter, None if one is None else counts_of(*one), measure=measure)
        for quarter, one in zip(quarters(len(listed)), listed, strict=True)
    ]
