"""What is taken as an answer, and every reason for which one is refused."""

from datetime import date
from typing import Any

import pytest

from hearback.collect.instruments.answering import MOST_NAMED, PROBLEMS, NotAccepted, accept
from hearback.collect.instruments.definition import Choice, Question
from hearback.collect.instruments.files import ready
from hearback.collect.instruments.prepared import Prepared
from tests.collect.instruments.examples import UP, instrument, question, refused, taken, when

OTHER = (Choice("a", {"en": "A"}), Choice("other", {"en": "Other"}, asks_text=True))
NUMBER = question("q", "number", at_least=1, at_most=2_000_000)
DAY = question("q", "date", earliest=date(2026, 1, 1), latest=date(2026, 12, 31))


@pytest.mark.parametrize(
    ("asked", "given", "answer"),
    [
        (question("q", "single"), "a", "a"),
        (question("q", "single"), " a ", "a"),
        (question("q", "thumbs", choices=UP), 1, "1"),
        (question("q", "multiple"), ["b", "a", "b"], ["a", "b"]),
        (question("q", "multiple"), "a", ["a"]),
        (question("q"), " two\r\nlines\x00 ", "two\nlines"),
        (question("q"), "half a pair \ud800", "half a pair ?"),
        (question("q", "email"), "name@agency.example", "name@agency.example"),
        (question("q", "phone"), "+1 (202) 555-0100 ext. 12", "+1 (202) 555-0100 ext. 12"),
        (NUMBER, "1.5", 1.5),
        (NUMBER, 2, 2.0),
        (DAY, "2026-01-01", "2026-01-01"),
        (question("q", "region", vocabulary="us_states"), "AK", "AK"),
        (question("q", "hidden"), "/page", "/page"),
    ],
)
def test_an_answer_that_fits_is_taken(asked: Question, given: Any, answer: Any) -> None:
    assert taken(instrument(asked), q=given).answers == {"q": answer}


@pytest.mark.parametrize("blank", [None, "", "  ", " \x00 ", []])
def test_blank_is_no_answer_and_refused_only_where_one_is_required(blank: Any) -> None:
    assert taken(instrument(question("q", "multiple")), q=blank).answers == {}
    assert [p.kind for p in refused(instrument(question("q", "multiple", required=True)), q=blank)] == [
        "required"
    ]


