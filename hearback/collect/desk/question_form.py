"""Check what people type about one question, and make the question of it."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from msgspec.structs import replace

from hearback.collect.desk.fields import DeskForm, area, day, number_of, speak
from hearback.collect.desk.rules_of import rule_of, rule_text, simple_rule
from hearback.collect.instruments.checking import MOST_CHOICES
from hearback.collect.instruments.definition import CLOSED, UP_AND_DOWN, WRITTEN, Choice, Question
from hearback.collect.instruments.vocabularies import names as vocabularies
from hearback.collect.instruments.wording import with_words

TYPES = {
    "rating": _("rating, such as 1 to 5"),
    "thumbs": _("thumbs up or down"),
    "yes_no": _("yes or no"),
    "single": _("one of a list"),
    "multiple": _("several of a list"),
    "text": _("short text"),
    "long_text": _("long text"),
    "number": _("number"),
    "date": _("day"),
    "email": _("e-mail address"),
    "phone": _("phone number"),
    "region": _("state or region"),
    "hidden": _("hidden context from the address"),
}
TESTS = {
    "is_any_of": _("is one of these:"),
    "between": _("is between:"),
    "answered": _("was given"),
    "unanswered": _("was left open"),
}
FITS = {
    "at_least": {"number"},
    "at_most": {"number"},
    "earliest": {"date"},
    "latest": {"date"},
    "max_length": {*WRITTEN, "hidden"},
    "max_choices": {"multiple"},
    "vocabulary": {"region"},
    "from_address": {"hidden"},
}
"""Which settings mean something for which types."""


@dataclass(frozen=True)
class ChoiceRow:
    """One of the answers while it is typed; `was` is its place before, blank for a new one."""

    was: str = ""
    code: str = ""
    words: str = ""
    asks_text: bool = False


class QuestionForm(DeskForm):
    """One question, in the first language, with the rule that says when it is shown."""

    words = forms.CharField(label=_("Question"), required=False, widget=area(2))
    help = forms.CharField(label=_("Help"), required=False, widget=area(2))
    type = forms.ChoiceField(label=_("Kind of answer"), choices=list(TYPES.items()))
    required = forms.BooleanField(label=_("An answer is required"), required=False)
    vocabulary = forms.ChoiceField(label=_("List of regions"), required=False)
    at_least = forms.FloatField(label=_("At least"), required=False)
    at_most = forms.FloatField(label=_("At most"), required=False)
    earliest = forms.DateField(label=_("Not before"), required=False, widget=day())
    latest = forms.DateField(label=_("Not after"), required=False, widget=day())
    max_length = forms.IntegerField(label=_("Longest answer, in characters"), required=False, min_value=1)
    max_choices = forms.IntegerField(label=_("At most so many choices"), required=False, min_value=1)
    from_address = forms.CharField(label=_("Parameter of the address that fills it"), required=False)
    when = forms.ChoiceField(
        label=_("Show this question"),
        widget=forms.RadioSelect,
        choices=[
            ("always", _("always")),
            ("simple", _("depending on one earlier answer")),
            ("tree", _("by a rule of several tests")),
        ],
    )
    when_question = forms.ChoiceField(label=_("Earlier question"), required=False)
    when_test = forms.ChoiceField(
        label=_("Its answer"), choices=list(TESTS.items()), widget=forms.RadioSelect, required=False
    )
    when_codes = forms.MultipleChoiceField(
        label=_("Answers"), required=False, widget=forms.CheckboxSelectMultiple
    )
    when_at_least = forms.FloatField(label=_("Lowest"), required=False)
    when_at_most = forms.FloatField(label=_("Highest"), required=False)
    when_tree = forms.CharField(label=_("Rule as YAML"), required=False, widget=area(6))
    code = forms.CharField(
        label=_("Code in files"),
        required=False,
        max_length=40,
        help_text=_("Keep it when the words change. Blank makes one from the words."),
    )
    measure = forms.CharField(
        label=_("Standard question that this is"),
        required=False,
        max_length=40,
        help_text=_("Such as trust; blank for a question of your own."),
    )

    def __init__(
        self, earlier: Collection[Question], language: str, data: Any = None, *, typed: Any = None
    ) -> None:
        super().__init__(data, initial=typed)
        speak({name: self.fields[name] for name in ("words", "help")}, language)
        held = data if data is not None else (typed or {})
        self.earlier = {one.code: one for one in earlier}
        self.type_now = held.get("type") if held.get("type") in TYPES else "text"
        lists = [
            ("", pgettext("vocabulary", "none")),
            *((name, name.replace("_", " ")) for name in vocabularies()),
        ]
        self._offer("vocabulary", lists)
        self._offer("when_question", [(code, _short(one)) for code, one in self.earlier.items()])
        looked_at = self.earlier.get(held.get("when_question") or next(iter(self.earlier), ""))
        self._offer("when_codes", _answers(looked_at))
        self.looked_at = looked_at
        for name, types in FITS.items():
            if self.type_now not in types:
                del self.fields[name]

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Read the rule; what it lacks is said at its field."""
        typed = super().clean() or {}
        try:
            typed["show_when"] = rule_of(typed)
        except ValidationError as problem:
            self.add_error(None if problem.code is None else problem.code, problem.message)
        return typed

    def made(self, old: Question, language: str, rows: list[ChoiceRow], taken: Collection[str]) -> Question:
        """Make the question, with the words of other languages kept.

        Args:
            taken: codes of other questions, which one made from words must not have.
        """
        typed = self.cleaned_data
        kind = typed["type"]
        settings = {name: typed.get(name) for name in FITS if name in self.fields and kind in FITS[name]}
        blank = {"vocabulary": "", "from_address": ""}
        return replace(
            old,
            code=typed["code"].strip() or code_from(typed["words"], taken),
            type=kind,
            words=with_words(old.words, language, typed["words"]),
            help=with_words(old.help, language, typed["help"]),
            required=typed["required"],
            measure=typed["measure"].strip(),
            choices=choices_of(old, kind, rows, language),
            show_when=typed["show_when"],
            **{**dict.fromkeys(FITS), **blank, **{n: v for n, v in settings.items() if v is not None}},
        )


