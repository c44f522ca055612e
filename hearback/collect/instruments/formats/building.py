"""Put an instrument together while another format is read, and note what cannot be kept."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from hearback.collect.instruments.checking import LANGUAGE
from hearback.collect.instruments.definition import Choice, Condition, Page, Question, Words
from hearback.collect.instruments.formats.codes import choice_code, question_code
from hearback.collect.instruments.formats.conditions_in import Known, condition_of, joined
from hearback.collect.instruments.formats.expressions import Dialect, NotUnderstood, parse
from hearback.ui.losses import Losses, quoted


class Building:
    """The pages of an instrument as far as they are read; `known` holds questions by their names there."""

    def __init__(self) -> None:
        self.losses = Losses()
        self.known: dict[str, Known] = {}
        self.introduction: Words = {}
        self.pages: list[tuple[Words, list[Question]]] = []
        self._codes: set[str] = set()
        self._notes: list[tuple[str, Words]] = []

    def start_page(self, title: Words | None = None) -> None:
        """Put what follows on a page of its own."""
        self.pages.append((title or {}, []))

    def code(self, name: str, where: str) -> str:
        """Give the code for a question of this name, and keep it."""
        code = question_code(name, self._codes)
        if code != name:
            self.losses.add(where, f"the name {quoted(name)} is no code, or taken", f"it is called {code}")
        self._codes.add(code)
        return code

    def choices(
        self, where: str, found: Iterable[tuple[str, Words, bool]]
    ) -> tuple[tuple[Choice, ...], dict[str, str]]:
        """Make choices of values; gives also which value became which code."""
        made: list[Choice] = []
        codes: dict[str, str] = {}
        for value, words, asks_text in found:
            code = choice_code(value, {choice.code for choice in made})
            if code != value:
                self.losses.add(
                    where, f"the value {quoted(value)} is no code, or taken", f"its code is {code}"
                )
            codes.setdefault(value, code)
            made.append(Choice(code, words, asks_text))
        return tuple(made), codes

    def add(self, name: str, question: Question, codes: Mapping[str, str] | None = None) -> None:
        """Ask a question next; notes that stood before it come into its help."""
        question = msgspec.structs.replace(
            question, help=_lines([*(n for _, n in self._notes), question.help])
        )
        for where, note in self._notes:
            self.losses.add(
                where, f"a text by itself, {_short(note)}", f"it stands in the help of {question.code}"
            )
        self._notes = []
        if not self.pages:
            self.start_page()
        self.pages[-1][1].append(question)
        self.known[name] = Known(question, codes or {})

    def note(self, where: str, words: Words) -> None:
        """Keep a text that asks nothing: as the introduction, or before the next question."""
        if not any(text.strip() for text in words.values()):
            return
        if not self.introduction and not self.known:
            self.introduction = words
            self.losses.add(where, f"a text by itself, {_short(words)}", "it is the introduction")
        else:
            self._notes.append((where, words))

    def condition(
        self, where: str, text: str, dialect: Dialect, outer: Condition | None = None
    ) -> Condition | None:
        """Read when something is shown; what is not understood is not kept."""
        if not text.strip():
            return outer
        try:
            own = condition_of(parse(text, dialect), self.known)
        except NotUnderstood as problem:
            self.losses.add(
                where, f"{quoted(text)}: {problem}", "the rule is dropped, and the question is shown"
            )
            return outer
        return own if outer is None else joined("all", [outer, own])

    def rest(self, where: str, fields: Mapping[str, Any], handled: Iterable[str]) -> None:
        """Note every field that nothing read."""
        for name, value in fields.items():
            if name not in handled and value not in (None, "", [], {}, False):
                self.losses.add(f"{where}.{name}", f"{quoted(value)} has no counterpart", "it is dropped")

    def finished_pages(self) -> tuple[Page, ...]:
        """Give the pages; notes after the last question are lost."""
        for where, note in self._notes:
            self.losses.add(where, f"a text after the last question, {_short(note)}", "it is dropped")
        return tuple(Page(tuple(questions), title) for title, questions in self.pages)


class Languages:
    """The languages met so far, in order. What is no language tag is replaced by one for local use.

    Source: ISO 639-2, codes qaa to qtz.
    """

    def __init__(self, losses: Losses) -> None:
        self._losses = losses
        self._tags: dict[str, str] = {}

    def tag(self, name: str) -> str:
        """Give the tag for a language of this name."""
        if name not in self._tags:
            tag = name
            if not LANGUAGE.match(tag):
                n = sum(one.startswith("qa") for one in self._tags.values())
                tag = f"qa{chr(ord('a') + n % 26)}"
                self._losses.add("languages", f"{quoted(name)} is no language tag", f"it is called {tag}")
            self._tags[name] = tag
        return self._tags[name]

    @property
    def found(self) -> tuple[str, ...]:
        """Give the tags."""
        return tuple(dict.fromkeys(self._tags.values()))


def _lines(texts: list[Words]) -> Words:
    """Put texts below one another, in every language."""
    languages = dict.fromkeys(language for words in texts for language in words)
    return {one: "\n".join(words[one] for words in texts if words.get(one)) for one in languages}


def _short(words: Words) -> str:
    return quoted(next(iter(words.values())))
