"""Instruments as text: what is read, and what is refused with a reason."""

from typing import Any

import jsonschema
import msgspec
import pytest
from hypothesis import given

from hearback.collect.instruments import files
from hearback.collect.instruments.definition import Instrument
from hearback.collect.instruments.files import (
    InstrumentNotValid,
    read_valid_yaml,
    read_yaml,
    schema,
    write_yaml,
)
from hearback.collect.instruments.vocabularies import choices_of, names
from tests.collect.instruments.examples import instrument, question
from tests.collect.instruments.strategies import TYPES, instruments, unhurried
from tests.conftest import ROOT

SMALL = """
key: a
title: {no: Hei, en: Hello}
languages: [no, en]
pages:
- questions:
  - code: useful
    type: yes_no
    required: true
    words: {no: Nyttig}
    choices: [{code: 1, words: {no: Ja}}, {code: 0, words: {no: Nei}}]
"""


def refusal(text: str) -> str:
    with pytest.raises(InstrumentNotValid) as caught:
        read_valid_yaml(text)
    return str(caught.value)


def test_norway_and_codes_stay_what_they_are() -> None:
    made = read_valid_yaml(SMALL)
    assert made.languages == ("no", "en")
    assert made.title == {"no": "Hei", "en": "Hello"}
    assert [choice.code for choice in made.questions[0].choices] == ["1", "0"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [", "file: is not YAML"),
        ("a: &x 1\nb: *x", "aliases (*name) are not read"),
        ("- 1", "file: Expected `object`, got `array`"),
        ("", "file: Expected `object`"),
        ("key: a", "file: Object missing required field `title`"),
        (SMALL + "colour: red", "unknown field `colour`"),
        (SMALL.replace("type: yes_no", "type: smiley"), "pages[0].questions[0].type: Invalid enum value"),
        (SMALL.replace("required: true", "required: yes"), "pages[0].questions[0].required"),
        (SMALL.replace("key: a", "key: a\nformat: other-1"), "format: Invalid enum value"),
        (SMALL.replace("code: useful", "code: Useful"), "questions.Useful: begin a code"),
        ("[" * 3000, "file: is nested too deeply"),
        ("a" * (files.BIGGEST + 1), "longer than 2,000,000 characters"),
    ],
)
def test_a_text_that_is_no_instrument_is_refused_with_where_and_why(text: str, message: str) -> None:
    assert message in refusal(text)


def test_an_unfinished_instrument_is_read_with_its_faults() -> None:
    assert read_yaml(SMALL.replace("code: useful", "code: Useful")).questions[0].code == "Useful"


@pytest.mark.parametrize("name", files.ready_names())
def test_an_instrument_to_start_from_survives_writing(name: str) -> None:
    assert read_valid_yaml(write_yaml(files.ready(name))) == files.ready(name)


def test_an_instrument_of_no_known_name_is_not_there() -> None:
    with pytest.raises(KeyError):
        files.ready("../definition")


def test_lists_of_regions_are_found_by_name() -> None:
    assert names() == ("us_states",)
    states = choices_of(question("q", "region", vocabulary="us_states"))
    assert len({choice.code for choice in states}) == len(states) >= 52


def _plain(made: Instrument) -> Any:
    return {"format": made.format, **msgspec.to_builtins(made)}


@unhurried
@given(instruments())
def test_every_instrument_keeps_to_the_schema(made: Instrument) -> None:
    validator = jsonschema.Draft202012Validator(schema())
    plain = msgspec.json.decode(msgspec.json.encode(_plain(made)))
    assert [error.message for error in validator.iter_errors(plain)] == []


def test_the_schema_refuses_what_is_misspelt() -> None:
    validator = jsonschema.Draft202012Validator(schema())
    plain = msgspec.json.decode(msgspec.json.encode(_plain(instrument(question()))))
    plain["pages"][0]["questions"][0]["colour"] = "red"
    assert [list(error.path) for error in validator.iter_errors(plain)] == [["pages", 0, "questions", 0]]


def test_the_example_in_the_documents_can_be_used_and_has_every_field() -> None:
    page = (ROOT / "docs" / "instruments.md").read_text(encoding="utf-8")
    example = page.split("```yaml\n")[1].split("```")[0]
    made = read_valid_yaml(example)
    assert read_yaml(write_yaml(made)) == made
    missing = [field for field in Instrument.__struct_fields__ if f"{field}:" not in example]
    assert missing == []
    types = [kind for kind in TYPES if f"`{kind}`" not in page]
    assert types == []
