"""Groups beside the others: held to counting by hand, and silent about who is held back."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from scipy.stats import ttest_ind

from hearback.collect.archive import CodeBook
from hearback.collect.queries import answer_archive
from hearback.measure.actions import compute_changes, compute_scores
from hearback.measure.answers.figures import group_scores as scored
from hearback.measure.answers.grouping import group_counts
from hearback.measure.changes.gaps import gap_facts, gaps_of
from hearback.measure.changes.sides import Sides
from hearback.measure.commands import count_cells
from hearback.measure.file_queries import gap_record, group_gaps, group_scores
from hearback.measure.models import GroupScores
from hearback.measure.queries import ComparisonFact
from hearback.measure.rules import CANNOT_TELL, DOWN, UP
from hearback.stats.experiments import change_of_shares
from tests.measure.answers.people import QUARTER, Person, archived, batch_of, form
from tests.measure.conftest import Load

AGENCIES_OF = {"va-vha": ("va",), "va-vba": ("va",)}
SEED = 11
YOUNG, OLD = (1, 1, 2, 4, 6), (4, 3, 2, 2, 1)
WEIGHTS = {"18-34": YOUNG, "35-54": YOUNG, "55-64": OLD, "65+": OLD}


def crowd(n: dict[str, int], seed: int = SEED, service: str = "va-vha-2") -> list[Person]:
    """Make so many people of every age, of whom the older trust less."""
    chance = random.Random(seed)
    asked = form(f"{service}-survey", service)
    return [
        Person(asked, {"trust": chance.choices(range(1, 6), WEIGHTS[age])[0]}, "web", groups=_age(age))
        for age, count in n.items()
        for _ in range(count)
    ]


def _age(age: str) -> tuple[tuple[str, str], ...]:
    return (("age_band", age),)


def gaps(folder: Path, people: list[Person]) -> list[ComparisonFact]:
    """Give the gaps of one archive of people."""
    groups = group_counts(archived(folder, people), AGENCIES_OF, 10)
    assert groups is not None
    return list(gap_facts(gaps_of(scored(groups, QUARTER))))


def pick(found: list[ComparisonFact], group: str, measure: str = "trust_agree_share") -> ComparisonFact:
    """Give the gap of one group of a service."""
    (one,) = [f for f in found if (f.level, f.group, f.measure) == ("service", group, measure)]
    return one


ENOUGH = {"18-34": 200, "35-54": 300, "55-64": 150}


def test_a_group_is_compared_with_all_others_together_as_counting_by_hand_says(tmp_path: Path) -> None:
    people = crowd(ENOUGH)
    found = gaps(tmp_path, people)
    agree = Counter(dict(one.groups)["age_band"] for one in people if one.answers["trust"] >= 4)
    for group, n in ENOUGH.items():
        one = pick(found, group)
        others = sum(ENOUGH.values()) - n
        expected = change_of_shares(sum(agree.values()) - agree[group], others, agree[group], n)
        assert (one.n_before, one.n_after) == (others, n)
        assert [one.difference, one.low, one.high, one.p] == pytest.approx(
            [expected.difference, expected.low, expected.high, expected.p], abs=1e-9
        )
    assert (pick(found, "55-64").verdict, pick(found, "18-34").verdict) == (DOWN, UP)


def test_means_of_groups_are_compared_as_another_program_does(tmp_path: Path) -> None:
    people = crowd(ENOUGH)
    for group in ENOUGH:
        sides: dict[bool, list[int]] = {True: [], False: []}
        for one in people:
            sides[dict(one.groups)["age_band"] == group].append(one.answers["trust"])
        other = ttest_ind(sides[True], sides[False], equal_var=False)
        found = pick(gaps(tmp_path / group, people), group, "trust_mean")
        interval = other.confidence_interval()
        assert [found.low, found.high, found.p] == pytest.approx(
            [interval.low, interval.high, other.pvalue], rel=1e-7
        )


def test_a_group_that_is_held_back_is_on_neither_side(tmp_path: Path) -> None:
    found = gaps(tmp_path, crowd({**ENOUGH, "65+": 6}))
    hidden = [one for one in found if one.reason == "suppressed_small" and one.dimension == "age_band"]
    assert {one.group for one in hidden} >= {"65+"}
    for one in hidden:
        told = (one.value_before, one.value_after, one.n_before, one.n_after, one.difference, one.low, one.p)
        assert (one.verdict, set(told)) == (CANNOT_TELL, {None})
    shown = {one.group for one in found if one.reason is None and one.level == "service"}
    sizes = {"18-34": 200, "35-54": 300, "55-64": 150}
    assert all(pick(found, group).n_before == sum(sizes[g] for g in shown) - sizes[group] for group in shown)


def test_answers_of_who_is_held_back_change_nothing_that_is_told(tmp_path: Path) -> None:
    shown = crowd(ENOUGH)
    small = crowd({"65+": 6, "18-34": 0})
    other = [
        Person(one.form, {"trust": 6 - one.answers["trust"]}, one.channel, one.language, one.groups)
        for one in small
    ]
    assert other != small
    one, two = gaps(tmp_path / "one", [*shown, *small]), gaps(tmp_path / "two", [*shown, *other])
    of_age = [[f for f in found if f.dimension == "age_band"] for found in (one, two)]
    assert of_age[0] == of_age[1]


def test_too_few_answers_for_a_sure_figure_are_no_side_of_a_comparison(tmp_path: Path) -> None:
    found = gaps(tmp_path, crowd({**ENOUGH, "65+": 14}))
    one = pick(found, "65+")
    assert (one.verdict, one.reason, one.value_after, one.n_after) == (
        CANNOT_TELL, "suppressed_unreliable", None, None,
    )  # fmt: skip
    assert pick(found, "18-34").n_before == 450


def test_a_group_without_another_that_is_shown_stands_alone(tmp_path: Path) -> None:
    found = gaps(tmp_path, crowd({"18-34": 300, "65+": 14}))
    assert pick(found, "18-34").reason == "no_other_group"


def test_answers_that_are_all_the_same_show_no_chance(tmp_path: Path) -> None:
    asked = form("va-vha-2-survey")
    people = [
        Person(asked, {"trust": 5}, "web", "en", (("age_band", age),))
        for age in ("18-34", "65+")
        for _ in range(60)
    ]
    found = gaps(tmp_path, people)
    assert pick(found, "65+", "trust_mean").reason == "no_variance"
    assert pick(found, "65+").difference == 0


@pytest.fixture
def archive_crowd(
    load_rows: Load, settings: Any, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], None]:
    """Give a function that archives and counts people in a home of this test's own."""
    settings.HOME = tmp_path_factory.mktemp("home")

    def archive() -> None:
        book = CodeBook()
        answer_archive().append(batch_of(crowd(ENOUGH), book), book, "test")
        count_cells()

    return archive


