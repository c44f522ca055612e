"""Comparisons over time, from reported surveys to stored rows: what is compared, and what never is."""

from dataclasses import replace
from datetime import datetime
from itertools import pairwise

import numpy as np
import pytest
from django.db import IntegrityError, transaction
from scipy.stats import ttest_ind

from hearback.collect.exchange import ExchangeQuestion, ExchangeSurvey
from hearback.history.queries import latest_entries
from hearback.measure.actions import compute_changes, compute_scores
from hearback.measure.changes.sides import Sides
from hearback.measure.models import Comparison, Score
from hearback.measure.queries import ComparisonFact, comparisons, scores
from hearback.measure.rules import (
    CANNOT_TELL,
    DOWN,
    NO_CLEAR_CHANGE,
    NOT_COMPARABLE,
    UP,
    WHO_REPORTED,
    said,
    sentence,
)
from hearback.stats import LikertCounts
from hearback.stats.comparison import ProviderMeans, within_of_means, within_of_shares
from hearback.stats.experiments import change_of_shares
from tests.measure.conftest import Load, row

Q1, Q2, Q3, Q4, NEXT_Q1 = "FY2021-Q1", "FY2021-Q2", "FY2021-Q3", "FY2021-Q4", "FY2022-Q1"
HIGH: LikertCounts = (20, 30, 50, 300, 600)
LOW: LikertCounts = (60, 80, 160, 300, 400)
FEW: LikertCounts = (1, 0, 0, 2, 3)


def reworded(found: ExchangeSurvey, wording: str) -> ExchangeSurvey:
    """Give a row whose trust question was put in other words."""
    asked = found.questions["trust"]
    return replace(found, questions={"trust": ExchangeQuestion(wording, asked.scale, asked.counts)})


def compute(at: datetime, *quarters: str, threshold: int = 10) -> list[ComparisonFact]:
    """Compute scores, then changes, of some quarters; gives all comparisons there are then."""
    for quarter in quarters:
        compute_scores(quarter, threshold, by="owner", at=at)
    for quarter in quarters:
        compute_changes(quarter, Sides(threshold), by="owner", at=at)
    return comparisons()


def pick(found: list[ComparisonFact], level: str = "service", **wanted: str) -> ComparisonFact:
    """Give the one comparison of a level; of the share agreeing with the quarter before, if not said."""
    want = {"level": level, "measure": "trust_agree_share", "kind": "quarter_before", **wanted}
    (one,) = [f for f in found if all(getattr(f, name) == value for name, value in want.items())]
    return one


@pytest.fixture
def two(load_rows: Load) -> Load:
    """Load one survey in two quarters: fewer agree in the second."""
    load_rows(row(Q1, "clinic", HIGH), row(Q2, "clinic", LOW))
    return load_rows


def test_a_fall_is_told_with_what_the_test_of_two_shares_says(two: Load, at: datetime) -> None:
    one = pick(compute(at, Q1, Q2), quarter=Q2)
    expected = change_of_shares(900, 1000, 700, 1000)
    assert (one.verdict, one.against) == (DOWN, Q1)
    assert one.difference == pytest.approx(-0.2)
    assert [one.low, one.high, one.p] == pytest.approx([expected.low, expected.high, expected.p], abs=1e-9)
    assert (one.value_before, one.value_after, one.n_before, one.n_after) == (0.9, 0.7, 1000, 1000)
    assert (one.method, one.smallest_found) == ("miettinen_nurminen", None)
    assert said(sentence(one)).startswith("Lower than in FY2021 Q1, by 20.0 percentage points; allowing for")


def test_a_fall_of_a_mean_is_told_from_its_error_and_degrees_of_freedom(two: Load, at: datetime) -> None:
    one = pick(compute(at, Q1, Q2), quarter=Q2, measure="trust_mean")
    answers = [np.repeat(np.arange(1, 6), counts) for counts in (LOW, HIGH)]
    other = ttest_ind(*answers, equal_var=False)
    interval = other.confidence_interval()
    assert one.method == "welch"
    assert [one.low, one.high, one.p] == pytest.approx([interval.low, interval.high, other.pvalue], rel=1e-9)


