"""Groups of people: counted right, small ones held back for good, figures as those made one by one."""

import random
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearback.collect.archive import Item
from hearback.measure.answers.figures import group_scores, numbers_of
from hearback.measure.answers.grouping import GroupCounts, distinct_columns, group_counts, hold_back
from hearback.measure.answers.table import facts_of
from hearback.measure.queries import ScoreFact
from hearback.measure.rules import MEASURES
from hearback.measure.scoring import score_quarter
from hearback.stats import Estimate, mean_interval, share_of
from hearback.stats.presentation import Decision, present_share, share_may_be_shown, shares_may_be_shown
from tests.measure.answers.people import QUARTER, Person, archived, form

AGENCIES_OF = {"va-vha": ("va",), "va-vba": ("va",)}
AGES = ("18-34", "35-54", "55-64", "65+")
SEED = 7


def crowd(n: int, service: str = "va-vha-2", provider: str = "va-vha", seed: int = SEED) -> list[Person]:
    """Make n people who answered about one service, with ages that some did not give."""
    chance = random.Random(seed)
    asked = form(f"{service}-survey", service, provider)
    return [
        Person(
            asked,
            {"trust": chance.choice((0, 1, 3, 4, 4, 5, 5)), "ease": chance.choice((2, 4, 5))},
            chance.choice(("phone", "web", "web")),
            chance.choice(("en", "en", "es")),
            (("age_band", chance.choice(AGES)),) if chance.random() < 0.9 else (),
        )
        for _ in range(n)
    ]


def counted(folder: Path, people: list[Person], threshold: int = 10) -> GroupCounts:
    found = group_counts(archived(folder, people), AGENCIES_OF, threshold)
    assert found is not None
    return found


def rows_of(
    groups: GroupCounts, level: str, subject: str, question: str, dimension: str
) -> dict[str, tuple[int, ...]]:
    """Give the counts of every group of one subject, question and dimension."""
    return {
        groups.named(row)[1]: tuple(groups.counts[row].tolist())
        for row in range(len(groups))
        if groups.subjects[groups.subject[row]] == (level, subject)
        and groups.questions[groups.question[row]] == question
        and groups.named(row)[0] == dimension
    }


def by_hand(people: list[Person], question: str, dimension: str) -> dict[str, tuple[int, ...]]:
    found: dict[str, Counter[int]] = {}
    for one in people:
        names = {
            "channel": one.channel,
            "language": one.language,
            "age_band": dict(one.groups).get("age_band", "unknown"),
        }
        if one.answers[question] > 0:
            found.setdefault(names[dimension], Counter())[one.answers[question]] += 1
    return {name: tuple(counts[answer] for answer in range(1, 6)) for name, counts in found.items()}


@pytest.mark.parametrize("dimension", ["channel", "language", "age_band"])
@pytest.mark.parametrize("question", ["trust", "ease"])
def test_groups_are_counted_as_by_hand(tmp_path: Path, question: str, dimension: str) -> None:
    people = crowd(900)
    groups = counted(tmp_path, people)
    for level, subject in (
        ("service", "va-vha-2"),
        ("provider", "va-vha"),
        ("agency", "va"),
        ("government", "all"),
    ):
        assert rows_of(groups, level, subject, question, dimension) == by_hand(people, question, dimension)


def test_an_agency_adds_up_what_its_services_show(tmp_path: Path) -> None:
    one, other = crowd(400), crowd(300, "va-vba-1", "va-vba", seed=8)
    groups = counted(tmp_path, [*one, *other])
    assert rows_of(groups, "agency", "va", "trust", "age_band") == by_hand(
        [*one, *other], "trust", "age_band"
    )
    assert rows_of(groups, "service", "va-vba-1", "trust", "age_band") == by_hand(other, "trust", "age_band")


