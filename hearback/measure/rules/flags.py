"""Cautions that travel with a number. A flag never changes the number."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from hearback.stats import LikertCounts, mean_half_up, n_answers

LOW_BASE = 30
"""Fewer answers than this are a low base.

Source: National Center for Health Statistics, Series 2 no. 175 (2017), standards for showing proportions.
"""

FLAGS: dict[str, str] = {
    "composition_changed": "Other surveys are pooled than in the quarter before; a difference between the "
    "two quarters may come from that alone.",
    "identical_distributions": "A pooled survey reported the same counts for trust and for another question.",
    "low_base": f"Fewer than {LOW_BASE} answers; the number can move much by chance.",
    "more_answers_than_respondents": "A pooled survey reported more answers than people who answered.",
    "more_offered_than_customers": "A pooled survey was offered to more people than were served.",
    "more_respondents_than_customers": "A pooled survey reported more respondents than customers served.",
    "more_respondents_than_offered": "A pooled survey reported more respondents than people offered it.",
    "mean_disagrees": "The mean that the source printed for a pooled survey is not the mean of its counts.",
    "rate_partial": "Some pooled surveys reported no usable counts of people; the rate is of the others.",
    "rating_false": "The publisher's own review marked the report of a pooled survey as not following the "
    "rules; its answers are kept.",
    "rating_partial": "The publisher's own review marked the report of a pooled survey as following the "
    "rules in part.",
    "single_survey": "One survey stands for the whole group.",
    "two_values": "Two reports came for one survey and quarter; the first is used.",
}
"""Every flag with a sentence fit for the public."""

CARRIED = frozenset({"two_values"})
"""Kinds of findings passed on as flags; the others are looked at again for the trust question only."""

_RATINGS = {"FALSE": "rating_false", "PARTIAL": "rating_partial"}


@dataclass(frozen=True)
class Report:
    """What one reported survey says, as far as it can caution the reader of its trust figures."""

    trust: LikertCounts
    others: tuple[LikertCounts, ...]
    published_mean: str | None
    respondents: int | None
    offered: int | None
    customers: int | None
    rating: str | None
    finding_kinds: frozenset[str]


def rating_flag(rating: str | None) -> str | None:
    """Give the flag for the publisher's verdict on a report; None for TRUE and where there is no verdict.

    A report marked FALSE stays in: the verdict is about following rules of reporting, not about the answers.

    >>> rating_flag("PARTIAL"), rating_flag("TRUE")
    ('rating_partial', None)
    """
    return _RATINGS.get(rating or "")


def flags_of(report: Report) -> frozenset[str]:
    """Give the flags that one reported survey passes on to every number it enters.

    Zero and null volumes are not reported, so nothing is compared with them. Oddities of other questions stay
    findings of the survey and do not flag its trust figures.

    Source: the errors found in published quarterly files, FY2021 Q1 to FY2022 Q3.
    """
    answered = n_answers(report.trust) > 0
    mean = report.published_mean
    signs = {
        "more_answers_than_respondents": _more(n_answers(report.trust), report.respondents),
        "more_respondents_than_offered": _more(report.respondents, report.offered),
        "more_respondents_than_customers": _more(report.respondents, report.customers),
        "more_offered_than_customers": _more(report.offered, report.customers),
        "identical_distributions": answered and report.trust in report.others,
        "mean_disagrees": answered and mean is not None and Decimal(mean) != mean_half_up(report.trust),
    }
    flag = rating_flag(report.rating)
    found = {name for name, shown in signs.items() if shown}
    return frozenset(found | (report.finding_kinds & CARRIED) | ({flag} if flag else set()))


def group_flags(of_surveys: Iterable[frozenset[str]], *, composition_changed: bool) -> frozenset[str]:
    """Give the flags of a group of pooled surveys: all of theirs, and those of the group itself.

    >>> sorted(group_flags([frozenset({"rating_partial"})], composition_changed=True))
    ['composition_changed', 'rating_partial', 'single_survey']
    """
    listed = list(of_surveys)
    own = {"single_survey"} if len(listed) == 1 else set()
    if composition_changed:
        own.add("composition_changed")
    return frozenset(own).union(*listed)


def _more(one: int | None, other: int | None) -> bool:
    return bool(one and other and one > other)
