"""The figures of a subject: right, unsure as far as they are, and nothing where people are few."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest

from hearback.measure.cells.engines import Engine
from hearback.measure.drivers.figures import _holding
from hearback.measure.drivers.wanted import subjects_of, wanted_drivers
from hearback.measure.facts import DriverFact
from hearback.stats import mean_interval
from hearback.stats.models import bootstrap_key_drivers, unit_sums
from hearback.stats.survey.design import make_design
from hearback.stats.survey.means import estimate_mean
from tests.measure.answers.people import QUARTER, Person
from tests.measure.drivers.conftest import Archived
from tests.measure.drivers.people import QUESTIONS, asking, crowd

Made = Callable[..., dict[str, DriverFact]]
FIGURES = (
    "share", "low", "high", "rank_low", "rank_high", "performance", "performance_low", "performance_high",
    "r_squared", "r_squared_low", "r_squared_high", "seed", "draws",
)  # fmt: skip


@pytest.fixture
def made(archive: Archived, engine: Engine) -> Made:
    """Give a function that archives people and computes the figures of their service, by question."""

    def make(people: Sequence[Person], threshold: int = 10, level: str = "service") -> dict[str, DriverFact]:
        archive(people)
        found = wanted_drivers(QUARTER, threshold, engine)
        return {row.driver: row for row in found if row.level == level}

    return make


def test_figures_are_those_of_the_rows_with_the_seed_that_is_kept(made: Made) -> None:
    people = crowd(asking(), 400)
    found = made(people)
    names = (*QUESTIONS, "trust")
    columns = {name: [one.answers[name] for one in people] for name in names}
    seed = found["ease"].seed
    assert seed is not None
    again = bootstrap_key_drivers("trust", unit_sums(columns), seed=seed, draws=2000)
    assert found["ease"].draws == 2000
    for driver in again.drivers:
        row = found[driver.name]
        assert (row.share, row.low, row.high) == pytest.approx(
            (driver.lmg_share, driver.lmg_share_low, driver.lmg_share_high), abs=1e-9
        )
        assert (row.rank_low, row.rank_high) == (driver.rank_low, driver.rank_high)
        assert row.r_squared == pytest.approx(again.r_squared)
        assert row.r_squared_high == pytest.approx(again.r_squared_high)
    assert sum(row.share or 0 for row in found.values()) == pytest.approx(1, abs=1e-9)


def test_the_seed_comes_from_the_inputs_and_the_hash_can_be_made_by_hand(made: Made, engine: Engine) -> None:
    found = made(crowd(asking("a", "ease", "equity"), 60))["ease"]
    (survey,) = next(s for s in subjects_of(QUARTER, 10, engine) if s.level == "service").used
    written = json.dumps([["ease", "equity"], [["a-fy2021-q1", survey.sha256]]], separators=(",", ":"))
    assert found.inputs_sha256 == hashlib.sha256(written.encode()).hexdigest()
    assert found.seed == int(found.inputs_sha256[:8], 16)


def test_performance_is_the_mean_of_all_who_answered_the_question(made: Made) -> None:
    people = crowd(asking("a", "ease", "equity"), 60)
    skipped = [replace(one, answers={**one.answers, "trust": 0}) for one in people[:15]]
    row = made([*skipped, *people[15:]])["ease"]
    given = [one.answers["ease"] for one in people]
    one, two, three, four, five = (given.count(answer) for answer in range(1, 6))
    mean = mean_interval((one, two, three, four, five))
    assert row.n == 45
    assert (row.performance, row.performance_low, row.performance_high) == pytest.approx(
        (sum(given) / 60, mean.low, mean.high)  # type: ignore[union-attr]
    )


def test_performance_of_a_weighted_survey_is_that_of_the_sample(made: Made) -> None:
    rng = np.random.default_rng(4)
    asked = asking("w", "ease", "equity", weighted=True)
    people = [replace(one, weight=float(rng.integers(1, 9)) / 4) for one in crowd(asked, 120)]
    row = made(people, level="survey")["ease"]
    design = make_design(120, weights=[one.weight for one in people])
    mean = estimate_mean(design, [one.answers["ease"] for one in people])
    assert (row.performance, row.performance_low, row.performance_high) == pytest.approx(
        (mean.value, mean.low, mean.high)
    )
    assert row.method == "lmg_bootstrap_weighted"


@pytest.mark.parametrize(("n", "reason"), [(49, "too_few_answers"), (50, None)])
def test_fewer_than_ten_people_per_question_give_no_figure(made: Made, n: int, reason: str | None) -> None:
    for row in made(crowd(asking(), n)).values():
        assert (row.reason, row.n) == (reason, n)
        assert (row.share is None) == (reason is not None)
        assert all(getattr(row, name) is None for name in FIGURES) == (reason is not None)


def test_fewer_people_than_the_threshold_give_no_figure_and_no_count(made: Made) -> None:
    people = crowd(asking("a", "ease", "equity"), 90)
    skips = [replace(one, answers={**one.answers, "ease": 0}) for one in people[50:70]]
    skips += [replace(one, answers={**one.answers, "equity": 0}) for one in people[70:]]
    rows = made([*people[:50], *skips], threshold=51).values()
    assert len(rows) == 2
    for row in rows:
        assert (row.reason, row.n, row.n_surveys, row.flags) == ("suppressed_small", None, 0, ())
        assert all(getattr(row, name) is None for name in FIGURES)


def test_a_threshold_above_ten_per_question_holds(made: Made) -> None:
    people = crowd(asking("a", "ease", "equity"), 40)
    assert made(people, threshold=40)["ease"].share is not None
    assert made(people, threshold=41) == {}, "a survey that is too small to show enters nothing"


def test_no_hash_is_told_where_there_are_no_figures(made: Made) -> None:
    few = made(crowd(asking("a", "ease", "equity"), 19))["ease"]
    other = made(crowd(asking("a", "ease", "equity"), 18, seed=2))["ease"]
    written = json.dumps([["ease", "equity"], [["a-fy2021-q1", None]]], separators=(",", ":"))
    assert few.inputs_sha256 == other.inputs_sha256 == hashlib.sha256(written.encode()).hexdigest()


def test_a_question_that_everybody_answered_alike_has_no_share_and_the_others_have(made: Made) -> None:
    found = made(crowd(asking("a", "ease", "equity", "employee"), 80, employee=4))
    same = found["employee"]
    assert (same.share, same.low, same.rank_low, same.reason) == (None, None, None, "no_variance")
    assert (same.performance, same.performance_low) == (4, None)
    assert found["ease"].share is not None
    assert (found["ease"].share or 0) + (found["equity"].share or 0) == pytest.approx(1)
    assert same.r_squared == found["ease"].r_squared


def test_trust_that_everybody_answered_alike_gives_no_figures_and_says_why(made: Made) -> None:
    for row in made(crowd(asking("a", "ease", "equity"), 80, trust=5)).values():
        assert (row.share, row.r_squared, row.reason, row.n) == (None, None, "no_variance", 80)


def test_questions_that_say_the_same_share_it_and_are_marked(made: Made) -> None:
    people = crowd(asking("a", "ease", "equity", "employee"), 80)
    same = [replace(one, answers={**one.answers, "employee": one.answers["ease"]}) for one in people]
    found = made(same)
    assert found["ease"].share == pytest.approx(found["employee"].share)
    assert {name for name, row in found.items() if "collinear" in row.flags} == {"ease", "employee"}


def test_a_question_found_with_lower_trust_is_marked(made: Made) -> None:
    people = crowd(asking("a", "ease", "equity"), 80)
    turned = [replace(one, answers={**one.answers, "equity": 6 - one.answers["equity"]}) for one in people]
    found = made(turned)
    assert ["goes_against" in found[name].flags for name in ("ease", "equity")] == [False, True]


def test_a_single_question_is_marked_as_it_has_the_whole_by_definition(made: Made) -> None:
    found = made(crowd(asking("a", "ease"), 80))["ease"]
    assert (found.share, found.flags) == (1, ("single_driver",))
    with_constant = made(crowd(asking("b", "ease", "equity"), 80, equity=3))
    assert "single_driver" in with_constant["ease"].flags


def test_nothing_to_share_out_is_said_so(made: Made) -> None:
    asked = asking("a", "ease", "equity")
    grid = [
        Person(asked, {"trust": trust, "ease": ease, "equity": equity})
        for trust in (2, 4)
        for ease in (1, 5)
        for equity in (1, 5)
        for _ in range(10)
    ]
    for row in made(grid).values():
        assert (row.share, row.low, row.reason) == (None, None, "nothing_shared")
        assert row.r_squared == 0


def test_an_interval_is_widened_to_its_value_never_moved() -> None:
    assert _holding(0.1, 0.2, 0.3) == (0.1, 0.1, 0.3)
    assert _holding(0.4, 0.2, 0.3) == (0.4, 0.2, 0.4)
    assert _holding(0.25, 0.2, 0.3) == (0.25, 0.2, 0.3)
    assert _holding(0.25, None, None) == (0.25, None, None)
    assert _holding(None, None, None) == (None, None, None)


def test_every_figure_lies_in_its_interval_with_few_people_and_many(made: Made) -> None:
    for n in (50, 3000):
        for row in made(crowd(asking(), n)).values():
            assert 0 <= row.low <= row.share <= row.high <= 1  # type: ignore[operator]
            assert row.r_squared_low <= row.r_squared <= row.r_squared_high <= 1  # type: ignore[operator]
            assert 1 <= row.rank_low <= row.rank_high <= 5  # type: ignore[operator]


def test_intervals_are_narrower_with_more_people(made: Made) -> None:
    width = {}
    for n in (100, 5000):
        row = made(crowd(asking(), n))["effectiveness"]
        width[n] = (row.high or 0) - (row.low or 0)
    assert width[5000] < width[100] / 4
