"""The way back from the form for feedback on the site itself: to the site, and to the page it is about."""

import re
from dataclasses import dataclass

from django.conf import settings

from hearback.collect.page_state import Asking
from hearback.ui.speaking import ENGLISH, languages

FROM_ADDRESS = "page"
"""What the form is told of the page it is about, in its address."""
PATH = re.compile(r"/(?:[\w.~-]+/)*[\w.~-]*")
"""A page of the site itself: whatever else is written there leads nowhere."""
LONGEST = 200


@dataclass(frozen=True)
class WayBack:
    """Where the site begins, and which of its pages the feedback is about; empty where that is not known."""

    home: str
    path: str
    address: str


def way_back(asking: Asking) -> WayBack | None:
    """Give the way back to the site; None for every form but the one for feedback on it."""
    if not settings.SITE_FORM or asking.receiver.form.form != settings.SITE_FORM:
        return None
    language = asking.language
    prefix = f"/{language}" if language in languages() and language != ENGLISH else ""
    told = next((q.code for q in asking.instrument.questions if q.from_address == FROM_ADDRESS), "")
    path = str(asking.given.get(told) or "")
    if len(path) > LONGEST or not PATH.fullmatch(path):
        path = ""
    return WayBack(f"{prefix}/", path, f"{prefix}{path}" if path else "")
