"""Weighted surveys: figures as computed from every person's weight, and never added up with others."""

import math
import random
from pathlib import Path

import pytest

from hearback.measure.answers.weighted import weighted_exclusions, weighted_scores
from hearback.measure.queries import ScoreFact
from tests.measure.answers.people import Person, archived, form

WEIGHTED = form("w", weighted=True)
CHANCE = random.Random(3)
PEOPLE = [
    Person(
        WEIGHTED, {"trust": CHANCE.choice((0, 1, 2, 4, 5, 5)), "ease": 4},
        groups=(("age_band", CHANCE.choice(("18-34", "65+"))),), weight=round(CHANCE.uniform(0.2, 4), 6),
    )
    for _ in range(1200)
]  # fmt: skip


def scores(folder: Path, people: list[Person] = PEOPLE) -> dict[tuple[str, str, str], ScoreFact]:
    found = weighted_scores(archived(folder, people), 10)
    return {(s.measure, s.dimension, s.group): s for s in found}


def by_hand(people: list[Person]) -> tuple[float, float, float, int]:
    """Give the weighted mean, its linearised standard error, the weighted share agreeing, and n."""
    rows = [(one.weight, one.answers["trust"]) for one in people if one.answers["trust"] > 0]
    total = math.fsum(w for w, _ in rows)
    mean = math.fsum(w * y for w, y in rows) / total
    n = len(rows)
    variance = n / (n - 1) * math.fsum((w * (y - mean) / total) ** 2 for w, y in rows)
    share = math.fsum(w for w, y in rows if y >= 4) / total
    return mean, math.sqrt(variance), share, n


@pytest.mark.parametrize("age", [None, "18-34", "65+"])
def test_figures_are_those_computed_from_every_person(tmp_path: Path, age: str | None) -> None:
    people = [one for one in PEOPLE if age is None or dict(one.groups)["age_band"] == age]
    mean, error, share, n = by_hand(people)
    found = scores(tmp_path)
    whom = ("all", "all") if age is None else ("age_band", age)
    got = found["trust_mean", *whom]
    assert (got.value, got.se) == pytest.approx((mean, error), rel=1e-9)
    assert (got.n, got.df, got.method) == (n, n - 1, "mean_weighted")
    assert found["trust_agree_share", *whom].value == pytest.approx(share, rel=1e-9)
    kish = sum(p.weight for p in people if p.answers["trust"]) ** 2 / sum(
        p.weight**2 for p in people if p.answers["trust"]
    )
    assert got.n_effective == pytest.approx(kish, rel=1e-9)


def test_a_weighted_survey_is_left_out_of_every_sum_and_says_why(tmp_path: Path) -> None:
    answers = archived(tmp_path, PEOPLE)
    assert answers.unweighted == []
    reasons = {(one.question, one.scope, one.reason) for one in weighted_exclusions(answers, 10)}
    assert reasons == {(question, "rollups", "weighted_sample") for question in ("trust", "ease")}


def test_a_small_weighted_survey_shows_nothing(tmp_path: Path) -> None:
    found = scores(tmp_path, PEOPLE[:6])
    assert len(found) > 10
    assert {(s.value, s.n, s.se, s.n_effective) for s in found.values()} == {(None, None, None, None)}
    assert {s.reason for s in found.values()} == {"suppressed_small"}


def test_equal_answers_have_a_value_and_no_interval(tmp_path: Path) -> None:
    got = scores(tmp_path)["ease_mean", "all", "all"]
    assert (got.value, got.low, got.reason) == (4.0, None, "no_variance")


@pytest.mark.parametrize(("n", "reason"), [(29, "suppressed_unreliable"), (600, None)])
def test_a_number_of_everybody_is_held_to_the_standard_as_that_of_a_group_is(
    tmp_path: Path, n: int, reason: str | None
) -> None:
    answered = [one for one in PEOPLE if one.answers["trust"]][:n]
    found = scores(tmp_path, answered)
    for measure in ("trust_mean", "trust_agree_share"):
        got = found[measure, "all", "all"]
        assert (got.reason, got.n, got.value is None, got.low is None) == (
            reason,
            n,
            bool(reason),
            bool(reason),
        )
    assert found["trust_answers", "all", "all"].value == n


def test_a_mean_of_equal_answers_of_few_people_is_not_shown(tmp_path: Path) -> None:
    got = scores(tmp_path, PEOPLE[:29])["ease_mean", "all", "all"]
    assert (got.value, got.n, got.reason) == (None, 29, "suppressed_unreliable")
