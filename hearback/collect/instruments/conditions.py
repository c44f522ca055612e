"""Whether a question is shown, from the answers to earlier ones."""

from collections.abc import Iterator, Mapping
from typing import TypeVar

from hearback.collect.instruments.definition import Condition

Answer = str | float | list[str]
T = TypeVar("T")
MOST_EXACT = 2**53
"""Above it not every whole number can be kept. Source: IEEE 754, binary64."""


def holds(condition: Condition | None, answers: Mapping[str, Answer]) -> bool:
    """Say whether a condition is met by the answers of the questions that were shown."""
    if condition is None:
        return True
    if condition.question is not None:
        return _passes(condition, answers.get(condition.question))
    if condition.all is not None:
        return all(holds(part, answers) for part in condition.all)
    if condition.any is not None:
        return any(holds(part, answers) for part in condition.any)
    return not any(holds(part, answers) for part in condition.none or ())


def _passes(test: Condition, answer: Answer | None) -> bool:
    if test.answered is not None:
        return (answer is not None) == test.answered
    if answer is None:
        return False
    if test.is_any_of is not None:
        if isinstance(answer, list):
            return any(one in test.is_any_of for one in answer)
        return _as_code(answer) in test.is_any_of
    number = _as_number(answer)
    return number is not None and (
        (test.at_least is None or number >= test.at_least)
        and (test.at_most is None or number <= test.at_most)
    )


def questions_of(condition: Condition | None) -> Iterator[str]:
    """Name the questions that a condition looks at."""
    if condition is None:
        return
    if condition.question is not None:
        yield condition.question
    for part in parts_of(condition):
        yield from questions_of(part)


def parts_of(condition: Condition) -> tuple[Condition, ...]:
    """Give the conditions that a condition is made of."""
    return (*(condition.all or ()), *(condition.any or ()), *(condition.none or ()))


def number_as_text(number: float) -> str:
    """Write a number as people do, all its digits there: 5, 1234567, 0.5."""
    return str(int(number)) if float(number).is_integer() else repr(float(number))


def whole(answer: T) -> T | int:
    """Give a whole number without its fraction, as people write it: 12 for 12.0. All else stays as it is.

    Numbers are kept as fractions, in which those above 2^53 are not exact.
    """
    if isinstance(answer, float) and answer.is_integer() and abs(answer) <= MOST_EXACT:
        return int(answer)
    return answer


def _as_code(answer: str | float) -> str:
    return answer if isinstance(answer, str) else number_as_text(answer)


def _as_number(answer: Answer) -> float | None:
    if isinstance(answer, list):
        return float(len(answer))
    try:
        return float(answer)
    except ValueError:
        return None
