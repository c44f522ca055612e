"""Noise is drawn once, kept and accounted for; what it hides is hidden by as much as is said."""

import itertools
import json
import math
import statistics
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result
from django.db import IntegrityError
from hypothesis import given
from hypothesis import strategies as st

from hearback.collect.archive import CodeBook
from hearback.collect.queries import answer_archive
from hearback.fiscal import parse_quarter
from hearback.history.models import Entry
from hearback.measure.actions import draw_noise
from hearback.measure.commands import group
from hearback.measure.commands import noise as noise_commands
from hearback.measure.noise import drawing
from hearback.measure.noise.counting import TrueTable
from hearback.measure.noise.drawing import Plan, ledgers_of, with_noise
from hearback.measure.queries import noisy_groups
from hearback.measure.rules.noise import SENSITIVITY, epsilon_of_table, noise_of
from hearback.stats.privacy import SeededNumbers
from tests.measure.answers.people import QUARTER, Person, batch_of, form
from tests.measure.conftest import Load

AGES, FIRST = ("18-34", "35-54", "65+"), ("yes", "no")
DIMENSIONS = ("age_band", "first_time")
ON = date(2021, 4, 1)
Archive = Callable[..., None]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(group, list(arguments))


@pytest.fixture
def archive(load_rows: Load, settings: Any, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """Give a function that archives people of three ages, of whom one is 65 or older, and counts them."""
    settings.HOME, settings.NOISE_BUDGET = tmp_path_factory.mktemp("home"), Decimal(1)

    def people(n: int = 60, source: str = "test", **of_form: object) -> None:
        book = answer_archive().codes() if answer_archive().listed() else CodeBook()
        asked = form("va-vha-2-survey", **{"groups": DIMENSIONS, **of_form})  # type: ignore[arg-type]
        crowd = [
            Person(
                asked, {"trust": k % 5 + 1, "ease": 5 - k % 4},
                groups=(("age_band", AGES[2] if k == 0 else AGES[k % 2]), ("first_time", FIRST[k % 2])),
            )
            for k in range(n)
        ]  # fmt: skip
        answer_archive().append(batch_of(crowd, book), book, source)
        assert run("all").exit_code == 0

    return people


def test_nothing_is_drawn_where_no_budget_is_set(archive: Archive, settings: Any) -> None:
    settings.NOISE_BUDGET = None
    archive()
    result = run("draw-noise", QUARTER)
    assert result.exit_code == 1
    assert "set HEARBACK_NOISE_BUDGET" in result.output
    assert noisy_groups() == []


def test_a_trial_says_what_it_would_cost_and_draws_nothing(archive: Archive) -> None:
    archive()
    payload = json.loads(run("draw-noise", QUARTER, "--dry-run", "--json").stdout)
    assert [(one["dimension"], one["epsilon"], one["half_width"]) for one in payload["tables"]] == [
        ("age_band", "1/2", 12), ("first_time", "1/2", 12),
    ]  # fmt: skip
    assert payload["drawn"] == []
    assert noisy_groups() == []
    assert not Entry.objects.filter(verb="noise.drawn").exists()


def test_what_was_drawn_is_kept_and_never_drawn_again(archive: Archive) -> None:
    archive()
    first = json.loads(run("draw-noise", QUARTER, "--json").stdout)
    kept = noisy_groups()
    assert [(one.dimension, one.epsilon, one.budget) for one in kept] == [
        ("age_band", "1/2", "1"), ("first_time", "1/2", "1"),
    ]  # fmt: skip
    assert [one["dimension"] for one in first["drawn"]] == ["age_band", "first_time"]
    again = run("draw-noise", QUARTER)
    key = "va-vha-2-survey-fy2021-q1"
    before = "Drawn before, and not again: "
    assert again.output.splitlines() == [f"{before}{name} of {key}." for name in DIMENSIONS]
    archive(25, source="late")
    assert run("draw-noise", QUARTER).output.count("Drawn before, and not again") == 2
    assert noisy_groups() == kept


def test_what_is_drawn_is_the_true_count_and_noise_and_never_without(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every cell, by the command itself: what is kept, less the noise that was drawn for it, is the count."""
    archive()
    noise = itertools.count(3, 2)
    drawn: list[tuple[Fraction, int]] = []

    def draw(epsilon: Fraction, sensitivity: int, numbers: object) -> int:
        assert numbers is None  # the secure source
        drawn.append((epsilon, sensitivity))
        return next(noise)

    monkeypatch.setattr(drawing, "draw_geometric", draw)
    assert run("draw-noise", QUARTER).exit_code == 0
    ages = [AGES[2] if k == 0 else AGES[k % 2] for k in range(60)]
    first = [FIRST[k % 2] for k in range(60)]
    added = itertools.count(3, 2)
    for table, groups in zip(noisy_groups(), (ages, first), strict=True):
        for each in table.groups:
            answers = [k % 5 + 1 for k, name in enumerate(groups) if name == each.group]
            assert each.agreeing - next(added) == sum(answer >= 4 for answer in answers)
            assert each.others - next(added) == sum(answer <= 3 for answer in answers)
    assert set(drawn) == {(Fraction(1, 2), 2)}
    assert len(drawn) == 2 * (4 + 3)


def test_the_same_answers_under_another_version_are_not_drawn(archive: Archive) -> None:
    archive()
    run("draw-noise", QUARTER)
    archive(source="again", version=2)
    result = run("draw-noise", QUARTER)
    assert result.exit_code == 1
    assert "would use 0.25, and 0 of 1 is left" in result.output
    assert {one.survey for one in noisy_groups()} == {"va-vha-2-survey-fy2021-q1"}


def test_what_is_left_of_a_budget_can_be_drawn_later(archive: Archive, at: datetime) -> None:
    archive()
    draw_noise(plan((table("age_band"), Fraction(1, 2))), by="owner", at=at)
    assert run("draw-noise", QUARTER).exit_code == 0
    assert [(one.dimension, one.epsilon) for one in noisy_groups()] == [
        ("age_band", "1/2"), ("first_time", "1/2"),
    ]  # fmt: skip


def test_what_is_withheld_is_not_published_and_stays_spent(archive: Archive) -> None:
    archive()
    run("draw-noise", QUARTER)
    key = "va-vha-2-survey-fy2021-q1"
    wrong = run("withhold-noise", key, "income", "--why", "Wrong.")
    assert wrong.exit_code == 1
    assert "No counts with noise of 'income'" in wrong.output
    assert run("withhold-noise", key, "age_band", "--why", " ").exit_code == 1
    assert run("withhold-noise", key, "age_band", "--why", "Wrong codes.", "--dry-run").exit_code == 0
    assert len(noisy_groups(to_publish=True)) == 2
    assert run("withhold-noise", key, "age_band", "--why", "Wrong codes.").exit_code == 0
    assert [one.dimension for one in noisy_groups(to_publish=True)] == ["first_time"]
    assert run("show-noise").output.count("; withheld: Wrong codes.") == 1
    assert run("draw-noise", QUARTER).output.count("Drawn before, and not again") == 2
    assert Entry.objects.get(verb="noise.withheld").after == {
        "dimension": "age_band", "withheld_why": "Wrong codes.",
    }  # fmt: skip


def test_the_history_tells_the_cost_and_no_count(archive: Archive) -> None:
    archive()
    run("draw-noise", QUARTER, "--by", "owner")
    found = list(Entry.objects.filter(verb="noise.drawn").order_by("pk").values_list("by", "after"))
    assert found == [("owner", {"dimension": name, "epsilon": "1/2", "budget": "1"}) for name in DIMENSIONS]


def test_what_was_drawn_is_shown_with_what_is_spent(archive: Archive) -> None:
    archive()
    assert "No counts with noise were drawn" in run("show-noise").output
    run("draw-noise", QUARTER)
    said = run("show-noise", "--quarter", QUARTER).output
    assert "used 0.5; 1 of the 1 of va-vha-2-survey-fy2021-q1 is used; ±12 in 95 of 100 cases" in said
    kept = noisy_groups()[0].groups[0]
    assert f"  {kept.group}: {kept.agreeing} agree, {kept.others} do not" in said
    payload = json.loads(run("show-noise", "--json").stdout)
    assert payload["used"] == {"va-vha-2-survey-fy2021-q1": "1"}
    assert run("show-noise", "--quarter", "FY2021-Q3").exit_code == 1


def test_nothing_is_drawn_before_a_quarter_is_over(archive: Archive) -> None:
    result = run("draw-noise", "FY2090-Q1")
    assert result.exit_code == 1
    assert "FY2090 Q1 is not over: noise is drawn once, so wait until 2090-01-01" in result.output


def test_a_quarter_is_over_on_the_day_after_its_last(archive: Archive) -> None:
    archive()
    asked = parse_quarter(QUARTER)
    with pytest.raises(drawing.NoiseNotDrawn, match="wait until 2021-01-01"):
        drawing.plan_of(asked, 10, Decimal(1), 10, date(2020, 12, 31))
    assert len(drawing.plan_of(asked, 10, Decimal(1), 10, date(2021, 1, 1)).tables) == 2


def test_nothing_is_drawn_of_answers_that_are_not_counted(archive: Archive) -> None:
    archive()
    book = answer_archive().codes()
    asked = form("va-vha-2-survey", groups=DIMENSIONS)
    answer_archive().append(batch_of([Person(asked, {"trust": 5})], book), book, "late")
    result = run("draw-noise", QUARTER)
    assert result.exit_code == 1
    assert "not counted yet: run `hearback measure all` first" in result.output


def test_a_quarter_without_answers_of_people_says_so(archive: Archive) -> None:
    result = run("draw-noise", "FY2021-Q2")
    assert result.exit_code == 1
    assert "No answers of single people are archived of FY2021 Q2" in result.output


def test_a_budget_that_is_spent_gives_no_more(archive: Archive, settings: Any, at: datetime) -> None:
    """A lower budget set later takes nothing back, and lets nothing more be drawn."""
    archive()
    draw_noise(plan((table("age_band"), Fraction(1))), by="owner", at=at)
    result = run("draw-noise", QUARTER)
    assert (
        "Not drawn: first_time of va-vha-2-survey-fy2021-q1 would use 0.5, and 0 of 1 is left"
        in result.output
    )
    assert result.exit_code == 1
    settings.NOISE_BUDGET = Decimal("0.5")
    assert "would use 0.25, and 0 of 1 is left" in run("draw-noise", QUARTER).output
    assert len(noisy_groups()) == 1


def test_two_who_draw_at_once_keep_one_drawing(archive: Archive, at: datetime) -> None:
    archive()
    first, second = ((table(name), Fraction(1, 2)) for name in DIMENSIONS)
    draw_noise(plan(first), by="owner", at=at)
    kept = noisy_groups()
    with pytest.raises(IntegrityError):  # the first of the two goes with the second
        draw_noise(plan(second, first), by="reviewer", at=at)
    assert noisy_groups() == kept


def test_who_draws_second_is_told(archive: Archive, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody draws the same tables between the look at the account and the drawing."""
    archive()
    look = drawing.plan_of

    def then_drawn(*arguments: Any) -> Plan:
        found = look(*arguments)
        draw_noise(found, by="owner", at=at)
        return found

    monkeypatch.setattr(noise_commands, "plan_of", then_drawn)
    result = run("draw-noise", QUARTER)
    assert result.exit_code == 1
    assert "Somebody else draws of this quarter now: nothing was drawn here." in result.output
    assert len(noisy_groups()) == 2


def table(dimension: str, counts: list[list[int]] | None = None) -> TrueTable:
    groups = counts or [[3, 1], [40, 20], [1, 0]]
    return TrueTable(
        "va-vha-2-survey-fy2021-q1", "va-vha-2-survey-fy2021-q1", "va-vha-2", "va-vha", QUARTER, dimension, 2,
        tuple(f"g{k}" for k in range(len(groups))), np.array(groups),
    )  # fmt: skip


def plan(*tables: tuple[TrueTable, Fraction], budget: Decimal = Decimal(1)) -> Plan:
    return Plan(tables, budget, ON)


def test_noise_is_as_wide_as_is_said() -> None:
    """Of 4,000 drawn counts: no bias, the spread that is told, and the interval holds as often as told."""
    cost = epsilon_of_table(Decimal(1), 2)
    (drawn,) = with_noise(plan((table("age_band", [[7, 0]] * 2000), cost)), SeededNumbers(20))
    noise = [off for each in drawn.groups for off in (each.agreeing - 7, each.others)]
    assert abs(statistics.mean(noise)) < 4 * drawn.noise_sd / math.sqrt(len(noise))
    assert statistics.stdev(noise) == pytest.approx(drawn.noise_sd, rel=0.06)
    held = sum(abs(off) <= drawn.half_width for off in noise) / len(noise)
    assert 0.95 - 0.011 < held < 0.965


@given(
    counts=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=2, max_size=6),
    shown=st.lists(st.integers(-60, 100), min_size=24, max_size=24),
    moved=st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 1), st.integers(0, 1)),
    n_dimensions=st.integers(1, 4),
    budget=st.sampled_from([Decimal("0.1"), Decimal(1), Decimal("2.5")]),
)
def test_whoever_knows_all_others_learns_of_one_no_more_than_the_budget(
    counts: list[tuple[int, int]], shown: list[int], moved: tuple[int, int, int, int], n_dimensions: int,
    budget: Decimal,
) -> None:  # fmt: skip
    """The strongest attack: of one person alone it is open in which cell they are, in every dimension.

    Whatever is published, it is at most exp(budget) times as likely if they are in one cell as in another.
    """
    noise = noise_of(epsilon_of_table(budget, n_dimensions))
    here, there = moved[0] % len(counts), moved[1] % len(counts)
    one = np.array(counts)
    other = one.copy()
    one[here, moved[2]] += 1
    other[there, moved[3]] += 1

    def log_likelihood(true: np.ndarray) -> float:
        cells = zip(shown, true.reshape(-1).tolist(), strict=False)
        return sum(math.log(noise.probability(seen - count)) for seen, count in cells)

    odds = n_dimensions * abs(log_likelihood(one) - log_likelihood(other))
    assert odds <= float(budget) + 1e-9
    assert np.abs(one - other).sum() <= SENSITIVITY


