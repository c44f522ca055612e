"""Wordings over time: every export says which answers were given to which words."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from django.test import Client

from hearback.collect.commands import group
from hearback.collect.instruments import files
from tests.collect.forms.conftest import Publish, publish, publish_again

__all__ = ["publish", "publish_again"]
pytestmark = pytest.mark.django_db
OLD = files.ready("thumbs").questions[0].words["en"]
NEW = "Would you say so?"


def _csv(file: Path) -> list[dict[str, Any]]:
    with file.open(newline="", encoding="utf-8-sig") as read:
        return list(csv.DictReader(read))


def _xlsx(file: Path) -> list[dict[str, Any]]:
    names, *rows = openpyxl.load_workbook(file).worksheets[0].iter_rows(values_only=True)
    return [dict(zip(map(str, names), row, strict=True)) for row in rows]


READERS: dict[str, Callable[[Path], list[dict[str, Any]]]] = {
    "csv": _csv,
    "json": lambda file: list(json.loads(file.read_text(encoding="utf-8"))),
    "xlsx": _xlsx,
    "parquet": lambda file: list(pq.read_table(file).to_pylist()),
}


@pytest.fixture
def answered_twice(client: Client, publish: Publish, publish_again: Callable[[str], None]) -> str:
    """A form whose first question was worded anew after the first answer."""
    key = publish()
    for version in (1, 2):
        body = {"answers": {"trust": "1"}, "language": "en", "version": version}
        assert client.post(f"/intake/{key}", body, content_type="application/json").status_code == 201
        if version == 1:
            publish_again(key)
    return key


@pytest.mark.parametrize("ending", READERS)
def test_an_answer_points_to_the_words_it_answered(answered_twice: str, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"out.{ending}"
    done = CliRunner().invoke(group, ["responses", "export", answered_twice, str(file)])
    assert done.exit_code == 0, done.output
    rows = READERS[ending](file)
    assert [str(row["version"]) for row in rows] == ["1", "2"]
    described = _csv(tmp_path / f"out.{ending}.dictionary.csv")
    trust = {row["versions"]: row for row in described if row["column"] == "trust"}
    assert {versions: row["words"] for versions, row in trust.items()} == {"1": OLD, "2": NEW}
    assert {versions: row["question_version"] for versions, row in trust.items()} == {"1": "1", "2": "2"}
    assert all("1 = Thumbs up" in row["values"] for row in trust.values())
    (comment,) = [row for row in described if row["column"] == "comment"]
    assert (comment["versions"], comment["question_version"]) == ("1-2", "1"), "the same words all along"


def test_every_version_of_the_form_itself_can_still_be_had(answered_twice: str, tmp_path: Path) -> None:
    for number, words in ((1, OLD), (2, NEW)):
        file = tmp_path / f"{number}.yaml"
        chosen = ["form", "export", answered_twice, str(file), "--format", "yaml", "--version", str(number)]
        assert CliRunner().invoke(group, chosen).exit_code == 0
        assert files.read_yaml(file.read_text(encoding="utf-8")).questions[0].words["en"] == words