def test_every_level_is_compared_and_every_verdict_has_its_q_value(two: Load, at: datetime) -> None:
    found = [one for one in compute(at, Q1, Q2) if one.quarter == Q2]
    assert {one.level for one in found} == {"survey", "service", "provider", "agency", "government"}
    assert all((one.q_value is None) == (one.verdict in (CANNOT_TELL, NOT_COMPARABLE)) for one in found)
    assert {one.measure for one in found} == {"trust_mean", "trust_agree_share"}


def test_a_survey_is_found_again_under_the_key_of_its_other_quarter(two: Load, at: datetime) -> None:
    one = pick(compute(at, Q1, Q2), "survey", quarter=Q2)
    assert one.subject_before != one.subject
    assert one.verdict == DOWN
    assert one.parts_reason == "not_rolled_up"


def test_the_parts_of_a_change_add_up_to_it(load_rows: Load, at: datetime) -> None:
    load_rows(
        row(Q1, "clinic", HIGH), row(Q1, "ward", LOW), row(Q1, "left", HIGH),
        row(Q2, "clinic", LOW), row(Q2, "ward", LOW), row(Q2, "came", HIGH),
    )  # fmt: skip
    found = compute(at, Q1, Q2)
    for measure in ("trust_mean", "trust_agree_share"):
        one = pick(found, quarter=Q2, measure=measure)
        assert one.within is not None
        assert (one.within or 0) + (one.mix or 0) + (one.entry or 0) + (one.exit or 0) == pytest.approx(
            one.difference, abs=1e-12
        )
    one = pick(found, quarter=Q2)
    assert [one.within, one.mix, one.entry, one.exit] == pytest.approx([-0.1, 0, 1 / 15, -1 / 30])


def test_a_change_that_is_mostly_who_reported_says_so(load_rows: Load, at: datetime) -> None:
    load_rows(row(Q1, "clinic", HIGH), row(Q2, "clinic", HIGH), row(Q2, "came", LOW))
    one = pick(compute(at, Q1, Q2), quarter=Q2)
    assert (one.verdict, sentence(one).key) == (WHO_REPORTED, "down_not_by_surveys")
    assert said(sentence(one)).endswith(
        "Who reported moved it by −10.0; surveys that count in both quarters show no clear fall (0.0)."
    )
    load_rows(row(Q2, "clinic", (25, 35, 70, 290, 580)))
    one = pick(compute(at, Q1, Q2), quarter=Q2)
    assert (one.verdict, sentence(one).key) == (DOWN, "down_who_reported")
    assert "Most of that is who reported: surveys that count in both quarters account for −3.0." in said(
        sentence(one)
    )


def test_where_only_sizes_shift_no_fall_is_claimed(load_rows: Load, at: datetime) -> None:
    few_high, few_low = (4, 6, 10, 60, 120), (12, 16, 32, 60, 80)
    load_rows(
        row(Q1, "clinic", HIGH), row(Q1, "ward", few_low), row(Q2, "clinic", few_high), row(Q2, "ward", LOW)
    )
    found = compute(at, Q1, Q2)
    assert {one.verdict for one in found if one.level == "survey" and one.quarter == Q2} == {NO_CLEAR_CHANGE}
    for measure in ("trust_mean", "trust_agree_share"):
        one = pick(found, quarter=Q2, measure=measure)
        assert (one.verdict, sentence(one).key) == (WHO_REPORTED, "down_not_by_surveys")
        assert one.within == pytest.approx(0, abs=1e-12)
        assert one.within_low is not None
        assert one.within_high is not None
        assert one.within_low < 0 < one.within_high
        assert [one.within_p, one.q_value] == pytest.approx([1, 1])
        assert one.figure_q is not None
        assert one.figure_q < 1e-6


