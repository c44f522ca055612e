"""Changing an instrument one thing at a time, and telling what changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from hearback.collect.instruments import editing, files
from hearback.collect.instruments.checking import completeness, faults, texts
from hearback.collect.instruments.definition import Condition, Instrument, Page, Question
from hearback.collect.instruments.differences import Difference, differences
from hearback.collect.instruments.wording import add_language, remove_language, set_texts

THUMBS = files.ready("thumbs")


def codes(instrument: Instrument) -> list[list[str]]:
    """Name the questions page by page."""
    return [[question.code for question in page.questions] for page in instrument.pages]


def small(*pages: str) -> Instrument:
    """Make an instrument of pages with questions of one letter."""
    return Instrument(
        "small",
        {"en": "Small"},
        ("en",),
        tuple(Page(tuple(Question(code, "text", {"en": code}) for code in page)) for page in pages),
    )


@pytest.mark.parametrize(
    ("number", "step", "left"),
    [
        (1, -1, ["ab", "cd"]),
        (1, 1, ["ba", "cd"]),
        (2, 1, ["a", "bcd"]),
        (3, -1, ["abc", "d"]),
        (4, -1, ["ab", "dc"]),
        (4, 1, ["ab", "cd"]),
    ],
)
def test_a_question_moves_by_one_place_and_from_page_to_page(number: int, step: int, left: list[str]) -> None:
    moved = editing.move_question(small("ab", "cd"), number, step)
    assert codes(moved) == [list(page) for page in left]


def test_a_page_without_questions_goes_and_one_page_always_stays() -> None:
    assert codes(editing.move_question(small("a", "b"), 1, 1)) == [["a", "b"]]
    assert codes(editing.remove_question(small("a"), 1)) == [[]]
    assert codes(editing.add_question(small(""), Question("new", "text"), 0)) == [["new"]]
    empty = Instrument("empty", {"en": "Empty"}, ("en",), ())
    assert codes(editing.add_question(empty, Question("new", "text"), 0)) == [["new"]]


@given(st.integers(1, 5))
def test_a_page_begun_and_joined_again_changes_nothing(number: int) -> None:
    whole = small("abcde")
    assert editing.join_page(editing.start_page(whole, number), number) == whole


@given(st.lists(st.sampled_from("abcdef"), min_size=2, max_size=6, unique=True), st.data())
def test_moving_there_and_back_changes_nothing_on_one_page(letters: list[str], data: st.DataObject) -> None:
    whole = small("".join(letters))
    number = data.draw(st.integers(1, len(letters) - 1))
    assert editing.move_question(editing.move_question(whole, number, 1), number + 1, -1) == whole


@pytest.mark.parametrize("number", [0, -1, 5])
def test_a_question_that_is_not_there_is_refused(number: int) -> None:
    for change in (editing.remove_question, editing.start_page, editing.join_page):
        with pytest.raises(editing.QuestionNotThere):
            change(THUMBS, number)


def test_rules_follow_a_code_that_changes() -> None:
    rule = Condition(any=(Condition("a", answered=True), Condition(none=(Condition("b", answered=True),))))
    whole = editing.replace_question(small("abc"), 3, Question("c", "text", {"en": "c"}, show_when=rule))
    renamed = editing.replace_question(whole, 2, replace(whole.questions[1], code="better"))
    assert renamed.questions[2].show_when == Condition(
        any=(Condition("a", answered=True), Condition(none=(Condition("better", answered=True),)))
    )
    assert faults(renamed) == []


def test_texts_are_put_where_they_stand() -> None:
    typed = {"title": "Titre", "questions.trust.choices.1": "Oui", "questions.comment.help": " "}
    changed = set_texts(add_language(THUMBS, "fr"), "fr", typed)
    done = completeness(changed, "fr")
    assert (done.n_texts - len(done.missing), changed.title["fr"]) == (2, "Titre")
    assert changed.title["es"] == THUMBS.title["es"]
    assert remove_language(changed, "fr") == THUMBS


def test_every_text_of_every_ready_instrument_can_be_put() -> None:
    for name in files.ready_names():
        whole = files.ready(name)
        typed = {where: f"{where}!" for where, words in texts(whole) if words.get("en")}
        changed = set_texts(whole, "es", typed)
        assert {where: words["es"] for where, words in texts(changed) if words.get("en")} == typed
        assert remove_language(changed, "es") == remove_language(whole, "es")


def test_the_differences_of_an_instrument_with_itself_are_none() -> None:
    names = files.ready_names()
    assert names
    assert [name for name in names if differences(files.ready(name), files.ready(name))] == []


def test_differences_name_place_language_and_both_words() -> None:
    changed = set_texts(THUMBS, "es", {"title": "¿Cómo lo hicimos hoy?"})
    changed = editing.remove_question(changed, 4)
    changed = editing.replace_question(changed, 1, replace(changed.questions[0], required=False))
    found = {(one.where, one.language): (one.before, one.after) for one in differences(THUMBS, changed)}
    assert found["title", "es"] == ("¿Cómo lo hicimos?", "¿Cómo lo hicimos hoy?")
    assert found["questions", ""] == ("trust, positive, negative, comment", "trust, positive, negative")
    assert found["questions.trust.required", ""] == ("true", "")
    assert found["questions.comment.words", "en"] == ("Anything else you would like to tell us?", "")
    assert ("questions.positive.words", "en") not in found


@given(st.text(max_size=40), st.text(max_size=40))
def test_the_pieces_of_a_difference_make_up_both_texts(before: str, after: str) -> None:
    pieces = Difference("title", "en", before, after).pieces
    kept_or_gone = "".join(text for kind, text in pieces if kind != "new")
    kept_or_new = "".join(text for kind, text in pieces if kind != "gone")
    assert (kept_or_gone, kept_or_new) == (before, after)
