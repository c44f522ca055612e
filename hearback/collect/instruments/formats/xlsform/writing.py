"""Write an instrument as an XLSForm workbook."""

from collections.abc import Iterator
from typing import Any

import msgspec

from hearback.collect.instruments.definition import Choice, Condition, Instrument, Question
from hearback.collect.instruments.definition import Words as Texts
from hearback.collect.instruments.formats.codes import question_code
from hearback.collect.instruments.formats.conditions_out import NotSayable, Words, expression_of, quote
from hearback.collect.instruments.formats.format import KEPT_APART, Written
from hearback.collect.instruments.formats.xlsform.constraints import constraint_of
from hearback.collect.instruments.formats.xlsform.language_names import heading
from hearback.collect.instruments.formats.xlsform.workbook import storable, write_sheets
from hearback.collect.instruments.vocabularies import choices_of
from hearback.ui.losses import Losses

TYPES = {
    "rating": ("select_one", "likert"), "thumbs": ("select_one", ""), "yes_no": ("select_one", ""),
    "single": ("select_one", ""), "multiple": ("select_multiple", ""), "region": ("select_one", "minimal"),
    "text": ("text", ""), "long_text": ("text", "multiline"), "number": ("decimal", ""), "date": ("date", ""),
    "email": ("text", ""), "phone": ("text", "numbers"), "hidden": ("hidden", ""),
}  # fmt: skip
SAID = frozenset({"rating", "single", "multiple", "text", "long_text", "number", "date", "hidden"})
"""Types that type and appearance alone say."""
OWN_SHEET = "hearback"
PAGES = "pages"
"""The style of forms that show one group at a time."""


def write(instrument: Instrument) -> Written:
    """Write an instrument; the loss report names what other programs will not know."""
    writer = _Writer(instrument)
    return Written(writer.workbook(), tuple(writer.losses))


