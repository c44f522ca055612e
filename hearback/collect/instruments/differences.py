"""What is different between two versions of an instrument: in words, and in how they are asked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

import msgspec

from hearback.collect.instruments.checking import texts
from hearback.collect.instruments.definition import Instrument, Question

PIECES = re.compile(r"\s+|\w+|[^\w\s]")
APART = frozenset({"code", "words", "help", "choices"})
"""What of a question is compared by itself, not as a setting."""


@dataclass(frozen=True)
class Difference:
    """One thing that changed: where; in which language, blank for what is no text; what it was and is."""

    where: str
    language: str
    before: str
    after: str

    @property
    def pieces(self) -> list[tuple[str, str]]:
        """Give the words in order, each marked as kept, gone or new."""
        old, new = PIECES.findall(self.before), PIECES.findall(self.after)
        found: list[tuple[str, str]] = []
        for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if tag == "equal":
                found.append(("kept", "".join(old[i:j])))
                continue
            found += [("gone", "".join(old[i:j]))] if j > i else []
            found += [("new", "".join(new[k:m]))] if m > k else []
        return found


def differences(before: Instrument, after: Instrument) -> list[Difference]:
    """Name everything that is different, in the order of the later version, then what is no longer there."""
    old, new = dict(_all(before)), dict(_all(after))
    places = [*new, *(place for place in old if place not in new)]
    return [
        Difference(where, language, old.get((where, language), ""), new.get((where, language), ""))
        for where, language in places
        if old.get((where, language), "") != new.get((where, language), "")
    ]


def _all(instrument: Instrument) -> Iterator[tuple[tuple[str, str], str]]:
    yield ("languages", ""), ", ".join(instrument.languages)
    yield ("questions", ""), ", ".join(question.code for question in instrument.questions)
    for where, words in texts(instrument):
        for language, text in words.items():
            yield (where, language), text
    held = msgspec.to_builtins(instrument)
    for name in ("timing", "countries"):
        yield (name, ""), _plain(getattr(instrument, name))
    for part in ("clearance", "delivery"):
        for name, value in (held.get(part) or {}).items():
            if name != "statement":
                yield (f"{part}.{name}", ""), _plain(value)
    for question in instrument.questions:
        yield from _of_question(question)


def _of_question(question: Question) -> Iterator[tuple[tuple[str, str], str]]:
    where = f"questions.{question.code}"
    yield (f"{where}.choices", ""), ", ".join(choice.code for choice in question.choices)
    for name, value in msgspec.to_builtins(question).items():
        if name not in APART:
            yield (f"{where}.{name}", ""), _plain(value)


def _plain(value: object) -> str:
    """Write a setting as one line."""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return ", ".join(str(one) for one in value)
    return msgspec.json.encode(value).decode()
