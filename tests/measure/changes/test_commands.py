"""The commands about change: what they print, what they refuse, and that trying changes nothing."""

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from hearback.fiscal import parse_quarter
from hearback.history.queries import latest_entries
from hearback.measure.changes.facts import ComparisonFact
from hearback.measure.changes.words import change_lines, told_once
from hearback.measure.commands import group
from hearback.measure.commands.changes import touched_by
from hearback.measure.queries import comparisons
from tests.measure.changes.series import quarters
from tests.measure.changes.test_comparisons import HIGH, LOW, Q1, Q2, Q3
from tests.measure.conftest import Load, row


def run(*arguments: str) -> Result:
    return CliRunner().invoke(group, list(arguments))


@pytest.fixture
def two(load_rows: Load) -> Load:
    """Load one survey in two quarters, and compute nothing."""
    load_rows(row(Q1, "clinic", HIGH), row(Q2, "clinic", LOW))
    return load_rows


def test_computing_all_scores_compares_them_too(two: Load) -> None:
    printed = json.loads(run("all", "--json").stdout)
    assert printed["changes"]["n_comparisons"] == len(comparisons()) > 0
    again = json.loads(run("changes", "--json").stdout)
    assert (again["n_added"], again["n_changed"], again["n_removed"]) == (0, 0, 0)


def test_computing_a_quarter_compares_the_quarters_that_rest_on_it(two: Load) -> None:
    run("all")
    two(row(Q1, "clinic", LOW))
    printed = json.loads(run("quarter", Q1, "--json").stdout)
    assert [one["quarter"] for one in printed["changes"]["quarters"]] == [Q1, Q2]
    assert printed["changes"]["n_changed"] > 0
    assert json.loads(run("changes", "--json").stdout)["n_changed"] == 0


def test_scores_alone_may_be_computed(two: Load) -> None:
    assert json.loads(run("quarter", Q1, "--scores-only", "--json").stdout)["changes"]["quarters"] == []
    assert comparisons() == []


def test_a_quarter_touches_those_of_the_year_after_it(two: Load) -> None:
    two(*(row(code, "clinic", HIGH) for code in quarters(7, Q1)))
    run("all")
    assert touched_by(parse_quarter(Q2)) == quarters(5, Q2)
    assert touched_by(parse_quarter("FY2100-Q4")) == ["FY2100-Q4"]


def test_trying_changes_nothing(two: Load) -> None:
    run("quarter", Q1, "--scores-only")
    run("quarter", Q2, "--scores-only")
    before = len(latest_entries(limit=999))
    printed = json.loads(run("changes", "--dry-run", "--json").stdout)
    assert printed["dry_run"]
    assert printed["n_added"] > 0
    assert (comparisons(), len(latest_entries(limit=999))) == ([], before)
    assert "would be new" in run("changes", "--dry-run").output


def test_says_what_changed_in_sentences(two: Load) -> None:
    run("all")
    said = run("show-changes", "service", "va-vha-2", "--quarter", Q2).output.replace("\u00a0", " ")
    both = "FY2021 Q2  stated     Share agreeing: 90.0 % (n = 1,000) and 70.0 % (n = 1,000)."
    assert f"{both} Lower than in FY2021 Q1, by 20.0 percentage points" in said
    printed = json.loads(
        run("show-changes", "government", "all", "--kind", "quarter_before", "--json").stdout
    )
    told = printed["changes"][-1]
    assert told["verdict"] == "down"
    assert told["sentence"].startswith("Lower than in FY2021 Q1")


def test_names_who_compared(two: Load) -> None:
    run("quarter", Q2, "--scores-only")
    assert run("changes", "--quarter", Q2, "--by", "reviewer").exit_code == 0
    assert (latest_entries(limit=1)[0].by, latest_entries(limit=1)[0].verb) == (
        "reviewer",
        "changes.computed",
    )


def test_charts_are_told_and_printed(load_rows: Load) -> None:
    load_rows(*(row(code, "clinic", HIGH if n < 5 else LOW) for n, code in enumerate(quarters(7, Q1))))
    run("all")
    said = run("chart", "provider", "va-vha").output
    said = said.replace("\u00a0", " ")
    assert "target 90.0 %, from FY2021 Q1 to FY2021 Q4." in said
    assert "    FY2021 Q1: 90.0 %, n = 1,000; EWMA 90.0 % (limits " in said
    assert "FY2022 Q3: CUSUM below its limit, in a run since FY2022 Q2." in said
    printed = json.loads(run("chart", "service", "va-vha-2", "--measure", "trust_mean", "--json").stdout)
    (chart,) = printed["charts"]
    assert [point["quarter"] for point in chart["stretches"][0]["points"]] == quarters(7, Q1)


def test_a_chart_lists_every_quarter_with_its_limits(load_rows: Load) -> None:
    load_rows(*(row(code, "clinic", HIGH if n < 5 else LOW) for n, code in enumerate(quarters(7, Q1))))
    run("all")
    asked = ("chart", "service", "va-vha-2", "--measure", "trust_mean")
    (chart,) = json.loads(run(*asked, "--json").stdout)["charts"]
    lines = run(*asked).output.splitlines()
    for point in chart["stretches"][0]["points"]:
        (line,) = [
            one
            for one in lines
            if one.startswith(f"    {point['quarter'].replace('-', ' ')}: ") and "n =" in one
        ]
        assert f": {point['value']:.2f}, n = {point['n']:,}; EWMA {point['ewma']:.2f} " in line
        assert f"(limits {point['ewma_low']:.2f} to {point['ewma_high']:.2f})" in line
        assert f"CUSUM {point['cusum_high']:.2f} above, {point['cusum_low']:.2f} below" in line