def choices_of(old: Question, kind: str, rows: list[ChoiceRow], language: str) -> tuple[Choice, ...]:
    """Make the choices of a type: those of a rating are numbered, thumbs and yes or no have two."""
    if kind not in CLOSED:
        return ()
    made: list[Choice] = []
    for number, row in enumerate(rows, start=1):
        was = number_of(row.was)
        before = old.choices[was] if was is not None and was < len(old.choices) else None
        code = str(number) if kind == "rating" else row.code.strip()
        code = code or code_from(row.words, [one.code for one in made])
        words = with_words(before.words if before else {}, language, row.words)
        made.append(Choice(code, words, row.asks_text))
    if kind in {"thumbs", "yes_no"} and sorted(one.code for one in made) != sorted(UP_AND_DOWN):
        return tuple(
            Choice(code, one.words, one.asks_text)
            for code, one in zip(UP_AND_DOWN, [*made, Choice("1"), Choice("0")], strict=False)
        )
    return tuple(made)


def code_from(words: str, taken: Collection[str]) -> str:
    """Make a code of the first words that no other has."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    start = "_".join(re.findall(r"[a-z0-9]+", plain)[:4])[:30].strip("_") or "question"
    start = start if start[0].isalpha() else f"q_{start}"
    return next(name for n in range(1, 1000) if (name := start if n == 1 else f"{start}_{n}") not in taken)


def typed_of(question: Question, language: str) -> dict[str, Any]:
    """Give what the fields hold before anybody types."""
    held: dict[str, Any] = {name: getattr(question, name) for name in FITS}
    held |= {name: getattr(question, name) for name in ("code", "type", "required", "measure")}
    held |= {"words": question.words.get(language, ""), "help": question.help.get(language, "")}
    return (
        held
        | (simple_rule(question.show_when) or {"when": "tree"})
        | {"when_tree": rule_text(question.show_when)}
    )


def rows_of(question: Question, language: str) -> list[ChoiceRow]:
    """Give the choices before anybody types."""
    return [
        ChoiceRow(str(place), one.code, one.words.get(language, ""), one.asks_text)
        for place, one in enumerate(question.choices)
    ]


def rows_typed(sent: Mapping[str, Any]) -> list[ChoiceRow]:
    """Read the choices that were sent, in their order; at most as many as an instrument may have."""
    n = min(number_of(str(sent.get("n_choices", ""))) or 0, MOST_CHOICES)
    return [_row_typed(sent, f"choice-{place}") for place in range(n)]


def _row_typed(sent: Mapping[str, Any], start: str) -> ChoiceRow:
    was, code, words = (str(sent.get(f"{start}-{name}", "")) for name in ("was", "code", "words"))
    return ChoiceRow(was, code, words, f"{start}-asks_text" in sent)


def _short(question: Question) -> str:
    words = next((text for text in question.words.values() if text), question.code)
    return words if len(words) <= 70 else f"{words[:69]}…"


def _answers(question: Question | None) -> list[tuple[str, str]]:
    if question is None:
        return []
    return [
        (one.code, next((text for text in one.words.values() if text), one.code)) for one in question.choices
    ]
