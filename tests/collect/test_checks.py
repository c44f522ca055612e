"""What contradicts itself in a row is found, what only looks like it is not."""

from decimal import Decimal
from typing import Any

import pytest

from hearback.collect.checks import oddities
from hearback.collect.parsed import Oddity, ParsedQuestion, ParsedRow

NAMES = {
    name: f"{name}_column" for name in ("channel", "timing", "customers", "offered", "respondents", "rating")
}


def asked(code: str = "trust", **changes: Any) -> ParsedQuestion:
    """Make a question with nothing odd about it."""
    values: dict[str, Any] = {
        "wording": "words", "wording_class": "increased_trust" if code == "trust" else "asked",
        "scale": "five_point", "counts": (1, 2, 3, 4, 5), "mean": Decimal("3.67"), "column": f"{code}_text",
        "counts_column": f"{code}_1", "mean_column": f"{code}_mean",
    } | changes  # fmt: skip
    return ParsedQuestion(code=code, **values)


def found(*questions: ParsedQuestion, has_means: bool = True, **changes: Any) -> list[Oddity]:
    """List what is odd about a row that has nothing odd but the changes."""
    values: dict[str, Any] = {
        "quarter": "FY2021-Q2", "provider_code": "1", "service_code": "1", "name": "Survey",
        "channel": "email", "timing": "post_transaction", "transaction_point": "after",
        "customers_count": 1000, "offered_count": 500, "respondents_count": 100, "rating": "TRUE",
        "questions": questions or (asked(),),
    } | changes  # fmt: skip
    return oddities(ParsedRow(**values), NAMES, has_means=has_means)


def test_a_row_in_order_has_nothing_odd() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("changes", "kind", "column"),
    [
        ({"channel": None}, "channel_missing", "channel_column"),
        ({"channel": "pigeon"}, "channel_unknown", "channel_column"),
        ({"timing": "periodic"}, "timing_periodic", "timing_column"),
        ({"timing": "unknown"}, "timing_unknown", "timing_column"),
        ({"customers_count": None}, "volume_not_reported", "customers_column"),
        ({"offered_count": None}, "volume_not_reported", "offered_column"),
        ({"respondents_count": None}, "volume_not_reported", "respondents_column"),
        ({"offered_count": 99}, "more_respondents_than_offered", "respondents_column"),
        ({"customers_count": 499}, "more_offered_than_customers", "offered_column"),
        ({"rating": "PARTIAL"}, "reporting_partial", "rating_column"),
        ({"rating": "FALSE"}, "reporting_false", "rating_column"),
        ({"respondents_count": 14}, "more_answers_than_respondents", "trust_1"),
    ],
)
def test_one_change_makes_one_finding(changes: dict[str, Any], kind: str, column: str) -> None:
    assert [(odd.kind, odd.column) for odd in found(**changes)] == [(kind, column)]


def test_more_respondents_than_customers() -> None:
    assert "more_respondents_than_customers" in {odd.kind for odd in found(customers_count=99)}


def test_equal_volumes_are_in_order() -> None:
    assert found(customers_count=15, offered_count=15, respondents_count=15) == []


def test_a_written_zero_is_told_as_not_reported_and_as_a_contradiction() -> None:
    kinds = [odd.kind for odd in found(offered_count=0)]
    assert kinds == ["volume_not_reported", "more_respondents_than_offered"]
    assert "writes 0 for that too" in found(offered_count=0)[0].message


