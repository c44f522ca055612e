"""Records come with the line they start on, and every way in which bytes can be no table is told apart."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearback.collect import reading
from hearback.collect.parsed import FileRefused
from hearback.collect.reading import Record, check_first_bytes, records


def _read(folder: Path, content: bytes) -> list[Record]:
    path = folder / "file.csv"
    path.write_bytes(content)
    return list(records(path))


def _problem(record: Record) -> tuple[str | None, str]:
    assert record.problem is not None
    return record.problem.column, record.problem.message


def test_a_record_is_known_by_the_line_it_starts_on(tmp_path: Path) -> None:
    found = _read(tmp_path, b'a,b\r\n1,"two\r\nlines"\r\n\r\n3,4\r\n')
    assert [(r.line, r.number, r.cells) for r in found] == [
        (1, 0, ["a", "b"]),
        (2, 1, ["1", "two\r\nlines"]),
        (5, 2, ["3", "4"]),
    ]


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    assert _read(tmp_path, b'\xef\xbb\xbf"a",b\n1,2\n')[0].cells == ["a", "b"]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_every_kind_of_line_end_is_read(tmp_path: Path, end: bytes) -> None:
    assert [r.cells for r in _read(tmp_path, end.join([b"a,b", b"1,2", b"3,4"]))] == [
        ["a", "b"],
        ["1", "2"],
        ["3", "4"],
    ]


def test_a_row_shorter_than_the_header_names_the_first_column_without_a_cell(tmp_path: Path) -> None:
    column, message = _problem(_read(tmp_path, b"a,b,c\n1,2\n")[1])
    assert column == "c"
    assert "2 cells and the header 3" in message


def test_a_row_longer_than_the_header_is_a_problem(tmp_path: Path) -> None:
    column, message = _problem(_read(tmp_path, b"a,b\n1,2,3\n")[1])
    assert column is None
    assert "3 cells and the header only 2" in message


def test_a_byte_of_another_encoding_spoils_its_own_row_only(tmp_path: Path) -> None:
    found = _read(tmp_path, "a,b\ncafé,2\n".encode() + b"3,caf\xe9\n" + b"5,6\n")
    assert found[1].problem is None
    assert _problem(found[2])[0] == "b"
    assert "0xE9" in _problem(found[2])[1]
    assert found[3].cells == ["5", "6"]
    assert found[3].problem is None


def test_a_zero_byte_spoils_its_row(tmp_path: Path) -> None:
    assert _problem(_read(tmp_path, b"a,b\n1,x\x00y\n")[1])[0] == "b"


def test_a_header_that_is_not_utf_8_is_a_problem(tmp_path: Path) -> None:
    assert "0xE9" in _problem(_read(tmp_path, b"a,caf\xe9\n1,2\n")[0])[1]


def test_a_quotation_mark_that_never_closes_is_a_problem_of_the_lines_it_swallows(tmp_path: Path) -> None:
    found = _read(tmp_path, b'a,b\n1,2\n3,"4\n5,6\n')
    assert [r.problem is None for r in found] == [True, True, False]
    assert "lines 3 to 4" in _problem(found[2])[1]
    assert "never closed" in _problem(found[2])[1]


def test_a_quotation_mark_in_the_middle_of_a_quoted_cell_is_a_problem(tmp_path: Path) -> None:
    found = _read(tmp_path, b'a,b\n1,"x"y\n3,4\n')
    assert found[1].problem is not None
    assert found[2].cells == ["3", "4"]


def test_a_cell_over_the_limit_is_a_problem_and_reading_goes_on(tmp_path: Path) -> None:
    found = _read(tmp_path, b'a,b\n1,"' + b"x" * 200_000 + b'"\n3,4\n')
    assert "131,072" in _problem(found[1])[1]
    assert found[-1].cells == ["3", "4"]


def test_a_line_without_end_stops_the_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LONGEST_LINE", 1000)
    with pytest.raises(FileRefused, match="Line 2 is longer than 1,000"):
        _read(tmp_path, b"a,b\n" + b"x" * 5000)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n\n", "empty"),
        (b"PK\x03\x04rest", "spreadsheet"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"\xd0\xcf\x11\xe0\xa1", "spreadsheet"),
        ("a,b\n".encode("utf-16"), "UTF-16"),
        ("a,b\n".encode("utf-16-le"), "zero byte"),
    ],
)
def test_what_is_no_csv_in_utf_8_is_refused_by_its_first_bytes(
    tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    with pytest.raises(FileRefused, match=said):
        check_first_bytes(path)


@given(st.binary(max_size=300))
def test_no_bytes_make_reading_fail_in_another_way(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("bytes") / "file.csv"
    path.write_bytes(b"a,b\n" + content)
    for record in records(path):
        assert record.problem is not None or len(record.cells) == 2
