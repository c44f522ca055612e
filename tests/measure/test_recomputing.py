"""What a method page says under "Compute it again" runs as it stands, or names the data that it needs."""

import re
from datetime import datetime
from typing import Any

import pytest
from click.testing import CliRunner

from hearback.cli import program
from hearback.collect.commands import load_file
from hearback.directory.commands import load
from hearback.measure.commands import compute_all
from hearback.plan.commands import load as load_plan
from tests.conftest import ROOT

METHODS = ROOT / "docs" / "methods"
FEDERAL = ROOT / "examples" / "federal"
COMMAND = re.compile(r"^    hearback (.+)$", re.MULTILINE)


def recipe(page: str) -> str:
    """Give what a page says about computing its figures again; empty where it has none."""
    text = (METHODS / f"{page}.md").read_text(encoding="utf-8")
    return text.partition("## Compute it again\n")[2].partition("\n## ")[0]


RECIPES = {page: recipe(page) for page in sorted(file.stem for file in METHODS.glob("*.md"))}
LATER = {page for page, text in RECIPES.items() if "QUARTER" in text}
ON_THEIR_OWN = {page for page, text in RECIPES.items() if "hearback init" in text}
BUNDLED = {page for page, text in RECIPES.items() if COMMAND.search(text)} - LATER - ON_THEIR_OWN


def run(page: str) -> None:
    """Run every command of a page in turn."""
    for words in COMMAND.findall(RECIPES[page]):
        result = CliRunner().invoke(program, words.split())
        assert result.exit_code == 0, f"{page}: {words}: {result.output}"


def test_commands_run_on_the_bundled_record(db: None, at: datetime) -> None:
    load(FEDERAL, by="owner", at=at)
    load_file(FEDERAL / "reported_surveys.csv", by="owner", at=at)
    compute_all(by="owner", at=at)
    load_plan(FEDERAL, by="owner", at=at)
    assert len(BUNDLED) >= 10
    for page in sorted(BUNDLED):
        run(page)


@pytest.mark.parametrize("page", sorted(ON_THEIR_OWN))
def test_commands_run_in_a_home_of_their_own(
    db: None, tmp_path: Any, settings: Any, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    settings.HOME = tmp_path
    monkeypatch.chdir(ROOT)
    run(page)


@pytest.mark.parametrize("page", sorted(LATER))
def test_a_page_without_bundled_data_says_which_it_needs(page: str) -> None:
    assert "the bundled data hold none" in RECIPES[page].replace("\n", " ")
    assert "hearback collect answers" in RECIPES[page].replace("\n", " ")
