"""CSVW metadata, as its reference reader sees it."""

import json
from pathlib import Path

import pytest

from hearback.publish.formats import TABLES

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::SyntaxWarning")


def test_the_reference_reader_finds_all_tables_valid_with_their_keys_and_links(folder: Path) -> None:
    from csvw import CSVW

    found = CSVW(str(folder / "data" / "csv-metadata.json"), strict=False)
    assert found.is_valid, [str(one.message) for one in found.warnings]
    assert len(found.tables) == len(TABLES)


def test_the_reference_reader_finds_a_link_that_leads_nowhere(folder: Path) -> None:
    from csvw import CSVW

    path = folder / "data" / "services.csv"
    path.write_bytes(path.read_bytes().replace(b"va-vha-2,", b"va-vha-x,"))
    found = CSVW(str(folder / "data" / "csv-metadata.json"), strict=False)
    with pytest.raises(ValueError, match="va-vha-2"):
        assert found.is_valid


@pytest.mark.parametrize("table", [table.name for table in TABLES])
def test_each_file_is_described_beside_it_where_readers_look_first(folder: Path, table: str) -> None:
    from csvw import CSVW

    found = CSVW(str(folder / "data" / f"{table}.csv"), validate=True)
    assert found.is_valid, [str(one.message) for one in found.warnings]
    rows = list(found.tables[0].iterdicts(strict=True))
    assert len(rows) == len(json.loads((folder / "data" / f"{table}.json").read_bytes())["rows"])


def test_cells_come_back_with_their_types(folder: Path) -> None:
    from csvw import CSVW

    (row, *_) = CSVW(str(folder / "data" / "scores.csv")).tables[0].iterdicts()
    told = json.loads((folder / "data" / "scores.json").read_bytes())["rows"][0]
    assert {name: row[name] for name in ("value", "n", "flags", "reason")} == {
        name: told[name] for name in ("value", "n", "flags", "reason")
    }
