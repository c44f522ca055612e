"""`hearback measure`: what it prints, what it refuses, and that trying changes nothing."""

import json
from datetime import datetime

import pytest
from click.testing import CliRunner, Result

from hearback.history.queries import latest_entries
from hearback.measure.commands import compute_all, group
from hearback.measure.queries import scores
from tests.measure.conftest import Load


def run(*arguments: str) -> Result:
    return CliRunner().invoke(group, list(arguments))


def test_computes_all_quarters_for_another_command(loaded: Load, at: datetime) -> None:
    first = compute_all(by="owner", at=at)
    again = compute_all(by="owner", at=at)
    assert [q["quarter"] for q in first["quarters"]] == ["FY2021-Q1", "FY2021-Q2"]
    assert first["n_added"] == first["n_scores"] == len(scores())
    assert (again["n_added"], again["n_changed"], again["n_removed"]) == (0, 0, 0)


@pytest.mark.parametrize("arguments", [("all",), ("quarter", "FY2021-Q2")])
def test_trying_changes_nothing(loaded: Load, arguments: tuple[str, ...]) -> None:
    before = len(latest_entries(limit=5000))
    result = run(*arguments, "--dry-run", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["n_added"] > 0
    assert scores() == []
    assert len(latest_entries(limit=5000)) == before
    assert "would be new" in run(*arguments, "--dry-run").output


def test_names_who_computed(loaded: Load) -> None:
    assert run("quarter", "FY2021-Q2", "--by", "reviewer").exit_code == 0
    assert latest_entries(limit=1)[0].by == "reviewer"


def test_shows_a_number_with_interval_and_method(loaded: Load) -> None:
    run("all")
    said = run("show", "service", "va-vha-2", "--quarter", "FY2021-Q1").output
    said = said.replace("\u00a0", " ")
    assert said.startswith("Quarter    Pool       Measure: figure (95 % interval), answers;")
    assert (
        "FY2021 Q1  stated     trust_agree_share: 75.4 % (64.0 % to 84.1 %), n = 69; wilson 1; single" in said
    )
    assert "trust_mean: 4.04 (3.77 to 4.31), n = 69; mean_t 1" in said
    shown = json.loads(run("show", "service", "va-vha-2", "--quarter", "FY2021-Q1", "--json").stdout)[
        "scores"
    ]
    assert len(shown) == 10
    assert shown[0]["denominator_name"] == "answers"


def test_says_why_there_is_no_number(loaded: Load) -> None:
    run("all")
    key = next(s.subject for s in scores(level="survey") if s.reason == "suppressed_small")
    assert "trust_mean: no value (too few to show)" in run("show", "survey", key).output


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("quarter", "FY2021-Q5"), 2, "the form is FY2021-Q1"),
        (("quarter", "FY2021-Q1"), 1, "hearback collect answers"),
        (("drivers", "--quarter", "FY2021-Q1"), 1, "hearback collect answers"),
        (("comparability", "--quarter", "FY2021-Q1"), 1, "hearback collect import"),
        (("changes", "--quarter", "FY2021-Q1"), 1, "hearback measure all"),
        (("show", "service", "va-vha-2", "--quarter", "spring"), 2, "the form is FY2021-Q1"),
        (("show", "service", "nobody"), 1, "hearback directory list"),
        (("show", "planet", "earth"), 2, "planet"),
        (("quarter",), 2, "QUARTER"),
    ],
)
def test_refuses_with_one_line_that_helps(db: None, arguments: tuple[str, ...], code: int, said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == code
    assert said in result.output


def test_says_what_to_do_where_nothing_is_reported(db: None) -> None:
    said = run("all").output
    assert "hearback collect import" in said
    assert "hearback collect answers" in said


@pytest.mark.parametrize("verb", [("quarter",), ("changes", "--quarter"), ("comparability", "--quarter")])
def test_refuses_a_quarter_of_which_nothing_is_there(loaded: Load, verb: tuple[str, ...]) -> None:
    run("all")
    result = run(*verb, "FY2030-Q1")
    assert result.exit_code == 1
    assert "of FY2030 Q1. There are of FY2021 Q1, FY2021 Q2." in result.output


@pytest.mark.parametrize("written", ["fy2021-q2", "FY2021 Q2", " FY2021Q2 "])
def test_reads_a_quarter_as_people_write_it(loaded: Load, written: str) -> None:
    assert json.loads(run("quarter", written, "--json").stdout)["quarters"][0]["quarter"] == "FY2021-Q2"
    assert run("show", "service", "va-vha-2", "--quarter", written).exit_code == 0


def test_says_that_questions_are_left_out_and_not_surveys(loaded: Load) -> None:
    assert "1 question of surveys left out of something." in run("quarter", "FY2021-Q2").output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("show", "service", "va-vha-22"), "Keys near it: va-vha-2, "),
        (("show", "service", "VA-VHA-2"), "Keys near it: va-vha-2"),
        (("show", "service", "va-vha-2", "--quarter", "FY2030-Q1"), "There are of FY2021 Q1, FY2021 Q2."),
        (("show", "service", "ssa-19"), "no survey of it is reported or counted. Import reported counts"),
        (("show", "service", "va-vha-2", "--groups"), "They take answers of single people in two channels"),
        (("show", "survey", "va-vha-2"), "hearback measure surveys"),
        (("show", "government", "everybody"), "There is one for the whole government: all."),
        (("show-drivers", "provider", "va-vha"), "answers of single people to more questions"),
    ],
)
def test_says_what_is_missing_and_not_that_a_right_key_is_wrong(
    loaded: Load, arguments: tuple[str, ...], said: str
) -> None:
    run("all")
    result = run(*arguments)
    assert result.exit_code == 1
    assert said in result.output
    assert ("hearback directory list" in result.output) == ("Keys near" in said)


def test_says_that_scores_are_not_computed_yet(loaded: Load) -> None:
    said = run("show", "service", "va-vha-2").output
    assert "no scores of service 'va-vha-2' yet. Compute them with `hearback measure all`." in said


def test_lists_surveys_with_their_keys(loaded: Load) -> None:
    run("all")
    said = run("surveys", "--quarter", "FY2021-Q1").output
    (only,) = {one.subject for one in scores(level="survey", quarter="FY2021-Q1")}
    assert f"FY2021 Q1  counts     {only}: clinic; service va-vha-2, provider va-vha" in said
    assert run("show", "survey", only).exit_code == 0
    listed = json.loads(run("surveys", "--provider", "usda-fsa", "--json").stdout)["surveys"]
    assert [(one["service"], one["weighted"]) for one in listed] == [("usda-fsa-3", False)]
