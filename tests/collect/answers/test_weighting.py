"""Weights are brought to known margins, or it is said which group or level stands in the way."""

from collections.abc import Callable
from typing import Any

import pytest

from hearback.collect.answers.layout import ReadFile
from hearback.collect.answers.weighting import MarginsNotValid
from tests.collect.answers.conftest import Answered, archived
from tests.collect.answers.small import LAYOUT, as_file, layout, row

Run = Callable[..., Answered]
GROUPS = {**LAYOUT["groups"], "way": {"column": "how", "codes": {"1": "in person", "2": "on paper"}}}
FOUR = [row(age=age, how=how, w="1") for age in "12" for how in "12"]
AGES = {"18-34": 30, "35 and over": 70}


def margins(value: Any) -> ReadFile:
    return as_file("margins.json", value)


def weights() -> list[float]:
    return [one["weight"] / 1e9 for one in archived()]


def test_two_margins_are_met_from_weights_of_one(answer_rows: Run) -> None:
    known = margins({"way": {"in person": 60, "on paper": 40}, "age_band": AGES})
    done = answer_rows(*FOUR, by=layout(groups=GROUPS, weight=None), margins=known)
    # worked by hand: nothing is known of the crossing, so shares multiply; 100 people for 4 answers
    assert weights() == pytest.approx([18, 12, 42, 28], abs=1e-9)
    told = done.report.weighting
    assert told is not None
    assert (told.groups, told.n) == (("way", "age_band"), 4)
    assert (told.min_ratio, told.max_ratio) == pytest.approx((12 / 25, 42 / 25), rel=1e-9)
    assert told.kish_effect == pytest.approx(4 * (18**2 + 12**2 + 42**2 + 28**2) / 100**2, rel=1e-9)
    assert told.n_eff == pytest.approx(4 / told.kish_effect, rel=1e-9)


def test_channel_and_language_are_margins_where_columns_say_them(answer_rows: Run) -> None:
    known = margins({"channel": {"in_person": 60, "paper": 40}, "age_band": AGES})
    answer_rows(*FOUR, by=layout(weight=None), margins=known)
    assert weights() == pytest.approx([18, 12, 42, 28], abs=1e-9)
    known = margins({"language": {"english": 90, "spanish": 10}})
    answer_rows(row(w="1"), row(w="2"), row(tongue="S", w="3"), margins=known)
    assert weights() == pytest.approx([30, 60, 10], abs=1e-9)


def test_the_worked_example_of_the_page_is_met_by_channel_and_age(answer_rows: Run) -> None:
    coded = {"column": "how", "codes": {"1": "computer", "2": "phone"}}
    numbers = (("1", "1", 40), ("1", "2", 10), ("2", "1", 20), ("2", "2", 30))
    rows = [row(how=how, age=age, w="1") for how, age, n in numbers for _ in range(n)]
    known = margins(
        {"channel": {"computer": 600, "phone": 400}, "age_band": {"18-34": 450, "35 and over": 550}}
    )
    answer_rows(*rows, by=layout(channel=coded), margins=known)
    expected = [9.172045, 23.311819, 4.155909, 10.562727]
    assert [weights()[place] for place in (0, 40, 50, 70)] == pytest.approx(expected, abs=1e-6)


def test_people_of_an_unknown_channel_need_a_number_and_one_channel_for_all_is_no_margin(
    answer_rows: Run,
) -> None:
    rows, known = [row(), row(how="2"), row(how="")], {"in_person": 60, "paper": 40}
    with pytest.raises(MarginsNotValid, match="of 1 rows it is not known to which level of channel"):
        answer_rows(*rows, margins=margins({"channel": known}))
    answer_rows(*rows, margins=margins({"channel": {**known, "unknown": 9}}))
    assert weights() == pytest.approx([60, 40, 9], abs=1e-9)
    with pytest.raises(MarginsNotValid, match="the layout gives one channel for all"):
        answer_rows(*rows, by=layout(channel="paper"), margins=margins({"channel": known}))


def test_raking_starts_from_the_weights_of_the_file(answer_rows: Run) -> None:
    rows = [row(age="1", w="1"), row(age="1", w="3"), row(age="2", w="2")]
    answer_rows(*rows, margins=margins({"age_band": AGES}))
    assert weights() == pytest.approx([7.5, 22.5, 70], abs=1e-9)


def test_weights_that_meet_the_margins_already_stay(answer_rows: Run) -> None:
    rows = [row(age="1", w="30"), row(age="2", w="70")]
    told = answer_rows(*rows, margins=margins({"age_band": AGES})).report.weighting
    assert weights() == pytest.approx([30, 70], rel=1e-9)
    assert told is not None
    assert (told.min_ratio, told.max_ratio) == pytest.approx((1, 1), rel=1e-9)


