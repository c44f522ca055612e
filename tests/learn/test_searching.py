"""Searching: what is found, marked and put first, against texts small enough to read."""

import re
import unicodedata
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearback.learn.rules import (
    LONGEST_QUERY,
    MOST_TERMS,
    QueryNotGood,
    folded,
    hits,
    passage,
    shown,
    terms_of,
)
from hearback.learn.rules.marking import LONGEST_PASSAGE
from hearback.learn.rules.searching import fold


@dataclass(frozen=True)
class Text:
    title: str
    texts: tuple[str, ...] = ()
    key: str = "k"


def finds(query: str, *texts: str) -> bool:
    return bool(hits(terms_of(query), folded([Text(texts[0], texts[1:])])))


def marked(query: str, text: str) -> list[str]:
    return [piece.text for piece in passage(terms_of(query), text).pieces if piece.is_found]


@pytest.mark.parametrize(("query", "text", "is_found"), [
    ("form clerk", "The clerk lost her form.", True),
    ("form clerk", "The form.", False),
    ("FORM", "the form", True),
    ("cafe", "At the CAFÉ", True),
    ("café", "cafe\u0301 latte", True),
    ("strasse", "Die Straße", True),
    ("don lodz", "Đơn, Łódź", True),
    ("form", "Forms repeat", True),
    ("orm", "Forms repeat", False),
    ('"form"', "Forms repeat", False),
    ('"which form"', "Nobody knows which form.", True),
    ('"which form"', "Which of the form", False),
    ('"which  form"', "which -\nform", True),
    ("“which form”", "which form", True),
    ('"which form', "which form", True),
    ("e-mail", "by e-mails", True),
    ("e-mail", "mail e", False),
    ("2026", "in 2026-05", True),
    ("a_b", "a b", True),
    ("申請", "我要申請表", True),
    ("請表 form", "申請表 forms", True),
    ("申表", "我要申請表", False),
    ("форма", "ФОРМА", True),
])  # fmt: skip
def test_what_is_found(query: str, text: str, is_found: bool) -> None:
    assert finds(query, text) == is_found


def test_words_may_stand_in_different_texts_of_a_thing_but_a_phrase_in_one() -> None:
    assert finds("form lost", "the form", "was lost")
    assert not finds('"form was"', "the form", "was lost")


def test_the_same_word_is_asked_for_once_and_no_word_is_no_term() -> None:
    assert len(terms_of("form FORM fórm")) == 1
    assert terms_of(' , "" — ') == ()


@pytest.mark.parametrize(
    "query", ["x" * (LONGEST_QUERY + 1), " ".join(f"w{n}" for n in range(MOST_TERMS + 1))]
)
def test_too_much_is_refused_with_what_is_allowed(query: str) -> None:
    with pytest.raises(QueryNotGood, match=r"search for \d+ or fewer at once"):
        terms_of(query)


def test_what_stands_first() -> None:
    things = [
        Text("Nothing here", ("the form, the form, the form",), "many"),
        Text("Nothing here", ("the form",), "b"),
        Text("Nothing here", ("the form",), "a"),
        Text("Nothing here", ("forms only",), "begun"),
        Text("A form", (), "title"),
        Text("Some forms", (), "title-begun"),
        Text("None of it", ("lost",), "gone"),
    ]
    assert [hit.thing.key for hit in hits(terms_of("form"), folded(things))] == [
        "title", "title-begun", "many", "a", "b", "begun",
    ]  # fmt: skip


def test_whole_words_are_marked_as_they_were_written() -> None:
    assert marked("form cafe", "Die Formen im Cafe\u0301 – CAFÉ") == ["Formen", "Cafe\u0301", "CAFÉ"]
    assert marked('"strasse am"', "Straße am See") == ["Straße am"]
    assert marked("form forms", "forms") == ["forms"]


def test_the_passage_is_where_most_of_the_words_stand() -> None:
    far = "clerk " + "word " * 200 + "the clerk lost the form " + "word " * 200
    found = passage(terms_of("clerk form"), far)
    assert [piece.text for piece in found.pieces if piece.is_found] == ["clerk", "form"]
    assert re.fullmatch("…word.*word…", str(found))
    assert len(str(found)) <= LONGEST_PASSAGE + 2
    assert str(passage(terms_of("clerk"), "")) == ""


def test_beside_the_title_stands_the_text_with_what_the_title_lacks() -> None:
    thing = Text("Clerk and form", ("clerk, form", "the desk", "a clerk at a desk by the window"))
    title, more = shown(terms_of("clerk form desk window"), thing)
    assert (str(title), str(more)) == ("Clerk and form", "a clerk at a desk by the window")
    assert [piece.text for piece in more.pieces if piece.is_found] == ["clerk", "desk", "window"]
    assert shown(terms_of("clerk form"), thing)[1] is None


@given(st.text(max_size=400))
def test_signs_are_folded_one_by_one(text: str) -> None:
    assert fold(text) == "".join(map(fold, text))


SIGNS = st.characters(codec="utf-8", exclude_categories=("Cs",))


@given(st.text(SIGNS, max_size=600), st.text(SIGNS, max_size=20))
def test_a_passage_is_cut_out_of_the_text_and_marks_what_is_asked_for(text: str, query: str) -> None:
    terms = terms_of(query)
    found = passage(terms, text)
    assert str(found).strip("…") in text
    for piece in found.pieces:
        if piece.is_found:
            assert any(term.pattern.search(fold(piece.text)) for term in terms)


@given(st.lists(st.sampled_from(["ab", "abc", "b", "x1", "ábc"]), min_size=1, max_size=8), st.data())
def test_every_beginning_of_every_word_finds_it(words: list[str], data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(words))
    begun = word[: data.draw(st.integers(1, len(word)))]
    text = " ".join(words)
    assert finds(begun, text)
    plain = [unicodedata.normalize("NFKD", one).encode("ascii", "ignore").decode() for one in words]
    wanted = unicodedata.normalize("NFKD", begun).encode("ascii", "ignore").decode()
    assert len(re.findall(r"\S+", " ".join(marked(begun, text)))) == sum(
        one.startswith(wanted) for one in plain
    )
