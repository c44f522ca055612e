"""Codes of reported surveys in plain words. A code without an entry is shown without its underscores."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

CHANNELS = {
    "computer": _("web page"), "website": _("web page"), "automated_phone": _("automated phone"),
    "in_person": _("in person"), "mixed": _("several"), "mobile": _("mobile"), "email": _("email"),
    "phone": _("phone"), "paper": _("paper"), "postal_mail": _("post"), "self_service_kiosk": _("kiosk"),
    "sms_text_messages": _("text messages"), "other_digital": _("another digital one"),
    "other_non_digital": _("another one, not digital"),
}  # fmt: skip
TIMINGS = {
    "post_transaction": _("after a transaction"), "during_visit": _("during a visit"),
    "periodic": _("at set times"), "unknown": _("not known"),
}  # fmt: skip
ASKED = {
    "increased_trust": _("whether it increased their trust"),
    "increased_confidence": _("whether it increased their confidence"),
    "stated_trust": _("whether they trust the body that served them"),
    "rated_confidence": _("how confident they are"),
    "recommend": _("whether they would recommend it"),
    "likelihood_of_use": _("whether they would use it again"),
    "expectations": _("whether it met their expectations"),
    "other": _("something else than trust"),
}
"""What people were asked where the trust question stands, to go on after `People were asked`."""
WORDINGS = {
    "increased_trust": _("increased trust"), "increased_confidence": _("increased confidence"),
    "stated_trust": _("stated trust"), "rated_confidence": _("rated confidence"),
    "recommend": _("would recommend"), "likelihood_of_use": _("would use again"),
    "expectations": _("met expectations"), "not_asked": _("not asked"),
    "other": _("other wording"), "unknown": _("wording not known"),
}  # fmt: skip
REASONS = {
    "counted": _("a count has no interval"),
    "impossible_volumes": _("the reported counts contradict each other"),
    "no_answers": _("no answers reported"),
    "no_variance": _("all answers alike"),
    "not_comparable": _("not comparable"),
    "not_reported": _("not reported"),
    "one_answer": _("one answer only"),
    "suppressed_small": _("too few to show"),
    "suppressed_unreliable": _("too unsure to show"),
}
"""Reasons short enough for a table; `stats` holds them as sentences."""


def plain(code: str | None, words: Mapping[str, Any] | None = None) -> str:
    """Say a code in words, in the language that is spoken now.

    Words may be marked for translators, or translated already.

    >>> plain("email", {"email": "e-mail"}), plain("single_survey")
    ('e-mail', 'single survey')
    """
    if code is None:
        return gettext("not known")
    word = str((words or {}).get(code) or "")
    return gettext(word) if word else code.replace("_", " ")
