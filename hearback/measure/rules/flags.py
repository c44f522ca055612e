"""Cautions that travel with a number. A flag never changes the number."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from hearback.measure.rules.volumes import Volumes
from hearback.stats import LikertCounts, Reason, mean_as_printed, n_answers

FLAGS: dict[str, str] = {
    "boxes_unused": "A pooled survey has many answers and two or more of the five boxes empty: fewer points "
    "may have been offered.",
    "composition_changed": "The surveys added up are not those of the quarter before; a difference between "
    "the two quarters may come from that alone.",
    "groups_partial": "Some surveys have too few people of this group to show; they are left out of it, so "
    "that no subtraction can find them.",
    "identical_distributions": "A pooled survey reported the same counts for trust and for another question.",
    "more_answers_than_respondents": "A pooled survey reported more answers than people who answered.",
    "more_offered_than_customers": "A pooled survey was offered to more people than were served.",
    "more_respondents_than_customers": "A pooled survey reported more respondents than customers served.",
    "more_respondents_than_offered": "A pooled survey reported more respondents than people offered it.",
    "nonresponse_item": "In a pooled survey, fewer than 70 % of the people who were shown the question "
    "answered it; those who left it out may think otherwise.",
    "nonresponse_unit": "Fewer than 80 % of the people who were offered a pooled survey answered it; those "
    "who did not may think otherwise.",
    "mean_disagrees": "The mean that the source printed for a pooled survey is not the mean of its counts.",
    "rate_partial": "Some pooled surveys reported no usable counts of people; the rate is of the others.",
    "rating_false": "The publisher's own review marked the report of a pooled survey as not following the "
    "rules; its answers are kept.",
    "rating_partial": "The publisher's own review marked the report of a pooled survey as following the "
    "rules in part.",
    "single_survey": "One survey stands for the whole group.",
    "two_values_for_one_key": "Two reports came for one survey and quarter; the first is used.",
    "wording_changed": "A pooled survey put its trust question in another way in the quarter before.",
}
"""Every flag with a sentence fit for the public."""

_ALWAYS = frozenset({
    "more_offered_than_customers", "more_respondents_than_customers", "more_respondents_than_offered",
    "two_values_for_one_key", "wording_changed",
})  # fmt: skip
NONRESPONSE_ITEM, NONRESPONSE_UNIT = "nonresponse_item", "nonresponse_unit"
ITEM_PERCENT, UNIT_PERCENT = 70, 80
"""Below so many percent, those who did not answer must be looked into.

Source: Office of Management and Budget (2006), Standards and Guidelines for Statistical Surveys, guidelines
3.2.9 (80 percent of units) and 3.2.10 (70 percent for an item).
"""

_RATINGS = {"FALSE": "rating_false", "PARTIAL": "rating_partial"}


@dataclass(frozen=True)
class Report:
    """What one reported survey says, as far as it can caution the reader of its figures on one question.

    `asked` are the people who were shown the question; None where only counts of answers were reported.
    """

    trust: LikertCounts
    others: tuple[LikertCounts, ...]
    published_mean: str | None
    respondents: int | None
    rating: str | None
    finding_kinds: frozenset[str]
    asked: int | None = None


def rating_flag(rating: str | None) -> str | None:
    """Give the flag for the publisher's verdict on a report; None for TRUE and where there is no verdict.

    A report marked FALSE stays in: the verdict is about following rules of reporting, not about the answers.

    >>> rating_flag("PARTIAL"), rating_flag("TRUE")
    ('rating_partial', None)
    """
    return _RATINGS.get(rating or "")


def flags_of(report: Report) -> frozenset[str]:
    """Give the flags that one reported survey passes on to every number it enters.

    A finding becomes a flag where it concerns the trust question or the counts of people. What is odd about
    other questions stays a finding of the survey.

    Source: the errors found in published quarterly files, FY2021 Q1 to FY2022 Q3; see docs/methods/flags.md.
    """
    mean, respondents = report.published_mean, report.respondents
    concerns_trust = {
        "boxes_unused": report.trust.count(0) >= 2,
        "identical_distributions": report.trust in report.others,
        "mean_disagrees": mean is not None and mean_disagrees(mean, report.trust),
        "more_answers_than_respondents": respondents is None or n_answers(report.trust) > respondents,
    }
    found = {kind for kind in report.finding_kinds if concerns_trust.get(kind, kind in _ALWAYS)}
    if report.asked is not None and 100 * n_answers(report.trust) < ITEM_PERCENT * report.asked:
        found.add(NONRESPONSE_ITEM)
    flag = rating_flag(report.rating)
    return frozenset(found | ({flag} if flag else set()))


def rate_flags(of_answers: frozenset[str], of_surveys: Iterable[Volumes | Reason]) -> frozenset[str]:
    """Give the flags of a response rate: those of the answers but the one on a question, and its own.

    Where a survey has no usable counts of people, nothing is said of those who did not answer.

    >>> sorted(rate_flags(frozenset({"rating_partial", "nonresponse_item"}), [Volumes(79, 100)]))
    ['nonresponse_unit', 'rating_partial']
    >>> sorted(rate_flags(frozenset(), [Volumes(80, 100), Reason.NOT_REPORTED]))
    []
    """
    counted = [found for found in of_surveys if isinstance(found, Volumes)]
    low = any(100 * found.respondents < UNIT_PERCENT * found.offered for found in counted)
    return (of_answers - {NONRESPONSE_ITEM}) | ({NONRESPONSE_UNIT} if low else set())


def mean_disagrees(published: str, counts: LikertCounts) -> bool:
    """Say whether a printed mean is another than the counts give, at the decimals printed, two at least.

    >>> mean_disagrees("4.04", (3, 4, 10, 22, 30)), mean_disagrees("4", (3, 4, 10, 22, 30))
    (False, True)
    """
    printed = Decimal(published)
    return printed != mean_as_printed(counts, printed)


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
