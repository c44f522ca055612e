"""Write a condition as an expression that holds for exactly the same answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from hearback.collect.instruments.conditions import holds, number_as_text
from hearback.collect.instruments.definition import CLOSED, Condition, Question
from hearback.collect.instruments.vocabularies import choices_of

NEVER_NUMBERS = frozenset({"date", "email"})
"""Types whose answers are no numbers, so that a range of numbers never holds."""


class NotSayable(Exception):
    """The other format cannot say a condition; the message says why."""


@dataclass(frozen=True)
class Words:
    """How a format writes the parts of a condition."""

    name: Callable[[str], str]
    always: str
    never: str
    answered: Callable[[str, bool], str]
    is_any_of: Callable[[Question, str, list[str]], str]
    count: Callable[[str], str]
    negation: str


def expression_of(condition: Condition, questions: Mapping[str, Question], words: Words) -> str:
    """Write a condition.

    Args:
        questions: by code, all that it may look at.

    Raises:
        NotSayable: if the format cannot say it.
    """
    if condition.question is not None:
        return _test(condition, questions[condition.question], words)
    if condition.all is not None:
        return _joined(" and ", [expression_of(p, questions, words) for p in condition.all]) or words.always
    parts = [expression_of(part, questions, words) for part in condition.any or condition.none or ()]
    either = _joined(" or ", parts) or words.never
    if condition.any is not None:
        return either
    return f"{words.negation}({either.removeprefix('(').removesuffix(')') if len(parts) > 1 else either})"


def _joined(word: str, parts: list[str]) -> str:
    return f"({word.join(parts)})" if len(parts) > 1 else "".join(parts)


def number(value: float) -> str:
    """Write a number without an exponent, which XPath does not know."""
    return format(Decimal(number_as_text(value)), "f")


def quote(text: str) -> str:
    """Put a text in the quotes that it does not hold itself.

    Raises:
        NotSayable: if it holds both kinds.
    """
    for mark in "'\"":
        if mark not in text and "\\" not in text:
            return f"{mark}{text}{mark}"
    raise NotSayable(f"{text!r} holds both kinds of quotation marks, or a backslash")


def _test(test: Condition, question: Question, words: Words) -> str:
    name = words.name(question.code)
    if test.answered is not None:
        return words.answered(name, test.answered)
    if test.is_any_of is not None:
        codes = [code for code in test.is_any_of if question.type != "number" or _is_number(code)]
        return words.is_any_of(question, name, codes) if codes else words.never
    if question.type in NEVER_NUMBERS | CLOSED - {"rating", "multiple"}:
        codes = [one.code for one in choices_of(question) if holds(test, {question.code: one.code})]
        return words.is_any_of(question, name, codes) if codes else words.never
    return _range(test, question, name, words)


def _range(test: Condition, question: Question, name: str, words: Words) -> str:
    counted = words.count(name) if question.type == "multiple" else name
    ends = [
        f"{counted} {sign} {number(limit)}"
        for sign, limit in ((">=", test.at_least), ("<=", test.at_most))
        if limit is not None
    ]
    if test.at_least is None or (question.type == "multiple" and test.at_least <= 0):
        ends.insert(0, words.answered(name, True))
    return _joined(" and ", ends)


def _is_number(code: str) -> bool:
    """Say whether a code is how the answer to a question for a number is compared."""
    try:
        return number_as_text(float(code)) == code
    except (ValueError, OverflowError):
        return False
