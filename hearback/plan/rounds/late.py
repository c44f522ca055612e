"""What somebody typed for things that can be answered no longer: given back to them, for none is kept."""

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Any

from hearback.plan.desk.held import same_words
from hearback.plan.rounds.forms import HOW, LATER, WORDS, EntryForm
from hearback.plan.rounds.reading import EntryFact, rounds
from hearback.plan.rounds.words import FIELDS

HOW_NAME = re.compile(r"e([0-9]{1,9})-how")
LABELS = {**FIELDS, **{name: EntryForm.base_fields[name].label for name in WORDS}}


@dataclass(frozen=True)
class TooLate:
    """What was typed for one thing. `title` is null where its round is withdrawn, or it is not theirs."""

    title: str | None
    how: Any
    typed: tuple[tuple[Any, str], ...]


def too_late(sent: Mapping[str, str], account: str, answerable: Container[int]) -> list[TooLate]:
    """List what was answered of things that are not among those that can be answered."""
    said = {int(found[1]): how for name, how in sent.items() if (found := HOW_NAME.fullmatch(name))}
    late = {number: how for number, how in said.items() if number not in answerable}
    if not late:
        return []
    known = {one.number: one for found in rounds() for one in found.entries if one.number in late}
    return [
        TooLate(_title(known.get(number), account), HOW.get(how), tuple(_typed(sent, number)))
        for number, how in late.items()
        if how != LATER or _said_more(sent, number, known.get(number))
    ]


def _title(one: EntryFact | None, account: str) -> str | None:
    if one is None or not (one.is_for(account) or one.answered_by == account):
        return None
    return one.now.title if one.now else one.record


def _said_more(sent: Mapping[str, str], number: int, one: EntryFact | None) -> bool:
    """Say whether words were typed beside what is published, though not how it stands."""
    held = {name: getattr(one, name, None) for name in WORDS}
    return any(not same_words(sent.get(f"e{number}-{name}", ""), held[name]) for name in WORDS)


def _typed(sent: Mapping[str, str], number: int) -> list[tuple[Any, str]]:
    texts = {name: sent.get(f"e{number}-{name}", "").strip() for name in LABELS}
    return [(LABELS[name], text) for name, text in texts.items() if text]
