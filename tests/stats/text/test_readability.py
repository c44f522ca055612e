"""How hard a text is to read, against counts made by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearback.stats.text import reading_of, sentences_of

SIX_SENTENCES = (
    "We heard from you that the form takes too long. So we cut it from nine pages to two. "
    "You can now send it from a phone. Most people are done in six minutes. "
    "We will check again in May. Tell us if it does not work for you."
)


def test_the_grade_is_that_of_the_formula() -> None:
    # Counted by hand: 10+9+8+7+6+9 words; 37+27+25+29+21+27 letters.
    found = reading_of(SIX_SENTENCES)
    assert (found.n_words, found.n_sentences) == (49, 6)
    assert found.grade == pytest.approx(max(1.0, 4.71 * 166 / 49 + 0.5 * 49 / 6 - 21.43))
    assert found.long_sentences == ()


def test_long_words_and_long_sentences_make_it_harder() -> None:
    hard = (
        "The implementation of interoperable identity verification capabilities necessitates comprehensive "
        "interdepartmental coordination, notwithstanding heterogeneous procurement authorities, statutory "
        "limitations and organizational prioritization considerations affecting participating departments "
        "and their respective constituent administrations nationwide."
    )
    found = reading_of(hard)
    # 30 words and 320 letters in one sentence, counted by other means (split at blanks, letters counted).
    assert (found.n_words, found.n_sentences) == (30, 1)
    assert found.grade == pytest.approx(4.71 * 320 / 30 + 0.5 * 30 - 21.43)
    assert found.long_sentences == (hard,)


def test_a_short_text_has_no_grade() -> None:
    found = reading_of("We cut the wait to two days.")
    assert (found.n_words, found.n_sentences, found.grade) == (7, 1, None)
    assert reading_of(" \n ") == type(found)(0, 0, None, ())


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It costs 2.5 million, i.e. more. Less is.", ["It costs 2.5 million, i.e. more.", "Less is."]),
        ("The U.S. Office answers.", ["The U.S. Office answers."]),
        ("Done:\n\n- one form\n- two visits", ["Done:", "- one form", "- two visits"]),
        ("“Why?” she asked. (Nobody knew.) We do.", ["“Why?” she asked.", "(Nobody knew.)", "We do."]),
        ("¿Funciona? ¡Sí! Muy bien.", ["¿Funciona?", "¡Sí!", "Muy bien."]),
    ],
)  # fmt: skip
def test_where_sentences_end(text: str, sentences: list[str]) -> None:
    assert sentences_of(text) == sentences


@given(st.text(max_size=400))
def test_any_text_can_be_measured(text: str) -> None:
    found = reading_of(text)
    assert found.n_sentences <= found.n_words
    assert (found.grade is None) == (found.n_words < 30)
    assert found.grade is None or found.grade >= 1
