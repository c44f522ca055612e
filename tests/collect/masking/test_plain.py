"""Texts are made plain without losing track of where their characters stood."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearback.collect.masking.plain import MOST_REMEMBERED, _Characters, plain


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("０７８‑０５", "078-05"),
        ("٢٠٢–२०२", "202-202"),
        ("a\u00a0b\u2009c\td", "a b c d"),
        ("José ﹫ İz", "Jose @ Iz"),
        ("l’eau·x", "l'eau.x"),
        ("1\u200b2\u00ad3\u20e3", "123"),
        ("a\r\nb", "a\n\nb"),
        ("Иван 王", "Иван 王"),
    ],
)
def test_writes_of_all_kinds_are_read_as_one(written: str, read: str) -> None:
    assert plain(written).text == read


def test_ordinary_texts_are_not_copied() -> None:
    text = "Room 12 was fine."
    assert plain(text).text is text
    assert plain(text).starts is None


def test_places_are_those_of_the_original() -> None:
    text = "a\u200bbe\u0301c"
    made = plain(text)
    assert made.text == "abec"
    assert [made.in_original(i) for i in range(5)] == [0, 2, 3, 5, 6]


@settings(deadline=None)
@given(st.text())
def test_every_character_has_a_place_and_being_plain_is_stable(text: str) -> None:
    made = plain(text)
    assert made.in_original(len(made.text)) == len(text)
    assert plain(made.text).text == made.text
    assert len(made.text.lower()) == len(made.text)


def test_no_character_grows_in_small_letters() -> None:
    grow = [one for one in map(chr, range(0x110000)) if len(one.lower()) != 1]
    assert grow
    assert [one for one in grow if len(plain(one).text.lower()) != 1] == []


def test_what_is_remembered_of_characters_stays_small() -> None:
    characters = _Characters()
    assert all(characters[point] == chr(point) for point in range(0x20000, 0x20000 + MOST_REMEMBERED + 5))
    assert len(characters) == 5