@pytest.mark.parametrize(
    ("kind", "asked", "given", "message"),
    [
        ("not_a_choice", question("q", "single"), "c", "Choose one"),
        ("not_a_choice", question("q", "single"), ["a"], "Choose one"),
        ("not_a_choice", question("q", "thumbs", choices=UP), True, "Choose one"),
        ("not_a_choice", question("q", "multiple"), ["a", 1], "Choose one"),
        ("not_a_choice", question("q", "multiple"), {"a": 1}, "Choose one"),
        ("too_many_choices", question("q", "multiple", max_choices=1), ["a", "b"], "at most 1"),
        ("not_text", question("q"), 5, "Write text"),
        ("not_text", question("q", "email"), ["a@b.example"], "Write text"),
        ("too_long", question("q", max_length=3), "four", "at most 3 characters; this has 4"),
        ("not_a_number", NUMBER, "many", "Write a number"),
        ("not_a_number", NUMBER, True, "Write a number"),
        ("not_a_number", NUMBER, "nan", "Write a number"),
        ("not_a_number", NUMBER, "1_000", "Write a number"),
        ("not_a_number", NUMBER, 10**400, "Write a number"),
        ("not_a_number", NUMBER, [1], "Write a number"),
        ("too_small", NUMBER, 0, "at least 1."),
        ("too_big", NUMBER, 3e6, "at most 2000000."),
        ("not_a_date", DAY, "30/09/2026", "year, month and day"),
        ("not_a_date", DAY, "2026-W01-1", "year, month and day"),
        ("not_a_date", DAY, 20260930, "year, month and day"),
        ("not_a_date", DAY, "2026-02-30", "year, month and day"),
        ("too_early", DAY, "2025-12-31", "on or after 2026-01-01"),
        ("too_late", DAY, "2027-01-01", "on or before 2026-12-31"),
        ("not_an_email", question("q", "email"), "name at example", "e-mail address"),
        ("not_a_phone", question("q", "phone"), "12", "phone number"),
        ("not_a_phone", question("q", "phone"), "call me", "phone number"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused_with_its_reason(
    kind: str, asked: Question, given: Any, message: str
) -> None:
    (problem,) = refused(instrument(asked), q=given)
    assert (problem.question, problem.kind) == ("q", kind)
    assert message in problem.message


def test_every_kind_of_problem_has_a_test_here() -> None:
    rows = test_an_answer_that_does_not_fit_is_refused_with_its_reason.pytestmark[0].args[1]
    tested = {row[0] for row in rows} | {"required", "not_asked", "language"}
    assert tested == set(PROBLEMS)


def test_what_is_not_asked_and_another_language_are_refused_together() -> None:
    with pytest.raises(NotAccepted, match=r"Not in the form: 1 .* It asks: q") as caught:
        accept(Prepared(instrument(question("q"))), {"z": 1}, "fr")
    assert [(p.question, p.kind) for p in caught.value.problems] == [
        ("", "not_asked"),
        ("language", "language"),
    ]


def test_a_refusal_stays_small_however_many_fields_come() -> None:
    with pytest.raises(NotAccepted) as caught:
        accept(Prepared(instrument(question("q"))), {f"z{n}": 1 for n in range(10_000)}, "en")
    (problem,) = caught.value.problems
    assert (problem.question, problem.values) == ("", {"found": 10_000, "known": "q"})


def test_who_sends_what_is_not_asked_is_told_some_questions_of_a_long_form() -> None:
    asked = [question(f"q{n}") for n in range(MOST_NAMED + 1)]
    (problem,) = refused(instrument(*asked), **{"jane@example.org": "1"})
    assert "jane" not in str(problem) + problem.message
    assert problem.message.endswith("q18, q19, ….")


def test_a_long_text_that_is_no_phone_number_is_refused_at_once() -> None:
    """So are blanks without end, which a pattern could part into two in as many ways as there are blanks."""
    form = instrument(question("q", "phone", max_length=20_000))
    assert [p.kind for p in refused(form, q=f"1{' ' * 19_990}z")] == ["not_a_phone"]


def test_what_else_was_meant_is_kept_beside_the_choice_that_asks() -> None:
    form = instrument(question("q", "single", choices=OTHER))
    assert taken(form, q="other", q__text=" A dog ").answers == {"q": "other", "q.text": "A dog"}
    assert taken(form, q="a", q__text="A dog").answers == {"q": "a"}
    assert taken(form, q="other", q__text="  ").answers == {"q": "other"}
    assert taken(form, q__text="A dog").answers == {}
    assert [p.kind for p in refused(form, q="other", q__text="x" * 501)] == ["too_long"]
    assert [p.question for p in refused(form, q="other", q__text=5)] == ["q.text"]
    assert [p.kind for p in refused(instrument(question("q", "single")), q__text="A")] == ["not_asked"]


def test_what_an_answer_hides_is_cleared_and_said_to_be_not_shown() -> None:
    form = ready("thumbs")
    both = {"trust": "0", "positive": ["ease", "other"], "positive.text": "x", "negative": ["ease"]}
    accepted = accept(Prepared(form), both, "es")
    assert accepted.answers == {"trust": "0", "negative": ["ease"]}
    assert accepted.not_shown == ("positive",)


def test_hiding_goes_on_to_what_depends_on_the_hidden() -> None:
    form = instrument(
        question("a", "single"),
        question("b", "single", show_when=when("a", "a"), required=True),
        question("c", show_when=when("b", "b"), required=True),
    )
    assert taken(form, a="b", b="b", c="x").not_shown == ("b", "c")
    assert [p.question for p in refused(form, a="a", b="b")] == ["c"]
