"""Each kind of file is known by its header, and each row becomes the same survey whatever the kind."""

from decimal import Decimal
from typing import Any

import pytest

from hearback.collect.importers import IMPORTERS, recognise, unknown_columns
from hearback.collect.parsed import FileRefused, ParsedRow, RowRefused
from tests.collect.files import (
    COUNTS,
    Cells,
    admin_row,
    columns_of,
    exchange_row,
    importer_of,
    quarterly_row,
    question,
    trust_row,
)

ROWS = {
    "quarterly_v1": quarterly_row,
    "admin_export_v1": admin_row,
    "trust_counts": trust_row,
    "hearback_quarterly": exchange_row,
}
KINDS = sorted(ROWS)


def read(kind: str, row: Cells) -> ParsedRow:
    """Read one row the way an import does."""
    columns = columns_of(kind)
    importer, where = recognise(list(columns))
    assert importer.kind == kind
    return importer.prepare(where)([str(row.get(column, "")) for column in columns])


def kinds(row: ParsedRow) -> set[str]:
    """Name the kinds of what the importer itself found odd."""
    return {odd.kind for odd in row.oddities}


def test_every_importer_is_tried_here() -> None:
    assert {importer.kind for importer in IMPORTERS} == set(ROWS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_known_by_its_header_in_any_order_with_extra_columns(kind: str) -> None:
    header = ["surplus", *reversed(columns_of(kind))]
    importer, where = recognise([f" {name} " for name in header])
    assert importer.kind == kind
    assert where["surplus"] == 0
    assert [odd.column for odd in unknown_columns(importer, where)] == ["surplus"]


@pytest.mark.parametrize("kind", KINDS)
def test_no_column_that_is_read_may_be_missing(kind: str) -> None:
    importer = importer_of(kind)
    for missing in importer.columns:
        header = [column for column in columns_of(kind) if column != missing]
        with pytest.raises(FileRefused, match=f"Nearest is {kind}.*{missing}"):
            recognise(header)


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (["a", "b"], "no column in common"),
        (["id;channel;rating"], "not separated by commas"),
        (["id\tchannel"], "not separated by commas"),
        (["channel", "id", "channel"], "'channel' stands in the header more than once"),
        (["fiscal_year", "quarter", "rating"], "Nearest is trust_counts .* more"),
    ],
)
def test_an_unknown_header_is_refused_with_the_nearest_kind(header: list[str], said: str) -> None:
    with pytest.raises(FileRefused, match=said) as refused:
        recognise(header)
    assert refused.value.row == 1


@pytest.mark.parametrize("kind", KINDS)
def test_all_kinds_give_the_same_survey(kind: str) -> None:
    row = read(kind, ROWS[kind]())
    assert (row.quarter, row.provider_code, row.service_code) == ("FY2021-Q2", "21", "2")
    assert (row.name, row.channel, row.timing) == ("Outpatient Services", "email", "post_transaction")
    assert (row.customers_count, row.offered_count, row.respondents_count) == (90000, 1000, 300)
    trust = next(asked for asked in row.questions if asked.code == "trust")
    assert (trust.counts, trust.wording_class, trust.scale) == (COUNTS[2], "increased_trust", "five_point")
    assert trust.mean == (None if kind == "admin_export_v1" else Decimal("3.94"))
    assert row.oddities == ()


@pytest.mark.parametrize("kind", ["quarterly_v1", "admin_export_v1"])
def test_standard_questions_are_always_there_and_empty_ones_of_the_agency_are_not(kind: str) -> None:
    prefix = "attributes_" if kind == "quarterly_v1" else ""
    none_asked = question(7, (0,) * 5, prefix=prefix)
    own = question(9, (1, 0, 0, 0, 0), text="Own", prefix=prefix)
    row = read(kind, ROWS[kind]() | none_asked | own)
    assert [asked.code for asked in row.questions] == [
        "satisfaction", "trust", "effectiveness", "ease", "efficiency", "transparency", "employee",
        "agency_9",
    ]  # fmt: skip
    assert row.questions[6].wording_class == "not_asked"
    assert row.questions[6].scale == "unknown"


