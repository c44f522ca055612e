"""Journeys at the command line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hearback.learn.commands import group
from hearback.learn.models import PainPoint
from hearback.learn.sheets.loading import read_source
from hearback.learn.wanted import JOURNEYS
from tests.learn.small import changed, write

pytestmark = pytest.mark.django_db
CASE = {"kind": "case", "url": "https://example.org/case/7", "gist": "A complaint."}


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(group, [str(word) for word in words])


def test_load_prints_one_object_for_scripts(learn_folder: Path) -> None:
    tried = run("load", write(learn_folder), "--json", "--dry-run")
    assert json.loads(tried.stdout)["dry_run"] is True
    done = run("load", learn_folder, "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["created"] == json.loads(tried.stdout)["created"]


def test_load_refuses_a_bad_file_in_one_line(learn_folder: Path) -> None:
    done = run("load", write(learn_folder, changed([0], about="nowhere")))
    assert done.exit_code == 1
    assert done.stderr.startswith("Error: journeys.json: record 1 (boat-licence), field 'about'")
    assert len(done.stderr.splitlines()) == 1


def test_what_was_dumped_wants_the_rows_that_are_there(learn_folder: Path, tmp_path: Path) -> None:
    run("load", write(learn_folder))
    assert run("dump", tmp_path / "out").exit_code == 0
    again = json.loads(run("load", tmp_path / "out", "--json").stdout)
    assert (again["created"], again["changed"], again["not_in_file"]) == ({}, {}, [])
    assert sorted(str(row.state()) for row in read_source(tmp_path / "out").wanted) == sorted(
        str(row.state()) for row in read_source(learn_folder).wanted
    )


def test_a_file_that_is_there_stays_unless_told(learn_folder: Path, tmp_path: Path) -> None:
    run("load", write(learn_folder))
    (tmp_path / JOURNEYS).write_text("mine")
    refused = run("dump", tmp_path)
    assert refused.exit_code == 1
    assert refused.stderr.startswith(f"Error: {JOURNEYS} in {tmp_path} would be replaced")
    assert run("dump", tmp_path, "--overwrite", "--dry-run").exit_code == 0
    assert (tmp_path / JOURNEYS).read_text() == "mine"
    assert run("dump", tmp_path, "--overwrite").exit_code == 0
    assert json.loads((tmp_path / JOURNEYS).read_text())[0]["key"] == "buying-a-boat"


def test_counts_name_every_kind(learn_folder: Path) -> None:
    run("load", write(learn_folder))
    assert json.loads(run("counts", "--json").stdout) == {
        "journeys": 2, "journey_stages": 3, "steps": 3, "pain_points": 3, "stories": 3, "studies": 1,
        "observations": 1, "highlights": 1, "insights": 2,
        "personas": 2,
    }  # fmt: skip
    assert "3 journey stages" in run("counts").stdout


def test_evidence_that_is_not_there_is_named_by_load_and_by_command(learn_folder: Path) -> None:
    loaded = json.loads(run("load", write(learn_folder), "--json").stdout)
    assert loaded["not_there"] == ["insight i1 cites highlight gone, which is not there"]
    found = run("evidence", "--json")
    lost = {"kind": "insight", "key": "i1", "number": 3, "cites": "highlight", "cited": "gone"}
    assert (found.exit_code, json.loads(found.stdout)) == (1, {"not_there": [lost], "unfounded": []})
    PainPoint.objects.get(key="slow").delete()
    assert run("evidence").stdout.splitlines() == [
        "insight i1 cites highlight gone, which is not there.",
        "persona newcomer cites pain_point slow, which is not there.",
        "persona newcomer has no evidence left: the next release leaves it out.",
    ]
    run("load", write(learn_folder, changed([0, "insights", 0], evidence=[CASE])))
    whole = run("evidence")
    assert (whole.exit_code, whole.stdout) == (0, "All that is cited by key is there.\n")


def test_search_finds_all_that_was_learnt(learn_folder: Path) -> None:
    run("load", write(learn_folder))
    found = json.loads(run("search", "which one", "FISHERS", "--json").stdout)
    assert found == {
        "counts": {"highlight": 1}, "alone": {}, "found": [{
            "kind": "highlight", "key": "h1", "journey": "boat-licence", "study": "dockside",
            "title": "Which one is it?", "passage": "fishers",
        }],
    }  # fmt: skip
    assert "observation o1: Three of four turn the form over." in run("search", "form").stdout.splitlines()
    assert "persona newcomer: Newcomer with a first boat – one form" in run("search", "one form").stdout
    only = json.loads(run("search", "the", "--kind", "pain_point", "--limit", "1", "--json").stdout)
    assert [one["kind"] for one in only["found"]] == ["pain_point"]
    nothing = run("search", "form", "zebra", "--json")
    assert json.loads(nothing.stdout)["alone"]["zebra"] == 0
    assert "Nothing holds all of these words" in run("search", "form", "zebra").stdout
    for words, problem in ((["x" * 300], "characters are searched for"), (["--", "-"], "no word in that")):
        refused = run("search", *words)
        assert (refused.exit_code, problem in refused.stderr) == (1, True), refused.stderr
