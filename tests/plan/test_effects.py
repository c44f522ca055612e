"""Results of projects with figures before and after: what the difference shows, and what it does not."""

import json
from copy import deepcopy
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from hearback.directory.files import FileNotGood
from hearback.plan import queries
from hearback.plan.commands import group, load
from hearback.plan.queries import EffectFact
from hearback.plan.rules import ReadingFact, effect_of, readings_after
from hearback.publish.pages.plan import effect_words
from tests.plan.small import AREAS, EXPERIENCES, write

pytestmark = pytest.mark.django_db
FIGURES = {
    "before": 60.0, "before_low": 49.05, "before_high": 70.04, "before_as_of": "2022",
    "after": 80.0, "after_low": 69.18, "after_high": 87.7, "after_as_of": "2023", "unit": "percent",
}  # fmt: skip


def with_result(**result: Any) -> list[dict[str, Any]]:
    lives = deepcopy(EXPERIENCES)
    lives[0]["projects"][0]["results"] = [{"gist": "More finish.", **result}]
    return lives


def effect(plan_folder: Path, at: datetime, **files: Any) -> EffectFact | None:
    load(write(plan_folder, **files), by="operator", at=at)
    (project,) = queries.life_experiences()[0].projects
    return project.effects[0]


def test_a_clear_difference_has_the_interval_of_newcombe(plan_folder: Path, at: datetime) -> None:
    # Newcombe (1998), table II (a): 56 of 70 beside 48 of 80, method 10: 0.0524 to 0.3339
    found = effect(plan_folder, at, life_experiences=with_result(**FIGURES))
    assert found is not None
    assert (found.verdict, found.difference) == ("clear", 20.0)
    assert (found.low, found.high) == (pytest.approx(5.24, abs=0.01), pytest.approx(33.39, abs=0.01))
    words = effect_words(found)
    assert words["before"] == "60 (49.05 to 70.04) percent, 2022"
    assert words["change"].startswith("Difference: +20 (+5.24 to +33.4) percent. More than chance explains; ")


def test_a_small_difference_is_within_noise(plan_folder: Path, at: datetime) -> None:
    small = {**FIGURES, "after": 63.0, "after_low": 52.0, "after_high": 73.0}
    found = effect(plan_folder, at, life_experiences=with_result(**small))
    assert found is not None
    assert found.verdict == "within noise"
    assert "that anything changed is not shown" in effect_words(found)["change"]


def test_large_differences_are_written_out(plan_folder: Path, at: datetime) -> None:
    large = {"before": 300000, "before_as_of": "2022", "after": 12000, "after_as_of": "2023"}
    found = effect(plan_folder, at, life_experiences=with_result(**large))
    assert found is not None
    assert effect_words(found)["change"].startswith(
        "Difference: \u2212288,000. Whether it is more than chance"
    )


def test_without_an_interval_it_cannot_be_told(plan_folder: Path, at: datetime) -> None:
    bare = {**FIGURES, "before_low": None, "before_high": None}
    found = effect(plan_folder, at, life_experiences=with_result(**bare))
    assert found is not None
    assert (found.verdict, found.low) == ("cannot tell", None)
    assert "60 (how sure is not known) percent" in effect_words(found)["before"]


def test_figures_of_a_success_measure_are_read_from_it(plan_folder: Path, at: datetime) -> None:
    areas = deepcopy(AREAS)
    readings = areas[0]["success_measures"][0]["readings"]
    readings.append({"key": "r0", "as_of": "2021", "value": 61, "low": 60, "high": 62})
    bound = with_result(measure="rivers-m1", before_as_of="2021", after_as_of="2023")
    found = effect(plan_folder, at, priority_areas=areas, life_experiences=bound)
    assert found is not None
    assert (found.before.value, found.after.value, found.verdict) == (61, 64, "clear")
    other = with_result(measure="rivers-m1", before_as_of="2020", after_as_of="2023")
    assert effect(plan_folder, at, priority_areas=areas, life_experiences=other) is None


def test_figures_made_by_two_definitions_are_not_compared(plan_folder: Path, at: datetime) -> None:
    areas = deepcopy(AREAS)
    readings = areas[0]["success_measures"][0]["readings"]
    readings.append(
        {
            "key": "r0",
            "as_of": "2021",
            "value": 31,
            "low": 30,
            "high": 32,
            "definition": "Of those who wrote.",
        }
    )
    bound = with_result(measure="rivers-m1", before_as_of="2021", after_as_of="2023")
    found = effect(plan_folder, at, priority_areas=areas, life_experiences=bound)
    assert found is not None
    assert (found.verdict, found.difference, found.low) == ("other definition", None, None)
    words = effect_words(found)
    assert words["before"] == "31 (30 to 32), 2021"
    assert words["change"] == "The two cannot be compared, as they are made by different definitions."


def test_figures_with_other_surveys_between_them_are_not_compared() -> None:
    before = ReadingFact("FY2022-Q1", 0.5, 0.4, 0.6, "share, version 1", n_surveys=3)
    moved = replace(before, as_of="FY2022-Q2", flags=("composition_changed",))
    after = replace(before, as_of="FY2022-Q3", value=0.8, low=0.7, high=0.9)
    assert effect_of(before, after).verdict == "clear"
    since = readings_after([after, before, moved], 10, before, after)
    assert since == [after, moved]
    found = effect_of(before, after, None, since)
    assert (found.verdict, found.difference) == ("other surveys", None)
    assert effect_of(before, replace(after, n_surveys=2)).verdict == "other surveys"
    assert "other surveys or other words" in effect_words(found)["change"]


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"after": None}, "one figure stands alone; give both or neither"),
        ({"before_as_of": None}, "a figure has no date"),
        ({"measure": "rivers-m1"}, "figures are given beside a measure"),
        ({"before_low": 65.0}, "60 is not between low 65 and high 70.04"),
        ({"after_high": None}, "one end of the interval is missing"),
        ({"after_as_of": "soon"}, "soon"),
        ({"after_as_of": "2021"}, "it comes before before_as_of"),
        ({"after_as_of": "2022"}, "another reading is of these days"),
    ],
)
def test_figures_that_do_not_fit_are_refused(
    plan_folder: Path, at: datetime, changed: dict[str, Any], problem: str
) -> None:
    with pytest.raises(FileNotGood, match=problem):
        effect(plan_folder, at, life_experiences=with_result(**{**FIGURES, **changed}))


def test_a_result_names_a_measure_that_is_there(plan_folder: Path, at: datetime) -> None:
    bound = with_result(measure="ghost", before_as_of="2021", after_as_of="2023")
    with pytest.raises(FileNotGood, match=r"results.1..measure': there is no success measure 'ghost'"):
        effect(plan_folder, at, life_experiences=bound)


@pytest.mark.parametrize("kind", ["json", "xlsx", "csv"])
def test_figures_come_back_from_every_format(
    plan_folder: Path, at: datetime, tmp_path: Path, kind: str
) -> None:
    effect(plan_folder, at, life_experiences=with_result(**FIGURES))
    target = str(tmp_path / ("out.xlsx" if kind == "xlsx" else "out"))
    assert CliRunner().invoke(group, ["dump", target, "--format", kind]).exit_code == 0
    again = CliRunner().invoke(group, ["load", target, "--json"])
    assert json.loads(again.stdout)["changed"] == {}
