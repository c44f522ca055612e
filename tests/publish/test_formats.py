"""Open data files."""

import csv
import io
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearback.measure.queries import ExclusionFact
from hearback.publish.formats import TABLES, data_files
from hearback.publish.formats.csv_format import to_csv
from hearback.publish.formats.tables import Table, columns
from hearback.ui.spreadsheet import safe_cell
from tests.publish.content import AGENCY, SCORE, content
from tests.publish.site import SMALL, small_site

FIRST_SCORE_COLUMNS = [
    "measure", "level", "subject", "quarter", "pool", "value", "low", "high", "n", "numerator",
    "numerator_name", "denominator", "denominator_name", "n_surveys", "method", "method_version", "flags",
    "reason", "inputs_sha256",
]  # fmt: skip


def test_every_table_is_written_as_csv_and_json() -> None:
    files = data_files(content())
    tables = {f"data/{t.name}.{kind}" for t in TABLES for kind in ("csv", "json")}
    described = {f"data/{t.name}.csv-metadata.json" for t in TABLES}
    whole = {"datapackage.json", *(f"data/{name}.json" for name in ("csv-metadata", "dictionary", "schema"))}
    big = {f"data/{name}.parquet" for name in ("scores", "surveys", "answers")}
    assert set(files) == tables | described | whole | big


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


def test_a_score_row_says_of_whom_it_is_how_sure_and_how_to_compute_it_again() -> None:
    of_group = replace(
        SCORE, dimension="language", group="es", se=0.05, df=49, n_effective=41.5,
        excluded=(("no_answers", 2), ("suppressed_small", 1)),
    )  # fmt: skip
    files = data_files(content(scores=(of_group, SCORE)))
    row, plain = csv.DictReader(io.StringIO(files["data/scores.csv"].decode()))
    assert (row["dimension"], row["group"], row["se"], row["df"]) == ("language", "es", "0.05", "49")
    assert (row["n_effective"], row["excluded"]) == ("41.5", "no_answers:2; suppressed_small:1")
    assert row["command"] == "hearback measure quarter FY2021-Q2 --dry-run"
    assert (plain["dimension"], plain["group"], plain["se"], plain["excluded"]) == ("all", "all", "", "")


def test_an_exclusion_names_the_question() -> None:
    left_out = ExclusionFact("s", "va-vha-2", "va-vha", "FY2021-Q2", "pools", "wording_own", "Own.", "ease")
    files = data_files(content(exclusions=(left_out,)))
    (row,) = csv.DictReader(io.StringIO(files["data/exclusions.csv"].decode()))
    assert row["question"] == "ease"


def test_columns_are_added_at_the_end_and_never_renamed() -> None:
    names = {table.name: [column.name for column in table.columns] for table in TABLES}
    assert names["scores"][:19] == FIRST_SCORE_COLUMNS
    assert names["exclusions"][:7] == [
        "survey", "service", "provider", "quarter", "scope", "reason", "explanation",
    ]  # fmt: skip


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


def test_where_a_value_may_be_held_back_a_column_says_why() -> None:
    small = replace(small_site(), surveys=(SMALL, replace(SMALL, respondents_reason="suppressed_small")))
    told = data_files(small)
    old, new = json.loads(told["data/surveys.json"])["rows"]
    assert (old["respondents_count"], old["respondents_count_reason"]) == (None, "untold")
    assert new["respondents_count_reason"] == "suppressed_small"
    (finding, _) = json.loads(told["data/findings.json"])["rows"]
    assert (finding["message"], finding["message_reason"]) == (None, "held_back")
