"""The labelled examples: how many there are, and how well they are masked."""

from typing import Any

import pytest

from hearback.cli.bench.masking import EXAMPLES, PARTS
from hearback.cli.bench.masking_report import Example, count, is_clear, parse_example, read_examples, report
from hearback.collect.masking import KINDS, Found, Masker
from hearback.ui.terminal import Refused


@pytest.fixture(scope="module")
def reports() -> dict[str, dict[str, Any]]:
    return {part: report(read_examples(EXAMPLES / part)) for part in PARTS}


def _all() -> list[Example]:
    return [example for part in PARTS for example in read_examples(EXAMPLES / part)]


def test_there_are_enough_examples_and_none_twice() -> None:
    examples = _all()
    assert len(examples) >= 400
    assert sum(not example.marked for example in examples) >= 150
    assert {one.kind for example in examples for one in example.marked} == set(KINDS)
    texts = [example.text for example in examples]
    assert [text for text in set(texts) if texts.count(text) > 1] == []


@pytest.mark.parametrize("part", PARTS)
def test_structured_kinds_are_found(part: str, reports: dict[str, dict[str, Any]]) -> None:
    assert reports[part]["structured"]["recall"] >= 0.98


@pytest.mark.parametrize("part", PARTS)
def test_little_else_is_masked(part: str, reports: dict[str, dict[str, Any]]) -> None:
    assert reports[part]["total"]["precision"] >= 0.95
    assert reports[part]["structured"]["precision"] >= 0.95


def test_every_example_is_masked_once_and_for_all() -> None:
    maskers: dict[tuple[str, ...], Masker] = {}
    for example in _all():
        masker = maskers.setdefault(example.countries, Masker(example.countries))
        masked = masker.mask(example.text).text
        assert masker.mask(masked).text is masked


def test_marks_are_taken_out_of_an_example() -> None:
    example = parse_example("Call {phone:555-0143} or {email:a@example.org}.", ["us"])
    assert example.text == "Call 555-0143 or a@example.org."
    assert example.marked == (Found("phone", 5, 13), Found("email", 17, 30))


def test_a_mark_of_no_known_kind_is_refused() -> None:
    with pytest.raises(Refused, match="'fone' is no kind"):
        parse_example("Call {fone:555-0143}", ["us"])


def test_a_find_that_takes_too_much_is_wrong_twice() -> None:
    example = parse_example("My name is {name:Jane} Doe, call {phone:202-555-0143}.", ["us"])
    counts = count([example])
    assert (counts.n_marked["name"], counts.n_found["name"], counts.n_right["name"]) == (1, 1, 0)
    assert counts.n_clear["name"] == 0
    assert counts.n_right["phone"] == 1
    shares = report([example])
    assert (shares["kinds"]["name"]["precision"], shares["kinds"]["name"]["recall"]) == (0.0, 0.0)
    assert (shares["structured"]["precision"], shares["total"]["recall"]) == (1.0, 0.5)
    assert shares["kinds"]["email"]["recall"] is None


def test_a_mark_is_clear_as_soon_as_one_digit_is_left() -> None:
    text, marked = "at 12-34 now", Found("account_number", 3, 8)
    assert is_clear(text, marked, [Found("phone", 3, 7)])
    assert not is_clear(text, marked, [Found("phone", 3, 5), Found("phone", 6, 8)])
