"""The data dictionary for programs."""

import json

from hearback.publish.formats import TABLES


def test_it_names_every_column_with_its_type_codes_key_and_where_it_leads(files: dict[str, bytes]) -> None:
    tables = {one["name"]: one for one in json.loads(files["data/dictionary.json"])["tables"]}
    assert list(tables) == [table.name for table in TABLES]
    surveys = {one["name"]: one for one in tables["surveys"]["columns"]}
    assert tables["surveys"]["key"] == ["survey"]
    assert surveys["service"]["leads_to"] == "services.service"
    assert surveys["offered_count"]["type"] == "integer"
    assert surveys["offered_count"]["why_empty"] == "offered_count_reason"
    assert "suppressed_small" in surveys["offered_count_reason"]["codes"]


def test_every_table_and_column_says_what_it_holds(files: dict[str, bytes]) -> None:
    for table in json.loads(files["data/dictionary.json"])["tables"]:
        assert table["title"]
        assert [one["name"] for one in table["columns"] if not one["description"]] == []


def test_a_column_leaves_it_to_the_page_to_say_where_the_reason_stands(files: dict[str, bytes]) -> None:
    for table in json.loads(files["data/dictionary.json"])["tables"]:
        told = [one["description"] for one in table["columns"] if one["why_empty"]]
        assert [text for text in told if "reason" in text] == []
