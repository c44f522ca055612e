"""American spelling for the summaries of the bundled data; names of sources have it already."""

import re
from typing import Any

WORDS = {
    "analyse": "analyze", "authorised": "authorized", "call-back": "callback", "call-backs": "callbacks",
    "cancelled": "canceled", "centre": "center", "centred": "centered", "centres": "centers",
    "colour": "color", "customised": "customized", "digitisation": "digitization",
    "digitise": "digitize", "enquiries": "inquiries", "enrol": "enroll", "enrolment": "enrollment",
    "modernisation": "modernization", "modernise": "modernize", "organisation": "organization",
    "programme": "program", "programmes": "programs", "recognised": "recognized",
    "traveller": "traveler", "travellers": "travelers",
}  # fmt: skip
PHRASES = {
    "sent by post": "sent by mail", "airport queues": "airport lines",
    "authorised shops": "authorized stores", "new posts": "new positions", "170 posts": "170 positions",
    "CX posts": "CX positions", "posts: ": "positions: ",
}  # fmt: skip
PHRASE = re.compile("|".join(PHRASES))
WORD = re.compile(rf"\b(?:{'|'.join(WORDS)})\b", re.IGNORECASE)


def american(value: Any) -> Any:
    """Spell the texts of a record, and of all within it, the American way; keys and addresses stay."""
    if isinstance(value, dict):
        return {name: american(one) for name, one in value.items()}
    if isinstance(value, list):
        return [american(one) for one in value]
    if not isinstance(value, str) or " " not in value or "://" in value:
        return value
    return WORD.sub(_word, PHRASE.sub(lambda found: PHRASES[found[0]], value))


def _word(found: re.Match[str]) -> str:
    word = WORDS[found[0].lower()]
    return word.capitalize() if found[0][0].isupper() else word