def test_a_small_group_is_held_back_with_another_and_stays_out_of_every_sum(tmp_path: Path) -> None:
    old = [Person(form("s"), {"trust": 1, "ease": 1}, groups=(("age_band", "65+"),)) for _ in range(4)]
    middle = [Person(form("s"), {"trust": 4, "ease": 4}, groups=(("age_band", "35-54"),)) for _ in range(40)]
    young = [Person(form("s"), {"trust": 5, "ease": 5}, groups=(("age_band", "18-34"),)) for _ in range(60)]
    elsewhere = [
        Person(form("t", "va-vba-1", "va-vba"), {"trust": 3, "ease": 3}, groups=(("age_band", age),))
        for age in AGES
        for _ in range(50)
    ]
    groups = counted(tmp_path, [*old, *middle, *young, *elsewhere])
    of_service = rows_of(groups, "service", "va-vha-2", "trust", "age_band")
    assert of_service == {"65+": (0,) * 5, "35-54": (0,) * 5, "18-34": (0, 0, 0, 0, 60)}
    of_agency = rows_of(groups, "agency", "va", "trust", "age_band")
    assert of_agency["65+"] == of_agency["35-54"] == (0, 0, 50, 0, 0)
    scores = list(facts_of(group_scores(groups, QUARTER)))
    hidden = [
        s for s in scores if s.level == "service" and s.subject == "va-vha-2" and s.group in ("65+", "35-54")
    ]
    assert len(hidden) > 10
    assert {(s.value, s.n, s.numerator, s.reason) for s in hidden} == {(None, None, None, "suppressed_small")}
    partial = [s for s in scores if s.level == "agency" and s.group == "65+"]
    assert {s.flags for s in partial} == {("groups_partial",)}


def test_nothing_shown_depends_on_the_answers_of_a_held_back_group(tmp_path: Path) -> None:
    def scores(folder: Path, few: tuple[int, ...]) -> list[ScoreFact]:
        small = [Person(form("s"), {"trust": a, "ease": a}, groups=(("age_band", "65+"),)) for a in few]
        rest = [
            Person(form("s"), {"trust": 4, "ease": 2}, groups=(("age_band", age),))
            for age in ("18-34", "35-54", "55-64")
            for _ in range(40)
        ]
        return list(facts_of(group_scores(counted(folder, [*small, *rest]), QUARTER)))

    of_ages = [
        [s for s in scores(tmp_path / name, few) if s.dimension == "age_band"]
        for name, few in (("one", (1, 1, 1)), ("other", (5, 4, 5, 5, 5, 5)))
    ]
    assert of_ages[0] == of_ages[1] != []


@given(st.lists(st.integers(0, 60), min_size=1, max_size=8), st.integers(2, 12), st.integers(0, 3))
def test_held_back_groups_cannot_be_worked_out(n: list[int], threshold: int, other: int) -> None:
    counts = np.array([*n, *([other] if other else [])])
    family = np.array([[0] * len(n) + ([1] if other else [])])
    held = hold_back(family, counts, threshold)[: len(n)]
    counts = counts[: len(n)]
    assert held[(counts > 0) & (counts < threshold)].all()
    assert not held[counts == 0].any()
    together = int(counts[held].sum())
    if held.any() and not held[counts > 0].all():
        assert held.sum() >= 2
        assert together >= threshold
    if not ((counts > 0) & (counts < threshold)).any():
        assert not held.any()


five_counts = st.tuples(*[st.integers(0, 400)] * 5)


@given(st.lists(five_counts, min_size=1, max_size=6))
def test_many_means_at_once_are_those_made_one_by_one(many: list[tuple[int, int, int, int, int]]) -> None:
    numbers = numbers_of(MEASURES["trust_mean"], np.array(many))
    for place, counts in enumerate(many):
        alone = mean_interval(counts)
        if np.isnan(numbers.value[place]):
            wide = isinstance(alone, Estimate) and alone.low is not None and alone.high is not None
            assert sum(counts) < 30 or (wide and numbers.reason[place] == "suppressed_unreliable")
            continue
        assert isinstance(alone, Estimate)
        assert numbers.value[place] == pytest.approx(alone.value, rel=1e-12)
        if alone.low is None:
            assert np.isnan(numbers.low[place])
            assert numbers.reason[place] == alone.reason
        else:
            assert (numbers.low[place], numbers.high[place]) == pytest.approx(
                (alone.low, alone.high), rel=1e-9
            )


@given(st.lists(five_counts, min_size=1, max_size=6))
def test_many_shares_at_once_are_those_made_one_by_one(many: list[tuple[int, int, int, int, int]]) -> None:
    numbers = numbers_of(MEASURES["trust_agree_share"], np.array(many))
    for place, counts in enumerate(many):
        alone, n = share_of(counts, frozenset({4, 5})), sum(counts)
        if not n:
            assert numbers.reason[place] == "no_answers"
            continue
        assert isinstance(alone, Estimate)
        hits = counts[3] + counts[4]
        assert shares_may_be_shown(np.array([hits]), np.array([n]))[0] != np.isnan(numbers.value[place])
        if not np.isnan(numbers.value[place]):
            got = (numbers.value[place], numbers.low[place], numbers.high[place])
            assert got == pytest.approx((alone.value, alone.low, alone.high), rel=1e-12)