def test_a_change_of_scale_alone_costs_nothing(answer_rows: Run) -> None:
    rows = [row(age="1", w="0.003"), row(age="2", w="0.007")]
    told = answer_rows(*rows, margins=margins({"age_band": AGES})).report.weighting
    assert told is not None
    assert (told.max_ratio, told.should_trim) == (pytest.approx(1, rel=1e-9), False)


def test_the_answers_are_archived_as_weighted_and_the_margins_kept(answer_rows: Run, home: Any) -> None:
    known = margins({"age_band": AGES})
    answer_rows(row(age="1"), row(age="2"), by=layout(weight=None), margins=known)
    assert (home / "archive" / f"{known.sha256}.json").read_bytes() == known.data


def test_other_margins_weight_the_same_answers_anew(answer_rows: Run) -> None:
    rows = [row(age="1"), row(age="2")]
    answer_rows(*rows, margins=margins({"age_band": AGES}))
    again = answer_rows(*rows, margins=margins({"age_band": AGES}))
    other = answer_rows(*rows, margins=margins({"age_band": {"18-34": 50, "35 and over": 50}}))
    assert (again.report.changed, other.report.changed, other.report.n_replaced) == (False, True, 2)
    assert weights() == pytest.approx([50, 50], rel=1e-9)


def test_people_of_whom_the_level_is_not_known_need_a_number_of_their_own(answer_rows: Run) -> None:
    rows = [row(age="1"), row(age="2"), row(age="9")]
    with pytest.raises(
        MarginsNotValid, match="of 1 rows it is not known to which level of age_band they belong"
    ):
        answer_rows(*rows, margins=margins({"age_band": AGES}))
    answer_rows(*rows, margins=margins({"age_band": {**AGES, "unknown": 5}}))
    assert weights() == pytest.approx([30, 70, 5], rel=1e-9)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ([], "margins.json: "),
        ({}, "there is no margin; give one group at least"),
        ({"age_band": 3}, 'write {"group": {"level": people, …}, …}'),
        (
            {"age_band": {"18-34": "4,000", "35 and over": 5}},
            "people are of age_band '18-34' is no number: \"4,000\". Write digits without quotation marks",
        ),
        ({"age_band": {"18-34": None}}, "how many people are of age_band '18-34' is no number: null"),
        ({"age_band": {"18-34": True}}, "how many people are of age_band '18-34' is no number: true"),
        ({"age": AGES}, "the layout has no group 'age'; a margin may be of: channel, language, age_band"),
        (
            {"channel": {"web": 3}},
            "the layout knows no level 'web' of channel; its levels are 'in_person', 'paper'",
        ),
        (
            {"age_band": {**AGES, "children": 3, "elders": 4}},
            "the layout knows no level 'children', 'elders' of",
        ),
        ({"age_band": {"18-34": 30}}, "1 rows are of age_band '35 and over', for which no margin is given"),
        (
            {"age_band": {"18-34": 3e6, "35 and over": 3e6}},
            "a weight is at most 1,000,000; write the population",
        ),
        ({"age_band": {"18-34": 1e-12, "35 and over": 1}}, "a weight would be less than a billionth"),
    ],
)
def test_margins_that_cannot_be_used_are_refused(answer_rows: Run, home: Any, value: Any, words: str) -> None:
    with pytest.raises(MarginsNotValid) as caught:
        answer_rows(row(age="1"), row(age="2"), margins=margins(value))
    assert words in str(caught.value)
    assert not list(home.rglob("*.parquet"))


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({"age_band": {**AGES, "unknown": 5}}, "nobody who answered has age_band = 'unknown'"),
        ({"age_band": {"18-34": -1, "35 and over": 5}}, "-1"),
        ({"age_band": AGES, "way": {"in person": 500, "on paper": 1}}, "add"),
    ],
)
def test_margins_that_no_weights_meet_are_refused(answer_rows: Run, known: Any, words: str) -> None:
    done = answer_rows(*FOUR, by=layout(groups=GROUPS), margins=margins(known))
    assert (done.report.refused, done.report.rows_loaded) == (True, 0)
    assert words in done.why


def test_margins_that_contradict_the_answers_are_refused(answer_rows: Run) -> None:
    rows = [row(age="1", how="1", w="1"), row(age="2", how="2", w="1")]
    known = margins({"age_band": AGES, "way": {"in person": 60, "on paper": 40}})
    done = answer_rows(*rows, by=layout(groups=GROUPS), margins=known)
    assert done.report.rows_loaded == 0
    assert "sweeps" in done.why


def test_a_file_of_no_json_is_refused(answer_rows: Run) -> None:
    with pytest.raises(MarginsNotValid, match=r"margins\.json: line 1, column 1: this is not JSON"):
        answer_rows(margins=ReadFile("margins.json", b"x"))
