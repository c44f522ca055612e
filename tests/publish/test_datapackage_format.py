"""The Data Package of a release, as its reference reader sees it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from hearback.publish.formats import TABLES, data_files
from hearback.publish.formats.meaning import CODES, KEYS, TYPES, WHY, links_of
from tests.publish.content import content
from tests.publish.sound import sound_site


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_reference_reader_finds_no_error_in_package_schemas_rows_keys_and_links(folder: Path) -> None:
    from frictionless import Package, validate

    report = validate(str(folder / "datapackage.json"))
    assert report.flatten(["type", "rowNumber", "fieldName", "message"]) == []
    assert report.valid
    assert len(report.tasks) == len(TABLES)
    scores = Package(str(folder / "datapackage.json")).get_resource("scores").read_rows()
    assert isinstance(scores[0]["n"], int)
    assert isinstance(scores[0]["flags"], list)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_reference_reader_finds_a_link_that_leads_nowhere(folder: Path) -> None:
    from frictionless import validate

    path = folder / "data" / "services.csv"
    path.write_bytes(path.read_bytes().replace(b"va-vha-2,", b"va-vha-x,"))
    assert "foreign-key" in {one for (one,) in validate(str(folder / "datapackage.json")).flatten(["type"])}


def test_the_package_names_licence_sources_version_and_what_an_empty_cell_means(
    files: dict[str, bytes],
) -> None:
    package = json.loads(files["datapackage.json"])
    assert package["licenses"][0]["name"] == "CC0-1.0"
    assert package["sources"] == [{"title": "example.org", "path": "https://example.org/"}]
    assert package["version"].startswith("1.0.0+")
    schemas = {one["name"]: one["schema"] for one in package["resources"]}
    assert all(one["missingValues"][0]["label"] for one in schemas.values())
    fields = {one["name"]: one for one in schemas["surveys"]["fields"]}
    assert fields["respondents_count"]["why"] == "respondents_count_reason"
    codes = {one["value"] for one in fields["respondents_count_reason"]["categories"]}
    assert {"suppressed_small", "not_reported"} <= codes


def test_equal_content_gives_equal_bytes_and_other_content_another_version(files: dict[str, bytes]) -> None:
    assert data_files(sound_site()) == files
    versions = {json.loads(one["datapackage.json"])["version"] for one in (files, data_files(content()))}
    assert len(versions) == 2


def _names() -> Iterator[str]:
    for table in TABLES:
        for column in table.columns:
            yield f"{table.name}.{column.name}"


def test_what_is_said_of_columns_is_said_of_columns_that_there_are() -> None:
    names = set(_names())
    bare = {name.partition(".")[2] for name in names}
    assert {one for one in TYPES if one not in names | bare} == set()
    assert set(CODES) - names == set()
    assert {f"{t}.{c}" for t, columns in WHY.items() for c in {*columns, *columns.values()}} - names == set()
    assert {f"{t}.{c}" for t, columns in KEYS.items() for c in columns} - names == set()
    links = [(table.name, one) for table in TABLES for one in links_of(table)]
    assert len(links) == 44
    assert {f"{table}.{one.column}" for table, one in links} - names == set()
