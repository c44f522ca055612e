"""What somebody typed for things that can be answered no longer: given back to them, for none is kept."""

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Any

from hearback.plan.rounds.forms import HOW, LATER, WORDS, EntryForm
from hearback.plan.rounds.reading import entry
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
    return [
        TooLate(_title(number, account), HOW.get(how), tuple(_typed(sent, number)))
        for number, how in said.items()
        if how != LATER and number not in answerable
    ]


def _title(number: int, account: str) -> str | None:
    found = entry(number)
    if found is None or not (found.is_for(account) or found.answered_by == account):
        return None
    return found.now.title if found.now else found.record


def _typed(sent: Mapping[str, str], number: int) -> list[tuple[Any, str]]:
    texts = {name: sent.get(f"e{number}-{name}", "").strip() for name in LABELS}
    return [(LABELS[name], text) for name, text in texts.items() if text]
