"""Decisions of measure, without a database."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearback.measure.rules import (
    EXCLUSION_REASONS,
    FLAGS,
    MEASURES,
    NONRESPONSE_ITEM,
    NONRESPONSE_UNIT,
    POOLS,
    ROLLED_UP,
    SCOPES,
    Asked,
    Exclusion,
    Pool,
    Report,
    Volumes,
    flags_of,
    group_flags,
    is_small,
    pool_of,
    rate_flags,
    response_of,
    response_of_many,
    rollup_exclusion,
)
from hearback.stats import Reason, n_answers

METHODS = Path(__file__).resolve().parents[2] / "docs" / "methods"
WORDINGS = (
    "stated_trust", "increased_trust", "increased_confidence", "rated_confidence", "recommend",
    "likelihood_of_use", "expectations", "other", "not_asked", "unknown", "asked", "never heard of",
)  # fmt: skip
SCALES = ("five_point", "ten_point_converted", "yes_no", "unknown", "never heard of")
TIMINGS = ("post_transaction", "during_visit", "periodic", "unknown", "never heard of")
EVERYTHING = [Asked(w, s, t) for w in WORDINGS for s in SCALES for t in TIMINGS]


@pytest.mark.parametrize(
    ("wording", "pool"),
    [("increased_trust", "increased"), ("increased_confidence", "increased"), ("stated_trust", "stated")],
)
@pytest.mark.parametrize("timing", ["post_transaction", "during_visit", "unknown"])
def test_pools_the_standard_item_by_wording(wording: str, timing: str, pool: str) -> None:
    assert pool_of(Asked(wording, "five_point", timing)) == POOLS[pool]


@pytest.mark.parametrize(
    ("asked", "reason", "shown"),
    [
        (None, "trust_not_asked", False),
        (Asked("not_asked", "five_point", "unknown"), "trust_not_asked", False),
        (Asked("rated_confidence", "five_point", "unknown"), "wording_rated_confidence", True),
        (Asked("recommend", "five_point", "unknown"), "wording_recommend", True),
        (Asked("other", "five_point", "unknown"), "wording_other", True),
        (Asked("unknown", "five_point", "unknown"), "wording_unknown", False),
        (Asked("recommend", "yes_no", "unknown"), "scale_yes_no", False),
        (Asked("stated_trust", "yes_no", "unknown"), "scale_yes_no", False),
        (Asked("stated_trust", "unknown", "unknown"), "scale_unknown", False),
        (Asked("stated_trust", "ten_point_converted", "unknown"), "scale_ten_point", True),
        (Asked("unknown", "ten_point_converted", "unknown"), "scale_ten_point", False),
        (Asked("stated_trust", "five_point", "periodic"), "asked_periodically", True),
    ],
)
def test_leaves_out_with_a_reason(asked: Asked | None, reason: str, shown: bool) -> None:
    found = pool_of(asked)
    assert isinstance(found, Exclusion)
    assert (found.reason, found.scope, found.shown) == (reason, "pools", shown)


def test_what_no_rule_knows_is_never_pooled() -> None:
    pooled = {a for a in EVERYTHING if isinstance(pool_of(a), Pool)}
    wordings = {"stated_trust", "increased_trust", "increased_confidence"}
    assert {a.wording_class for a in pooled} == wordings
    assert {a.scale for a in pooled} == {"five_point"}
    assert {a.timing for a in pooled} == {"post_transaction", "during_visit", "unknown"}


def test_every_way_of_asking_ends_in_a_pool_or_a_known_reason() -> None:
    left_out = [found for a in EVERYTHING if isinstance(found := pool_of(a), Exclusion)]
    assert {found.reason for found in left_out} <= set(EXCLUSION_REASONS)
    assert all(found.explanation.endswith(".") for found in left_out)


@pytest.mark.parametrize(
    ("n_answers", "variant", "reason"),
    [(0, 1, "no_answers"), (1, 1, "suppressed_small"), (9, 1, "suppressed_small"), (9, 2, "suppressed_small"),
     (10, 2, "second_value")],
)  # fmt: skip
def test_comparable_surveys_that_are_not_added_up(n_answers: int, variant: int, reason: str) -> None:
    found = rollup_exclusion(n_answers, variant, 10)
    assert found is not None
    assert (found.reason, found.scope, found.shown) == (reason, "rollups", True)


def test_ten_answers_are_added_up() -> None:
    assert rollup_exclusion(10, 1, 10) is None


@pytest.mark.parametrize(
    ("respondents", "offered", "found"),
    [
        (100, 1000, Volumes(100, 1000)),
        (100, 100, Volumes(100, 100)),
        (101, 100, Reason.IMPOSSIBLE_VOLUMES),
        (0, 100, Reason.NO_ANSWERS),
        (100, 0, Reason.NO_ANSWERS),
        (None, 100, Reason.NOT_REPORTED),
        (100, None, Reason.NOT_REPORTED),
        (9, 100, Reason.SUPPRESSED_SMALL),
        (9, 8, Reason.SUPPRESSED_SMALL),
        (10, 100, Volumes(10, 100)),
    ],
)
def test_a_rate_needs_two_counts_that_can_be_right(
    respondents: int | None, offered: int | None, found: Volumes | Reason
) -> None:
    assert response_of(respondents, offered, 10) == found


def test_a_group_without_a_usable_count_says_why() -> None:
    assert response_of_many([]) is Reason.NOT_REPORTED
    assert response_of_many([Reason.NOT_REPORTED, Reason.SUPPRESSED_SMALL]) is Reason.SUPPRESSED_SMALL
    assert response_of_many([Reason.SUPPRESSED_SMALL, Reason.IMPOSSIBLE_VOLUMES]) is Reason.IMPOSSIBLE_VOLUMES


EVERY_KIND = frozenset(set(FLAGS) | {"timing_unknown", "question_not_asked"})
CLEAN = Report((3, 4, 10, 22, 30), ((1, 2, 3, 4, 5),), "4.04", 100, "TRUE", frozenset())


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("mean_disagrees", {"published_mean": "4.05"}),
        ("more_answers_than_respondents", {"respondents": 68}),
        ("identical_distributions", {"others": ((3, 4, 10, 22, 30),)}),
        ("boxes_unused", {"trust": (10, 0, 10, 0, 100), "published_mean": None}),
    ],
)
def test_flags_a_finding_only_where_it_concerns_the_trust_question(
    kind: str, changes: dict[str, Any]
) -> None:
    found = frozenset({kind})
    assert flags_of(replace(CLEAN, finding_kinds=found)) == set()
    assert flags_of(replace(CLEAN, finding_kinds=found, **changes)) == {kind}
    assert flags_of(replace(CLEAN, **changes)) == set()


@pytest.mark.parametrize(
    "kind",
    ["more_offered_than_customers", "more_respondents_than_customers", "more_respondents_than_offered",
     "two_values_for_one_key", "wording_changed"],
)  # fmt: skip
def test_always_flags_what_concerns_the_whole_report(kind: str) -> None:
    assert flags_of(replace(CLEAN, finding_kinds=frozenset({kind}))) == {kind}


@pytest.mark.parametrize(
    ("rating", "flags"),
    [("PARTIAL", {"rating_partial"}), ("FALSE", {"rating_false"}), ("TRUE", set()), (None, set())],
)
def test_flags_the_verdict_of_the_publisher(rating: str | None, flags: set[str]) -> None:
    assert flags_of(replace(CLEAN, rating=rating)) == flags


def test_every_flag_that_can_arise_has_a_sentence() -> None:
    worst = Report((0, 0, 0, 0, 200), ((0, 0, 0, 0, 200),), "4.05", 3, "FALSE", EVERY_KIND)
    assert flags_of(worst) <= set(FLAGS)
    assert len(flags_of(worst)) == 10


@pytest.mark.parametrize(
    ("asked", "flagged"), [(None, False), (69, False), (98, False), (99, True), (1000, True)]
)
def test_flags_a_question_that_fewer_than_seventy_in_a_hundred_answered(
    asked: int | None, flagged: bool
) -> None:
    assert n_answers(CLEAN.trust) == 69
    assert (NONRESPONSE_ITEM in flags_of(replace(CLEAN, asked=asked))) is flagged


@pytest.mark.parametrize(
    ("counted", "flagged"),
    [
        ([Volumes(80, 100)], False),
        ([Volumes(799, 1000)], True),
        ([Volumes(90, 100), Volumes(10, 20)], True),
        ([Reason.NOT_REPORTED, Reason.SUPPRESSED_SMALL], False),
        ([], False),
    ],
)
def test_flags_a_rate_below_eighty_in_a_hundred(counted: list[Volumes | Reason], flagged: bool) -> None:
    found = rate_flags(frozenset({"rating_false"}), counted)
    assert found == {"rating_false"} | ({NONRESPONSE_UNIT} if flagged else set())


def test_a_rate_is_not_cautioned_about_a_question_that_was_left_out() -> None:
    assert rate_flags(frozenset({NONRESPONSE_ITEM}), [Volumes(9, 10)]) == frozenset()


def test_a_group_passes_on_the_flags_of_its_surveys() -> None:
    two = [frozenset({"rating_false"}), frozenset({"mean_disagrees"})]
    assert group_flags(two, composition_changed=False) == {"rating_false", "mean_disagrees"}
    assert group_flags(two[:1], composition_changed=True) == {
        "rating_false", "single_survey", "composition_changed",
    }  # fmt: skip


def test_every_table_of_words_is_whole() -> None:
    texts = [*FLAGS.values(), *EXCLUSION_REASONS.values(), *SCOPES.values()]
    texts += [p.explanation for p in POOLS.values()] + [m.statement for m in MEASURES.values()]
    assert all(text.endswith(".") for text in texts)
    assert set(ROLLED_UP) < set(POOLS)


@pytest.mark.parametrize("key", MEASURES)
def test_every_published_number_has_a_method_page_that_names_it(key: str) -> None:
    measure = MEASURES[key]
    page = (METHODS / f"{measure.page}.md").read_text(encoding="utf-8")
    assert f"`{key}`" in page
    assert f"`{measure.method}`" in page
    assert f"Version {measure.version}" in page


@pytest.mark.parametrize(
    ("page", "table"),
    [("comparability", EXCLUSION_REASONS), ("comparability", POOLS), ("flags", FLAGS)],
)
def test_every_reason_pool_and_flag_is_on_its_page(page: str, table: dict[str, object]) -> None:
    text = (METHODS / f"{page}.md").read_text(encoding="utf-8")
    assert [code for code in table if f"`{code}`" not in text] == []


@given(st.integers(0, 100), st.integers(2, 50))
def test_zero_may_be_shown_and_small_counts_may_not(count: int, threshold: int) -> None:
    assert is_small(count, threshold) == (1 <= count <= threshold - 1)
