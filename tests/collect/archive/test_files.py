"""The archive: what is added, replaced and removed is there or gone, on disk too."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearback.collect.archive import (
    Archive,
    ArchiveNotValid,
    Batch,
    BatchNotValid,
    CodeNotValid,
    CodesOutdated,
)
from tests.collect.archive.responses import (
    DAY,
    FORM,
    NEXT_QUARTER,
    archive,
    batch_of,
    files_on_disk,
    files_that_count,
    sources,
    table,
    trusts,
)

Q1, Q2 = "FY2021-Q1", "FY2021-Q2"


@pytest.fixture
def empty(tmp_path: Path) -> Archive:
    """An archive in a folder that is not there yet."""
    return Archive(tmp_path / "answers")


def test_an_archive_that_is_not_there_is_empty(empty: Archive) -> None:
    assert (empty.quarters(), empty.files(Q1), sources(empty), empty.verify()) == ([], (), set(), 0)


def test_responses_go_to_the_quarter_of_their_day(empty: Archive) -> None:
    days = [NEXT_QUARTER, DAY, NEXT_QUARTER - 1, DAY - 1]
    assert archive(empty, [1, 2, 3, 4], "a", days) == ["FY2020-Q4", Q1, Q2]
    assert empty.quarters() == ["FY2020-Q4", Q1, Q2]
    assert [trusts(empty, quarter) for quarter in empty.quarters()] == [[4], [2, 3], [1]]
    assert empty.verify() == 3


def test_another_fiscal_calendar_has_other_quarters(tmp_path: Path) -> None:
    civil = Archive(tmp_path, fiscal_year_starts=1)
    assert archive(civil, [1], "a") == ["FY2020-Q4"]


def test_an_archive_of_another_calendar_is_refused(tmp_path: Path) -> None:
    archive(Archive(tmp_path), [1], "a")
    with pytest.raises(
        ArchiveNotValid, match=r"start in month 10, the setting HEARBACK_FISCAL_YEAR_STARTS says 1"
    ):
        Archive(tmp_path, fiscal_year_starts=1).quarters()


def test_a_file_holds_small_whole_numbers_without_nulls_sorted_by_context(empty: Archive) -> None:
    book = empty.codes()
    contexts = [book.context(FORM, channel, "en") for channel in ("phone", "paper")]
    batch = Batch(
        np.full(3, DAY), np.array(contexts)[[1, 0, 1]],
        {"trust": np.array([1, 2, -1]), "ease": np.array([0, 4, 5])},
        {"age_band": np.zeros(3, dtype=np.int64)}, np.array([7, 8, 9]),
    )  # fmt: skip
    empty.append(batch, book, "a")
    found = table(empty, Q1)
    assert found.schema.equals(
        pa.schema(
            [
                pa.field(name, kind, nullable=False)
                for name, kind in [
                    ("context", pa.int32()), ("number", pa.int64()), ("day", pa.int32()),
                    ("g_age_band", pa.int8()), ("q_ease", pa.int8()), ("q_trust", pa.int8()),
                    ("weight", pa.int64()),
                ]
            ]
        )
    )  # fmt: skip
    assert found.to_pydict() == {
        "context": [0, 1, 1], "number": [1, 0, 2], "day": [DAY] * 3, "g_age_band": [0, 0, 0],
        "q_ease": [4, 0, 5], "q_trust": [2, 1, -1], "weight": [8, 7, 9],
    }  # fmt: skip


def test_equal_responses_give_equal_files(tmp_path: Path) -> None:
    both = [Archive(tmp_path / name) for name in ("a", "b")]
    for one in both:
        archive(one, [1, 2, 3], "a")
        archive(one, [4], "b")
    assert both[0].files(Q1) == both[1].files(Q1)


def test_numbers_go_on_and_are_never_given_twice(empty: Archive) -> None:
    archive(empty, [1, 2], "a")
    archive(empty, [3], "b", NEXT_QUARTER)
    empty.remove(np.array([2]))
    archive(empty, [4], "c", NEXT_QUARTER)
    assert table(empty, Q1)["number"].to_pylist() == [0, 1]
    assert table(empty, Q2)["number"].to_pylist() == [3]


def test_late_answers_to_an_older_quarter_are_added_to_it(empty: Archive) -> None:
    archive(empty, [1], "a")
    archive(empty, [2], "b", NEXT_QUARTER)
    before = empty.files(Q1)
    assert archive(empty, [3], "late", DAY + 91) == [Q1]
    assert empty.files(Q1)[: len(before)] == before
    assert trusts(empty, Q1) == [1, 3]
    assert trusts(empty, Q2) == [2]


def test_a_source_that_comes_again_is_replaced_in_every_quarter(empty: Archive) -> None:
    archive(empty, [1, 2], "a", [DAY, NEXT_QUARTER])
    archive(empty, [5], "b")
    archive(empty, [3], "a")
    assert empty.quarters() == [Q1]
    assert trusts(empty, Q1) == [3, 5]
    assert sources(empty) == {"a", "b"}
    assert files_on_disk(empty.root) == files_that_count(empty)


def test_a_source_that_comes_again_without_responses_is_taken_out(empty: Archive) -> None:
    archive(empty, [1], "a")
    archive(empty, [], "a")
    assert empty.quarters() == []
    assert files_on_disk(empty.root) == set()


def test_removed_responses_are_gone_from_the_disk(empty: Archive) -> None:
    archive(empty, [1, 2, 3], "a")
    archive(empty, [4], "b")
    held = {file.source: empty.path(Q1, file) for file in empty.files(Q1)}
    assert empty.remove(np.array([1, 99])) == 1
    assert trusts(empty, Q1) == [1, 3, 4]
    assert not held["a"].exists()
    assert held["b"].exists()
    assert files_on_disk(empty.root) == files_that_count(empty)
    assert [file.n_responses for file in empty.files(Q1)] == [2, 1]
    assert sources(empty) == {"a", "b"}
    assert empty.verify() == 2


def test_removing_the_last_response_leaves_no_quarter(empty: Archive) -> None:
    archive(empty, [1], "a")
    archive(empty, [2], "b", NEXT_QUARTER)
    assert empty.remove(np.array([0])) == 1
    assert empty.quarters() == [Q2]
    assert files_on_disk(empty.root) == files_that_count(empty)


def test_removing_what_is_not_there_changes_nothing(empty: Archive) -> None:
    archive(empty, [1, 2], "a")
    before = empty.files(Q1)
    assert empty.remove(np.array([7])) == empty.remove(np.array([], dtype=np.int64)) == 0
    assert empty.files(Q1) == before


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(0, 5), min_size=1, max_size=12), st.sets(st.integers(0, 14)))
def test_what_is_not_removed_stays(
    tmp_path_factory: pytest.TempPathFactory, answers: list[int], gone: set[int]
) -> None:
    here = Archive(tmp_path_factory.mktemp("answers"))
    half = len(answers) // 2
    archive(here, answers[:half], "a")
    archive(here, answers[half:], "b", [DAY + 80 + place for place in range(len(answers) - half)])
    removed = here.remove(np.array(sorted(gone), dtype=np.int64))
    assert removed == len(gone & set(range(len(answers))))
    left = [answer for quarter in here.quarters() for answer in trusts(here, quarter)]
    assert sorted(left) == sorted(answer for number, answer in enumerate(answers) if number not in gone)


def test_a_changed_file_is_found(empty: Archive) -> None:
    archive(empty, [1, 2], "a")
    path = empty.path(Q1, empty.files(Q1)[0])
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(ArchiveNotValid, match=rf"{path} was changed; restore it from a backup"):
        empty.verify()


def test_a_missing_file_is_found(empty: Archive) -> None:
    archive(empty, [1, 2], "a")
    path = empty.path(Q1, empty.files(Q1)[0])
    path.unlink()
    with pytest.raises(ArchiveNotValid, match=rf"{path} is missing; restore it from a backup"):
        empty.verify()
    with pytest.raises(ArchiveNotValid, match=rf"{path} cannot be read.*restore it from a backup"):
        empty.remove(np.array([0]))


@pytest.mark.parametrize("data", [b"", b"{}", b"[", b'{"fiscal_year_starts":10,"quarters":[]}', b"\xff"])
def test_a_list_that_cannot_be_read_is_refused(empty: Archive, data: bytes) -> None:
    archive(empty, [1], "a")
    (empty.root / "files.json").write_bytes(data)
    with pytest.raises(ArchiveNotValid, match="is no list of archived files"):
        empty.quarters()
    with pytest.raises(ArchiveNotValid, match="is no list of archived files"):
        archive(empty, [2], "b")


@pytest.mark.parametrize("day", [10**9, -(10**9), 0, 60_000])
def test_a_day_outside_the_fiscal_calendar_is_refused_and_nothing_is_archived(
    empty: Archive, day: int
) -> None:
    with pytest.raises(BatchNotValid, match=f"response 2 is of day {day} from 1970"):
        archive(empty, [1, 2], "a", [DAY, day])
    assert empty.quarters() == []
    assert files_on_disk(empty.root) == set()


def test_a_batch_that_does_not_fit_is_refused_and_nothing_is_archived(empty: Archive) -> None:
    with pytest.raises(BatchNotValid, match="response 1 has 6 for trust"):
        archive(empty, [6], "a")
    assert not empty.root.exists()


def test_a_writer_with_an_outdated_book_is_refused(empty: Archive) -> None:
    mine, theirs = empty.codes(), empty.codes()
    empty.append(batch_of(theirs, [1]), theirs, "theirs")
    other = FORM.__class__("office", "benefits", "agency", FORM.items, FORM.groups)
    mine.context(other, "phone", "en")
    with pytest.raises(CodesOutdated, match="was changed by another program since it was read; begin again"):
        empty.append(batch_of(mine, [2]), mine, "mine")
    assert sources(empty) == {"theirs"}
    assert issubclass(CodesOutdated, CodeNotValid)


def test_two_writers_whose_codes_agree_get_numbers_of_their_own(empty: Archive) -> None:
    archive(empty, [5], "first")
    mine, theirs = empty.codes(), empty.codes()
    empty.append(batch_of(theirs, [1]), theirs, "theirs")
    empty.append(batch_of(mine, [2]), mine, "mine")
    assert sorted(table(empty, Q1)["number"].to_pylist()) == [0, 1, 2]


def test_a_foreign_file_is_left_alone(empty: Archive) -> None:
    archive(empty, [1], "a")
    foreign = empty.root / f"quarter={Q1}" / "README.parquet"
    foreign.write_text("not ours", encoding="utf-8")
    archive(empty, [2], "a")
    assert foreign.exists()
