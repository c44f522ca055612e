"""docs/directory.md describes the files as the loader reads them, and its example loads."""

import json
import re
from pathlib import Path

import msgspec
import pytest

from hearback.directory.files import FileNotGood, Record
from hearback.directory.records import (
    LEVELS,
    AgencyRecord,
    DesignationRecord,
    ProviderRecord,
    ProvisionRecord,
    ServiceRecord,
    WebsiteRecord,
)
from hearback.directory.wanted import read_folder
from tests.architecture.source import ROOT

TEXT = (ROOT / "docs" / "directory.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (`[^|]*`) \| (yes|no) \| ", re.MULTILINE)
TABLES = {
    "## agencies.json": AgencyRecord,
    "## providers.json": ProviderRecord,
    "## services.json": ServiceRecord,
    "| Field of a provision |": ProvisionRecord,
    "| Field of a designation |": DesignationRecord,
    "## websites.json": WebsiteRecord,
}


def documented(start: str) -> dict[str, bool]:
    """Give field → needed of the first table after some words."""
    table = re.split(r"\n\n(?=[^|])", TEXT.partition(start)[2].lstrip("\n"))[0]
    return {
        name: needed == "yes"
        for names, needed in ROW.findall(table)
        for name in re.findall(r"`(\w+)`", names)
    }


@pytest.mark.parametrize(("start", "kind"), TABLES.items())
def test_a_table_has_every_field_of_its_records_and_says_which_are_needed(
    start: str, kind: type[Record]
) -> None:
    assert documented(start) == {field.name: field.required for field in msgspec.structs.fields(kind)}


def test_the_levels_of_agencies_are_listed() -> None:
    assert all(f"`{level}`" in TEXT for level in LEVELS)


def test_the_least_that_can_be_loaded_can_be_read(tmp_path: Path) -> None:
    for name, text in re.findall(r"^    (\w+\.json): +(\[.*\])$", TEXT, re.MULTILINE):
        (tmp_path / name).write_text(text)
    kinds = [row.kind for row in read_folder(tmp_path)]
    assert kinds == ["agency", "provider", "service", "provision"]
    agency = json.loads((tmp_path / "agencies.json").read_text())[0]
    (tmp_path / "agencies.json").write_text(json.dumps([{**agency, "levels": "local"}]))
    with pytest.raises(FileNotGood, match="unknown field"):
        read_folder(tmp_path)
