"""Archived answers are counted by whichever command needs them, and a dry run leaves the home as it was."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from hearback.collect.archive import CodeBook
from hearback.collect.queries import answer_archive
from hearback.measure.commands import group
from hearback.measure.file_queries import group_scores
from hearback.measure.queries import comparisons, drivers, scores
from tests.measure.answers.people import QUARTER, Person, batch_of, form
from tests.measure.conftest import Load

Archive = Callable[[int], None]
ANSWERS = ({"trust": 5, "ease": 5}, {"trust": 4, "ease": 3}, {"trust": 2, "ease": 2}, {"trust": 1, "ease": 4})


def run(*arguments: str) -> Result:
    return CliRunner().invoke(group, list(arguments))


@pytest.fixture
def archive(load_rows: Load, settings: Any, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """Give a function that archives people in the place of those before, and counts nobody."""
    settings.HOME = tmp_path_factory.mktemp("home")
    asked = form("va-vha-2-survey")

    def people(n: int) -> None:
        kept = answer_archive()
        book = kept.codes() if kept.quarters() else CodeBook()
        crowd = [
            Person(asked, ANSWERS[k % 4], ("web", "phone")[k // 4 % 2],
                   groups=(("age_band", ("18-34", "65+")[k % 2]),))
            for k in range(n)
        ]  # fmt: skip
        kept.append(batch_of(crowd, book), book, "the same file")

    return people


def files(home: Path) -> dict[str, str]:
    """Name every file of a home with its hash, and with when it was written."""
    return {
        str(file.relative_to(home)): f"{file.stat().st_mtime_ns} {sha256(file.read_bytes()).hexdigest()}"
        for file in home.rglob("*")
        if file.is_file() and file.name != ".lock"
    }


def n_of(quarter: str) -> int | None:
    """Give the answers behind the newest figure of the service."""
    (one,) = scores(level="service", quarter=quarter, measure="trust_mean")
    return one.n


def test_one_quarter_counts_what_is_archived_first(archive: Archive) -> None:
    archive(400)
    assert json.loads(run("quarter", QUARTER, "--json").stdout)["n_added"] > 0
    assert n_of(QUARTER) == 400


def test_one_quarter_follows_a_corrected_file(archive: Archive) -> None:
    archive(400)
    run("quarter", QUARTER)
    archive(360)
    assert json.loads(run("quarter", QUARTER, "--json").stdout)["n_changed"] > 0
    assert n_of(QUARTER) == 360


VERBS = [("all",), ("quarter", QUARTER), ("drivers",), ("drivers", "--quarter", QUARTER)]


@pytest.mark.parametrize("verb", VERBS)
def test_a_dry_run_leaves_an_uncounted_home_as_it_was(
    archive: Archive, settings: Any, verb: tuple[str, ...]
) -> None:
    archive(400)
    before = files(settings.HOME)
    assert json.loads(run(*verb, "--dry-run", "--json").stdout)["n_added"] > 0
    assert files(settings.HOME) == before
    assert (scores(), drivers(), comparisons()) == ([], [], [])
    assert json.loads(run(*verb, "--json").stdout)["n_added"] > 0
    assert files(settings.HOME) != before


@pytest.mark.parametrize("verb", VERBS)
def test_a_dry_run_leaves_what_was_computed_as_it_was(
    archive: Archive, settings: Any, verb: tuple[str, ...]
) -> None:
    archive(400)
    run("all")
    run("drivers")
    archive(360)
    before, held, groups = files(settings.HOME), scores(), list(group_scores(QUARTER))
    assert json.loads(run(*verb, "--dry-run", "--json").stdout)["n_changed"] > 0
    assert files(settings.HOME) == before
    assert (scores(), list(group_scores(QUARTER))) == (held, groups)


def test_a_dry_run_of_changes_writes_no_gaps(archive: Archive, settings: Any) -> None:
    archive(400)
    run("quarter", QUARTER, "--scores-only")
    before = files(settings.HOME)
    assert json.loads(run("changes", "--dry-run", "--json").stdout)["n_gaps"] > 0
    assert files(settings.HOME) == before
    assert json.loads(run("changes", "--json").stdout)["n_gaps"] > 0
    assert files(settings.HOME) != before


def test_a_dry_run_gives_what_the_run_then_does(archive: Archive) -> None:
    archive(400)
    tried = json.loads(run("all", "--dry-run", "--json").stdout)
    done = json.loads(run("all", "--json").stdout)
    assert (tried.pop("dry_run"), done.pop("dry_run")) == (True, False)
    assert tried == done


def test_a_survey_that_is_not_counted_yet_is_told_apart_from_none(archive: Archive) -> None:
    archive(400)
    for asked in (("survey", "va-vha-2-survey-fy2021-q1"), ("service", "va-vha-2")):
        result = run("show", *asked)
        assert result.exit_code == 1
        assert (
            "Archived answers of FY2021 Q1 are not counted yet: run `hearback measure all`" in result.output
        )
    run("all")
    assert run("show", "survey", "va-vha-2-survey-fy2021-q1").exit_code == 0