def test_volumes_of_published_files_are_not_reported_where_they_are_zero() -> None:
    row = read("quarterly_v1", quarterly_row(volume_of_customers="0.0"))
    assert row.customers_count == 0
    assert row.reported(row.customers_count) is None


def test_a_zero_in_the_exchange_format_is_a_zero() -> None:
    row = read("hearback_quarterly", exchange_row(respondents=0, customers=""))
    assert row.reported(row.respondents_count) == 0
    assert row.reported(row.customers_count) is None


def test_the_swapped_name_and_abbreviation_of_the_export_are_found() -> None:
    swapped = {
        "collection_organization_name": "DOE",
        "collection_organization_abbreviation": "Department of Example",
    }
    found = read("admin_export_v1", admin_row(**swapped)).oddities
    assert [(odd.kind, odd.column) for odd in found] == [
        ("name_and_abbreviation_swapped", "collection_organization_name")
    ]


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"omb_control_number": "OMB Control Number"}, "placeholder_text"),
        ({"federal_register_url": "federal register url "}, "placeholder_text"),
        ({"q8_text": "Question 8"}, "placeholder_text"),
        ({"updated_at": "2021-03-31T23:00:00Z"}, "updated_before_quarter_ended"),
    ],
)
def test_what_the_form_or_the_calendar_betrays_is_found(changes: dict[str, Any], kind: str) -> None:
    assert kinds(read("quarterly_v1", quarterly_row(**changes))) == {kind}


def test_a_control_number_after_the_text_of_the_form_is_no_placeholder() -> None:
    row = read("quarterly_v1", quarterly_row(omb_control_number="OMB Control Number 1090-0007"))
    assert row.oddities == ()


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"sample_size": 101}, "sample_size"),
        ({"strongly_agree_or_agree_num": 71}, "strongly_agree_or_agree_num"),
    ],
)
def test_a_printed_total_that_is_no_sum_is_found(changes: dict[str, Any], column: str) -> None:
    found = read("trust_counts", trust_row(**changes)).oddities
    assert [(odd.kind, odd.column) for odd in found] == [("total_disagrees", column)]


def test_an_unknown_reporting_status_is_found_and_not_kept() -> None:
    row = read("trust_counts", trust_row(rating="MOSTLY"))
    assert row.rating is None
    assert kinds(row) == {"rating_unknown"}


def test_the_trust_file_takes_trust_only() -> None:
    with pytest.raises(RowRefused, match="for trust only"):
        read("trust_counts", trust_row(metric_category="ease"))


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"timing": "later"}, "timing"),
        ({"rating": "true"}, "rating"),
        ({"trust_wording_class": "liked"}, "trust_wording_class"),
        ({"trust_scale": ""}, "trust_scale"),
        ({"trust_3": "x"}, "trust_3"),
        ({"fiscal_quarter": "FY2021-Q5"}, "fiscal_quarter"),
    ],
)
def test_the_exchange_format_takes_its_own_words_only(changes: dict[str, Any], column: str) -> None:
    with pytest.raises(RowRefused) as refused:
        read("hearback_quarterly", exchange_row(**changes))
    assert refused.value.column == column


def test_a_question_without_any_cell_is_not_in_the_exchange_row() -> None:
    assert [asked.code for asked in read("hearback_quarterly", exchange_row()).questions] == ["trust"]


@pytest.mark.shared
def test_the_administrative_export_has_the_92_columns_of_its_description(shared: Any) -> None:
    import csv

    with (shared / "data/published/file_shapes.csv").open(encoding="utf-8", newline="") as file:
        listed = [
            row["column"]
            for row in csv.DictReader(file)
            if row["file_kind"].startswith("omb_cx_reporting_collections (v1")
        ]
    assert len(listed) == 92
    assert set(listed) == set(columns_of("admin_export_v1"))
