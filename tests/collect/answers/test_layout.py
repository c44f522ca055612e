"""A layout that cannot be used is refused, with the field, what is wrong and what to do."""

import json
from typing import Any

import pytest

from hearback.collect.answers.layout import LayoutNotValid, ReadFile, decode_layout, source_of
from hearback.collect.answers.layout_rules import check_layout
from tests.collect.answers.small import LAYOUT, layout, question

DATE = LAYOUT["day"]
CHANNEL, AGE = LAYOUT["channel"], LAYOUT["groups"]["age_band"]


def refusal(file: ReadFile) -> str:
    with pytest.raises(LayoutNotValid) as caught:
        check_layout(decode_layout(file), file.name, 10)
    return str(caught.value)


def test_a_good_layout_names_its_columns_and_its_days() -> None:
    found = decode_layout(layout())
    period = check_layout(found, "layout.json", 10)
    assert (str(period.starts_on), str(period.ends_before)) == ("2021-01-01", "2021-02-01")
    assert found.columns == {
        "day": "when", "channel": "how", "language": "tongue", "groups.age_band": "age",
        "questions.trust": "q1", "questions.solved": "q2", "weight": "w",
    }  # fmt: skip


def test_words_for_all_answers_and_a_fixed_day_need_no_column() -> None:
    fixed = {"kind": "fixed", "day": "2021-01-15", "because": "The file names the month only."}
    found = decode_layout(layout(channel="paper", language="english", day=fixed, weight=None, groups=None))
    check_layout(found, "layout.json", 10)
    assert found.columns == {"questions.trust": "q1", "questions.solved": "q2"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"{", "line 1, column 2: this is not JSON"),
        (b"\xff", "byte 0 is not UTF-8; save the file as UTF-8."),
        (b'{"survey": "a", "survey": "b"}', "field survey: it stands twice in one object; keep one of them."),
        (b"[" * 100_000, "too deep"),
        (b"[]", "docs/collect.md describes layouts"),
        (b"{}", "missing required field"),
    ],
)
def test_what_is_no_layout_is_refused(data: bytes, words: str) -> None:
    assert words in refusal(ReadFile("layout.json", data))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"format": "hearback-layout-2"}, "field format: 'hearback-layout-2' is not known"),
        ({"colour": "red"}, "unknown field `colour`"),
        ({"day": {**DATE, "kind": "moon"}}, "field day"),
        ({"survey": "Counter A"}, "use small letters, digits and hyphens"),
        ({"timing": "later"}, "field timing: 'later' is not known; write one of: during_visit, "),
        ({"sample_type": "big"}, "write one of: everybody, open, random, unknown"),
        ({"period": "January"}, "'January' is not a date"),
        ({"period": "1066"}, "field period"),
        ({"period": "FY2021 Q2"}, "write that"),
        ({"day": {**DATE, "pattern": "%Y-%m"}}, "field day.pattern: '%Y-%m' gives no full day"),
        ({"day": {**DATE, "pattern": "%Q"}}, "field day.pattern"),
        ({"day": {"kind": "day_of_month", "column": "when", "month": "2021"}}, "'2021' is no month"),
        ({"day": {"kind": "day_of_month", "column": "when", "month": "x"}}, "write it as 2017-05"),
        ({"day": {"kind": "day_of_month", "column": "when", "month": "2021-03"}}, "is not in 2021-01"),
        ({"day": {"kind": "fixed", "day": "2022-01-01", "because": "?"}}, "2022-01-01 is not in 2021-01"),
        ({"day": {"kind": "fixed", "day": "2021-01-01"}}, "missing required field `because`"),
        ({"day": {"kind": "fixed", "day": "2021-01-01", "because": ""}}, "field day.because"),
        ({"channel": "pigeon"}, "field channel: 'pigeon' is not known"),
        ({"channel": {**CHANNEL, "codes": {"1": "pigeon"}}}, "field channel.codes: 'pigeon' is not known"),
        ({"channel": {**CHANNEL, "codes": {}}}, "field channel.codes: no code stands for anything"),
        ({"language": "In English"}, "'In English' is no language"),
        ({"groups": {"Age": AGE}}, "'Age' cannot be the name of a group"),
        ({"groups": {"a": {**AGE, "codes": {"1": "unknown"}}}}, "'unknown' cannot be the name of a level"),
        ({"groups": {"a": {**AGE, "codes": {"1": " "}}}}, "' ' cannot be the name of a level"),
        ({"groups": {"a": {**AGE, "not_known": ["1"]}}}, "the code '1' has two meanings; keep one"),
        ({"groups": {"a": {**AGE, "not_known": [" 9"]}}}, "the code ' 9' has white space"),
        ({"groups": {"a": {"column": "age", "codes": {str(n): str(n) for n in range(121)}}}}, "121 levels"),
        ({"questions": []}, "field questions: there is none"),
        ({"questions": question(question="solved")}, "two have the question 'solved'"),
        ({"questions": question(column="q2")}, "two have the column 'q2'"),
        ({"questions": question(question="Trust?")}, "field questions.Trust?: 'Trust?' cannot be"),
        ({"questions": question(scale="stars")}, "field questions.trust.scale: 'stars' is not known"),
        ({"questions": question(wording_class="nice")}, "field questions.trust.wording_class"),
        ({"questions": question(version=0)}, "field questions[0].version"),
        ({"questions": question(codes={"1": 6})}, "'1' stands for 6, which is outside the scale five_point"),
        ({"questions": question(codes={"1": 0})}, "write a number from 1 to 5, or put the code under"),
        ({"questions": question(codes={"1": 1.5})}, "field questions[0].codes"),
        ({"questions": question(codes={})}, "no code stands for anything"),
        ({"questions": question(no_answer=["5"])}, "the code '5' has two meanings"),
        ({"questions": question(shown_when=["solved", 3])}, "nobody can answer solved with 3 here"),
        ({"questions": question(shown_when=["joy", 1])}, "nobody can answer joy with 1 here"),
    ],
)  # fmt: skip
def test_a_field_that_cannot_be_used_is_named(changed: dict[str, Any], words: str) -> None:
    message = refusal(layout(**changed))
    assert message.startswith("layout.json, field ") or "unknown field" in message or "`format`" in message
    assert words in message


def test_an_optional_question_opened_by_another_is_fine() -> None:
    check_layout(decode_layout(layout(questions=question(shown_when=["solved", 1]))), "layout.json", 10)


def test_a_byte_order_mark_is_read() -> None:
    assert (
        decode_layout(ReadFile("a.json", b"\xef\xbb\xbf" + json.dumps(LAYOUT).encode())).survey == "counter"
    )


def test_a_place_in_the_archive_belongs_to_a_survey_and_a_period() -> None:
    places = {source_of("a", "2017"), source_of("a", "2016"), source_of("b", "2017"), source_of("a2", "017")}
    assert len(places) == 4
    assert all(len(place) == 64 for place in places)
