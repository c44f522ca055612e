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
    assert "trust_agree_share: 0.7536 (0.6404 to 0.8401), n = 69; wilson 1; single_survey" in said
    shown = json.loads(run("show", "service", "va-vha-2", "--quarter", "FY2021-Q1", "--json").stdout)[
        "scores"
    ]
    assert len(shown) == 10
    assert shown[0]["denominator_name"] == "answers"


def test_says_why_there_is_no_number(loaded: Load) -> None:
    run("all")
    key = next(s.subject for s in scores(level="survey") if s.reason == "suppressed_small")
    assert "trust_mean: no value [suppressed_small]" in run("show", "survey", key).output


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("quarter", "FY2021-Q5"), 1, "the form is FY2021-Q1"),
        (("show", "service", "va-vha-2", "--quarter", "spring"), 1, "the form is FY2021-Q1"),
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
    assert "hearback collect import" in run("all").output
