"""Take the answers of one person: what was shown is checked, what was not shown has no answer."""

import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

import msgspec

from hearback.collect.instruments.conditions import Answer, holds, number_as_text
from hearback.collect.instruments.definition import CLOSED
from hearback.collect.instruments.prepared import EMAIL, OTHER_LENGTH, Asked, Prepared, as_date, is_phone
from hearback.collect.masking import length_as_written


def gettext_noop(text: str) -> str:
    """Mark a text for translation, which happens where it is shown."""
    return text


PROBLEMS = {
    "required": gettext_noop("Answer this question."),
    "not_a_choice": gettext_noop("Choose one of the answers offered."),
    "too_many_choices": gettext_noop("Choose at most {limit}."),
    "not_text": gettext_noop("Write text."),
    "too_long": gettext_noop("Write at most {limit} characters; this has {found}."),
    "not_a_number": gettext_noop("Write a number in digits, such as 12 or 12.5."),
    "too_small": gettext_noop("Write a number of at least {limit}."),
    "too_big": gettext_noop("Write a number of at most {limit}."),
    "not_a_date": gettext_noop("Write a day as year, month and day, such as 2026-09-30."),
    "too_early": gettext_noop("Choose a day on or after {limit}."),
    "too_late": gettext_noop("Choose a day on or before {limit}."),
    "not_an_email": gettext_noop("Write an e-mail address, such as name@example.org."),
    "not_a_phone": gettext_noop("Write a phone number with its area code."),
    "not_asked": gettext_noop("Not in the form: {found} of the fields sent. It asks: {known}."),
    "language": gettext_noop("The form is not in this language."),
}
"""Everything that can be wrong with an answer; words in braces come from `Problem.values`."""

MOST_NAMED = 20
"""So many questions of the form are named to who sends what it does not have: a refusal stays small."""


@dataclass(frozen=True)
class Problem:
    """What is wrong with one answer; it never repeats the answer, nor a name that is none of the form's."""

    question: str
    kind: str
    values: Mapping[str, str | int] | None = None

    @property
    def message(self) -> str:
        """Say in English what is wrong and what to do."""
        return PROBLEMS[self.kind].format(**(self.values or {}))


