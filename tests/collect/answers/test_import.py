"""Answers come into the archive whole or not at all; what is wrong is told row by row."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hearback.collect import queries
from hearback.collect.answers.layout import LayoutNotValid, source_of
from hearback.collect.archive import ArchiveNotValid, CodeNotValid
from hearback.collect.models import Finding, ImportedFile
from hearback.history.queries import latest_entries
from tests.collect.answers.conftest import Answered, archived
from tests.collect.answers.small import HEADER, LAYOUT, layout, question, row, write
from tests.collect.archive.responses import sources

Run = Callable[..., Answered]


def files_of(home: Path) -> dict[str, bytes]:
    """Read every file of a home, by its place."""
    return {str(path.relative_to(home)): path.read_bytes() for path in home.rglob("*") if path.is_file()}


def test_answers_are_archived_as_the_layout_says(answer_rows: Run) -> None:
    done = answer_rows(row(), row(how="2", tongue="S", age="9", q1="6", q2="", w="0.25", when="2021-01-31"))
    assert done.report.quarters == {"FY2021-Q2": 2}
    assert (done.report.rows_read, done.report.rows_loaded, done.report.rows_rejected) == (2, 2, 0)
    assert (done.report.changed, done.report.n_replaced, done.report.refused) == (True, 0, False)
    first, second = archived()
    assert first == {
        "number": 0, "day": 18632, "quarter": "FY2021-Q2", "survey": "counter", "channel": "in_person",
        "language": "english", "age_band": "18-34", "q_trust": 5, "q_solved": 2, "weight": 1_500_000_000,
    }  # fmt: skip
    assert second == {
        "number": 1, "day": 18658, "quarter": "FY2021-Q2", "survey": "counter", "channel": "paper",
        "language": "spanish", "age_band": "unknown", "q_trust": -1, "q_solved": 0, "weight": 250_000_000,
    }  # fmt: skip


def test_the_form_holds_what_the_layout_says(answer_rows: Run) -> None:
    answer_rows(by=layout(sample_type="random", version=3))
    (form,) = queries.answer_archive().codes().forms
    assert (form.survey, form.version, form.name) == ("counter", 3, "At the counter")
    assert (form.service, form.provider) == ("service-2", "provider-21")
    assert (form.timing, form.sample_type, form.weighted) == ("post_transaction", "random", True)
    assert form.groups == ("age_band",)
    assert [(i.question, i.wording, i.wording_class, i.scale) for i in form.items] == [
        ("trust", "I trust the counter.", "stated_trust", "five_point"), ("solved", "", "unknown", "yes_no"),
    ]  # fmt: skip


def test_a_file_without_weights_is_archived_without(answer_rows: Run) -> None:
    answer_rows(by=layout(weight=None))
    assert "weight" not in archived()[0]
    assert queries.answer_archive().codes().forms[0].weighted is False


def test_the_file_and_its_layout_are_kept_and_history_names_them(answer_rows: Run, home: Path) -> None:
    by = layout()
    done = answer_rows(by=by)
    assert (home / "archive" / f"{by.sha256}.json").read_bytes() == by.data
    assert (home / "archive" / f"{done.report.sha256}.csv").read_text().startswith(",".join(HEADER))
    archived_entry, loaded_entry = latest_entries()
    assert (archived_entry.verb, archived_entry.subject_key) == ("answers.archived", "counter 2021-01")
    assert (archived_entry.by, archived_entry.before) == ("tester", None)
    assert archived_entry.after == {
        "file": done.report.sha256, "layout": by.sha256, "margins": None, "rows_read": 1, "rows_loaded": 1,
        "rows_rejected": 0, "quarters": {"FY2021-Q2": 1},
    }  # fmt: skip
    assert (loaded_entry.verb, loaded_entry.subject_key) == ("file.loaded", done.report.sha256)
    (file,) = ImportedFile.objects.all()
    assert (file.kind, file.name, file.rows_loaded) == ("answers", "answers.csv", 1)


def test_the_same_file_again_changes_nothing(answer_rows: Run, home: Path) -> None:
    rows = [row(), row(q1="3", when="2021-01-20"), row(q1="3", when="2021-01-20")]
    answer_rows(*rows)
    before, entries = files_of(home), latest_entries()
    again = answer_rows(*rows)
    assert (again.report.changed, again.report.rows_loaded, again.report.refused) == (False, 3, False)
    assert (files_of(home), latest_entries()) == (before, entries)


def test_the_same_answers_in_other_bytes_note_the_file_and_leave_the_archive(
    answer_rows: Run, home: Path
) -> None:
    answer_rows(row(), row(q1="3"))
    before = {name: data for name, data in files_of(home).items() if name.startswith("answers/")}
    again = answer_rows(row(q1="3"), row(w="1.50"))
    assert again.report.changed is False
    assert {name: data for name, data in files_of(home).items() if name.startswith("answers/")} == before
    assert ImportedFile.objects.count() == 2
    assert (home / "archive" / f"{again.report.sha256}.csv").exists()


def test_a_corrected_file_takes_the_place_of_the_earlier_one(answer_rows: Run) -> None:
    answer_rows(row(), row(q1="1"), row(q1="2"))
    done = answer_rows(row(), row(q1="4"))
    assert (done.report.changed, done.report.n_replaced) == (True, 3)
    assert [one["q_trust"] for one in archived()] == [5, 4]
    entry = next(e for e in latest_entries() if e.verb == "answers.replaced")
    assert entry.before == {"quarters": {"FY2021-Q2": 3}}


def test_one_answer_corrected_is_a_change(answer_rows: Run) -> None:
    answer_rows(row(), row(q1="1"))
    assert answer_rows(row(), row(q1="2")).report.changed


def test_a_changed_layout_reads_the_same_file_anew(answer_rows: Run) -> None:
    answer_rows(row(age="1"))
    groups = {"age_band": {"column": "age", "codes": {"1": "young", "2": "old"}}}
    assert answer_rows(row(age="1"), by=layout(groups=groups)).report.changed
    assert archived()[0]["age_band"] == "young"


def test_another_period_stands_beside_the_first(answer_rows: Run) -> None:
    answer_rows()
    done = answer_rows(row(when="2021-02-05"), by=layout(period="2021-02"))
    assert done.report.n_replaced == 0
    assert [one["day"] for one in archived()] == [18632, 18663]
    assert sources(queries.answer_archive()) == {source_of("counter", f"2021-0{n}") for n in (1, 2)}


def test_answers_that_would_count_twice_are_refused(answer_rows: Run, home: Path) -> None:
    answer_rows()
    before = files_of(home)
    with pytest.raises(
        LayoutNotValid, match="1 answers to counter within 2021 are archived under another period"
    ):
        answer_rows(by=layout(period="2021"))
    assert files_of(home) == before
    assert answer_rows(by=layout(period="2021", survey="other-counter")).report.rows_loaded == 1


def test_a_bad_row_is_rejected_and_told_and_the_others_are_loaded(answer_rows: Run) -> None:
    done = answer_rows(row(), row(w="-1"), row(q1="9"), (*row(), "too", "many"), row(q1="4"))
    assert (done.report.rows_read, done.report.rows_loaded, done.report.rows_rejected) == (5, 2, 3)
    assert (done.report.refused, done.report.is_whole) == (False, False)
    assert [(one["row"], one["record"], one["column"]) for one in done.rejections] == [
        (3, 2, "w"), (4, 3, "q1"), (5, 4, None),
    ]  # fmt: skip
    assert [one["q_trust"] for one in archived()] == [5, 4]
    (file,) = ImportedFile.objects.all()
    assert (file.rows_read, file.rows_loaded, file.rows_rejected) == (5, 2, 3)


def test_a_file_with_bad_rows_replaces_nothing_unless_told(answer_rows: Run, home: Path) -> None:
    answer_rows(row(), row(q1="1"), row(q1="2"))
    before, entries = files_of(home), latest_entries()
    refused = answer_rows(row(q1="4"), row(w="x"))
    assert (refused.report.refused, refused.report.rows_loaded, refused.report.changed) == (True, 0, False)
    assert "1 rows were rejected, and 3 answers to counter of 2021-01" in refused.rejections[0]["message"]
    assert (files_of(home), latest_entries()) == (before, entries)
    done = answer_rows(row(q1="4"), row(w="x"), keep_good=True)
    assert (done.report.rows_loaded, done.report.n_replaced, done.report.is_whole) == (1, 3, False)
    assert not done.report.refused
    assert [one["q_trust"] for one in archived()] == [4]


def test_a_file_is_refused_exactly_where_none_of_its_rows_stands_in_the_archive(answer_rows: Run) -> None:
    for rows, stand in (([row(), row(w="x")], 1), ([row(), row(w="x")], 1), ([row(w="x")], 0)):
        report = answer_rows(*rows).report
        assert (report.rows_loaded, report.refused, report.is_whole) == (stand, stand == 0, False)


def test_a_file_whose_weights_are_all_zero_gets_a_word_of_its_own(answer_rows: Run) -> None:
    done = answer_rows(row(w="0"), row(w="0.0"))
    assert [one["column"] for one in done.rejections] == ["w", "w", "w"]
    assert "Every weight in the file is zero" in str([one["message"] for one in done.rejections])
    mixed = answer_rows(row(w="0"), row(w="x"))
    assert "Every weight" not in str([one["message"] for one in mixed.rejections])


def test_a_file_with_bad_rows_again_changes_nothing(answer_rows: Run, home: Path) -> None:
    answer_rows(row(), row(w="x"))
    before = files_of(home)
    again = answer_rows(row(), row(w="x"))
    assert (again.report.changed, again.report.rows_loaded, again.report.rows_rejected) == (False, 1, 1)
    assert files_of(home) == before


def test_a_byte_that_is_not_utf_8_spoils_its_row_only(answers: Run, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", row(), row())
    path.write_bytes(path.read_bytes() + b"2021-01-05,1,E,1,\xff,2,1\n")
    done = answers(path, layout())
    assert (done.report.rows_loaded, done.report.rows_rejected) == (2, 1)
    assert "0xFF, which is not UTF-8" in done.why


def test_nothing_good_leaves_what_was_there(answer_rows: Run, home: Path) -> None:
    answer_rows()
    before = files_of(home)
    done = answer_rows(row(w=""), row(w="x"))
    assert (done.report.rows_read, done.report.rows_loaded, done.report.rows_rejected) == (2, 0, 2)
    assert (done.report.refused, done.report.changed) == (True, False)
    assert files_of(home) == before


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty"),
        (b"\n\n", "The file is empty"),
        (b"PK\x03\x04rest", "a spreadsheet or zip archive, not CSV"),
        (b"\xff\xfea\x00", "UTF-16"),
        (",".join(HEADER).encode(), "a header and no rows"),
        (b"a,b\n1,2\n", "The layout looks for the column 'when' (day)"),
        (b'"a,b\n1,2\n', "quotation mark"),
    ],
)
def test_a_file_that_cannot_be_read_changes_nothing(
    answers: Run, answer_rows: Run, home: Path, tmp_path: Path, data: bytes, words: str
) -> None:
    answer_rows()
    before, entries = files_of(home), latest_entries()
    path = tmp_path / "bad.csv"
    path.write_bytes(data)
    done = answers(path, layout())
    assert (done.report.refused, done.report.rows_loaded, done.report.changed) == (True, 0, False)
    assert words in done.why
    assert (files_of(home), latest_entries()) == (before, entries)


def test_weights_that_are_all_zero_are_refused(answer_rows: Run, home: Path) -> None:
    done = answer_rows(row(w="0"), row(w="0.0"))
    assert (done.report.refused, done.report.rows_loaded) == (True, 0)
    assert done.report.rows_rejected == 2
    assert files_of(home) == {}


def test_a_weight_of_zero_is_rejected_as_it_counts_for_nobody(answer_rows: Run) -> None:
    report = answer_rows(row(w="0"), row()).report
    assert (report.rows_loaded, report.rows_rejected) == (1, 1)
    assert [one["weight"] for one in archived()] == [1_500_000_000]


def test_other_words_under_the_same_version_are_refused(answer_rows: Run, home: Path) -> None:
    answer_rows()
    before = files_of(home)
    changed = question(wording="I trust those at the counter.")
    done = answer_rows(by=layout(questions=changed))
    assert (done.report.refused, done.report.rows_loaded) == (True, 0)
    assert "version" in done.why
    assert files_of(home) == before
    assert answer_rows(by=layout(questions=changed, version=2)).report.n_replaced == 1


@pytest.mark.parametrize(("field", "code"), [("provider", "99"), ("service", "nowhere")])
def test_who_is_not_in_the_directory_is_refused(answer_rows: Run, home: Path, field: str, code: str) -> None:
    with pytest.raises(
        LayoutNotValid, match=f"field {field}: the directory knows no {field} with the code '{code}'"
    ):
        answer_rows(by=layout(**{field: code}))
    assert files_of(home) == {}


def test_a_service_of_another_provider_is_loaded_and_found(answer_rows: Run) -> None:
    done = answer_rows(by=layout(service="service-5"))
    assert [one["kind"] for one in done.findings] == ["service_not_linked_to_provider"]
    assert Finding.objects.get().kind == "service_not_linked_to_provider"
    assert done.report.rows_loaded == 1


def test_a_trial_says_the_same_and_writes_nothing(answer_rows: Run, home: Path) -> None:
    tried = answer_rows(row(), row(w="x"), dry_run=True)
    assert files_of(home) == {}
    assert (ImportedFile.objects.count(), latest_entries()) == (0, [])
    assert answer_rows(row(), row(w="x")).report == tried.report


def test_a_failure_at_the_archive_leaves_the_database_as_it_was(
    answer_rows: Run, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    def fail(*args: object, **options: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("hearback.collect.archive.files.Archive.append", fail)
    with pytest.raises(OSError, match="no space left"):
        answer_rows()
    assert (ImportedFile.objects.count(), latest_entries()) == (0, [])
    monkeypatch.undo()
    assert answer_rows().report.changed


def test_an_archive_that_another_program_changed_meanwhile_is_left_alone(
    answer_rows: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **options: object) -> None:
        raise CodeNotValid("the code book was changed by another program; run the command again")

    monkeypatch.setattr("hearback.collect.archive.files.Archive.append", fail)
    done = answer_rows()
    assert (done.report.refused, done.report.rows_loaded, done.report.changed) == (True, 0, False)
    assert (done.report.quarters, done.report.rows_read) == ({}, 1)
    assert "run the command again" in done.why
    assert (ImportedFile.objects.count(), latest_entries()) == (0, [])


def test_a_damaged_archive_is_not_written_over(answer_rows: Run, home: Path) -> None:
    answer_rows()
    (file,) = home.rglob("*.parquet")
    file.write_bytes(b"no")
    with pytest.raises(ArchiveNotValid, match="cannot be read"):
        answer_rows()
    assert file.read_bytes() == b"no"


def test_the_layout_of_these_tests_stays_as_it_is() -> None:
    assert LAYOUT["questions"] == question()