class _Writer:
    def __init__(self, instrument: Instrument) -> None:
        self.instrument = instrument
        self.losses = Losses()
        self.questions = {question.code: question for question in instrument.questions}
        self.names = set(self.questions)

    def workbook(self) -> bytes:
        languages = [heading(tag) for tag in self.instrument.languages]
        labels, hints = ([f"{column}::{one}" for one in languages] for column in ("label", "hint"))
        survey = ["type", "name", *labels, *hints, "required", "relevant", "constraint", "appearance"]
        survey += ["hearback_type", "hearback_measure", "hearback_vocabulary", "hearback_from_address"]
        settings = {
            "form_title": self.text("title", self.instrument.title.get(self.instrument.languages[0], "")),
            "form_id": self.instrument.key,
            "default_language": languages[0],
            "style": PAGES if self.instrument.delivery.steps else "",
        }
        return write_sheets(
            {
                "survey": (survey, list(self.rows())),
                "choices": (["list_name", "name", *labels, "hearback_asks_text"], list(self.choices())),
                "settings": (list(settings), [settings]),
                OWN_SHEET: (["name", "value"], list(self.apart())),
            }
        )

    def rows(self) -> Iterator[dict[str, str]]:
        """Give the rows of the survey."""
        instrument = self.instrument
        if instrument.introduction:
            name = self.free("introduction")
            yield {"type": "note", "name": name, "hearback_type": "introduction",
                   **self.words("label", "introduction", instrument.introduction)}  # fmt: skip
        grouped = len(instrument.pages) > 1 or any(page.title for page in instrument.pages)
        for number, page in enumerate(instrument.pages, start=1):
            if grouped:
                yield {"type": "begin_group", "name": self.free(f"page_{number}"), "appearance": "field-list",
                       **self.words("label", "pages", page.title)}  # fmt: skip
            for question in page.questions:
                yield self.row(question)
                if any(choice.asks_text for choice in question.choices):
                    yield self.row_of_text(question)
            if grouped:
                yield {"type": "end_group"}

    def row(self, question: Question) -> dict[str, str]:
        """Give the row of one question."""
        where = f"questions.{question.code}"
        kind, appearance = TYPES[question.type]
        apart = {
            "type": "" if question.type in SAID else question.type,
            "measure": question.measure,
            "vocabulary": question.vocabulary,
            "from_address": question.from_address,
        }
        for name, value in apart.items():
            if value:
                self.losses.add(f"{where}.{name}", f"XLSForm has no word for {value}", KEPT_APART)
        return {
            "type": f"{kind} {self.list_name(question)}" if kind.startswith("select") else kind,
            "name": question.code,
            **self.words("label", f"{where}.words", question.words),
            **self.words("hint", f"{where}.help", question.help),
            "required": "yes" if question.required else "",
            "relevant": self.relevant(question.show_when, where),
            "constraint": constraint_of(question),
            "appearance": appearance,
            **{f"hearback_{name}": self.text(f"{where}.{name}", value) for name, value in apart.items()},
        }

    def row_of_text(self, question: Question) -> dict[str, str]:
        """Give the row that asks what else was meant by a choice."""
        asking = [choice for choice in question.choices if choice.asks_text]
        name = self.free(f"{question.code}_text")
        self.losses.add(
            f"questions.{question.code}.text", "a choice cannot ask for text itself", f"{name} asks for it"
        )
        codes = Condition(question.code, is_any_of=tuple(choice.code for choice in asking))
        return {
            "type": "text", "name": name, "relevant": self.relevant(codes, f"questions.{question.code}.text"),
            "hearback_type": "other_text",
            **self.words("label", f"questions.{question.code}.choices", asking[0].words),
        }  # fmt: skip

    def choices(self) -> Iterator[dict[str, str]]:
        """Give the rows of all lists of choices."""
        lists: dict[str, tuple[Choice, ...]] = {}
        for question in self.instrument.questions:
            if choices := choices_of(question):
                lists[self.list_name(question)] = (
                    self.in_all_languages(choices) if question.vocabulary else choices
                )
        for name, choices in lists.items():
            for choice in choices:
                yield {
                    "list_name": name, "name": choice.code,
                    **self.words("label", f"questions.{name}.choices.{choice.code}", choice.words),
                    "hearback_asks_text": "yes" if choice.asks_text else "",
                }  # fmt: skip

    def in_all_languages(self, choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
        """Give choices of a list that the program carries, in English where it knows no other words."""
        return tuple(
            msgspec.structs.replace(
                choice,
                words={tag: choice.words.get(tag, choice.words["en"]) for tag in self.instrument.languages},
            )
            for choice in choices
        )

    def apart(self) -> Iterator[dict[str, str]]:
        """Give what XLSForm has no word for, one row each."""
        whole: dict[str, Any] = msgspec.to_builtins(self.instrument)
        first = self.instrument.languages[0]
        kept = {name: whole[name] for name in ("thanks", "timing", "clearance", "delivery") if name in whole}
        if others := {tag: text for tag, text in self.instrument.title.items() if tag != first}:
            kept["title"] = others
        for name in kept:
            self.losses.add(name, "XLSForm has no place for it", KEPT_APART)
        kept["languages"] = " ".join(self.instrument.languages)
        if "countries" in whole:
            kept["countries"] = " ".join(self.instrument.countries)
            self.losses.add("countries", "XLSForm has no place for it", KEPT_APART)
        for path, value in _flat(kept):
            yield {"name": path, "value": self.text(path, value)}

    def relevant(self, condition: Condition | None, where: str) -> str:
        """Write when a question is shown."""
        if condition is None:
            return ""
        try:
            return storable(expression_of(condition, self.questions, _XPATH))
        except NotSayable as problem:
            self.losses.add(
                f"{where}.show_when", str(problem), "the rule is left out, and the question is always shown"
            )
            return ""

    def words(self, column: str, where: str, words: Texts) -> dict[str, str]:
        """Give the cells of a text in all languages."""
        return {
            f"{column}::{heading(tag)}": self.text(where, text)
            for tag, text in words.items()
            if tag in self.instrument.languages
        }

    def text(self, where: str, text: str) -> str:
        """Give a text that a cell can hold."""
        kept = storable(text)
        if kept != text:
            self.losses.add(where, "it holds control characters", "they are left out")
        return kept

    def list_name(self, question: Question) -> str:
        """Name the list of a question's choices; no code holds a hyphen."""
        return question.vocabulary.replace("_", "-") or question.code

    def free(self, name: str) -> str:
        """Give a name that no other row has."""
        found = question_code(name, self.names)
        self.names.add(found)
        return found


def _flat(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, one in value.items():
            yield from _flat(one, f"{path}.{name}" if path else name)
    else:
        yield path, str(value).lower() if isinstance(value, bool) else str(value)


def _is_any_of(question: Question, name: str, codes: list[str]) -> str:
    if question.type == "multiple":
        parts = [f"selected({name}, {quote(code)})" for code in codes]
    else:
        parts = [f"{name} = {code if question.type == 'number' else quote(code)}" for code in codes]
    return f"({' or '.join(parts)})" if len(parts) > 1 else parts[0]


_XPATH = Words(
    name=lambda code: f"${{{code}}}",
    always="true()",
    never="false()",
    answered=lambda name, yes: f"{name} {'!=' if yes else '='} ''",
    is_any_of=_is_any_of,
    count=lambda name: f"count-selected({name})",
    negation="not",
)
