"""Settings, commands, tables and open data are documented, and the made parts are up to date."""

import re
from pathlib import Path

import pytest
from django.apps import apps

from hearback.publish.formats import TABLES
from tests.architecture.source import ROOT, files
from tools.layers_picture import as_svg, layers
from tools.write_docs import DOCUMENTS, PICTURE, SCHEMA, instrument_schema, rendered

DOCS = ROOT / "docs"
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_made_parts_are_up_to_date(document: str) -> None:
    assert rendered(document) == _text(document), "run: make docs"


def test_the_picture_of_the_layers_is_up_to_date() -> None:
    assert as_svg() == _text(PICTURE), "run: make docs"
    assert [names for names in layers() if "collect" in names] == [["collect"]]


def test_the_schema_of_instruments_is_up_to_date() -> None:
    assert instrument_schema() == _text(SCHEMA), "run: make docs"


def test_every_model_is_in_the_glossary() -> None:
    glossary = _text("docs/glossary.md").lower()
    ours = [m for m in apps.get_models() if m.__module__.startswith("hearback.")]
    assert ours
    assert (
        sorted(str(m._meta.verbose_name) for m in ours if f"**{m._meta.verbose_name}" not in glossary) == []
    )


def test_every_open_data_column_is_described() -> None:
    text = _text("docs/open-data.md")
    missing = [f"{t.name}.{c.name}" for t in TABLES for c in t.columns if f"`{c.name}`" not in text]
    assert missing == []
    assert [table.name for table in TABLES if table.name not in text] == []


def _pages() -> list[Path]:
    return [path for path in files(".md") if "node_modules" not in path.parts]


def test_no_link_between_documents_is_dead() -> None:
    dead = []
    for page in _pages():
        for target in LINK.findall(page.read_text(encoding="utf-8")):
            path = target.split("#")[0]
            if (
                path
                and "://" not in path
                and not path.startswith(("mailto:", "/"))
                and not (page.parent / path).exists()
            ):
                dead.append(f"{page.relative_to(ROOT)}: {target}")
    assert dead == []


def test_every_column_of_a_method_page_has_a_heading() -> None:
    heading = re.compile(r"^(\|.*\|)\n\|[-:| ]+\|$", re.MULTILINE)
    found = [
        (p.name, row)
        for p in (DOCS / "methods").glob("*.md")
        for row in heading.findall(p.read_text("utf-8"))
    ]
    assert found
    assert [
        (name, row) for name, row in found if not all(cell.strip() for cell in row.strip("|").split("|"))
    ] == []


def test_decisions_are_numbered_without_gaps_and_short() -> None:
    decisions = sorted((DOCS / "decisions").glob("*.md"))
    assert [int(path.name[:4]) for path in decisions] == list(range(1, len(decisions) + 1))
    lengths = {path.name: len(path.read_text(encoding="utf-8").split()) for path in decisions}
    assert {name: n for name, n in lengths.items() if not 120 <= n <= 320} == {}


def test_the_readme_fits_on_one_screen() -> None:
    assert len(_text("README.md").splitlines()) <= 60
