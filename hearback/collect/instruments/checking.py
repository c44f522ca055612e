"""What is wrong with an instrument, and what a translation still lacks."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from hearback.collect.instruments.conditions import parts_of, questions_of
from hearback.collect.instruments.definition import (
    ADDRESS,
    CLOSED,
    UP_AND_DOWN,
    WRITTEN,
    Choice,
    Condition,
    Delivery,
    Instrument,
    Question,
    Words,
)
from hearback.collect.instruments.vocabularies import names as vocabularies
from hearback.collect.masking import countries as masked_countries

CODE = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")
CHOICE_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_\-]{0,39}\Z")
KEY = re.compile(r"[a-z0-9][a-z0-9\-]{0,79}\Z")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")
MOST_QUESTIONS, MOST_CHOICES, LONGEST_TEXT = 200, 300, 20_000
TESTS = ("is_any_of", "at_least", "at_most", "answered")


@dataclass(frozen=True)
class Fault:
    """Something wrong with an instrument: where, as `questions.trust.choices`, and what to do."""

    where: str
    message: str


def faults(instrument: Instrument) -> list[Fault]:
    """Name everything that keeps an instrument from being used; an empty list means nothing does."""
    return [*_of_the_whole(instrument), *_of_words(instrument), *_of_questions(instrument)]


@dataclass(frozen=True)
class Completeness:
    """How much of an instrument is put in a language: texts, and where one is missing."""

    language: str
    n_texts: int
    missing: tuple[str, ...]

    @property
    def share(self) -> float:
        """Give the share of texts that are there, from 0 to 1."""
        return 1 - len(self.missing) / self.n_texts if self.n_texts else 1.0


def completeness(instrument: Instrument, language: str) -> Completeness:
    """Say how much of an instrument is put in a language; texts the first language lacks do not count."""
    first = instrument.languages[0]
    there = [(where, words) for where, words in texts(instrument) if words.get(first)]
    missing = tuple(where for where, words in there if not words.get(language, "").strip())
    return Completeness(language, len(there), missing)


def _of_the_whole(instrument: Instrument) -> Iterator[Fault]:
    if not KEY.match(instrument.key):
        yield Fault("key", "use small letters, digits and hyphens, at most 80")
    if not instrument.languages:
        yield Fault("languages", "name at least one language")
    for language in instrument.languages:
        if not LANGUAGE.match(language):
            yield Fault("languages", f"{language!r} is no language tag, such as en or zh-Hant")
    if len(set(instrument.languages)) < len(instrument.languages):
        yield Fault("languages", "a language is named twice")
    if len(instrument.questions) > MOST_QUESTIONS:
        yield Fault("pages", f"at most {MOST_QUESTIONS} questions fit in one instrument")
    if instrument.clearance is not None and instrument.clearance.burden_minutes <= 0:
        yield Fault("clearance.burden_minutes", "say how many minutes answering takes")
    known = masked_countries()
    for country in instrument.countries:
        if country not in known:
            yield Fault(
                "countries",
                f"there are no rules for masking personal data of {country!r}, only of {', '.join(known)}; "
                "leave it out, and the general rules alone hold for it, or add its rules: see masking.md",
            )
    yield from _of_delivery(instrument.delivery)


def _of_delivery(delivery: Delivery) -> Iterator[Fault]:
    for name in ("opens_at", "closes_at"):
        moment = getattr(delivery, name)
        if moment is not None and moment.tzinfo is None:
            yield Fault(f"delivery.{name}", "give a time zone, as in 2026-10-01T00:00:00-04:00")
    if _ends_first(delivery):
        yield Fault("delivery.closes_at", "close after opening")
    if delivery.quota is not None and delivery.quota < 1:
        yield Fault("delivery.quota", "use at least 1, or leave it out")
    if delivery.ask_one_in < 1:
        yield Fault("delivery.ask_one_in", "use 1 to ask everybody, 10 to ask one in ten")
    if delivery.ask_again_after_days < 0:
        yield Fault("delivery.ask_again_after_days", "use 0 or more days")
    if delivery.challenge_above is not None and delivery.challenge_above < 0:
        yield Fault("delivery.challenge_above", "use 0 to challenge everybody, or leave it out")


def _ends_first(delivery: Delivery) -> bool:
    opens, closes = delivery.opens_at, delivery.closes_at
    if opens is None or closes is None or opens.tzinfo is None or closes.tzinfo is None:
        return False
    return closes <= opens


def texts(instrument: Instrument) -> Iterator[tuple[str, Words]]:
    """Give every text of an instrument with the place where it stands."""
    yield "title", instrument.title
    yield "introduction", instrument.introduction
    yield "thanks", instrument.thanks
    if instrument.clearance is not None:
        yield "clearance.statement", instrument.clearance.statement
    for number, page in enumerate(instrument.pages, start=1):
        yield f"pages.{number}.title", page.title
        for question in page.questions:
            yield f"questions.{question.code}.words", question.words
            yield f"questions.{question.code}.help", question.help
            for choice in question.choices:
                yield f"questions.{question.code}.choices.{choice.code}", choice.words


def _of_words(instrument: Instrument) -> Iterator[Fault]:
    first = next(iter(instrument.languages), "")
    for where, words in texts(instrument):
        for language in words.keys() - set(instrument.languages):
            yield Fault(where, f"has words in {language!r}, which is not among the languages")
        if any(len(text) > LONGEST_TEXT for text in words.values()):
            yield Fault(where, f"is longer than {LONGEST_TEXT} characters")
        if not words.get(first, "").strip() and any(text.strip() for text in words.values()):
            yield Fault(where, f"has no words in {first!r}, the first language")
    if not instrument.title.get(first, "").strip():
        yield Fault("title", f"has no words in {first!r}, the first language")


def _of_questions(instrument: Instrument) -> Iterator[Fault]:
    first = next(iter(instrument.languages), "")
    earlier: dict[str, Question] = {}
    counted = Counter(question.code for question in instrument.questions)
    for question in instrument.questions:
        where = f"questions.{question.code}"
        if not CODE.match(question.code):
            yield Fault(
                where, "begin a code with a small letter; use small letters, digits and _, at most 40"
            )
        if question.code in ADDRESS:
            yield Fault(where, f"the address of a form uses {', '.join(sorted(ADDRESS))}; use another code")
        if counted[question.code] > 1 and question.code in earlier:
            yield Fault(where, "another question has this code")
        if question.type != "hidden" and not question.words.get(first, "").strip():
            yield Fault(f"{where}.words", f"has no words in {first!r}, the first language")
        yield from _of_choices(question, first)
        yield from _of_limits(question)
        yield from _of_condition(question, earlier)
        earlier[question.code] = question


def _of_choices(question: Question, first: str) -> Iterator[Fault]:
    where = f"questions.{question.code}.choices"
    if question.type not in CLOSED:
        if question.choices or question.vocabulary:
            yield Fault(where, f"a question of type {question.type} has no choices")
    elif question.vocabulary:
        if question.vocabulary not in vocabularies():
            yield Fault(f"questions.{question.code}.vocabulary", f"use one of {', '.join(vocabularies())}")
        if question.choices:
            yield Fault(where, "give choices or a vocabulary, not both")
    else:
        yield from _of_codes(question, where)
        for choice in question.choices:
            yield from _of_choice(choice, where, first)


def _of_codes(question: Question, where: str) -> Iterator[Fault]:
    codes = [choice.code for choice in question.choices]
    least = 1 if question.type == "multiple" else 2
    if question.type in {"thumbs", "yes_no"}:
        if sorted(codes) != sorted(UP_AND_DOWN):
            yield Fault(where, "give exactly the codes 1 and 0")
    elif not least <= len(codes) <= MOST_CHOICES:
        yield Fault(where, f"give {least} to {MOST_CHOICES} choices")
    if question.type == "rating" and codes != [str(number) for number in range(1, len(codes) + 1)]:
        yield Fault(where, "the codes of a rating are 1, 2, 3 and so on, the lowest first")
    for code in sorted(code for code, n in Counter(codes).items() if n > 1):
        yield Fault(where, f"{code!r} stands there twice")


def _of_choice(choice: Choice, where: str, first: str) -> Iterator[Fault]:
    if not CHOICE_CODE.match(choice.code):
        yield Fault(f"{where}.{choice.code}", "use letters, digits, _ and - in a code, at most 40")
    if not choice.words.get(first, "").strip():
        yield Fault(f"{where}.{choice.code}", f"has no words in {first!r}, the first language")


def _of_limits(question: Question) -> Iterator[Fault]:
    where = f"questions.{question.code}"
    allowed = {
        "at_least": question.type == "number",
        "at_most": question.type == "number",
        "earliest": question.type == "date",
        "latest": question.type == "date",
        "max_length": question.type in WRITTEN or question.type == "hidden",
        "max_choices": question.type == "multiple",
    }
    for name, fits in allowed.items():
        if getattr(question, name) is not None and not fits:
            yield Fault(f"{where}.{name}", f"means nothing for a question of type {question.type}")
    for low, high in (("at_least", "at_most"), ("earliest", "latest")):
        least, most = getattr(question, low), getattr(question, high)
        if least is not None and most is not None and least > most:
            yield Fault(f"{where}.{low}", f"is above {high}, so no answer fits")
    for name in ("max_length", "max_choices"):
        limit = getattr(question, name)
        if limit is not None and not 1 <= limit <= LONGEST_TEXT:
            yield Fault(f"{where}.{name}", f"use 1 to {LONGEST_TEXT}")
    if question.from_address and question.type != "hidden":
        yield Fault(f"{where}.from_address", "only hidden context is read from the address")
    if question.type == "hidden" and question.required:
        yield Fault(f"{where}.required", "nobody can be asked for what they cannot see")


def _of_condition(question: Question, earlier: dict[str, Question]) -> Iterator[Fault]:
    if question.show_when is None:
        return
    where = f"questions.{question.code}.show_when"
    for code in questions_of(question.show_when):
        if code not in earlier:
            yield Fault(where, f"looks at {code!r}, which is not asked before this question")
    yield from _of_one_condition(question.show_when, where, earlier)


def _of_one_condition(condition: Condition, where: str, earlier: dict[str, Question]) -> Iterator[Fault]:
    kinds = [name for name in ("question", "all", "any", "none") if getattr(condition, name) is not None]
    tests = [name for name in TESTS if getattr(condition, name) is not None]
    if len(kinds) != 1:
        yield Fault(where, "give one of: question, all, any, none")
    elif kinds == ["question"] and not tests:
        yield Fault(where, f"say what the answer has to be: {', '.join(TESTS)}")
    elif kinds == ["question"] and len(tests) > 1 and tests != ["at_least", "at_most"]:
        yield Fault(where, f"give one test, not {' and '.join(tests)}")
    elif kinds != ["question"] and tests:
        yield Fault(where, f"{tests[0]} needs a question")
    asked = earlier.get(condition.question or "")
    if (
        asked is not None
        and condition.is_any_of is not None
        and asked.type in CLOSED
        and not asked.vocabulary
    ):
        for code in set(condition.is_any_of) - {choice.code for choice in asked.choices}:
            yield Fault(where, f"{code!r} is no choice of {asked.code}")
    for part in parts_of(condition):
        yield from _of_one_condition(part, where, earlier)
