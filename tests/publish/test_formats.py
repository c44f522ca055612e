"""Open data files."""

import csv
import io
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearback.publish.formats import TABLES, data_files
from hearback.publish.formats.csv_format import safe_cell, to_csv
from hearback.publish.formats.tables import Table, columns
from tests.publish.content import AGENCY, SCORE, content


def test_every_table_is_written_as_csv_and_json() -> None:
    files = data_files(content())
    assert set(files) == {f"data/{t.name}.{kind}" for t in TABLES for kind in ("csv", "json")}


def test_csv_and_json_hold_the_same_rows() -> None:
    files = data_files(content())
    for table in TABLES:
        rows = list(csv.DictReader(io.StringIO(files[f"data/{table.name}.csv"].decode())))
        objects = json.loads(files[f"data/{table.name}.json"])
        assert len(rows) == len(objects["rows"])
        assert [c["name"] for c in objects["columns"]] == [c.name for c in table.columns]


def test_a_score_row_keeps_every_digit_and_its_interval() -> None:
    value = 1 / 3
    files = data_files(content(scores=(replace(SCORE, value=value),)))
    row = next(csv.DictReader(io.StringIO(files["data/scores.csv"].decode())))
    assert float(row["value"]) == value
    assert (row["low"], row["high"], row["n"], row["method"]) == ("0.692", "0.902", "50", "wilson")


def test_an_unknown_value_is_an_empty_cell_beside_its_reason_and_null_in_json() -> None:
    hidden = replace(SCORE, value=None, low=None, high=None, n=None, reason="suppressed_small")
    files = data_files(content(scores=(hidden,)))
    row = next(csv.DictReader(io.StringIO(files["data/scores.csv"].decode())))
    assert (row["value"], row["n"], row["reason"]) == ("", "", "suppressed_small")
    assert json.loads(files["data/scores.json"])["rows"][0]["value"] is None


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_a_text_that_starts_like_a_formula_is_made_harmless(start: str) -> None:
    agency = replace(AGENCY, name=f"{start}HYPERLINK()")
    row = next(
        csv.DictReader(
            io.StringIO(data_files(content(agencies=(agency,)))["data/agencies.csv"].decode(), newline="")
        )
    )
    assert row["name"].startswith("'")


def test_negative_numbers_stay_numbers() -> None:
    table = Table("t", "T", columns(a="A number."), lambda _: [])
    assert to_csv(table, [(-1,), (-0.5,)]).decode() == "a\r\n-1\r\n-0.5\r\n"


@given(st.text(max_size=40))
def test_a_safe_cell_never_starts_like_a_formula(text: str) -> None:
    assert not safe_cell(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
