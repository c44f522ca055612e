"""The code book: codes keep their meaning, on disk too, and what cannot be a code is refused."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearback.collect.archive import CodeBook, CodeNotValid, Form, Item
from hearback.collect.archive.codes import MOST_LEVELS, check_name, read_codes, write_codes

TRUST = Item("trust", 2, "Do you trust us?", "stated_trust", "thumbs")
REASON = Item("reason_wait", scale="ticked", shown_when=("trust", 1))
FORM = Form(
    "clinic", "care", "hospital", (TRUST, REASON), ("age_band",), 3, "Clinic", "periodic", True, "random"
)


def filled() -> CodeBook:
    """Make a book with two forms, three contexts and two groups."""
    book = CodeBook()
    book.context(FORM, "phone", "en")
    book.context(FORM, "paper", "es")
    book.context(Form("office", "benefits", "agency", (Item("trust"),)), "phone", "en")
    book.level("age_band", "18-34")
    book.level("age_band", "65+")
    book.level("first_time", "yes")
    book.next_number = 17
    return book


def test_a_code_book_comes_back_from_its_file_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "codes.json").write_bytes(write_codes(filled()))
    found = read_codes(tmp_path / "codes.json")
    assert found == filled()
    assert found.context(FORM, "paper", "es") == 1
    assert found.level("age_band", "65+") == 2
    assert found == filled(), "asking for what is there changed the book"


def test_equal_books_are_equal_bytes() -> None:
    assert write_codes(filled()) == write_codes(filled())


@given(
    st.lists(st.tuples(st.integers(1, 3), st.sampled_from(["phone", "paper"]), st.sampled_from(["en", "es"])))
)
def test_a_context_has_one_code_and_a_code_one_context(asked: list[tuple[int, str, str]]) -> None:
    book = CodeBook()
    codes = [
        book.context(Form("clinic", "care", "hospital", (TRUST,), version=version), channel, language)
        for version, channel, language in asked
    ]
    assert len(set(codes)) == len(set(asked)) == len(book.contexts)
    for code, (version, channel, language) in zip(codes, asked, strict=True):
        assert book.form_of(code).version == version
        assert book.contexts[code][1:] == (channel, language)


def test_contexts_count_from_0_and_levels_from_1() -> None:
    book = CodeBook()
    assert [book.context(FORM, channel, "en") for channel in ("phone", "paper", "phone")] == [0, 1, 0]
    assert [book.level("age_band", level) for level in ("18-34", "65+", "18-34")] == [1, 2, 1]


def test_the_groups_of_a_form_have_their_place_before_anybody_has_a_level() -> None:
    book = CodeBook()
    book.context(FORM, "phone", "en")
    assert book.groups == {"age_band": []}


def test_questions_stand_in_the_order_in_which_they_came() -> None:
    assert filled().questions() == ["trust", "reason_wait"]


@pytest.mark.parametrize(
    "name", ["", "Trust", "1st", "_a", "a-b", "a b", "a\n", "ä", 'a"; DROP TABLE x', "a" * 41, "٣a", "a٣"]
)
def test_a_name_that_cannot_be_a_column_is_refused(name: str) -> None:
    with pytest.raises(CodeNotValid, match="cannot be the name of a question; begin with a letter"):
        check_name(name, "question")


@pytest.mark.parametrize("name", ["a", "a1", "age_band", "a" * 40])
def test_a_plain_name_is_taken(name: str) -> None:
    check_name(name, "group")


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (Form("s", "a", "b", ()), "survey s asks nothing, or one question twice"),
        (Form("s", "a", "b", (Item("x"), Item("x", 2))), "one question twice: x, x"),
        (Form("s", "a", "b", (Item("X"),)), "'X' cannot be the name of a question"),
        (Form("s", "a", "b", (Item("x"),), ("Age",)), "'Age' cannot be the name of a group"),
        (Form("s", "a", "b", (Item("x"),), ("age", "age")), "names one group twice: age, age"),
        (Form("s", "a", "b", (Item("x", scale="stars"),)), "asks x on the scale 'stars'; use five_point"),
    ],
)
def test_a_form_that_cannot_be_archived_is_refused_and_not_kept(form: Form, words: str) -> None:
    book = CodeBook()
    with pytest.raises(CodeNotValid, match=words):
        book.context(form, "phone", "en")
    assert book == CodeBook()


def test_a_changed_form_needs_a_new_version() -> None:
    book = filled()
    changed = Form("office", "benefits", "agency", (Item("trust", wording="Other words"),))
    with pytest.raises(
        CodeNotValid, match="survey office version 1 is archived with other questions or words"
    ):
        book.context(changed, "phone", "en")
    assert book == filled()


def test_too_many_levels_are_no_group() -> None:
    book = CodeBook()
    for number in range(MOST_LEVELS):
        assert book.level("postcode", str(number)) == number + 1
    with pytest.raises(CodeNotValid, match=f"group postcode has more than {MOST_LEVELS} levels"):
        book.level("postcode", "one more")


def test_a_book_continues_an_earlier_one_only_if_no_code_changed() -> None:
    earlier, later = filled(), filled()
    later.context(FORM, "email", "en")
    later.level("age_band", "35-64")
    later.level("disability", "no")
    assert later.continues(earlier)
    assert not earlier.continues(later)
    assert earlier.continues(CodeBook())


@pytest.mark.parametrize(
    "change",
    [
        lambda book: book.forms.reverse(),
        lambda book: book.contexts.reverse(),
        lambda book: book.groups["age_band"].reverse(),
        lambda book: book.groups.update({"age_band": book.groups.pop("age_band")}),
        lambda book: book.groups.pop("first_time"),
    ],
)
def test_a_book_with_changed_codes_does_not_continue(change: Callable[[CodeBook], Any]) -> None:
    other = filled()
    change(other)
    assert not other.continues(filled())


def test_an_archive_without_a_book_has_an_empty_one(tmp_path: Path) -> None:
    assert read_codes(tmp_path / "codes.json") == CodeBook()


def _form(**changed: Any) -> Callable[[dict[str, Any]], None]:
    return lambda written: written["forms"][0].update(changed)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            lambda w: w.update(format="other"),
            "has the format 'other'; this version reads 'hearback-answers-1'",
        ),
        (lambda w: w.pop("forms"), "is no code book of an archive"),
        (_form(items=[{"question": "x; DROP"}]), "'x; DROP' cannot be the name of a question"),
        (_form(groups=["nowhere"]), "survey clinic has a group that is not listed"),
        (lambda w: w["groups"].update({"A B": []}), "'A B' cannot be the name of a group"),
        (lambda w: w["groups"].update(age_band=["x", "x"]), "group age_band has a level twice"),
        (lambda w: w["contexts"].append([9, "phone", "en"]), "a context is of a form that is not there"),
        (lambda w: w["contexts"].append([-1, "phone", "en"]), "a context is of a form that is not there"),
        (lambda w: w["contexts"].append([0, "phone", "en"]), "a context stands there twice"),
        (
            lambda w: w["forms"].append({**w["forms"][0], "name": "x"}),
            "a version of a survey stands there twice",
        ),
        (lambda w: w.update(next_number=-1), "the number of the next response is negative"),
    ],
)
def test_a_book_that_was_changed_by_hand_is_refused(
    tmp_path: Path, change: Callable[[dict[str, Any]], Any], words: str
) -> None:
    file = tmp_path / "codes.json"
    written = json.loads(write_codes(filled()))
    change(written)
    file.write_text(json.dumps(written), encoding="utf-8")
    with pytest.raises(CodeNotValid, match=words) as refused:
        read_codes(file)
    assert str(file) in str(refused.value)


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff\xfe"])
def test_a_file_that_is_no_book_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "codes.json").write_bytes(data)
    with pytest.raises(CodeNotValid, match="is no code book of an archive"):
        read_codes(tmp_path / "codes.json")