def test_the_best_guess_at_the_only_person_of_a_group_is_hardly_better_than_a_coin() -> None:
    """Somebody is the only one of 65 or more, or one more of 18-34: who guesses as well as can be is right
    in 73 of 100 cases at most, where all of a budget of 1 was spent; without noise, in all.
    """
    cost, rounds, right = epsilon_of_table(Decimal(1), 1), 3000, 0
    numbers = SeededNumbers(5)
    for number in range(rounds):
        is_alone = number % 2 == 0
        counts = [[40, 20], [1, 0]] if is_alone else [[41, 20], [0, 0]]
        (shown,) = with_noise(plan((table("age_band", counts), cost)), numbers)
        young, old = (each.agreeing for each in shown.groups)
        guess = abs(young - 40) + abs(old - 1) < abs(young - 41) + abs(old)
        right += guess == is_alone
    best = math.e / (1 + math.e)
    assert 0.5 < right / rounds < best + 4 * math.sqrt(0.25 / rounds)


def test_the_bound_is_reached_so_it_promises_no_more_than_it_holds() -> None:
    noise = noise_of(epsilon_of_table(Decimal(1), 1))
    far = math.log(noise.probability(0) / noise.probability(1)) * SENSITIVITY
    assert far == pytest.approx(1.0)


def test_an_account_holds_what_was_spent_under_a_higher_budget() -> None:
    drawn = with_noise(plan((table("age_band"), Fraction(2)), budget=Decimal(2)), SeededNumbers(1))
    ledger = ledgers_of(drawn, Decimal(1))["va-vha-2-survey-fy2021-q1"]
    assert ledger.spent == 2
    assert ledger.left == 0
    assert ledger.has("age_band of va-vha-2-survey-fy2021-q1")
