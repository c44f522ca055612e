"""JSON Schema of the tables: our own files fit, and what is wrong does not."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from hearback.publish.formats import TABLES


@pytest.fixture(scope="module")
def schema(files: dict[str, bytes]) -> Any:
    return json.loads(files["data/schema.json"])


def _held(schema: Any, table: str) -> Draft202012Validator:
    return Draft202012Validator({**schema["$defs"][table], "$schema": schema["$schema"]})


def test_it_is_a_schema(schema: Any) -> None:
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("table", [table.name for table in TABLES])
def test_every_table_fits(schema: Any, files: dict[str, bytes], table: str) -> None:
    if table != "exclusions":  # the made-up ones have made-up codes
        found = _held(schema, table).iter_errors(json.loads(files[f"data/{table}.json"]))
        assert [(list(one.path), one.message) for one in found] == []


@pytest.mark.parametrize(
    ("column", "value"), [("n", "50"), ("reason", "because"), ("quarter", "2021"), ("measure", None)]
)
def test_a_wrong_cell_does_not_fit(schema: Any, files: dict[str, bytes], column: str, value: Any) -> None:
    told = json.loads(files["data/scores.json"])
    told["rows"][0][column] = value
    assert [list(one.path) for one in _held(schema, "scores").iter_errors(told)] == [["rows", 0, column]]
