"""What the words of a survey mean: wording, scale and timing classes, channels, identity.

The classes decide later which surveys may be pooled; each is found by rule from the words and nothing else.
"""

import hashlib
import re
from collections.abc import Iterable

from hearback.stats import LikertCounts

QUESTIONS = (
    "satisfaction", "trust", "effectiveness", "ease", "efficiency", "transparency", "employee",
    "agency_8", "agency_9", "agency_10", "agency_11",
)  # fmt: skip
"""Question codes in the order of the reporting form. Source: OMB reporting collection v1, q1 to q11."""

STANDARD_QUESTIONS = QUESTIONS[:7]

WORDING_CLASSES = (
    "stated_trust", "increased_trust", "increased_confidence", "rated_confidence", "recommend",
    "likelihood_of_use", "expectations", "other", "asked", "not_asked", "unknown",
)  # fmt: skip
"""`asked` is for questions other than trust, whose words are not sorted further."""

STANDARD_WORDS = "standard"
"""The class of the standard form's words, for questions other than trust; only a layout states it."""

COMPARABLE_TRUST = frozenset({"stated_trust", "increased_trust", "increased_confidence"})
SCALES = ("five_point", "ten_point_converted", "yes_no", "unknown")
TIMINGS = ("post_transaction", "during_visit", "periodic", "unknown")
RATINGS = ("TRUE", "PARTIAL", "FALSE")

CHANNELS = frozenset({
    "computer", "mobile", "email", "chatbot", "phone", "automated_phone", "in_person", "paper",
    "postal_mail", "fax", "self_service_kiosk", "other_non_digital", "website", "mobile_app", "live_chat",
    "sms_text_messages", "social_media", "other_digital", "mixed",
})  # fmt: skip
"""Source: Touchpoints (GSA), channels of v1 and v2 collections; `mixed` as found in the published v1 file."""

NOT_ASKED = frozenset({"", "none", "no question", "n/a", "na", "not asked", "not applicable"})
PLACEHOLDERS = frozenset({"omb control number", "federal register url", "tbd", "to be determined"})
PLACEHOLDER_QUESTION = re.compile(r"^question \d+$")


def gettext_noop(text: str) -> str:
    """Mark a text for translation, which happens where it is shown."""
    return text


FINDINGS = {
    "answers_without_wording": gettext_noop("Answers are counted for a question whose words are not given."),
    "boxes_unused": gettext_noop(
        "Many answers, and two or more of the five boxes empty: fewer points were offered."
    ),
    "channel_missing": gettext_noop("No channel is given."),
    "channel_unknown": gettext_noop("The channel is none of the list."),
    "counts_are_single_numbers": gettext_noop(
        "Every question has one box filled and hardly any answers for so many "
        "respondents: a mean or a share stands where counts belong."
    ),
    "counts_look_like_percentages": gettext_noop(
        "Every question adds up to about 100 while far more people answered: "
        "these are percentages, not counts."
    ),
    "counts_without_mean": gettext_noop("Answers are counted and no mean is published."),
    "identical_distributions": gettext_noop("Two questions have the same five counts."),
    "mean_disagrees": gettext_noop("The published mean is not the one the counts give."),
    "mean_without_counts": gettext_noop("A mean is published and no answer is counted."),
    "more_answers_than_respondents": gettext_noop("More answers to a question than people who answered."),
    "more_offered_than_customers": gettext_noop(
        "More people were offered the survey than there were customers."
    ),
    "more_respondents_than_customers": gettext_noop("More people answered than there were customers."),
    "more_respondents_than_offered": gettext_noop("More people answered than were offered the survey."),
    "name_and_abbreviation_swapped": gettext_noop(
        "Name and abbreviation of the organization are in each other's column."
    ),
    "no_answer_counts": gettext_noop("A question was asked and no answer is counted."),
    "placeholder_text": gettext_noop("The text that asks for a value stands where the value should be."),
    "question_not_asked": gettext_noop("A standard question was not asked."),
    "question_not_comparable": gettext_noop("The trust question asks something else than the standard item."),
    "rating_unknown": gettext_noop("The reporting status is none of TRUE, PARTIAL, FALSE."),
    "reporting_false": gettext_noop("The agency did not report as required."),
    "reporting_partial": gettext_noop("The agency reported in part."),
    "restated": gettext_noop("A later file of the same kind gives another value, which now stands."),
    "same_row_twice": gettext_noop("The row repeats an earlier row of the file, word for word."),
    "scale_changed": gettext_noop("The trust question was answered on another scale in the quarter before."),
    "scale_not_five_point": gettext_noop("The question was not answered on five points."),
    "service_not_linked_to_provider": gettext_noop(
        "The directory knows provider and service, and no link between them."
    ),
    "superseded": gettext_noop("A file loaded later gave another value, which stands."),
    "timing_periodic": gettext_noop("People were asked at set times, not after a transaction."),
    "timing_unknown": gettext_noop("Nothing says when people were asked."),
    "total_disagrees": gettext_noop("A printed total is not the sum of its parts."),
    "two_values_for_one_key": gettext_noop("Two rows give different values for one survey and quarter."),
    "unknown_column": gettext_noop(
        "The file has a column that this kind of file does not have; it is not read."
    ),
    "updated_before_quarter_ended": gettext_noop("The row was last changed before the quarter was over."),
    "volume_not_reported": gettext_noop("A volume is blank, or 0 where 0 also means not reported."),
    "wording_changed": gettext_noop("The trust question was put in another way in the quarter before."),
}
"""Every kind of finding. `docs/findings.md` says of each how it is found and what to do."""