def test_gaps_are_kept_read_and_computed_once(archive_crowd: Callable[[], None], at: datetime) -> None:
    archive_crowd()
    compute_scores(QUARTER, 10, by="owner", at=at)
    first = compute_changes(QUARTER, Sides(10), by="owner", at=at)
    assert first.gaps_changed
    assert first.n_gaps == len(list(group_gaps(QUARTER))) > 0
    again = compute_changes(QUARTER, Sides(10), by="owner", at=at)
    assert (again.gaps_changed, again.n_gaps) == (False, first.n_gaps)
    (one,) = group_gaps(QUARTER, level="service", group="55-64", measure="trust_agree_share")
    assert one.verdict == DOWN
    (shown,) = group_scores(QUARTER, level="service", group="55-64", measure="trust_agree_share")
    assert (one.value_after, one.n_after) == (shown.value, shown.n)


def test_gaps_go_with_the_groups_they_were_made_of(archive_crowd: Callable[[], None], at: datetime) -> None:
    archive_crowd()
    compute_scores(QUARTER, 10, by="owner", at=at)
    compute_changes(QUARTER, Sides(10), by="owner", at=at)
    GroupScores.objects.all().delete()
    assert compute_changes(QUARTER, Sides(10), by="owner", at=at).gaps_changed
    assert gap_record(QUARTER) is None
    assert list(group_gaps()) == []
