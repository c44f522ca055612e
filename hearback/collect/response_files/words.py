"""Find questions and choices by what files call them: their codes, or their words in any language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hearback.collect.instruments.definition import CLOSED, Instrument, Question, text_code
from hearback.collect.instruments.vocabularies import choices_of


@dataclass(frozen=True)
class Meant:
    """What a column may hold: answers to a question, of one choice of it alone, or the text beside one."""

    question: Question
    choice: str = ""
    is_text: bool = False

    @property
    def code(self) -> str:
        """Give the code under which the answer stands."""
        return text_code(self.question.code) if self.is_text else self.question.code


def plain(text: str) -> str:
    """Give words without what people and programs change in them.

    >>> plain("  How  was it? * ")
    'how was it'
    """
    return " ".join(text.casefold().split()).strip(" *:?.!")


class Names:
    """The questions of a form over all its versions, by every name that a file may have for them."""

    def __init__(self, forms: Mapping[int, Instrument]) -> None:
        self._meant: dict[str, dict[tuple[str, str], Meant]] = {}
        self.asked: dict[str, list[Question]] = {}
        for _, instrument in sorted(forms.items(), reverse=True):
            for question in instrument.questions:
                self.asked.setdefault(question.code, []).append(question)
                for one, names in _names_of(question):
                    for name in names:
                        same = self._meant.setdefault(plain(name), {})
                        same.setdefault((one.code, one.choice), one)

    def find(self, name: str) -> Meant | None:
        """Give what is meant by a name; None where nothing is, or more than one thing."""
        found = list(self._meant.get(plain(name), {}).values())
        return found[0] if len(found) == 1 else None

    def question(self, name: str) -> Question | None:
        """Give the question that has these words or this code; None where none has, or several have."""
        found = self.find(name)
        return None if found is None or found.choice or found.is_text else found.question

    def codes(self, code: str, values: Iterable[str]) -> tuple[dict[str, str], list[str]]:
        """Say which choice each value means, and which values mean none, or more than one."""
        meant: dict[str, set[str]] = {}
        for question in self.asked.get(code, []):
            for choice in choices_of(question):
                for name in (choice.code, *choice.words.values()):
                    meant.setdefault(plain(name), set()).add(choice.code)
        found: dict[str, str] = {}
        strange = []
        for value in values:
            one = meant.get(plain(value), set())
            if len(one) == 1:
                found[value] = next(iter(one))
            else:
                strange.append(value)
        return found, strange


def _names_of(question: Question) -> Iterable[tuple[Meant, list[str]]]:
    words = [text for text in question.words.values() if text]
    yield Meant(question), [question.code, *words]
    choices = choices_of(question) if question.type in CLOSED else ()
    if question.type == "multiple":
        for choice in choices:
            said = [f"{text} – {one}" for text in words for one in choice.words.values()]
            yield Meant(question, choice.code), [f"{question.code}_{choice.code}", *said]
    if any(choice.asks_text for choice in choices):
        yield Meant(question, is_text=True), [text_code(question.code)]