ENOUGH_FOR_SAME_COUNTS = 30
"""Fewer equal counts happen by chance. Source: docs/findings.md, identical_distributions."""

ENOUGH_FOR_EMPTY_BOXES = 100
"""Empty boxes among fewer answers happen by chance. Source: docs/findings.md, boxes_unused."""

ABOUT_A_HUNDRED = range(97, 104)
"""What five rounded percentages can add up to: each may be off by half, so 100 give or take 3 at most."""

ENOUGH_QUESTIONS = 3
"""So many questions adding up to about 100 in one row do not do so by chance."""

MORE_THAN_A_HUNDRED = 130
"""So many respondents cannot have left every question with about 100 answers by skipping it."""

FAR_MORE_THAN_A_HUNDRED = 1000
"""Where a file has the trust question only, so many respondents make even one sum near 100 a percentage."""

FAR_BELOW = 20
"""Fewer than one answer for so many respondents. Source: docs/findings.md, counts_are_single_numbers."""

_TRUST_WORDINGS = (
    ("increased_trust", re.compile(r"increased? (?:my )?trust\b")),
    ("increased_confidence", re.compile(r"increased? (?:my )?confidence\b")),
    ("stated_trust", re.compile(r"^(?:based on [^,]{1,120}, )?i trust\b")),
    ("rated_confidence", re.compile(r"rate your (?:level of )?confidence|how confident (?:are|were) you")),
    ("recommend", re.compile(r"\brecommend\b|to a friend|\brefer\b")),
    ("likelihood_of_use", re.compile(r"how likely .*\b(?:use|return)\b")),
    ("expectations", re.compile(r"expectations")),
)
_TEN_POINT = re.compile(r"10[- ]point|\b(?:1|10) to 10\b|\b10 ?= ?\w")
_YES_NO = re.compile(r"\(?yes or no\)?|\(yes/no\)")


def looks_like_percentages(questions: Iterable[LikertCounts], respondents: int | None) -> bool:
    """Say whether the boxes of a row's questions hold percentages instead of counts.

    >>> looks_like_percentages([(21, 11, 17, 22, 29)] * 3, 18366)
    True
    >>> looks_like_percentages([(21, 11, 17, 22, 29)] * 3, 104)
    False
    """
    totals = [sum(counts) for counts in questions if any(counts)]
    enough = MORE_THAN_A_HUNDRED if len(totals) >= ENOUGH_QUESTIONS else FAR_MORE_THAN_A_HUNDRED
    if respondents is None or respondents < enough:
        return False
    return bool(totals) and all(total in ABOUT_A_HUNDRED for total in totals)


