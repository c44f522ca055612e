"""The 17 columns: what is written, and what is read back."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearback.collect.instruments import files
from hearback.collect.instruments.answering import accept
from hearback.collect.instruments.definition import Instrument
from hearback.collect.instruments.prepared import Prepared
from hearback.collect.response_files.seventeen import (
    COLUMNS,
    DRIVERS,
    CellRefused,
    NotSeventeen,
    seventeen,
)

THUMBS, FIVE = files.ready("thumbs"), files.ready("thumbs_five_point")


def _row(instrument: Instrument, sent: dict[str, Any]) -> dict[str, str]:
    accepted = accept(Prepared(instrument), sent, "en")
    cells = seventeen(instrument).row("A-1", accepted.answers, accepted.not_shown)
    return dict(zip(COLUMNS, cells, strict=True))


def test_the_columns_are_those_of_the_published_upload_file() -> None:
    assert ",".join(COLUMNS) == (
        "external_id,question_1,positive_effectiveness,positive_ease,positive_efficiency,"
        "positive_transparency,positive_humanity,positive_employee,positive_other,negative_effectiveness,"
        "negative_ease,negative_efficiency,negative_transparency,negative_humanity,negative_employee,"
        "negative_other,question_4"
    )


def test_selected_not_selected_and_not_asked_are_three_things() -> None:
    row = _row(THUMBS, {"trust": "1", "positive": ["ease"], "comment": "Good"})
    assert (row["question_1"], row["question_4"]) == ("1", "Good")
    assert [row[f"positive_{d}"] for d in DRIVERS] == ["0", "1", "0", "0", "0", "0", "0"]
    assert {row[f"negative_{d}"] for d in DRIVERS} == {"null"}


def test_the_hidden_branch_can_be_written_as_their_exports_do() -> None:
    accepted = accept(Prepared(THUMBS), {"trust": "0", "negative": ["other"]}, "en")
    cells = seventeen(THUMBS).row("A-1", accepted.answers, accepted.not_shown, hidden="0")
    assert cells == ["A-1", "0", *"0000000", *"0000001", ""]


def test_three_of_five_belongs_to_the_negative_branch() -> None:
    row = _row(FIVE, {"trust": "3", "negative": ["efficiency"]})
    assert (row["negative_efficiency"], row["positive_efficiency"]) == ("1", "null")


def test_a_flag_of_the_hidden_branch_is_cleared_when_it_is_read() -> None:
    cells = dict.fromkeys(COLUMNS, "0") | {"question_1": "1", "positive_ease": "1", "negative_ease": "1"}
    read = seventeen(THUMBS).answers(cells | {"question_4": ""})
    accepted = accept(Prepared(THUMBS), read, "en")
    assert accepted.answers == {"trust": "1", "positive": ["ease"]}
    assert accepted.not_shown == ("negative",)


@pytest.mark.parametrize(("column", "cell"), [("positive_ease", "yes"), ("negative_other", "2")])
def test_a_flag_that_is_none_is_refused_by_its_column(column: str, cell: str) -> None:
    cells = dict.fromkeys(COLUMNS, "0") | {"question_4": "", column: cell}
    with pytest.raises(CellRefused, match="none of 1, 0, null") as refused:
        seventeen(THUMBS).answers(cells)
    assert refused.value.column == column


def test_a_form_without_trust_cannot_be_written() -> None:
    with pytest.raises(NotSeventeen, match="no trust question"):
        seventeen(files.ready("page_useful"))


@given(
    st.sampled_from([THUMBS, FIVE]),
    st.data(),
    st.lists(st.sampled_from(DRIVERS), unique=True),
    st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=50),
)
def test_what_is_written_is_read_back(
    instrument: Instrument, data: st.DataObject, drivers: list[str], comment: str
) -> None:
    codes = [choice.code for choice in instrument.questions[0].choices]
    sent = {
        "trust": data.draw(st.sampled_from(codes)),
        "positive": drivers,
        "negative": drivers,
        "comment": comment,
    }
    before = accept(Prepared(instrument), sent, "en")
    shape = seventeen(instrument)
    cells = dict(zip(COLUMNS, shape.row("1", before.answers, before.not_shown), strict=True))
    after = accept(Prepared(instrument), shape.answers(cells), "en")
    assert after.not_shown == before.not_shown
    assert {**after.answers, "positive": None, "negative": None} == {
        **before.answers, "positive": None, "negative": None,
    }  # fmt: skip
    for side in ("positive", "negative"):
        assert set(after.answers.get(side, ())) == set(before.answers.get(side, ()))
