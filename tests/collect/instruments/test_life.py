"""How a version moves, and how questions are numbered through versions."""

import pytest

from hearback.collect.instruments.definition import Choice, Question
from hearback.collect.instruments.life import (
    MOVES,
    STATES,
    MoveNotAllowed,
    after,
    question_versions,
    state_of,
)
from tests.collect.instruments.examples import AB, instrument, question


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("state", STATES)
def test_a_move_is_made_from_its_own_state_alone(move: str, state: str) -> None:
    source, target = MOVES[move]
    if state == source:
        assert after(move, state) == target
    else:
        with pytest.raises(MoveNotAllowed, match=f"to {move} it"):
            after(move, state)


@pytest.mark.parametrize(
    ("newest", "published", "closed", "archived", "state"),
    [
        ("draft", False, False, False, "draft"),
        ("in_review", False, False, False, "in_review"),
        ("draft", True, False, False, "published"),
        ("published", True, True, False, "closed"),
        ("published", True, True, True, "archived"),
    ],
)
def test_the_state_of_a_form(newest: str, published: bool, closed: bool, archived: bool, state: str) -> None:
    found = state_of(newest, is_published=published, is_closed=closed, is_archived=archived)
    assert found == state


def test_questions_begin_at_one_and_go_on_from_the_highest_number_they_had() -> None:
    new = instrument(question("a"), question("b"))
    assert question_versions(new, None, {}) == {"a": 1, "b": 1}
    assert question_versions(new, instrument(question("a")), {"a": 2, "b": 4}) == {"a": 2, "b": 5}


@pytest.mark.parametrize(
    "changed",
    [
        question("q", "single", words={"en": "Other words"}),
        question("q", "multiple"),
        question("q", "single", measure="trust"),
        question("q", "single", choices=AB[::-1]),
        question("q", "single", choices=(AB[0], Choice("b", {"en": "Bee"}))),
        question("q", "region", choices=(), vocabulary="us_states"),
    ],
)
def test_other_words_type_measure_or_choices_are_another_version(changed: Question) -> None:
    before = instrument(question("q", "single"))
    assert question_versions(instrument(changed), before, {"q": 1}) == {"q": 2}


@pytest.mark.parametrize(
    "unchanged",
    [
        question("q", "single"),
        question("q", "single", required=True, help={"en": "Help"}),
        question("q", "single", words={"en": "q?", "es": "¿q?"}),
    ],
)
def test_help_translations_and_duty_are_not(unchanged: Question) -> None:
    before = instrument(question("q", "single"))
    assert question_versions(instrument(unchanged), before, {"q": 1}) == {"q": 1}
