"""Codes of reported surveys in plain words. A code without an entry is shown without its underscores."""

from collections.abc import Mapping

CHANNELS = {
    "computer": "web page", "website": "web page", "automated_phone": "automated phone",
    "in_person": "in person", "mixed": "several", "mobile": "mobile", "email": "email", "phone": "phone",
    "paper": "paper", "postal_mail": "post", "self_service_kiosk": "kiosk",
    "sms_text_messages": "text messages", "other_digital": "another digital one",
    "other_non_digital": "another one, not digital",
}  # fmt: skip
TIMINGS = {
    "post_transaction": "after a transaction", "during_visit": "during a visit", "periodic": "at set times",
    "unknown": "not known",
}  # fmt: skip
ASKED = {
    "increased_trust": "whether it increased their trust",
    "increased_confidence": "whether it increased their confidence",
    "stated_trust": "whether they trust the body that served them",
    "rated_confidence": "how confident they are",
    "recommend": "whether they would recommend it",
    "likelihood_of_use": "whether they would use it again",
    "expectations": "whether it met their expectations",
    "other": "something else than trust",
}
"""What people were asked where the trust question stands, to go on after `People were asked`."""
WORDINGS = {
    "increased_trust": "increased trust", "increased_confidence": "increased confidence",
    "stated_trust": "stated trust", "rated_confidence": "rated confidence", "recommend": "would recommend",
    "likelihood_of_use": "would use again", "expectations": "met expectations", "not_asked": "not asked",
    "other": "other wording", "unknown": "wording not known",
}  # fmt: skip
REASONS = {
    "counted": "a count has no interval",
    "impossible_volumes": "the reported counts contradict each other",
    "no_answers": "no answers reported",
    "no_variance": "all answers alike",
    "not_comparable": "not comparable",
    "not_reported": "not reported",
    "one_answer": "one answer only",
    "suppressed_small": "too few to show",
}
"""Reasons short enough for a table; `stats` holds them as sentences."""


def plain(code: str | None, words: Mapping[str, str] | None = None) -> str:
    """Say a code in words.

    >>> plain("email", {"email": "e-mail"}), plain("single_survey")
    ('e-mail', 'single survey')
    """
    if code is None:
        return "not known"
    return (words or {}).get(code) or code.replace("_", " ")
