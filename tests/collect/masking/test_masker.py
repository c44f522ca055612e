"""Masking takes personal data out and leaves the rest, whatever the text."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hearback.collect.masking import Found, Masker, countries
from hearback.collect.masking.check_digits import is_card, is_luhn
from hearback.collect.masking.words_of import languages

US = Masker(["us"])
EVERYWHERE = Masker(countries())
SPANISH = Masker(["us"], "es")

PIECES = st.sampled_from([
    "My SSN is ", "078-05-1120", "202-555-0143", " 4111 1111 1111 1111 ", "jane@example.org", "@",
    "my name is ", " at example dot org", "me llamo ", "Jane Doe", "Mr. ", "Officer ", "mr mr ",
    "case number ", "claim ", "0012345", "-", " ", "\n", "123 Main Street", "Calle Sol 45",
    ", Springfield, IL 62704", "DOB ", "01/02/1950", "[", "]", "[email removed]", "[teléfono eliminado]",
    "removed", "\u200b", "é", "e\u0301", "１２３", "٠١", "$", "1", "22", "333", "4444", ".", ",", "the",
    "FORM", "+1 ", "ext 9", "last four ", "6789", "account ", "phone ", "12345678Z",
    "GB82 WEST 1234 5698 7654 32", "\ufffc", "QQ123456C",
])  # fmt: skip
TEXTS = st.lists(PIECES, max_size=12).map("".join) | st.text()


def _cards() -> st.SearchStrategy[str]:
    """Every number of a card: a first digit, any digits, and the digit that checks."""
    return st.from_regex(r"[2-6][0-9]{11,17}", fullmatch=True, alphabet=st.characters(codec="ascii")).map(
        lambda start: next(start + digit for digit in "0123456789" if is_luhn(start + digit))
    )


def _grouped(number: str, sizes: list[int], separator: str) -> str:
    groups, rest = [], number
    for size in sizes:
        groups.append(rest[:size])
        rest = rest[size:]
    return separator.join(group for group in [*groups, rest] if group)


@settings(deadline=None)
@given(TEXTS)
@example("mr mr mr mr")
@example("my ssn is 123 45 6789 and 123-45-6789-0143")
def test_masking_twice_changes_nothing_more(text: str) -> None:
    for masker in (US, EVERYWHERE, SPANISH):
        once = masker.mask(text)
        again = masker.mask(once.text)
        assert (again.text, again.found) == (once.text, ())


@settings(deadline=None)
@given(TEXTS)
def test_a_text_masked_in_one_language_is_left_alone_in_another(text: str) -> None:
    masked = SPANISH.mask(text).text
    assert US.mask(masked).text is masked


@settings(deadline=None)
@given(TEXTS)
def test_spans_are_of_the_original_and_the_rest_of_it_is_kept(text: str) -> None:
    masked = EVERYWHERE.mask(text)
    words = languages()["en"].replacements
    made, last = "", 0
    for one in masked.found:
        assert last <= one.start < one.end <= len(text)
        made += text[last : one.start] + words[one.kind]
        last = one.end
    assert made + text[last:] == masked.text


@settings(deadline=None)
@given(
    st.text(
        alphabet=st.characters(exclude_categories=("Nd", "No", "Nl", "Lu", "Lt"), exclude_characters="@[(")
    )
)
def test_a_text_without_anything_to_find_comes_back_itself(text: str) -> None:
    quiet = text.lower()
    if not any(word in quiet for word in ("mr", "ms", "mx", "sr", "dr", "name", "nombre", "llamo", "arroba")):
        masked = US.mask(text)
        assert masked.text is text
        assert masked.found == ()


SEPARATORS = st.sampled_from(["", " ", "-", ".", "\n", "\u00a0", "\u2011", "  ", " - "])
AROUND = st.sampled_from(
    ["{}", "card {}", "I paid with {}.", "3 nights, {} 2 beds", "({})", "no{}no", "2024 {} 7"]
)


def _n_left(written: str, around: str) -> int:
    """Count the digits of a card that are left to read when it stands in a text."""
    start = around.index("{}")
    hidden = {i for one in US.mask(around.format(written)).found for i in range(one.start, one.end)}
    return sum(one.isdigit() and start + i not in hidden for i, one in enumerate(written))


@settings(deadline=None)
@given(_cards(), SEPARATORS, AROUND)
def test_no_digit_of_a_card_is_left(number: str, separator: str, around: str) -> None:
    assert is_card(number)
    layouts = [[1] * len(number), [len(number)]]
    layouts += [[4] * 4] if len(number) in {16, 19} else [[4, 6, 5]] if len(number) in {14, 15} else []
    for sizes in layouts:
        assert _n_left(_grouped(number, sizes, separator), around) == 0


@settings(deadline=None)
@given(_cards(), st.lists(st.integers(1, 6), max_size=18), SEPARATORS, AROUND)
def test_of_a_card_in_odd_groups_more_than_half_is_gone(
    number: str, sizes: list[int], separator: str, around: str
) -> None:
    assert _n_left(_grouped(number, sizes, separator), around) < len(number) / 2


@pytest.mark.parametrize("digits", ["０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗"])
def test_digits_of_other_scripts_are_digits(digits: str) -> None:
    text = "ssn 078-05-1120".translate(str.maketrans("0123456789", digits))
    assert US.mask(text).text == "ssn [ID number removed]"


def test_spans_never_carry_the_text() -> None:
    assert US.mask("Write to jane@example.org, not to me").found == (Found("email", 9, 25),)


def test_signs_that_are_not_seen_go_with_what_they_hide_in() -> None:
    assert US.mask("a 078\u200b-05-1120\u200b b").text == "a [ID number removed] b"
    assert US.mask("Dr. Jose\u0301 was late").text == "Dr. [name removed] was late"


def test_the_words_are_those_of_the_language() -> None:
    assert SPANISH.mask("Me llamo Jane Doe").text == "Me llamo [nombre eliminado]"


def test_the_rules_are_those_of_the_countries() -> None:
    text = "QQ 12 34 56 C"
    assert US.mask(text).text is text
    assert Masker(["gb", "gb"]).mask(text).text == "[ID number removed]"


def test_without_a_country_the_general_rules_hold() -> None:
    assert (
        Masker([]).mask("jane@example.org, 4111 1111 1111 1111").text
        == "[email removed], [card number removed]"
    )


def test_finds_that_overlap_become_one_of_the_surer_kind() -> None:
    masked = US.mask("account 202-555-0143-77")
    assert masked.text == "account [number removed]"
    assert [one.kind for one in masked.found] == ["account_number"]


def test_what_only_masking_brings_together_is_found_too() -> None:
    masked = US.mask("phone jane.doe.longer.name@mail.example.org 555 0143")
    assert masked.text == "phone [email removed] [phone number removed]"


@pytest.mark.parametrize("text", ["", " ", "[", "[email removed]", "[EMAIL REMOVED] and [nombre eliminado]"])
def test_what_is_masked_already_is_the_same_object(text: str) -> None:
    assert US.mask(text).text is text


@pytest.mark.parametrize(
    "text",
    ["(202) - 555 1234", "Ask at (202) - 555-1234 for it", "my driver's license: WDLABCD456DG"],
)
def test_a_rule_is_not_left_out_for_signs_between_digits_or_for_few_digits(text: str) -> None:
    masked = US.mask(text)
    assert len(masked.found) == 1
    assert [digits for digits in ("202", "555", "1234", "456") if digits in masked.text] == []
