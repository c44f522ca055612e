"""An import loads all of a file or nothing, loses nothing silently, and may run twice."""

import csv
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from hearback.collect import queries
from hearback.collect.models import Finding, ImportedFile, ReportedQuestion, ReportedSurvey
from hearback.fiscal import Quarter
from hearback.history.queries import latest_entries
from tests.collect.conftest import Imported
from tests.collect.files import (
    COUNTS,
    admin_row,
    exchange_row,
    quarterly_row,
    question,
    trust_row,
    write,
)

Load = Callable[..., Imported]
Q = "quarterly_v1"


def trust(counts: tuple[int, ...], **changes: Any) -> dict[str, Any]:
    """Give a quarterly row with other answers to the trust question, and no mean."""
    words = "This interaction increased my trust in the agency."
    return quarterly_row(**changes) | question(2, counts, text=words, prefix="attributes_")


def test_a_row_becomes_a_survey_with_its_questions(load_rows: Load, home: Path) -> None:
    done = load_rows(Q, quarterly_row())
    assert (done.report.rows_read, done.report.rows_loaded, done.report.rows_changed) == (1, 1, 1)
    assert done.findings == []
    (fact,) = queries.reported_surveys()
    assert fact.key.startswith("service-2-fy2021q2-email-")
    assert (fact.provider_key, fact.service_key, fact.quarter) == ("provider-21", "service-2", "FY2021-Q2")
    assert (fact.customers_count, fact.offered_count, fact.respondents_count) == (90000, 1000, 300)
    assert [asked.question for asked in fact.questions][:2] == ["satisfaction", "trust"]
    assert (fact.questions[1].counts, fact.questions[1].published_mean) == (COUNTS[2], "3.94")
    assert (fact.file_sha256, fact.file_row) == (done.report.sha256, 2)
    assert (home / "archive" / f"{done.report.sha256}.csv").is_file()


def test_history_says_who_loaded_what(load_rows: Load, at: datetime) -> None:
    load_rows(Q, quarterly_row())
    entries = latest_entries()
    assert {(e.verb, e.by, e.at) for e in entries} == {
        ("file.loaded", "tester", at),
        ("survey.loaded", "tester", at),
    }


def test_loading_a_file_again_changes_nothing_and_finds_the_same(load_rows: Load) -> None:
    rows = [quarterly_row(volume_of_respondents=5), quarterly_row(channel="")]
    first = load_rows(Q, *rows)
    before = latest_entries()
    again = load_rows(Q, *rows, name="other-name.csv")
    assert (again.report.rows_loaded, again.report.rows_changed) == (2, 0)
    assert again.findings == first.findings != []
    assert latest_entries() == before
    assert Finding.objects.count() == len(first.findings)
    assert ImportedFile.objects.count() == 1


def test_one_bad_row_refuses_the_file(load_rows: Load, home: Path) -> None:
    done = load_rows(Q, quarterly_row(), quarterly_row(service_id=99, channel=""))
    assert done.report.refused
    assert (done.report.rows_read, done.report.rows_good, done.report.rows_rejected) == (2, 1, 1)
    assert (done.report.rows_loaded, done.report.rows_changed) == (0, 0)
    assert ReportedSurvey.objects.count() == ImportedFile.objects.count() == 0
    assert not (home / "archive").exists()
    (refused,) = done.rejections
    assert (refused["row"], refused["record"], refused["column"]) == (3, 2, "attributes_service_id")
    assert "directory" in str(refused["reason"])


def test_keep_good_loads_the_good_rows_and_says_what_was_refused(load_rows: Load) -> None:
    rows = (quarterly_row(), quarterly_row(q2_3="1,000"))
    done = load_rows(Q, *rows, keep_good=True)
    assert (done.report.refused, done.report.is_whole) == (False, False)
    assert done.report.rows_read == done.report.rows_loaded + done.report.rows_rejected == 2
    assert ReportedSurvey.objects.count() == 1
    assert load_rows(Q, *rows, keep_good=True).report.rows_changed == 0


def test_rows_that_become_good_later_load_then(load_rows: Load) -> None:
    from tests.collect.directory import build_directory

    rows = (quarterly_row(), quarterly_row(service_id=77))
    load_rows(Q, *rows, keep_good=True)
    build_directory([("21", "77")])
    done = load_rows(Q, *rows)
    assert (done.report.rows_loaded, done.report.rows_changed) == (2, 1)
    assert [e.verb for e in latest_entries(1, "imported_file")] == ["file.loaded_again"]