@pytest.mark.parametrize(
    ("hits", "n"), [(20, 29), (20, 30), (300, 400), (1, 60), (0, 50), (50, 50), (0, 400), (7, 900)]
)
def test_the_presentation_standard_for_many_is_the_one_for_one(hits: int, n: int) -> None:
    share = hits / n
    # one draw per person: the error of the standard with n in place of n - 1, so that n_eff is n
    alone = present_share(share, (share * (1 - share) / n) ** 0.5, n, n - 1)
    assert shares_may_be_shown(np.array([hits]), np.array([n]))[0] == (alone.decision is Decision.PRESENT)
    assert share_may_be_shown(hits, n) == (alone.decision is Decision.PRESENT)


@pytest.mark.parametrize("n", [1, 29, 30, 31, 45, 60, 69, 400, 1500])
def test_one_share_of_counts_is_shown_where_many_at_once_are(n: int) -> None:
    hits = np.arange(n + 1)
    many = shares_may_be_shown(hits.astype(float), np.full(n + 1, float(n)))
    assert [share_may_be_shown(one, n) for one in hits.tolist()] == many.tolist()


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), max_size=40), st.sampled_from([1, 10**9]))
def test_columns_are_told_apart_whether_few_or_most_are_there(
    many: list[tuple[int, int]], apart: int
) -> None:
    columns = [(one * apart, other) for one, other in many]
    found, place = distinct_columns(np.array(columns, dtype=np.int64).reshape(-1, 2).T)
    assert list(zip(*found.tolist(), strict=True)) == sorted(set(columns))
    assert [tuple(found[:, at].tolist()) for at in place] == columns


def test_a_group_hidden_in_one_survey_stays_out_of_its_service(tmp_path: Path) -> None:
    one = [Person(form("a"), {"trust": 4, "ease": 4}, "phone") for _ in range(26)]
    one += [Person(form("a"), {"trust": 1, "ease": 1}, "web") for _ in range(4)]
    other = [Person(form("b"), {"trust": 5, "ease": 5}, "web") for _ in range(16)]
    groups = counted(tmp_path, [*one, *other])
    # the counts of survey b are published: web of the service must not hold the four of survey a
    of_service = rows_of(groups, "service", "va-vha-2", "trust", "channel")
    assert of_service == {"phone": (0,) * 5, "web": (0, 0, 0, 0, 16)}


def test_a_service_with_one_channel_counts_in_the_channels_of_its_agency(tmp_path: Path) -> None:
    one = [Person(form("a"), {"trust": 4, "ease": 4}, "phone") for _ in range(100)]
    other = [
        Person(form("b", "va-vba-1", "va-vba"), {"trust": 5, "ease": 5}, channel)
        for channel in ("phone", "web")
        for _ in range(50)
    ]
    groups = counted(tmp_path, [*one, *other])
    assert rows_of(groups, "service", "va-vha-2", "trust", "channel") == {}
    of_agency = rows_of(groups, "agency", "va", "trust", "channel")
    assert of_agency == {"phone": (0, 0, 0, 100, 50), "web": (0, 0, 0, 0, 50)}


def test_a_scale_that_no_measure_is_made_of_gives_no_mean(tmp_path: Path) -> None:
    thumbs = (
        Item("trust", wording_class="increased_trust"),
        Item("ease", wording_class="standard", scale="thumbs"),
    )
    people = [Person(form("a", items=thumbs), {"trust": 4, "ease": 2}) for _ in range(60)]
    (survey,) = archived(tmp_path, people).unweighted
    found = score_quarter([survey], [], AGENCIES_OF, 10)
    ease = [one for one in found.scores if one.measure.startswith("ease")]
    assert {(one.value, one.reason) for one in ease} == {(None, "not_comparable")}
    assert [(one.question, one.reason) for one in found.exclusions] == [("ease", "scale_other")]


def test_counted_answers_are_never_taken_for_percentages(tmp_path: Path) -> None:
    items = tuple(Item(name, wording_class="standard") for name in ("ease", "equity", "efficiency"))
    asked = form("a", items=(Item("trust", wording_class="increased_trust"), *items))
    four = {"trust": 4, "ease": 4, "equity": 4, "efficiency": 4}
    people = [Person(asked, four if n < 12 else {}) for n in range(312)]
    (survey,) = archived(tmp_path, people).unweighted
    assert "not_counts" not in {one.reason for one in score_quarter([survey], [], AGENCIES_OF, 10).exclusions}
