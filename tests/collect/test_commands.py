"""What scripts rely on: one JSON object, exit codes, and an export that loads again."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from hearback.collect import queries
from hearback.collect.commands import group, load_file
from hearback.collect.exchange import HEADER, ExchangeQuestion, ExchangeSurvey, write_exchange_file
from hearback.collect.models import ReportedSurvey
from hearback.history.queries import latest_entries
from hearback.ui.terminal import Refused
from tests.collect.files import exchange_row, quarterly_row, trust_row, write

pytestmark = pytest.mark.usefixtures("home", "directory")
Q = "quarterly_v1"


def run(*words: object) -> Result:
    """Run `hearback collect …`."""
    return CliRunner().invoke(group, [str(word) for word in words])


def told(result: Result) -> dict[str, Any]:
    """Read the one JSON object that a command printed."""
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_json_is_one_object_with_all_that_scripts_rely_on(tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", Q, [quarterly_row(channel="")])
    result = run("import", file, "--json", "--by", "ann")
    report = told(result)
    assert result.exit_code == 0
    assert {name: report[name] for name in ("file", "kind", "rows_read", "rows_loaded", "rows_rejected")} == {
        "file": "a.csv", "kind": Q, "rows_read": 1, "rows_loaded": 1, "rows_rejected": 0,
    }  # fmt: skip
    assert (report["rows_changed"], report["rejections"]) == (1, [])
    assert report["findings"] == [
        {
            "file": "a.csv", "kind": "channel_missing", "row": 2, "column": "attributes_channel",
            "message": "No channel is given.",
        }
    ]  # fmt: skip
    assert report["findings_by_kind"] == {"channel_missing": 1}
    assert {entry.by for entry in latest_entries()} == {"ann"}


def test_a_refused_file_ends_with_1_and_says_the_same_in_words(tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", Q, [quarterly_row(), quarterly_row(q2_1="1,000")])
    result = run("import", file, "--json")
    report = told(result)
    assert result.exit_code == 1
    assert (report["rows_read"], report["rows_good"], report["rows_loaded"]) == (2, 1, 0)
    (refused,) = report["rejections"]
    assert (refused["row"], refused["column"]) == (3, "attributes_q2_1")
    words = run("import", file)
    assert words.exit_code == 1
    assert "a.csv, row 3, column attributes_q2_1: '1,000' has commas in it; write 1000." in words.stdout
    assert "--keep-good" in words.stdout


def test_keep_good_loads_and_still_ends_with_1(tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", Q, [quarterly_row(), quarterly_row(q2_1="1,000")])
    result = run("import", file, "--keep-good", "--json")
    assert (result.exit_code, told(result)["rows_loaded"]) == (1, 1)


def test_a_file_of_no_known_kind_is_one_object_too(tmp_path: Path) -> None:
    file = tmp_path / "b.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    result = run("import", file, "--json")
    assert result.exit_code == 1
    assert told(result)["kind"] is None
    assert "no known kind" in told(result)["rejections"][0]["message"]


def test_several_files_give_totals_and_a_list(tmp_path: Path) -> None:
    files = [
        write(tmp_path / "a.csv", Q, [quarterly_row()]),
        write(tmp_path / "b.csv", "trust_counts", [trust_row(rating="PARTIAL")]),
    ]
    report = told(run("import", *files, "--json"))
    assert report["rows_read"] == 2
    assert [(one["file"], one["rows_loaded"]) for one in report["files"]] == [("a.csv", 1), ("b.csv", 1)]
    assert [(one["file"], one["kind"]) for one in report["findings"]] == [("b.csv", "reporting_partial")]


def test_a_dry_run_says_what_would_happen_and_changes_nothing(tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", Q, [quarterly_row()])
    result = run("import", file, "--dry-run")
    assert "1 would be loaded (1 would be changed)" in result.stdout
    assert ReportedSurvey.objects.count() == 0


def test_many_rejections_are_cut_short_in_words_and_whole_in_json(tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", Q, [quarterly_row(service_id="") for _ in range(30)])
    assert "and 10 more" in run("import", file).stdout
    assert len(told(run("import", file, "--json"))["rejections"]) == 30


def test_a_file_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    assert run("import", tmp_path / "none.csv").exit_code == 2
    assert run("import").exit_code == 2


def test_an_export_loads_again_and_changes_nothing(tmp_path: Path) -> None:
    file = write(
        tmp_path / "a.csv",
        Q,
        [quarterly_row(), quarterly_row(volume_of_customers=5), quarterly_row(channel="")],
    )
    run("import", file)
    before = list(queries.reported_surveys())
    out = tmp_path / "out.csv"
    assert told(run("export", out, "--json")) == {"file": str(out), "rows": 3, "dry_run": False}
    assert told(run("import", out, "--json"))["rows_changed"] == 0
    assert [(f.key, f.questions) for f in queries.reported_surveys()] == [
        (f.key, f.questions) for f in before
    ]
    text = out.read_text(encoding="utf-8")
    assert "This interaction" not in text
    assert "Follow-up" not in text


def test_a_dry_export_writes_nothing_and_a_bad_place_is_refused(tmp_path: Path) -> None:
    run("import", write(tmp_path / "a.csv", Q, [quarterly_row()]))
    assert "Would write 1 surveys" in run("export", tmp_path / "out.csv", "--dry-run").stdout
    assert not (tmp_path / "out.csv").exists()
    refused = run("export", tmp_path / "nowhere" / "out.csv")
    assert refused.exit_code == 1
    assert "cannot be written" in refused.output


def test_the_exchange_file_loads_into_an_empty_home_and_the_published_file_adds_words(tmp_path: Path) -> None:
    published = write(tmp_path / "a.csv", Q, [quarterly_row()])
    bundled = write(tmp_path / "b.csv", "hearback_quarterly", [exchange_row()])
    assert told(run("import", bundled, "--json"))["rows_changed"] == 1
    report = told(run("import", published, "--json"))
    assert (report["rows_changed"], report["findings"]) == (1, [])
    assert ReportedSurvey.objects.count() == 1


def test_the_list_names_files_and_findings(tmp_path: Path) -> None:
    assert "Nothing was loaded yet." in run("list").stdout
    run("import", write(tmp_path / "a.csv", Q, [quarterly_row(channel="")]))
    report = told(run("list", "--json"))
    assert [(one["name"], one["kind"]) for one in report["files"]] == [("a.csv", Q)]
    assert report["findings_by_kind"] == {"channel_missing": 1}
    assert "a.csv" in run("list").stdout


def test_another_command_may_load_a_file(tmp_path: Path, at: Any) -> None:
    assert load_file(write(tmp_path / "a.csv", Q, [quarterly_row()]), by="x", at=at).rows_loaded == 1
    with pytest.raises(Refused, match=r"b\.csv, row 2, column attributes_service_id"):
        load_file(write(tmp_path / "b.csv", Q, [quarterly_row(service_id=99)]), by="x", at=at)


def test_a_written_exchange_file_has_its_header_and_blanks_for_nothing(tmp_path: Path) -> None:
    asked = ExchangeQuestion("stated_trust", "five_point", (1, 0, 0, 0, 2), "3.67")
    survey = ExchangeSurvey(
        "FY2021-Q2", "21", "2", "Name, with comma", None, "unknown", 5, 0, None, None, {"trust": asked}
    )
    path = tmp_path / "x.csv"
    assert write_exchange_file([survey], path) == 1
    with path.open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert tuple(row) == HEADER
    assert (row["channel"], row["offered"], row["respondents"], row["ease_1"]) == ("", "0", "", "")
    assert (row["trust_1"], row["trust_5"], row["trust_mean"]) == ("1", "2", "3.67")


def test_export_never_writes_over_a_file_unasked(tmp_path: Path, db: None) -> None:
    kept = tmp_path / "kept.csv"
    kept.write_text("mine")
    refused = run("export", kept)
    assert refused.exit_code == 1
    assert "--replace" in refused.stderr
    assert kept.read_text() == "mine"
    assert run("export", kept, "--replace").exit_code == 0
    assert kept.read_text() != "mine"
