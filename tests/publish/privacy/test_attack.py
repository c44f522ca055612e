"""The attack finds what a release gives away, and finds nothing in one made by the rule."""

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from hearback.collect.commands import load_file
from hearback.directory.commands import load
from hearback.measure.commands import compute_all
from hearback.publish.privacy.attack import Disclosed, disclosed
from hearback.publish.privacy.figures import WEIGHTS, counts_of, hidden, sums
from hearback.publish.snapshot import gather
from tests.conftest import ROOT
from tests.publish.privacy.releases import Counts, release

LARGE: Counts = (10, 20, 40, 180, 150)
SMALL: Counts = (1, 0, 2, 3, 2)
OTHER: Counts = (0, 1, 1, 1, 1)
THRESHOLD = 10
EXAMPLES = ROOT / "examples" / "federal"


def totals(found: tuple[Disclosed, ...]) -> dict[str, tuple[int, int]]:
    return {one.survey: (one.low, one.high) for one in found if one.answer is None}


def test_sums_of_what_is_shown_give_nothing_away() -> None:
    made = release({"a": LARGE, "b": SMALL}, hide=["b"])
    assert [one.key for one in hidden(made)] == ["b"]
    assert len(list(sums(made))) == 27
    assert disclosed([made], THRESHOLD) == ()


def test_one_hidden_survey_within_a_sum_is_worked_out_to_the_last_answer() -> None:
    """By hand: 408 answered in all, 400 of them are shown; so 8, and so on for every answer."""
    found = disclosed([release({"a": LARGE, "b": SMALL}, hide=["b"], added=["a", "b"])], THRESHOLD)
    assert totals(found) == {"b": (8, 8)}
    assert {one.answer: (one.low, one.high) for one in found if one.answer} == {
        answer: (count, count) for answer, count in enumerate(SMALL, start=1)
    }
    assert all("8" not in one.told.split(" in ")[0] for one in found), "the number itself is not told"


def test_two_hidden_surveys_within_a_sum_are_narrowed_down() -> None:
    """By hand: 8 + 4 = 12 are left, and neither has more than 9; so each has 3 at least."""
    made = release({"a": LARGE, "b": SMALL, "c": OTHER}, hide=["b", "c"], added=["a", "b", "c"])
    assert totals(disclosed([made], THRESHOLD)) == {"b": (3, 9), "c": (3, 9)}


def test_an_earlier_release_whose_sum_held_a_survey_gives_it_away_later() -> None:
    """The service's sum of the first release still holds what the second hides."""
    before = release({"a": LARGE, "b": SMALL}, hide=["b"], added=["a", "b"])
    after = release({"a": LARGE, "b": SMALL}, hide=["b"])
    assert disclosed([after], THRESHOLD) == ()
    assert totals(disclosed([before, after], THRESHOLD)) == {"b": (8, 8)}


def test_what_an_earlier_release_showed_of_the_same_file_is_not_given_away_by_the_later_one() -> None:
    before = release({"a": LARGE, "b": SMALL})
    after = release({"a": LARGE, "b": SMALL}, hide=["b"])
    assert disclosed([before, after], THRESHOLD) == ()


def test_a_survey_that_became_small_is_not_in_the_sum_any_more() -> None:
    before = release({"a": LARGE, "b": (3, 3, 3, 3, 3)})
    right = release({"a": LARGE, "b": SMALL}, hide=["b"], files={"b": "b" * 64})
    wrong = release({"a": LARGE, "b": SMALL}, hide=["b"], added=["a", "b"], files={"b": "b" * 64})
    assert disclosed([before, right], THRESHOLD) == ()
    assert totals(disclosed([before, wrong], THRESHOLD)) == {"b": (8, 8)}


small = st.tuples(*[st.integers(0, 3)] * 5).filter(lambda counts: 1 <= sum(counts) < THRESHOLD)
large = st.tuples(*[st.integers(2, 90)] * 5)


@given(shown=st.lists(large, min_size=1, max_size=4), few=st.lists(small, min_size=1, max_size=3))
def test_releases_made_by_the_rule_withstand_the_attack(shown: list[Counts], few: list[Counts]) -> None:
    counts = {f"shown-{n}": one for n, one in enumerate(shown)} | {
        f"few-{n}": one for n, one in enumerate(few)
    }
    hide = [key for key in counts if key.startswith("few")]
    assert disclosed([release(counts, hide=hide)], THRESHOLD) == ()


@given(shown=large, few=small)
def test_whatever_is_left_of_a_sum_is_found(shown: Counts, few: Counts) -> None:
    made = release({"shown": shown, "few": few}, hide=["few"], added=["shown", "few"])
    assert totals(disclosed([made], THRESHOLD)) == {"few": (sum(few), sum(few))}


@pytest.mark.django_db
def test_nothing_is_given_away_by_the_bundled_record(
    at: datetime, settings: Settings, tmp_path: Path
) -> None:
    settings.HOME = tmp_path
    for name in ("archive", "cache", "scores"):
        (tmp_path / name).mkdir()
    load(EXAMPLES, by="owner", at=at)
    load_file(EXAMPLES / "reported_surveys.csv", by="owner", at=at)
    compute_all(by="owner", at=at)
    made = gather(THRESHOLD, at.date())
    assert len(list(hidden(made))) == 9
    assert len(list(sums(made))) > 2000
    shown = {survey.key: counts for survey in made.surveys if (counts := counts_of(survey)) is not None}
    for one in sums(made):
        added = sum(
            weight * count
            for key in one.members
            for weight, count in zip(WEIGHTS[one.measure], shown.get(key, (0,) * 5), strict=True)
        )
        assert added == one.value, one.name
    assert disclosed([made], THRESHOLD) == ()