def are_single_numbers(questions: Iterable[LikertCounts], respondents: int | None) -> bool:
    """Say whether one number, a mean or a share, was typed into the boxes of each of a row's questions.

    >>> are_single_numbers([(0, 0, 0, 4, 0)] * 3, 2296)
    True
    >>> are_single_numbers([(0, 0, 0, 4, 0)] * 3, 5)
    False
    """
    answered = [counts for counts in questions if any(counts)]
    if respondents is None or len(answered) < ENOUGH_QUESTIONS:
        return False
    return all(max(counts) == sum(counts) and sum(counts) * FAR_BELOW < respondents for counts in answered)


def plain(text: str) -> str:
    """Collapse white space and drop it at the ends; two spellings that differ only in it are one."""
    return " ".join(text.split())


def wording_class(text: str | None) -> str:
    """Sort the words of a trust question. None (words not given) is `unknown`, blank or 'NONE' `not_asked`.

    Only the first three classes ask the standard item; the rest rate something else and are compared with
    nothing. `I trust that the information is correct` is about a page, not about those who serve: `other`.

    Source: OMB Circular A-11 section 280 (2020 to 2022 editions), trust and confidence item; the wordings
    found in the published v1 file.

    >>> wording_class("This interaction increased my confidence in TSA")
    'increased_confidence'
    >>> wording_class("Based on this experience, I trust the agency to deliver")
    'stated_trust'
    """
    if text is None:
        return "unknown"
    words = plain(text).lower().replace("’", "'")
    if words in NOT_ASKED:
        return "not_asked"
    for name, pattern in _TRUST_WORDINGS:
        if pattern.search(words):
            return name
    return "other"


def question_wording_class(question: str, text: str | None) -> str:
    """Sort the words of any question: trust by its words, others only into asked, not asked and unknown."""
    found = wording_class(text)
    return found if question == "trust" or found in {"not_asked", "unknown"} else "asked"


def scale_class(text: str | None) -> str:
    """Say on which scale people answered, as far as the words of the question tell.

    Answers on ten points reach the file squeezed into five boxes; the words are the only trace of it. Words
    that name no scale mean the form's own five boxes. None (words not given) is `unknown`.
    """
    if text is None:
        return "unknown"
    words = plain(text).lower()
    for quote in "“”\"'‘’":
        words = words.replace(quote, "")
    if _TEN_POINT.search(words):
        return "ten_point_converted"
    return "yes_no" if _YES_NO.search(words) else "five_point"


_PERIODIC = re.compile(r"each quarter|end of the quarter|last \d+ months|\bannual|\bonce a (?:quarter|year)")
_DURING = re.compile(
    r"website users|visit(?:ing)? (?:three|\d|any)|pop-?up|intercept|foresee|feedback button|^website$|"
    r"^(?:https?://|www\.|my\w+\.gov)|custom(?:er|ized).*dashboard|logon|authenticating|desktop and mobile|"
    r"website visitors|beginning of visit|when the incoming call"
)
_AFTER = re.compile(
    r"follow[- ]?up|follow(?:ing|s)\b|\bafter\b|post[- ]call|within .*\bcall|"
    r"end of (?:the )?(?:call|service|online)|upon final|\blog ?out\b|"
    r"\bat fafsa submission|at submission|the end of the service"
)


def timing_class(text: str | None) -> str:
    """Say when people were asked: after a transaction, during a visit, at set times, or unknown.

    A pop-up after some pages of a website is `during_visit`: nothing has been transacted yet.
    """
    words = plain(text or "").lower()
    for name, pattern in (("periodic", _PERIODIC), ("during_visit", _DURING), ("post_transaction", _AFTER)):
        if pattern.search(words):
            return name
    return "unknown"


def digest(*parts: str | None) -> str:
    """Make 64 hexadecimal digits from texts; None and blank differ."""
    text = "\x1f".join("\x00" if part is None else part for part in parts)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
