"""Scores of groups on the command line, and weighted surveys, which are in no larger figure."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner, Result

from hearback.collect.archive import CodeBook, Item
from hearback.collect.queries import answer_archive
from hearback.measure.commands import group
from hearback.measure.file_queries import group_scores
from hearback.measure.queries import scores
from tests.measure.answers.people import QUARTER, Person, batch_of, form
from tests.measure.conftest import Load

SIZES = {"18-34": 120, "35-54": 90, "55-64": 30, "65+": 4}
Archive = Callable[..., None]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(group, list(arguments))


@pytest.fixture
def archive(load_rows: Load, settings: Any, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """Give a function that archives people of four ages, and computes."""
    settings.HOME = tmp_path_factory.mktemp("home")

    def people(**of_form: object) -> None:
        asked, book = form("va-vha-2-survey", **of_form), CodeBook()
        crowd = [
            Person(asked, {"trust": 5 if k % 3 else 2, "satisfaction": 4}, groups=(("age_band", age),))
            for age, n in SIZES.items()
            for k in range(n)
        ]
        answer_archive().append(batch_of(crowd, book), book, "test")
        assert run("all").exit_code == 0

    return people


def test_groups_are_shown_with_those_that_are_held_back(archive: Archive) -> None:
    archive()
    said = run("show", "service", "va-vha-2", "--groups", "age_band").output.replace("\u00a0", " ")
    assert "trust_agree_share of age_band 18-34: 66.7 % (57.8 % to 74.5 %), n = 120; wilson 1" in said
    assert "trust_agree_share of age_band 65+: no value (too few to show)" in said
    assert "channel" not in said


def test_groups_are_the_same_as_in_the_files(archive: Archive) -> None:
    archive()
    for asked in (("--groups",), ("--groups", "age_band")):
        shown = json.loads(run("show", "service", "va-vha-2", *asked, "--json").stdout)["scores"]
        found = list(group_scores(QUARTER, level="service", subject="va-vha-2"))
        assert [(s["measure"], s["group"], s["value"], s["n"]) for s in shown] == [
            (s.measure, s.group, s.value, s.n) for s in found
        ]


def test_a_dimension_nobody_asked_for_is_refused_naming_those_there_are(archive: Archive) -> None:
    archive()
    result = run("show", "service", "va-vha-2", "--groups", "income")
    assert result.exit_code == 1
    assert "There are by age_band." in result.output


def test_a_provider_of_weighted_surveys_alone_is_told_apart_from_a_wrong_key(archive: Archive) -> None:
    archive(weighted=True)
    (key,) = {one.subject for one in scores(level="survey")}
    for command, level, subject in (
        ("show", "provider", "va-vha"),
        ("show", "agency", "va"),
        ("show-drivers", "service", "va-vha-2"),
        ("show-changes", "government", "all"),
    ):
        result = run(command, level, subject)
        assert result.exit_code == 1
        assert "all its surveys are weighted" in result.output
        assert f"hearback measure {command} survey {key}" in result.output
    assert run("show", "survey", key).exit_code == 0
    assert f"{key}: va-vha-2-survey; service va-vha-2, provider va-vha; weighted" in run("surveys").output


@pytest.mark.parametrize("weighted", [False, True])
def test_a_survey_that_did_not_ask_about_trust_says_so_in_its_trust_lines(
    archive: Archive, weighted: bool
) -> None:
    archive(weighted=weighted, items=(Item("satisfaction", wording_class="standard"),))
    (one,) = scores(level="survey", measure="trust_mean")
    assert (one.value, one.reason, one.excluded) == (None, "not_comparable", (("trust_not_asked", 1),))
    said = run("show", "survey", one.subject).output
    assert "trust_mean: no value (not comparable)" in said
    assert "left out: trust_not_asked" in said