def test_the_interval_of_the_part_within_is_that_of_its_surveys(load_rows: Load, at: datetime) -> None:
    other_low, other_high = (30, 40, 80, 150, 200), (10, 15, 25, 150, 300)
    load_rows(
        row(Q1, "clinic", HIGH), row(Q1, "ward", other_low), row(Q1, "left", HIGH),
        row(Q2, "clinic", LOW), row(Q2, "ward", other_high), row(Q2, "came", LOW),
    )  # fmt: skip
    found = compute(at, Q1, Q2)
    one = pick(found, quarter=Q2)
    expected = within_of_shares([900, 350], [1000, 500], [700, 450], [1000, 500])
    assert (one.within, one.within_low, one.within_high, one.within_p) == pytest.approx(
        (expected.within, expected.low, expected.high, expected.p)
    )
    mean = pick(found, quarter=Q2, measure="trust_mean")
    answers = [np.repeat(np.arange(1, 6), counts) for counts in (HIGH, other_low, LOW, other_high)]
    sides = [
        ProviderMeans([len(a) for a in two], [a.mean() for a in two], [a.std(ddof=1) for a in two])
        for two in (answers[:2], answers[2:])
    ]
    own = within_of_means(sides[0], sides[1])
    assert (mean.within, mean.within_low, mean.within_high, mean.within_p) == pytest.approx(
        (own.within, own.low, own.high, own.p)
    )


def test_a_roll_up_of_one_survey_is_judged_as_its_survey_is(two: Load, at: datetime) -> None:
    found = compute(at, Q1, Q2)
    for measure in ("trust_mean", "trust_agree_share"):
        one, survey = (pick(found, level, quarter=Q2, measure=measure) for level in ("service", "survey"))
        assert (one.within_low, one.within_high, one.within_p) == pytest.approx((one.low, one.high, one.p))
        assert (survey.within_p, survey.figure_q) == (None, None)
        assert one.q_value == pytest.approx(survey.q_value)


def test_a_change_without_any_survey_in_both_quarters_is_all_who_reported(
    load_rows: Load, at: datetime
) -> None:
    load_rows(row(Q1, "left", HIGH), row(Q2, "came", LOW))
    one = pick(compute(at, Q1, Q2), quarter=Q2)
    assert (one.verdict, one.within, one.parts_reason) == (WHO_REPORTED, None, "no_like_for_like")
    assert (one.q_value, one.within_p) == (None, None)
    assert one.figure_q is not None
    assert sentence(one).key == "down_others_reported"


def test_no_clear_change_says_what_would_have_been_found(load_rows: Load, at: datetime) -> None:
    load_rows(row(Q1, "clinic", HIGH), row(Q2, "clinic", (20, 30, 52, 299, 599)))
    one = pick(compute(at, Q1, Q2), quarter=Q2)
    assert one.verdict == NO_CLEAR_CHANGE
    assert one.smallest_found is not None
    assert 0.03 < one.smallest_found < 0.08


def test_the_first_quarter_has_nothing_to_be_compared_with(two: Load, at: datetime) -> None:
    found = [one for one in compute(at, Q1, Q2) if one.quarter == Q1]
    assert {(one.kind, one.verdict, one.reason) for one in found} == {
        ("quarter_before", CANNOT_TELL, "first_quarter")
    }


def test_the_same_quarter_of_the_year_before_is_compared_too(load_rows: Load, at: datetime) -> None:
    load_rows(row(Q1, "clinic", LOW), row(NEXT_Q1, "clinic", HIGH))
    found = compute(at, Q1, NEXT_Q1)
    one = pick(found, quarter=NEXT_Q1, kind="year_before")
    assert (one.verdict, one.against) == (UP, Q1)
    other = pick(found, quarter=NEXT_Q1)
    assert (other.against, other.verdict, other.reason) == (Q4, CANNOT_TELL, "no_figure_before")


def test_other_words_in_the_same_pool_are_not_compared(load_rows: Load, at: datetime) -> None:
    asked = [reworded(row(q, "clinic", counts), f"increased_{what}") for q, counts, what in
             ((Q1, HIGH, "trust"), (Q2, LOW, "confidence"), (Q3, HIGH, "confidence"))]  # fmt: skip
    load_rows(*asked)
    found = compute(at, Q1, Q2, Q3)
    for level in ("survey", "service", "government"):
        one = pick(found, level, quarter=Q2)
        assert (one.verdict, one.reason, one.difference, one.p) == (
            NOT_COMPARABLE,
            "wording_changed",
            None,
            None,
        )
        assert pick(found, level, quarter=Q3).verdict == UP


