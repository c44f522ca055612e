"""Files that are cut, stale or odd: all of their rows come in, or they are refused in words."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import BarChart

from hearback.collect.instruments import files
from hearback.collect.instruments.answering import PROBLEMS
from hearback.collect.instruments.formats.format import FileNotRead
from hearback.collect.instruments.formats.xlsform.workbook import read_sheets
from hearback.collect.parsed import FileRefused
from hearback.collect.response_files.faults import SAID
from hearback.collect.response_files.tables import table_of
from tests.collect.forms.conftest import Publish, publish
from tests.collect.response_files.test_import import GOOD, _file, _import, _run

__all__ = ["publish"]
SHEET = "xl/worksheets/sheet1.xml"


def _workbook(tmp_path: Path, n_rows: int = 3) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["id", "said"])
    for n in range(n_rows):
        sheet.append([f"r{n}", "yes"])
    book.save(tmp_path / "book.xlsx")
    return tmp_path / "book.xlsx"


def _changed(file: Path, part: str, change: Callable[[str], str]) -> Path:
    with zipfile.ZipFile(file) as book:
        parts = {name: book.read(name).decode() for name in book.namelist()}
    with zipfile.ZipFile(file, "w") as book:
        for name, text in parts.items():
            book.writestr(name, change(text) if name == part else text)
    return file


def _chart_alone(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    chart = book.create_chartsheet("chart")
    chart.add_chart(BarChart())
    book.remove(book.active)
    book.save(tmp_path / "chart.xlsx")
    return tmp_path / "chart.xlsx"


def _no_shared_strings(tmp_path: Path) -> Path:
    lost = '<row r="9"><c r="A9" t="s"><v>77</v></c></row></sheetData>'
    return _changed(_workbook(tmp_path), SHEET, lambda text: text.replace("</sheetData>", lost))


def _deep_cell(tmp_path: Path) -> Path:
    far = '<row r="30000000"><c r="A30000000"><v>1</v></c></row></sheetData>'
    return _changed(_workbook(tmp_path), SHEET, lambda text: text.replace("</sheetData>", far))


def test_the_size_that_a_workbook_names_is_not_believed(tmp_path: Path) -> None:
    file = _changed(_workbook(tmp_path, 101), SHEET, lambda text: text.replace("A1:B102", "A1:B2"))
    assert 'ref="A1:B2"' in zipfile.ZipFile(file).read(SHEET).decode()
    assert len(list(table_of(file).rows)) == 101
    assert [len(rows) for rows in read_sheets(file.read_bytes()).values()] == [101]


@pytest.mark.parametrize("made", [_chart_alone, _no_shared_strings, _deep_cell])
def test_an_odd_workbook_is_refused_in_words(tmp_path: Path, made: Callable[[Path], Path]) -> None:
    with pytest.raises(FileRefused, match="save it as"):
        list(table_of(made(tmp_path)).rows)


@pytest.mark.parametrize("made", [_no_shared_strings, _deep_cell])
def test_a_form_is_not_made_of_an_odd_workbook(tmp_path: Path, made: Callable[[Path], Path]) -> None:
    with pytest.raises(FileNotRead, match=r"save it anew|delete what is too much"):
        read_sheets(made(tmp_path).read_bytes())
    assert read_sheets(_chart_alone(tmp_path).read_bytes()) == {}


@pytest.mark.django_db
def test_an_export_in_json_that_lost_whole_lines_is_refused(publish: Publish, tmp_path: Path) -> None:
    form = publish()
    _import(form, _file(tmp_path, GOOD))
    out = tmp_path / "out.json"
    assert _run("export", form, str(out)).exit_code == 0
    lines = out.read_text(encoding="utf-8").splitlines(keepends=True)
    for kept in (lines[:2], lines[:-1], lines[1:]):
        out.write_text("".join(kept), encoding="utf-8")
        refused = _run("import", publish(key="other-form") if kept == lines[:2] else "other-form", str(out))
        assert refused.exit_code == 1
        assert "Export" in refused.output


def test_a_name_that_stands_twice_in_an_object_is_told(tmp_path: Path) -> None:
    file = tmp_path / "twice.json"
    file.write_text(f'[\n{json.dumps({"a": "1"})},\n{{"a": "1", "a": "2"}}\n]\n', encoding="utf-8")
    good, bad = table_of(file).rows
    assert good.problem is None
    assert bad.problem is not None
    assert "a name twice" in bad.problem.message
    file.write_text('[\n{"a": "1", "a": "2"}\n]\n', encoding="utf-8")
    with pytest.raises(FileRefused, match=r"Line 2: .* a name twice"):
        table_of(file)


@pytest.mark.parametrize("sign", [";", "\t"])
def test_other_signs_than_commas_between_cells_are_told(tmp_path: Path, sign: str) -> None:
    file = tmp_path / "signs.csv"
    file.write_text(f"id{sign}said\na{sign}yes\n", encoding="utf-8")
    with pytest.raises(FileRefused, match="CSV with commas"):
        table_of(file)


@pytest.mark.django_db
def test_an_export_with_words_is_told_from_one_with_codes(publish: Publish, tmp_path: Path) -> None:
    form = publish()
    _import(form, _file(tmp_path, GOOD))
    out = str(tmp_path / "words.csv")
    assert _run("export", form, out, "--words").exit_code == 0
    told = json.loads(_run("import", publish(key="other-form"), out).stdout)
    assert {(one["column"], one["message"]) for one in told["rejections"]} == {
        ("trust", "The cell holds no code of the form; export the file with codes, not with words.")
    }


@pytest.mark.django_db
def test_all_faults_of_a_row_are_told_with_their_columns(publish: Publish, tmp_path: Path) -> None:
    form = publish(files.ready("thumbs_five_point"))
    (tmp_path / "m.yaml").write_text(
        "format: hearback-mapping-1\nkey: {column: id}\nanswers: [{column: said, question: trust}, "
        "{column: more, question: comment}, {column: well, question: positive, separator: ;}]\n",
        encoding="utf-8",
    )
    (tmp_path / "said.csv").write_text(
        f"id,said,more,well\na,9,,none\nb,,{'x' * 20_000},\n", encoding="utf-8"
    )
    words = ["import", form, str(tmp_path / "said.csv"), "--mapping", str(tmp_path / "m.yaml")]
    cells, answers = json.loads(_run(*words, "--quarter", "FY2026-Q2").stdout)["rejections"]
    no_code = "The cell holds what the mapping has no code for."
    assert (cells["line"], cells["column"], cells["message"]) == (2, "said", f"{no_code} well: {no_code}")
    assert (answers["line"], answers["column"]) == (3, "said")
    assert answers["message"].startswith(
        "Nothing is answered, but the question needs an answer. more: The text"
    )


def test_every_problem_of_an_answer_has_words_for_whoever_brings_a_file_in() -> None:
    assert SAID.keys() == PROBLEMS.keys()