@pytest.mark.parametrize(
    ("changes", "kind", "column"),
    [
        (
            {"wording_class": "not_asked", "counts": (0,) * 5, "mean": None},
            "question_not_asked",
            "trust_text",
        ),
        ({"wording_class": "recommend"}, "question_not_comparable", "trust_text"),
        ({"wording_class": "unknown", "wording": ""}, "answers_without_wording", "trust_text"),
        ({"scale": "ten_point_converted"}, "scale_not_five_point", "trust_text"),
        ({"scale": "yes_no"}, "scale_not_five_point", "trust_text"),
        ({"mean": Decimal("3.66")}, "mean_disagrees", "trust_mean"),
        ({"mean": Decimal("3.666")}, "mean_disagrees", "trust_mean"),
        ({"mean": None}, "counts_without_mean", "trust_mean"),
        ({"counts": (0,) * 5}, "mean_without_counts", "trust_mean"),
        ({"counts": (0,) * 5, "mean": None}, "no_answer_counts", "trust_1"),
        ({"counts": (50, 0, 0, 1, 50), "mean": Decimal("3.01")}, "boxes_unused", "trust_1"),
    ],
)
def test_one_change_of_a_question_is_found(changes: dict[str, Any], kind: str, column: str) -> None:
    other = asked("ease")
    assert (kind, column) in {
        (odd.kind, odd.column) for odd in found(asked(**changes), other, respondents_count=200)
    }


def test_a_mean_may_be_published_with_fewer_or_more_decimals() -> None:
    assert found(asked(counts=(0, 0, 0, 5, 5), mean=Decimal("4.5"))) == []
    assert found(asked(mean=Decimal("3.667"))) == []


def test_a_file_without_means_misses_none() -> None:
    assert found(asked(mean=None), has_means=False) == []


def test_no_answer_to_any_question_is_one_finding_about_the_row() -> None:
    nothing = {"counts": (0,) * 5, "mean": None}
    odd = found(asked(**nothing), asked("ease", **nothing))
    assert [(one.kind, one.column) for one in odd] == [("no_answer_counts", None)]


def test_a_question_of_the_agency_need_not_be_asked() -> None:
    own = asked("agency_8", wording_class="not_asked", counts=(0,) * 5, mean=None)
    assert found(asked(), own) == []


@pytest.mark.parametrize(("counts", "same"), [((6, 6, 6, 6, 6), True), ((5, 6, 6, 6, 6), False)])
def test_the_same_five_counts_are_odd_from_thirty_answers_on(counts: tuple[int, ...], same: bool) -> None:
    odd = found(asked(counts=counts, mean=None), asked("ease", counts=counts, mean=None), has_means=False)
    assert [(one.kind, one.column) for one in odd] == (
        [("identical_distributions", "ease_1")] if same else []
    )


def test_two_empty_boxes_are_odd_from_a_hundred_answers_on() -> None:
    assert found(asked(counts=(49, 0, 0, 0, 50), mean=None), has_means=False) == []
    assert found(asked(counts=(25, 0, 25, 25, 25), mean=None), has_means=False) == []


PERCENTAGES = (21, 11, 17, 22, 29)


@pytest.mark.parametrize(
    ("counts", "respondents", "kinds"),
    [
        (PERCENTAGES, 18366, {"counts_look_like_percentages"}),
        (PERCENTAGES, 104, set()),  # a hundred people may really have answered
        ((0, 0, 0, 4, 0), 2296, {"counts_are_single_numbers"}),
        ((85, 0, 0, 0, 0), 2574, {"counts_are_single_numbers"}),
        ((0, 0, 0, 0, 5), 60, set()),  # five of sixty may all have chosen the same box
        ((0, 0, 1, 4, 0), 2296, set()),  # more than one box: hardly anybody answered
    ],
)
def test_percentages_and_typed_numbers_are_no_counts(
    counts: tuple[int, ...], respondents: int, kinds: set[str]
) -> None:
    questions = [asked(code, counts=counts, mean=None) for code in ("satisfaction", "trust", "ease")]
    volumes = {"respondents_count": respondents, "offered_count": 50_000, "customers_count": 90_000}
    odd = {one.kind for one in found(*questions, has_means=False, **volumes)}
    assert odd & {"counts_look_like_percentages", "counts_are_single_numbers"} == kinds


@pytest.mark.parametrize(("respondents", "kinds"), [(4832, ["counts_look_like_percentages"]), (314, [])])
def test_with_the_trust_question_alone_more_respondents_are_asked_for(
    respondents: int, kinds: list[str]
) -> None:
    volumes = {"respondents_count": respondents, "offered_count": 50_000, "customers_count": 90_000}
    odd = found(asked(counts=PERCENTAGES, mean=None), has_means=False, **volumes)
    assert [one.kind for one in odd] == kinds