def test_changes_are_told_of_one_measure_or_verdict_alone(two: Load) -> None:
    run("all")
    asked = ("show-changes", "service", "va-vha-2")
    everything = json.loads(run(*asked, "--json").stdout)["changes"]
    assert {one["verdict"] for one in everything} > {"down"}
    for option, value, field, wanted in (
        ("--measure", "trust_mean", "measure", "trust_mean"),
        ("--only", "down,up", "verdict", "down"),
        ("--only", "cannot-tell", "verdict", "cannot tell"),
    ):
        shown = json.loads(run(*asked, option, value, "--json").stdout)["changes"]
        assert shown == [one for one in everything if one[field] == wanted] != []
    assert run(*asked, "--only", "up").output == f"None of {len(everything)} comparisons is such a one.\n"


def gap(group_name: str, **fields: Any) -> ComparisonFact:
    known: dict[str, Any] = {
        "kind": "group_gap", "measure": "trust_agree_share", "level": "service", "subject": "va-vha-2",
        "quarter": Q1, "pool": "stated", "against": "rest", "verdict": "up", "dimension": "channel",
        "difference": 0.1, "low": 0.05, "high": 0.15, "value_before": 0.6, "value_after": 0.7,
        "n_before": 400, "n_after": 500,
    }  # fmt: skip
    return ComparisonFact(**{**known, "group": group_name, **fields})


def test_of_two_groups_one_is_told() -> None:
    pair, three = [gap("phone"), gap("web")], [gap(age, dimension="age_band") for age in "abc"]
    other = [gap("phone", measure="ease_agree_share"), gap("web", measure="ease_agree_share")]
    assert told_once([*pair, *three, *other]) == [pair[0], *three, other[0]]
    alone = [gap("phone", difference=None, verdict="cannot tell"), gap("web", difference=None)]
    assert told_once(alone) == alone


def test_a_group_is_told_beside_the_others(two: Load) -> None:
    (header, line) = [one.replace("\u00a0", " ") for one in change_lines([gap("phone")])]
    assert "others and group" in header
    assert "Share agreeing, channel phone: 60.0 % (n = 400) and 70.0 % (n = 500). Higher than among" in line


def test_a_comparison_of_too_few_says_where_there_are_enough(load_rows: Load) -> None:
    units = (("va-vha", "va-vha-2"), ("va-vba", "va-vba-26"), ("usda-fsa", "usda-fsa-3"),
             ("dhs-tsa", "dhs-tsa-20"), ("ssa", "ssa-19"))  # fmt: skip
    load_rows(*(row(Q2, "a", HIGH, service=service, provider=provider) for provider, service in units))
    run("all")
    for asked in (("--quarter", "FY2030-Q1", "--pool", "stated"), ("--pool", "thumbs")):
        result = run("compare", *asked)
        assert result.exit_code == 1
        assert "it takes 5 at least" in result.output
        assert "Enough have one: stated in FY2021 Q2." in result.output


def test_a_series_too_short_to_chart_says_so(two: Load) -> None:
    run("all")
    assert "no chart. A chart needs 4 quarters" in run("chart", "provider", "va-vha").output


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("changes", "--quarter", "spring"), 2, "the form is FY2021-Q1"),
        (("show-changes", "service", "nobody"), 1, "hearback directory list"),
        (("show-changes", "service", "nobody", "--quarter", "spring"), 2, "the form is FY2021-Q1"),
        (("show-changes", "planet", "earth"), 2, "planet"),
        (("chart", "service", "nobody"), 1, "hearback directory list"),
        (("show-changes", "government", "all", "--only", "better"), 2, "up, down, who reported"),
        (("show-changes", "government", "all", "--measure", "trust_answers"), 2, "trust_answers"),
        (("chart", "government", "all"), 2, "government"),
        (("compare",), 1, "There are no scores yet. Compute them with `hearback measure all`."),
        (("compare", "--quarter", "FY2021-Q5"), 2, "the form is FY2021-Q1"),
    ],
)
def test_refuses_with_one_line_that_helps(db: None, arguments: tuple[str, ...], code: int, said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == code
    assert said in result.output


def test_says_what_to_do_where_there_are_no_scores(db: None) -> None:
    assert "hearback measure all" in run("changes").output


def test_compares_the_newest_quarter_where_none_is_named(load_rows: Load) -> None:
    units = (("va-vha", "va-vha-2"), ("va-vba", "va-vba-26"), ("usda-fsa", "usda-fsa-3"),
             ("dhs-tsa", "dhs-tsa-20"), ("ssa", "ssa-19"))  # fmt: skip
    load_rows(
        *(row(q, "a", HIGH if n % 2 else LOW, service=service, provider=provider)
          for q in (Q2, Q3) for n, (provider, service) in enumerate(units))
    )  # fmt: skip
    run("all")
    said = run("compare", "--pool", "stated").output
    assert "FY2021 Q3 (stated), of each provider" in said
    assert said.index("ssa:") < said.index("usda-fsa:") < said.index("va-vha:")
    assert "this is no ranking" in said
    printed = json.loads(run("compare", "--pool", "stated", "--level", "service", "--json").stdout)
    assert (printed["quarter"], len(printed["standings"])) == (Q3, 5)
