"""What a form page was sent, and what it carries on to the next: nothing is kept in between."""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, QueryDict
from django.utils.translation.trans_real import parse_accept_lang_header

from hearback.collect.instruments.conditions import number_as_text
from hearback.collect.instruments.definition import ADDRESS, BY_ADDRESS, Instrument, text_code
from hearback.collect.instruments.prepared import Prepared
from hearback.collect.intake.receiving import Receiver
from hearback.collect.languages import best_language
from hearback.collect.masking import KINDS

TRAP = "_homepage"
CARRIED = ("_key", "_place", "_campaign", "_channel", "_masked", TRAP)
"""What travels with the page from screen to screen, beside the answers; `_masked` as `email:1 phone:2`."""
KEY = re.compile(r"[0-9a-f]{32}\Z")
"""The name of a response, as the page makes it."""


@dataclass(frozen=True)
class Asking:
    """One person on one form page: what the form asks, in what language, and what was filled in."""

    receiver: Receiver
    language: str
    given: dict[str, Any]
    carried: dict[str, str]
    is_preview: bool = False
    asker: str = ""

    @property
    def instrument(self) -> Instrument:
        """Give what is asked."""
        return self.receiver.prepared.instrument

    def codes(self, sent: QueryDict, name: str) -> list[str]:
        """Read a list of questions of this form."""
        return [code for code in sent.getlist(name) if code in self.receiver.prepared.asked]

    @property
    def context(self) -> dict[str, Any]:
        """Give hidden context as it came, by which the page decides what to ask; it is masked when stored."""
        hidden = self.receiver.prepared.hidden
        return {name: one for name, one in self.given.items() if name in hidden}

    def count_masked(self, found: Mapping[str, int]) -> dict[str, int]:
        """Add up what was masked on the way here, as the page carries it, and what was masked just now."""
        counts = Counter(found)
        for kind, n in re.findall(r"\b([a-z_]{1,40}):([0-9]{1,4})\b", self.carried["_masked"]):
            if kind in KINDS:
                counts[kind] += int(n)
        return dict(counts)

    def carry_on(self, seen: Collection[str], apart_from: Collection[str] = ()) -> list[tuple[str, str]]:
        """Give what goes on to the next page: what was filled in on earlier screens, and where we are."""
        about = [("_version", str(self.receiver.form.version)), ("lang", self.language)]
        skip = {name for code in apart_from for name in (code, text_code(code))}
        kept = [(name, value) for name, value in self.carried.items() if name not in skip]
        carried = [*kept, *about, *(("_seen", code) for code in seen)]
        for name, value in self.given.items():
            if name not in skip:
                carried += [(name, _as_typed(one)) for one in (value if isinstance(value, list) else [value])]
        return carried


def read_page(request: HttpRequest, receiver: Receiver, sent: QueryDict) -> Asking:
    """Read what a page was sent, by its address or its form, and in which language it speaks."""
    instrument = receiver.prepared.instrument
    accepted = [code for code, _ in parse_accept_lang_header(request.headers.get("Accept-Language", ""))]
    language = best_language(instrument, [*sent.getlist("_lang"), *sent.getlist("lang")[-1:], *accepted])
    by_address = {f"_{name}": sent.get(name, "") for name in BY_ADDRESS}
    carried = {name: request.POST.get(name, by_address.get(name, ""))[:200] for name in CARRIED}
    carried["_key"] = carried["_key"] if KEY.match(carried["_key"]) else uuid4().hex
    return Asking(
        receiver, language, _given(receiver.prepared, sent, ADDRESS if sent is request.GET else ()), carried
    )


def _as_typed(value: str | float) -> str:
    """Write an answer as it is read again, whatever the language of the page."""
    return value if isinstance(value, str) else number_as_text(value)


def _given(form: Prepared, sent: QueryDict, taken: Collection[str]) -> dict[str, Any]:
    """Read what was filled in, by question: what nobody who is asked can mend is cut or left out.

    Args:
        taken: names under which something else was sent, so that they answer no question of this code.
    """
    given: dict[str, Any] = {}
    for question in form.instrument.questions:
        is_sent = question.code in sent and question.code not in taken
        name = question.code if is_sent else question.from_address
        if name and name in sent:
            given[question.code] = sent.getlist(name) if question.type == "multiple" else sent[name]
            if question.type == "hidden":
                given[question.code] = sent[name][: form.asked[question.code].max_length]
        text = text_code(question.code)
        if text in sent and text in form.fields:
            given[text] = sent[text]
    return given
