"""What is asked next where the browser runs no script."""

from hearback.collect.instruments.asking import next_screen
from hearback.collect.instruments.definition import Delivery, Instrument, Page
from hearback.collect.instruments.files import ready
from hearback.collect.instruments.prepared import Prepared
from tests.collect.instruments.examples import instrument, question, when


def codes(
    form: Instrument, given: dict[str, object], shown: list[str], last: list[str] | None = None
) -> list[str]:
    screen = next_screen(Prepared(form), given, shown, last or [])
    return [one.code for one in screen.questions]


def test_questions_come_until_one_waits_for_an_answer() -> None:
    thumbs = ready("thumbs")
    assert codes(thumbs, {}, []) == ["trust"]
    assert codes(thumbs, {"trust": "1"}, ["trust"]) == ["positive", "comment"]
    assert codes(thumbs, {"trust": "0"}, ["trust"]) == ["negative", "comment"]
    assert codes(thumbs, {"trust": "1"}, ["trust", "positive", "comment"]) == []


def test_a_question_that_an_earlier_screen_decides_comes_with_the_others() -> None:
    form = instrument(
        question("a", "single"),
        question("b", show_when=when("a", "a")),
        question("c"),
        question("d", "hidden"),
    )
    assert codes(form, {}, []) == ["a"]
    assert codes(form, {"a": "b"}, ["a"]) == ["c"]
    assert codes(form, {"a": "a"}, ["a"]) == ["b", "c"]


def test_steps_show_one_page_at_a_time_and_skip_one_that_is_hidden() -> None:
    pages = (
        Page((question("a", "single"),)),
        Page((question("b", show_when=when("a", "b")),)),
        Page((question("c"), question("d"))),
    )
    form = instrument(pages=pages, delivery=Delivery(steps=True))
    assert codes(form, {}, []) == ["a"]
    assert codes(form, {"a": "a"}, ["a"]) == ["c", "d"]
    assert codes(form, {"a": "b"}, ["a"]) == ["b"]


def test_a_screen_comes_again_with_what_is_wrong_on_it() -> None:
    form = instrument(question("a", "single", required=True), question("b", "number"), question("c"))
    screen = next_screen(Prepared(form), {"b": "many"}, ["a", "b", "c"], ["b", "c"])
    assert [(p.question, p.kind) for p in screen.problems] == [("a", "required"), ("b", "not_a_number")]
    assert [one.code for one in screen.questions] == ["a", "b", "c"]