class NotAccepted(Exception):
    """The answers cannot be taken; `problems` says why, in the order of the questions."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{one.question}: {one.message}" for one in problems))
        self.problems = problems


class Accepted(msgspec.Struct, frozen=True):
    """Checked answers. A question of the form that is in neither was shown and left open."""

    answers: dict[str, Answer]
    not_shown: tuple[str, ...]


def accept(
    form: Prepared, submitted: Mapping[str, Any], language: str, *, not_asked: Collection[str] = ()
) -> Accepted:
    """Check what a person sent; limits hold for what they wrote, not for what masking put in its place.

    Args:
        submitted: by question code, a code, a list of codes, a number or text; what else was meant by a
            choice stands under `<code>.text`. Blank text and empty lists are no answer.
        language: the one that was shown.
        not_asked: questions that the person never saw, whatever the rules say, as a file may tell.

    Returns:
        The answers to the questions that the person saw. An answer to a question that the earlier answers
        hide is cleared, and its question is listed as not shown. Several choices stand in the order
        of the form, however they were ticked, as files have one column for each.

    Raises:
        NotAccepted: names every problem; what the form does not ask is counted, and not named.
    """
    problems = _unknown(form, submitted)
    if language not in form.languages:
        problems.append(Problem("language", "language"))
    answers: dict[str, Answer] = {}
    not_shown = []
    for code, asked in form.asked.items():
        rule = asked.question.show_when
        if code in not_asked or (rule is not None and not holds(rule, answers)):
            not_shown.append(code)
            continue
        problem = take(asked, submitted, answers)
        if problem is not None:
            problems.append(problem)
    if problems:
        raise NotAccepted(problems)
    return Accepted(answers, tuple(not_shown))


def _unknown(form: Prepared, submitted: Mapping[str, Any]) -> list[Problem]:
    found = len(submitted.keys() - form.fields)
    if not found:
        return []
    known = [*islice(form.asked, MOST_NAMED), *(["…"] if len(form.asked) > MOST_NAMED else [])]
    return [Problem("", "not_asked", {"found": found, "known": ", ".join(known)})]


def take(asked: Asked, submitted: Mapping[str, Any], answers: dict[str, Answer]) -> Problem | None:
    """Check one answer and put it to the others; give what is wrong with it."""
    question = asked.question
    raw = submitted.get(question.code)
    if isinstance(raw, str):
        raw = raw.replace("\x00", "").strip()
    if not raw and raw in (None, "", []):
        return Problem(question.code, "required") if question.required else None
    checked = _CHECKS[question.type](asked, raw)
    if isinstance(checked, Problem):
        return checked
    answers[question.code] = checked
    return _take_text(asked, submitted, answers) if asked.codes_with_text else None


def _take_text(asked: Asked, submitted: Mapping[str, Any], answers: dict[str, Answer]) -> Problem | None:
    """Take what was written beside a choice that asks for it; without that choice it is not looked at."""
    chosen = answers[asked.question.code]
    given = submitted.get(asked.text_code)
    if given in (None, "") or asked.codes_with_text.isdisjoint(
        chosen if isinstance(chosen, list) else [chosen]
    ):
        return None
    text = _text(asked.text_code, given, OTHER_LENGTH)
    if isinstance(text, Problem):
        return text
    if text:
        answers[asked.text_code] = text
    return None


def _one_choice(asked: Asked, raw: Any) -> Answer | Problem:
    code = str(raw) if isinstance(raw, int) and not isinstance(raw, bool) else raw
    if isinstance(code, str) and code in asked.codes:
        return code
    return Problem(asked.question.code, "not_a_choice")


def _choices(asked: Asked, raw: Any) -> Answer | Problem:
    given = raw if isinstance(raw, list) else [raw]
    if not all(isinstance(code, str) and code in asked.codes for code in given):
        return Problem(asked.question.code, "not_a_choice")
    chosen = sorted(set(given), key=asked.codes.__getitem__)
    limit = asked.question.max_choices
    if limit is not None and len(chosen) > limit:
        return Problem(asked.question.code, "too_many_choices", {"limit": limit})
    return chosen


def _text(code: str, raw: Any, limit: int) -> str | Problem:
    if not isinstance(raw, str):
        return Problem(code, "not_text")
    text = raw.replace("\r\n", "\n").replace("\x00", "").strip()
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode()  # half of a surrogate pair is no character
    if len(text) > limit and (length := length_as_written(text)) > limit:
        return Problem(code, "too_long", {"limit": limit, "found": length})
    return text


def _written(asked: Asked, raw: Any) -> Answer | Problem:
    return _text(asked.question.code, raw, asked.max_length)


def _email(asked: Asked, raw: Any) -> Answer | Problem:
    text = _written(asked, raw)
    if isinstance(text, str) and not EMAIL.match(text):
        return Problem(asked.question.code, "not_an_email")
    return text


def _phone(asked: Asked, raw: Any) -> Answer | Problem:
    text = _written(asked, raw)
    if isinstance(text, str) and not is_phone(text):
        return Problem(asked.question.code, "not_a_phone")
    return text


def _number(asked: Asked, raw: Any) -> Answer | Problem:
    question = asked.question
    try:
        number = math.nan if isinstance(raw, bool) or (isinstance(raw, str) and "_" in raw) else float(raw)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number):
        return Problem(question.code, "not_a_number")
    if question.at_least is not None and number < question.at_least:
        return Problem(question.code, "too_small", {"limit": number_as_text(question.at_least)})
    if question.at_most is not None and number > question.at_most:
        return Problem(question.code, "too_big", {"limit": number_as_text(question.at_most)})
    return number


def _date(asked: Asked, raw: Any) -> Answer | Problem:
    question = asked.question
    day = as_date(raw) if isinstance(raw, str) else None
    if day is None:
        return Problem(question.code, "not_a_date")
    if question.earliest is not None and day < question.earliest:
        return Problem(question.code, "too_early", {"limit": question.earliest.isoformat()})
    if question.latest is not None and day > question.latest:
        return Problem(question.code, "too_late", {"limit": question.latest.isoformat()})
    return day.isoformat()


_CHECKS: dict[str, Callable[[Asked, Any], Answer | Problem]] = {
    **dict.fromkeys(CLOSED - {"multiple"}, _one_choice),
    "multiple": _choices,
    "text": _written,
    "long_text": _written,
    "hidden": _written,
    "email": _email,
    "phone": _phone,
    "number": _number,
    "date": _date,
}
