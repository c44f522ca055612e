"""Make what somebody sent a response that may be stored: checked against the form, and masked."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any
from uuid import uuid4

import msgspec

from hearback.collect.instruments.answering import NotAccepted, Problem, accept
from hearback.collect.instruments.conditions import Answer
from hearback.collect.instruments.definition import WRITTEN, Instrument
from hearback.collect.instruments.prepared import Prepared
from hearback.collect.intake.masks import Mask, mask_of
from hearback.collect.intake.store import OpenForm, Received
from hearback.collect.moments import milliseconds

LONGEST_KEY = 200
KEY = re.compile(rf"[A-Za-z0-9._:~-]{{0,{LONGEST_KEY}}}\Z")
GROUPED = re.compile(r"(?=.*[.:~-])[0-9.:~-]{9,15}\Z")
GROUPED_NUMBERS = {"phone", "national_number"}


@dataclass(frozen=True)
class KeyProblem(Problem):
    """What is wrong with the name of a response, which a program gave it."""

    @property
    def message(self) -> str:
        """Say in English what is wrong and what to do."""
        return (
            f"Name each response by at most {LONGEST_KEY} letters from A to Z, digits, and any of . _ : ~ -, "
            "and not by a person's number."
        )


class FormClosed(Exception):
    """The form takes no answers now; the message says why, for whoever wanted to answer."""


class Sent(msgspec.Struct, frozen=True):
    """What somebody sent, and from where; `version` is the one they were shown, 0 the newest.

    `not_asked` names questions that they never saw, whatever the rules of the form say.
    """

    answers: Mapping[str, Any]
    language: str
    key: str = ""
    channel: str = "website"
    place: str = ""
    campaign: str = ""
    version: int = 0
    not_asked: Collection[str] = ()


class Receiver:
    """A form, ready to take answers to its newest version, and to those that people have open still.

    Args:
        mask: what masks texts, in the place of what the instrument's countries and the language ask for.
        earlier: versions published before, whose answers are taken as what they were asked. They are open
            while the newest is.
        zone: in which the day ends on which a clearance expires.

    `n_stored` is how many responses people sent, as far as whoever keeps the receiver has counted; only a
    form with a quota asks for it.
    """

    def __init__(
        self,
        form: OpenForm,
        mask: Mask | None = None,
        *,
        earlier: Iterable[OpenForm] = (),
        zone: tzinfo = UTC,
    ) -> None:
        instrument = msgspec.json.decode(form.definition, type=Instrument)
        self.form = form
        self.prepared = Prepared(instrument)
        self._mask = mask
        self._zone = zone
        self.n_stored = 0
        self._newest = self
        self._earlier = {one.version: Receiver(one, mask) for one in earlier}
        for one in self._earlier.values():
            one._newest = self
        self._written = frozenset(
            name
            for code, asked in self.prepared.asked.items()
            for name in (code if asked.question.type in WRITTEN - {"email", "phone"} else "", asked.text_code)
        )

    def receive(self, sent: Sent, now: datetime) -> Received:
        """Check and mask a response.

        Raises:
            NotAccepted: if answers do not fit the form; names every problem.
            FormClosed: if the form is closed, not open yet, or its clearance has expired.
        """
        self.check_open(now)
        return self.of_version(sent.version).take(sent, now)

    def of_version(self, number: int) -> "Receiver":
        """Give the one for a version; that of the newest, where it is not known."""
        return self._earlier.get(number, self)

    def take(self, sent: Sent, at: datetime) -> Received:
        """Check and mask a response, open or not: one that was given elsewhere, and comes with a file.

        Raises:
            NotAccepted: if answers do not fit the form; names every problem.
        """
        accepted = accept(self.prepared, sent.answers, sent.language, not_asked=sent.not_asked)
        mask = self._mask or mask_of(self.prepared.instrument.countries, sent.language)
        found: dict[str, int] = {}
        answers = {
            name: _masked(one, mask, found) if name in self._written else one
            for name, one in accepted.answers.items()
        }
        for name in self.prepared.hidden:
            if name in answers:
                answers[name] = _masked(answers[name], mask, {})  # not written by the person, so not counted
        return Received(
            form=self.form.form,
            version=self.form.version,
            key=_checked_key(sent.key, mask) or uuid4().hex,
            at=milliseconds(at),
            language=sent.language,
            channel=sent.channel,
            place=_label(sent.place, mask),
            campaign=_label(sent.campaign, mask),
            answers=msgspec.json.encode(answers),
            not_shown=accepted.not_shown,
            masked=found,
        )

    @property
    def quota(self) -> int | None:
        """Give after how many responses the form closes."""
        return self.prepared.instrument.delivery.quota

    @property
    def challenge_above(self) -> int | None:
        """Give above how many responses in ten minutes all who answer are challenged; None leaves it open."""
        return self._newest.prepared.instrument.delivery.challenge_above

    def check_open(self, now: datetime) -> None:
        """Refuse where the form takes no answers now.

        Raises:
            FormClosed: says why: closed, not_yet, full, expired.
        """
        if self._newest is not self:
            self._newest.check_open(now)
            return
        instrument = self.prepared.instrument
        opens, closes = instrument.delivery.opens_at, instrument.delivery.closes_at
        if self.form.closed or (closes is not None and now >= closes):
            raise FormClosed("closed")
        if opens is not None and now < opens:
            raise FormClosed("not_yet")
        if self.quota is not None and self.n_stored >= self.quota:
            raise FormClosed("full")
        clearance = instrument.clearance
        if clearance is not None and now.astimezone(self._zone).date() > clearance.expires_on:
            raise FormClosed("expired")


def _masked(answer: Answer, mask: Mask, found: dict[str, int]) -> Answer:
    if not isinstance(answer, str):
        return answer
    text, kinds = mask(answer)
    for kind, n in kinds.items():
        found[kind] = found.get(kind, 0) + n
    return text


def _checked_key(text: str, mask: Mask) -> str:
    """Give the name of a response, if it names nobody; blank is none.

    It cannot be masked, as two names would become one; nor is a plain row of digits refused, as it is most
    often a number that somebody counts up.

    Raises:
        NotAccepted: if it has other characters than names need, or is a grouped telephone or national number.
    """
    if KEY.match(text) and not (GROUPED.match(text) and GROUPED_NUMBERS & mask(text)[1].keys()):
        return text
    raise NotAccepted([KeyProblem("key", "not_a_key")])


def _label(text: str, mask: Mask) -> str:
    """Give a place or campaign without personal data; it was not written by the person, so not counted."""
    return mask(_plain(text))[0] if text else ""


def _plain(text: str) -> str:
    """Leave out what no database stores: the character zero, and halves of surrogate pairs."""
    if text.isascii():
        return text.replace("\x00", "")
    return text.encode("utf-8", "ignore").decode().replace("\x00", "")
