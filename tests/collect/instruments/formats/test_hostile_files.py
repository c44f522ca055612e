"""Whatever a file holds, it is read or refused with a reason, and expressions come to an end."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearback.collect.instruments.checking import faults
from hearback.collect.instruments.files import InstrumentNotValid
from hearback.collect.instruments.formats import FORMATS, FileNotRead, Format, read_any
from hearback.collect.instruments.formats.expressions import SURVEYJS, XPATH, Dialect, NotUnderstood, parse
from hearback.collect.instruments.formats.xlsform.workbook import write_sheets
from tests.collect.instruments.strategies import unhurried

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 400)
    | st.floats()
    | st.text(max_size=6)
    | st.sampled_from(["{q} = 1", "a", "2026-09-30", "<b>x</b>", "checkbox", "rating", "answer_01", "yes"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["default", "es", "value", "text"]), inner)
    ),
    max_leaves=4,
)
ELEMENT = (
    "type",
    "name",
    "title",
    "description",
    "isRequired",
    "visibleIf",
    "visible",
    "choices",
    "rateValues",
    "rateMin",
    "rateMax",
    "rateStep",
    "rateCount",
    "minRateDescription",
    "inputType",
    "valueTrue",
    "labelTrue",
    "min",
    "max",
    "maxLength",
    "maxSelectedChoices",
    "showOtherItem",
    "otherText",
    "showNoneItem",
    "hearback",
    "rows",
    "columns",
    "items",
    "html",
    "swapOrder",
)
KINDS = (
    "text",
    "rating",
    "boolean",
    "checkbox",
    "radiogroup",
    "matrix",
    "multipletext",
    "html",
    "comment",
    "dropdown",
)
QUESTION = (
    "id",
    "text",
    "answer_field",
    "position",
    "is_required",
    "form_section_id",
    "character_limit",
    "help_text",
    "question_options",
    "relationships",
    "placeholder_text",
)
FORM = (
    "name",
    "title",
    "kind",
    "instructions",
    "disclaimer_text",
    "success_text",
    "omb_approval_number",
    "expiration_date",
    "start_date",
    "notes",
)
CELLS = (
    "text",
    "integer",
    "select_one a",
    "select_multiple a or_other",
    "note",
    "begin_group",
    "end_group",
    "calculate",
    "begin repeat",
    "rank a",
    "acknowledge",
    "range",
    "image",
    "q",
    "Q 1",
    "${q} > 1",
    ". > 1",
    "likert",
    "yes",
    "a",
    "introduction",
    "other_text",
    "us_states",
    "multiline",
)
HEADINGS = (
    "type",
    "name",
    "label",
    "label::Spanish (es)",
    "hint",
    "required",
    "relevant",
    "constraint",
    "appearance",
    "hearback_type",
    "hearback_vocabulary",
    "media::image::English (en)",
)


def some(names: tuple[str, ...]) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(st.sampled_from(names), values, max_size=6)


elements = st.lists(
    st.tuples(some(ELEMENT), st.sampled_from(KINDS)).map(lambda pair: {**pair[0], "type": pair[1]}),
    max_size=3,
)
surveys = st.tuples(some(("title", "locale", "completedHtml", "hearback", "pages")), elements).map(
    lambda pair: {"pages": [{"elements": pair[1]}], **pair[0]}
)
forms = st.tuples(some(FORM), st.lists(some(QUESTION), max_size=4)).map(
    lambda pair: {
        "data": {"type": "forms", "attributes": pair[0], "relationships": {"questions": {"data": pair[1]}}}
    }
)


def check(kind: Format, data: bytes) -> None:
    try:
        found = kind.read(data)
    except (FileNotRead, InstrumentNotValid):
        return
    faults(found.instrument)
    assert all(loss.where and loss.what and loss.done for loss in found.losses)
    kind.write(found.instrument)


@unhurried
@given(surveys)
def test_a_survey_of_anything_is_read_or_refused(survey: dict[str, Any]) -> None:
    check(FORMATS[1], json.dumps(survey).encode())


@unhurried
@given(forms)
def test_a_form_of_anything_is_read_or_refused(form: dict[str, Any]) -> None:
    check(FORMATS[2], json.dumps(form).encode())


@unhurried
@given(st.lists(st.dictionaries(st.sampled_from(HEADINGS), st.sampled_from(CELLS), min_size=1), max_size=5))
def test_a_workbook_of_anything_is_read_or_refused(rows: list[dict[str, str]]) -> None:
    choices = [{"list_name": "a", "name": name, "label": name} for name in ("1", "2", "x y")]
    sheets = {"survey": (list(HEADINGS), rows), "choices": (["list_name", "name", "label"], choices)}
    check(FORMATS[0], write_sheets(sheets))


@given(
    st.binary(max_size=40)
    | st.text(max_size=40).map(str.encode)
    | values.map(lambda v: json.dumps(v).encode())
)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(FileNotRead, InstrumentNotValid):
        read_any(data)


words = st.sampled_from(
    ["{q}", "${q}", "'a'", "1", "and", "or", "not", "(", ")", "=", "<", "selected", ",", "!", "[", "]", "."]
)


@pytest.mark.parametrize("dialect", [XPATH, SURVEYJS])
@given(st.lists(words, max_size=12).map(" ".join) | st.text(max_size=12))
def test_an_expression_is_read_or_not_understood(dialect: Dialect, text: str) -> None:
    with suppress(NotUnderstood):
        parse(text, dialect)


@pytest.mark.parametrize("text", ["(" * 5000, "!" * 5000, "not(" * 5000, "[" * 5000, "1 = " * 5000])
@pytest.mark.parametrize("dialect", [XPATH, SURVEYJS])
def test_depth_is_not_understood(dialect: Dialect, text: str) -> None:
    with pytest.raises(NotUnderstood):
        parse(text, dialect)


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 100_000,
        b'{"pages":' * 5000,
        b"PK\x03\x04" + b"\0" * 50,
        b'key: "\\ud800"',
        b'{"pages": [], "title": "\\ud800"}',
        b'{"pages": [], "x": NaN}',
    ],
)
def test_a_file_that_is_nested_or_broken_is_refused(data: bytes) -> None:
    with pytest.raises((FileNotRead, InstrumentNotValid)):
        read_any(data)