def test_words_that_changed_and_changed_back_within_the_year_are_not_compared(
    load_rows: Load, at: datetime
) -> None:
    what = ("trust", "trust", "confidence", "confidence", "trust")
    quarters = (Q1, Q2, Q3, Q4, NEXT_Q1)
    load_rows(
        *(reworded(row(q, "clinic", HIGH), f"increased_{w}") for q, w in zip(quarters, what, strict=True))
    )
    found = compute(at, *quarters)
    assert pick(found, quarter=NEXT_Q1, kind="year_before").reason == "wording_changed"
    assert pick(found, quarter=NEXT_Q1).reason == "wording_changed"
    assert pick(found, quarter=Q2).verdict == NO_CLEAR_CHANGE


def test_a_survey_that_moved_to_another_pool_is_compared_with_nothing(load_rows: Load, at: datetime) -> None:
    load_rows(
        row(Q1, "clinic", HIGH), reworded(row(Q2, "clinic", LOW), "increased_trust"),
        *(reworded(row(q, "ward", HIGH), "increased_trust") for q in (Q1, Q2)),
    )  # fmt: skip
    found = compute(at, Q1, Q2)
    moved = [one for one in found if one.level == "survey" and one.quarter == Q2 and one.reason is not None]
    assert {(one.verdict, one.reason) for one in moved} == {(NOT_COMPARABLE, "pool_changed")}
    joined = pick(found, quarter=Q2, pool="increased")
    assert (joined.verdict, sentence(joined).key) == (WHO_REPORTED, "down_not_by_surveys")
    assert [one for one in found if one.pool == "stated" and one.quarter == Q2] == []


def test_a_survey_in_no_pool_is_compared_with_nothing(load_rows: Load, at: datetime) -> None:
    load_rows(*(reworded(row(q, "clinic", HIGH), "recommend") for q in (Q1, Q2)))
    assert compute(at, Q1, Q2) == []


@pytest.mark.parametrize(("before", "after"), [(FEW, HIGH), (HIGH, FEW)])
def test_what_is_held_back_gives_no_number_away(
    load_rows: Load, at: datetime, before: LikertCounts, after: LikertCounts
) -> None:
    load_rows(row(Q1, "clinic", before), row(Q2, "clinic", after))
    told = [one for one in compute(at, Q1, Q2) if one.quarter == Q2]
    assert {(one.verdict, one.reason) for one in told} == {(CANNOT_TELL, "suppressed_small")}
    for one in told:
        hidden = (
            one.difference,
            one.low,
            one.high,
            one.p,
            one.q_value,
            one.smallest_found,
            one.within,
            one.within_low,
            one.within_p,
            one.figure_q,
            one.mix,
        )
        assert set(hidden) == {None}
        side = one.n_before, one.value_before
        assert side == (None, None) or (one.n_after, one.value_after) == (None, None)
        assert {one.n_before, one.n_after} <= {None, 1000}


def test_counts_that_are_held_back_change_nothing_that_is_told(load_rows: Load, at: datetime) -> None:
    load_rows(row(Q1, "clinic", HIGH), row(Q2, "clinic", LOW), row(Q1, "ward", FEW), row(Q2, "ward", FEW))
    first = compute(at, Q1, Q2)
    load_rows(row(Q2, "ward", (0, 3, 2, 0, 0)))
    assert compute(at, Q1, Q2) == first


def test_answers_that_are_all_the_same_show_no_chance(load_rows: Load, at: datetime) -> None:
    load_rows(row(Q1, "clinic", (0, 0, 0, 0, 90)), row(Q2, "clinic", (0, 0, 0, 0, 80)))
    found = compute(at, Q1, Q2)
    assert pick(found, quarter=Q2, measure="trust_mean").reason == "no_variance"
    assert pick(found, quarter=Q2).verdict == NO_CLEAR_CHANGE


def test_a_figure_of_another_method_is_not_compared(two: Load, at: datetime) -> None:
    compute(at, Q1, Q2)
    Score.objects.filter(quarter=Q1, measure="trust_agree_share").update(method_version="0")
    compute_changes(Q2, Sides(10), by="owner", at=at)
    one = pick(comparisons(), quarter=Q2)
    assert (one.verdict, one.reason, one.within) == (NOT_COMPARABLE, "method_changed", None)
    assert pick(comparisons(), quarter=Q2, measure="trust_mean").verdict == DOWN


