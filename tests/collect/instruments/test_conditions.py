"""When a question is shown; the cases that the embed shares are in tests/collect/widget."""

import pytest

from hearback.collect.instruments.conditions import number_as_text, questions_of
from hearback.collect.instruments.definition import Condition
from tests.collect.instruments.examples import when

A, B = when("q", "a"), when("r", "b")


def test_the_questions_of_a_condition_are_found_at_every_depth() -> None:
    assert list(questions_of(Condition(all=(A, Condition(none=(Condition(any=(B,)),)))))) == ["q", "r"]
    assert list(questions_of(None)) == []


@pytest.mark.parametrize(("number", "text"), [(5, "5"), (-2.0, "-2"), (1234567.0, "1234567"), (0.1, "0.1")])
def test_numbers_keep_all_digits(number: float, text: str) -> None:
    assert number_as_text(number) == text