def test_a_dry_run_reports_the_same_and_keeps_nothing(load_rows: Load, home: Path) -> None:
    tried = load_rows(Q, quarterly_row(channel=""), dry_run=True)
    assert ReportedSurvey.objects.count() == ImportedFile.objects.count() == Finding.objects.count() == 0
    assert latest_entries() == []
    assert not (home / "archive").exists()
    done = load_rows(Q, quarterly_row(channel=""))
    assert (tried.report, tried.findings) == (done.report, done.findings)


@pytest.mark.parametrize(
    ("changes", "column", "said"),
    [
        ({"service_provider_id": 99}, "attributes_service_provider_id", "no provider with the code '99'"),
        ({"service_id": ""}, "attributes_service_id", "blank"),
        ({"service_provided": " "}, "attributes_service_provided", "blank"),
        ({"collection_quarter": 5}, "attributes_collection_quarter", "no quarter 5"),
        ({"collection_year": 1875}, "attributes_collection_year", "outside 1990 to 2100"),
        ({"volume_of_customers": "9,707,552"}, "attributes_volume_of_customers", "write 9707552"),
        ({"volume_of_respondents": "3.5"}, "attributes_volume_of_respondents", "whole number"),
        ({"q2_1": -4}, "attributes_q2_1", "negative"),
        ({"q2_5": 2**63}, "attributes_q2_5", "too large"),
        ({"q2_point_scale": "high"}, "attributes_q2_point_scale", "not a mean"),
    ],
)
def test_bad_input_is_refused_with_row_column_and_remedy(
    load_rows: Load, changes: dict[str, Any], column: str, said: str
) -> None:
    (refused,) = load_rows(Q, quarterly_row(), quarterly_row(**changes)).rejections
    assert (refused["row"], refused["column"]) == (3, column)
    assert said in str(refused["message"])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"PK\x03\x04", "not CSV"),
        (b"a,b\n1,2\n", "no known kind"),
        ("fiscal_year,quarter".encode("utf-16"), "UTF-16"),
        (b"a,a\n1,2\n", "more than once"),
        (b"\xff,b\n1,2\n", "0xFF"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_whole(
    load: Load, tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    done = load(path, keep_good=True)
    assert done.report.refused
    assert done.report.rows_read == 0
    assert said in str(done.rejections[0]["message"])
    assert done.rejections[0]["row"] == 1


def test_a_header_without_rows_is_refused(load_rows: Load) -> None:
    assert "no rows" in str(load_rows(Q).rejections[0]["message"])


def test_a_byte_order_mark_is_read_over(load: Load, tmp_path: Path) -> None:
    path = write(tmp_path / "x.csv", Q, [quarterly_row()])
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert load(path).report.rows_loaded == 1


def test_rows_are_named_by_their_line_even_below_cells_of_several_lines(load_rows: Load) -> None:
    rows = (quarterly_row(transaction_point="After\nthe\nvisit"), quarterly_row(channel="", service_id=5))
    (missing,) = load_rows(Q, *rows).of("channel_missing")
    assert missing["row"] == 5


def test_a_service_the_provider_is_not_linked_to_is_found_and_loaded(load_rows: Load) -> None:
    done = load_rows(Q, quarterly_row(service_id=5))
    assert [f["column"] for f in done.of("service_not_linked_to_provider")] == ["attributes_service_id"]
    assert done.report.rows_loaded == 1


def test_a_column_too_many_is_found_once(load: Load, tmp_path: Path) -> None:
    path = write(tmp_path / "x.csv", Q, [quarterly_row()], more=["user_email"])
    done = load(path)
    assert [(f["row"], f["column"]) for f in done.of("unknown_column")] == [(1, "user_email")]
    assert load(path).findings == done.findings


def test_two_rows_for_one_survey_are_kept_as_variants(load_rows: Load) -> None:
    rows = (trust((1, 2, 3, 4, 5)), trust((5, 4, 3, 2, 1)))
    done = load_rows(Q, *rows)
    assert [f["row"] for f in done.of("two_values_for_one_key")] == [2, 3]
    assert [(fact.variant, fact.questions[1].counts) for fact in queries.reported_surveys()] == [
        (1, (1, 2, 3, 4, 5)),
        (2, (5, 4, 3, 2, 1)),
    ]
    again = load_rows(Q, *rows)
    assert (again.report.rows_changed, again.findings) == (0, done.findings)


def test_a_row_that_repeats_another_is_found_and_not_kept_twice(load_rows: Load) -> None:
    done = load_rows(Q, quarterly_row(), quarterly_row(id=2), quarterly_row(channel="paper"))
    assert [f["row"] for f in done.of("same_row_twice")] == [3]
    assert done.of("two_values_for_one_key") == []
    assert (done.report.rows_loaded, done.report.rows_changed) == (3, 2)
    assert ReportedSurvey.objects.count() == 2


def test_another_kind_of_file_fills_in_what_is_missing(load_rows: Load) -> None:
    load_rows(Q, quarterly_row(volume_of_customers="0.0"))
    done = load_rows("trust_counts", trust_row(rating="PARTIAL"))
    assert done.report.rows_changed == 1
    (fact,) = queries.reported_surveys()
    assert (fact.rating, fact.customers_count) == ("PARTIAL", 90000)
    assert done.of("two_values_for_one_key") == []
    assert latest_entries(1)[0].verb == "survey.completed"
    assert load_rows(Q, quarterly_row(volume_of_customers="0.0")).report.rows_changed == 0


def test_where_two_kinds_of_file_differ_the_first_value_stands_and_both_are_told(load_rows: Load) -> None:
    load_rows(Q, quarterly_row())
    done = load_rows("trust_counts", trust_row(population_size=91000, agree_num=31, sample_size=103))
    told = {(f["column"], str(f["message"])) for f in done.of("two_values_for_one_key")}
    assert [column for column, _ in sorted(told)] == ["population_size", "strongly_disagree_num"]
    assert any("91000" in message and "90000" in message for _, message in told)
    (fact,) = queries.reported_surveys()
    assert (fact.customers_count, fact.questions[1].counts) == (90000, COUNTS[2])


def test_a_later_file_of_the_same_kind_restates(load_rows: Load) -> None:
    load_rows(Q, quarterly_row())
    done = load_rows(Q, trust((9, 9, 9, 9, 9), volume_of_customers="0.0"), name="later.csv")
    assert {(f["column"]) for f in done.of("restated")} == {
        "attributes_volume_of_customers",
        "attributes_q2_1",
    }
    (fact,) = queries.reported_surveys()
    assert (fact.customers_count, fact.questions[1].counts) == (None, (9, 9, 9, 9, 9))
    assert fact.file_sha256 == done.report.sha256
    entry = latest_entries(1)[0]
    assert (entry.verb, entry.before) == (
        "survey.restated",
        {"customers_count": 90000, "trust.counts": list(COUNTS[2]), "trust.published_mean": "3.940000"},
    )


def test_a_mean_never_stands_beside_counts_it_does_not_belong_to(load_rows: Load) -> None:
    load_rows(Q, quarterly_row())
    done = load_rows(Q, trust((50, 0, 0, 0, 0)), name="later.csv")
    (fact,) = queries.reported_surveys()
    assert (fact.questions[1].counts, fact.questions[1].published_mean) == ((50, 0, 0, 0, 0), None)
    assert fact.file_sha256 == done.report.sha256


def test_a_mean_of_a_file_whose_counts_do_not_stand_is_not_taken(load_rows: Load) -> None:
    load_rows(Q, quarterly_row() | {"attributes_q2_point_scale": ""})
    done = load_rows("trust_counts", trust_row(agree_num=31, sample_size=103, point_scale="3.00"))
    assert done.of("two_values_for_one_key")
    assert next(queries.reported_surveys()).questions[1].published_mean is None


def test_a_restatement_is_told_again_and_an_older_file_does_not_undo_it(load_rows: Load) -> None:
    first = [quarterly_row()]
    later = [trust((9, 9, 9, 9, 9))]
    load_rows(Q, *first)
    done = load_rows(Q, *later)
    again = load_rows(Q, *later)
    assert (again.report.rows_changed, again.of("restated")) == (0, done.of("restated"))
    older = load_rows(Q, *first)
    assert older.report.rows_changed == 0
    assert [f["column"] for f in older.of("superseded")] == ["attributes_q2_1"]
    assert next(queries.reported_surveys()).questions[1].counts == (9, 9, 9, 9, 9)


def test_a_question_that_a_later_file_drops_is_taken_back(load_rows: Load) -> None:
    own = question(8, (1, 1, 1, 1, 1), text="Our own question", prefix="attributes_")
    load_rows(Q, quarterly_row() | own)
    done = load_rows(Q, quarterly_row(), name="later.csv")
    assert done.report.rows_changed == 1
    assert next(queries.reported_surveys()).questions[-1].counts == (0, 0, 0, 0, 0)


def test_words_come_to_a_survey_loaded_from_the_exchange_format(load_rows: Load) -> None:
    load_rows("hearback_quarterly", exchange_row())
    assert ReportedQuestion.objects.get().wording == ""
    done = load_rows("trust_counts", trust_row())
    assert done.report.rows_changed == 1
    assert done.findings == []
    assert ReportedQuestion.objects.get().wording == trust_row()["question_text"]
    assert load_rows("hearback_quarterly", exchange_row()).report.rows_changed == 0


def test_the_administrative_export_agrees_with_the_merged_file(load_rows: Load) -> None:
    load_rows("admin_export_v1", admin_row())
    done = load_rows(Q, quarterly_row())
    assert done.findings == []
    assert done.report.rows_changed == 1, "the means are filled in"
    assert load_rows("admin_export_v1", admin_row()).report.rows_changed == 0


def test_a_changed_wording_is_found_in_the_later_quarter(load_rows: Load) -> None:
    other = quarterly_row(collection_quarter=3, q2_text="I trust the agency to do its work.")
    (found,) = load_rows(Q, quarterly_row(), other).of("wording_changed")
    assert (found["row"], found["column"]) == (3, "attributes_q2_text")
    assert "FY2021-Q2" in str(found["message"])


def test_a_changed_scale_is_found_in_the_later_quarter(load_rows: Load) -> None:
    words = "Please rate your confidence in us."
    five = quarterly_row(q2_text=words)
    ten = quarterly_row(q2_text=f"{words} (1=not at all, 10=very)", collection_quarter=4)
    done = load_rows(Q, five, ten)
    assert [f["row"] for f in done.of("scale_changed")] == [3]
    assert done.of("wording_changed") == []
    assert load_rows(Q, five, ten).findings == done.findings


def test_a_quarter_loaded_late_brings_the_finding_to_the_quarter_after_it(load_rows: Load) -> None:
    later = quarterly_row(collection_quarter=3, q2_text="I trust the agency to do its work.")
    assert load_rows(Q, later).kinds() == set()
    assert load_rows(Q, quarterly_row(), name="earlier.csv").kinds() == set()
    assert load_rows(Q, later).kinds() == {"wording_changed"}
    (_, fact) = queries.reported_surveys()
    assert [finding.kind for finding in fact.findings] == ["wording_changed"]


def test_the_same_words_in_a_quarter_that_did_not_ask_change_nothing(load_rows: Load) -> None:
    none = question(2, (0,) * 5, text="NONE", prefix="attributes_")
    rows = (quarterly_row(), quarterly_row(collection_quarter=3) | none, quarterly_row(collection_quarter=4))
    assert load_rows(Q, *rows).of("wording_changed") == []


def test_more_rows_than_one_batch_are_loaded_and_variants_found_across_batches(load_rows: Load) -> None:
    rows = [quarterly_row(service_provided=f"Survey {n}") for n in range(1100)]
    done = load_rows(
        Q, *rows, quarterly_row(service_provided="Survey 3", volume_of_customers=7), quarterly_row()
    )
    assert (done.report.rows_loaded, ReportedSurvey.objects.count()) == (1102, 1102)
    assert [f["row"] for f in done.of("two_values_for_one_key")] == [5, 1102]
    assert sum(1 for _ in queries.reported_surveys()) == 1102


def test_queries_give_one_quarter_findings_and_files(load_rows: Load) -> None:
    load_rows(Q, quarterly_row(channel=""), quarterly_row(collection_quarter=3))
    assert [fact.quarter for fact in queries.reported_surveys(Quarter(2021, 3))] == ["FY2021-Q3"]
    assert queries.finding_counts() == {"channel_missing": 1}
    (file,) = queries.imported_files()
    assert (file.kind, file.name, file.rows_loaded, file.by) == (Q, "file.csv", 2, "tester")


def test_reading_takes_few_statements(
    load_rows: Load, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    load_rows(Q, *[quarterly_row(service_provided=f"Survey {n}") for n in range(60)])
    with django_assert_max_num_queries(4):
        assert len(list(queries.reported_surveys())) == 60


def test_a_finding_that_two_files_make_alike_is_given_once(load_rows: Load) -> None:
    load_rows(Q, quarterly_row(channel=""))
    load_rows("trust_counts", trust_row(channel=""))
    (fact,) = queries.reported_surveys()
    assert [finding.kind for finding in fact.findings] == ["channel_missing"]


def test_keys_stay_apart_where_eight_digits_do_not(load_rows: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    from hearback.collect import places

    def alike(*parts: object) -> str:
        return "a" * 9 + format(hash(parts) & 0xFFFFFFFFFFFFFF, "014x") + "0" * 9

    monkeypatch.setattr(places, "digest", alike)
    load_rows(Q, quarterly_row(service_provided="One"), quarterly_row(service_provided="Two"))
    load_rows(Q, quarterly_row(service_provided="Three"), name="b.csv")
    keys = [fact.key for fact in queries.reported_surveys()]
    assert len(set(keys)) == 3


def test_the_archive_holds_the_file_as_it_came(load: Load, tmp_path: Path, home: Path) -> None:
    path = write(tmp_path / "x.csv", Q, [quarterly_row(service_provided="Café")])
    done = load(path)
    kept = home / "archive" / f"{done.report.sha256}.csv"
    assert kept.read_bytes() == path.read_bytes()
    assert [p.name for p in kept.parent.iterdir()] == [kept.name]
    with kept.open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == 1