def test_nothing_is_said_of_scores_older_than_the_reports(load_rows: Load, at: datetime) -> None:
    load_rows(row(Q1, "clinic", HIGH), row(Q2, "clinic", LOW))
    compute(at, Q1, Q2)
    load_rows(row(Q2, "ward", HIGH))
    compute_changes(Q2, Sides(10), by="owner", at=at)
    one = pick(comparisons(), quarter=Q2)
    assert (one.verdict, one.reason, one.parts_reason) == (CANNOT_TELL, "scores_stale", "scores_stale")
    assert (one.difference, one.within) == (None, None)


def test_computing_again_changes_nothing_and_leaves_no_history(two: Load, at: datetime) -> None:
    compute(at, Q1, Q2)
    rows, entries = list(Comparison.objects.order_by("pk").values()), len(latest_entries(limit=999))
    done = [compute_changes(q, Sides(10), by="owner", at=at) for q in (Q1, Q2)]
    assert {(one.n_added, one.n_changed, one.n_removed, one.gaps_changed) for one in done} == {
        (0, 0, 0, False)
    }
    assert list(Comparison.objects.order_by("pk").values()) == rows
    assert len(latest_entries(limit=999)) == entries


def test_a_correction_of_an_earlier_quarter_reaches_the_changes_that_rest_on_it(
    two: Load, at: datetime
) -> None:
    compute(at, Q1, Q2)
    two(row(Q1, "clinic", LOW))
    compute_scores(Q1, 10, by="owner", at=at)
    done = compute_changes(Q2, Sides(10), by="reviewer", at=at)
    assert done.n_changed == done.n_comparisons > 0
    assert pick(comparisons(), quarter=Q2).verdict == NO_CLEAR_CHANGE
    newest = latest_entries(limit=1)[0]
    assert (newest.verb, newest.subject_key, newest.by) == ("changes.computed", Q2, "reviewer")
    assert newest.before is not None
    assert newest.after is not None
    assert newest.before["inputs_sha256"] != newest.after["inputs_sha256"]


def test_figures_that_are_gone_take_their_comparisons_along(two: Load, at: datetime) -> None:
    compute(at, Q1, Q2)
    Score.objects.filter(quarter=Q2).delete()
    done = compute_changes(Q2, Sides(10), by="owner", at=at)
    assert (done.n_comparisons, done.n_removed > 0) == (0, True)
    assert {one.quarter for one in comparisons()} == {Q1}


def test_comparisons_come_in_the_order_of_scores_never_by_size(load_rows: Load, at: datetime) -> None:
    load_rows(*(row(q, name, counts) for q, counts in ((Q1, HIGH), (Q2, LOW)) for name in ("b", "a", "c")))
    found = [one for one in compute(at, Q1, Q2) if one.quarter == Q2 and one.level == "survey"]
    assert all(one.subject <= other.subject for one, other in pairwise(found))
    order = list(dict.fromkeys(one.level for one in comparisons(quarter=Q2)))
    assert order == list(dict.fromkeys(one.level for one in scores(quarter=Q2)))


@pytest.mark.parametrize(
    "changes",
    [
        {"q_value": None}, {"low": 0.5}, {"verdict": CANNOT_TELL}, {"high": None}, {"within_high": None},
        {"within_low": 0.5}, {"verdict": WHO_REPORTED, "figure_q": None},
    ],
)  # fmt: skip
def test_the_table_refuses_a_verdict_without_its_test(
    two: Load, at: datetime, changes: dict[str, object]
) -> None:
    compute(at, Q1, Q2)
    held = Comparison.objects.filter(quarter=Q2, level="service").values().first()
    assert held is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        Comparison.objects.create(**{**held, "id": None, "subject": "other", **changes})


def test_a_figure_that_rose_while_its_surveys_fell_is_told_as_no_rise(load_rows: Load, at: datetime) -> None:
    load_rows(
        row(Q1, "clinic", (2, 3, 5, 20, 70)), row(Q1, "ward", (150, 150, 150, 250, 200)),
        row(Q2, "clinic", (40, 50, 90, 200, 520)), row(Q2, "ward", (25, 25, 20, 15, 15)),
    )  # fmt: skip
    one = pick(compute(at, Q1, Q2), quarter=Q2)
    assert one.within_high is not None
    assert one.within_high < 0
    assert (one.verdict, one.q_value, sentence(one).key) == (WHO_REPORTED, 1, "up_not_by_surveys")
    assert "surveys that count in both quarters show no clear rise (−" in said(sentence(one))
