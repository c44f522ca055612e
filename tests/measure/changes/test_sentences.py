"""The sentence about a change: chosen by rule, in plain words, naming no cause, and no more than is known."""

import re
from dataclasses import replace
from string import Formatter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearback.measure.changes.facts import ComparisonFact
from hearback.measure.rules import (
    CANNOT_TELL,
    COMPARISON_REASONS,
    DOWN,
    GROUP_GAP,
    KINDS,
    NO_CLEAR_CHANGE,
    NOT_COMPARABLE,
    QUARTER_BEFORE,
    REST,
    SENTENCES,
    UP,
    VERDICTS,
    WHO_REPORTED,
    said,
    sentence,
)
from hearback.measure.rules.verdicts import RULES
from tests.conftest import ROOT

RISE = ComparisonFact(
    kind=QUARTER_BEFORE, measure="trust_agree_share", level="service", subject="va-vha-2",
    quarter="FY2021-Q2", pool="stated", against="FY2021-Q1", verdict=UP, n_before=900, n_after=800,
    difference=0.0412, low=0.0155, high=0.0669, q_value=0.01, within=0.05, mix=-0.001, entry=-0.0078,
    exit=0.0,
)  # fmt: skip
FALL = replace(RISE, verdict=DOWN, difference=-0.0412, low=-0.0669, high=-0.0155, within=-0.05)
WHO: dict[str, Any] = {"within": 0.004, "mix": 0.0012, "entry": 0.03, "exit": 0.006}
ALL_WHO: dict[str, Any] = {
    "within": None,
    "mix": None,
    "entry": None,
    "exit": None,
    "parts_reason": "no_like_for_like",
}
UNCLEAR = replace(
    RISE, verdict=NO_CLEAR_CHANGE, low=-0.01, high=0.02, difference=0.005, smallest_found=0.0321
)
HIDDEN = replace(
    RISE, verdict=CANNOT_TELL, reason="suppressed_small", difference=None, low=None, high=None, within=None,
    n_after=None,
)  # fmt: skip
BY = "4.1 percentage points; allowing for chance, by 1.5 to 6.7."
CAUSAL = r"\b(because|due to|thanks to|caused?|led to|improv\w*|wors\w*|better|success\w*|fail\w*)\b"
GAP: dict[str, Any] = {"kind": GROUP_GAP, "against": REST, "dimension": "language", "group": "es"}

CASES: dict[str, tuple[ComparisonFact, str]] = {
    "up": (RISE, "Higher than in FY2021 Q1, by 4.1 percentage points; allowing for chance, by 1.5 to 6.7."),
    "down": (FALL, "Lower than in FY2021 Q1, by 4.1 percentage points; allowing for chance, by 1.5 to 6.7."),
    "up_who_reported": (
        replace(RISE, **WHO),
        f"Higher than in FY2021 Q1, by {BY} Most of that is who reported: surveys that count in both "
        "quarters account for +0.4.",
    ),
    "down_who_reported": (
        replace(FALL, **{**WHO, "within": -0.0001}),
        f"Lower than in FY2021 Q1, by {BY} Most of that is who reported: surveys that count in both quarters "
        "account for 0.0.",
    ),
    "up_not_by_surveys": (
        replace(RISE, **WHO, verdict=WHO_REPORTED, within_low=-0.01, within_high=0.018),
        f"Higher than in FY2021 Q1, by {BY} Who reported moved it by +3.7; surveys that count in both "
        "quarters show no clear rise (+0.4).",
    ),
    "down_not_by_surveys": (
        replace(FALL, verdict=WHO_REPORTED, within=-0.03, mix=-0.012, entry=0.0008, exit=0.0),
        f"Lower than in FY2021 Q1, by {BY} Who reported moved it by −1.1; surveys that count in both "
        "quarters show no clear fall (−3.0).",
    ),
    "up_others_reported": (
        replace(RISE, **ALL_WHO, verdict=WHO_REPORTED),
        f"Higher than in FY2021 Q1, by {BY} All of that is who reported: no survey counts in both quarters.",
    ),
    "down_others_reported": (
        replace(FALL, **ALL_WHO, verdict=WHO_REPORTED),
        f"Lower than in FY2021 Q1, by {BY} All of that is who reported: no survey counts in both quarters.",
    ),
    "no_clear_change": (
        UNCLEAR,
        "No clear change from FY2021 Q1. A change of 3.3 percentage points would probably have been found (4 "
        "times in 5); a smaller one may be there.",
    ),
    "no_clear_change_others_reported": (
        replace(UNCLEAR, **ALL_WHO),
        "No clear change from FY2021 Q1, but no survey counts in both quarters: others reported.",
    ),
    "no_clear_change_few": (
        replace(UNCLEAR, smallest_found=None),
        "No clear change from FY2021 Q1. So few people answered that even a large change would probably not "
        "have been found.",
    ),
    "first_quarter": (
        replace(HIDDEN, reason="first_quarter"),
        "Nothing to compare with yet: there is no figure in the four quarters before.",
    ),
    "cannot_tell": (
        HIDDEN,
        "Nothing can be said about a change from FY2021 Q1: too few people answered for the figure to be "
        "shown.",
    ),
    "not_comparable": (
        replace(HIDDEN, verdict=NOT_COMPARABLE, reason="wording_changed"),
        "Not comparable with FY2021 Q1: a survey that counts in both asked its question in other words then.",
    ),
    "gap_up": (
        replace(RISE, **GAP),
        "Higher than among the others, by 4.1 percentage points; allowing for chance, by 1.5 to 6.7.",
    ),
    "gap_down": (
        replace(FALL, **GAP, measure="trust_mean"),
        "Lower than among the others, by 0.04 points on the scale from 1 to 5; allowing for chance, by 0.01 "
        "to 0.07.",
    ),
    "gap_not_clear": (
        replace(UNCLEAR, **GAP, n_after=150),
        "No clear difference from the others. One of 4 percentage points would probably have been found (4 "
        "times in 5); a smaller one may be there.",
    ),
    "gap_not_clear_few": (
        replace(UNCLEAR, **GAP, smallest_found=None),
        "No clear difference from the others. So few people answered that even a large one would probably "
        "not have been found.",
    ),
    "gap_cannot_tell": (
        replace(HIDDEN, **GAP),
        "Nothing can be said about a difference from the others: too few people answered for the figure to "
        "be shown.",
    ),
}


@pytest.mark.parametrize("key", CASES)
def test_every_rule_has_its_sentence(key: str) -> None:
    comparison, words = CASES[key]
    assert sentence(comparison).key == key
    assert said(sentence(comparison)) == words


def test_no_sentence_is_without_a_case() -> None:
    assert set(CASES) == set(SENTENCES)
    assert {key for key, _ in RULES} <= set(SENTENCES)


def test_a_translation_is_a_table_with_the_same_keys() -> None:
    words = {**SENTENCES, "up": "Más alto que en {against}: {difference} ({low} a {high})."}
    assert said(sentence(RISE), words) == "Más alto que en FY2021 Q1: 4.1 (1.5 a 6.7)."


@pytest.mark.parametrize("key", SENTENCES)
def test_no_sentence_needs_a_value_that_its_rule_does_not_give(key: str) -> None:
    needed = {name for _, name, _, _ in Formatter().parse(SENTENCES[key]) if name}
    assert needed <= set(sentence(CASES[key][0]).values)


@pytest.mark.parametrize("text", [*SENTENCES.values(), *COMPARISON_REASONS.values(), *VERDICTS.values()])
def test_no_sentence_names_a_cause_or_praises(text: str) -> None:
    assert re.search(CAUSAL, text.replace("{because}", ""), re.IGNORECASE) is None


def told_range(words: str) -> tuple[float, float]:
    near, far = re.findall(r"by (\d+\.?\d*) to (\d+\.?\d*)", words)[0]
    return float(near), float(far)


@given(
    st.floats(1e-6, 0.4), st.floats(1e-9, 1.0), st.floats(1e-9, 0.5), st.booleans(), st.integers(10, 10**6),
    st.sampled_from(["trust_agree_share", "trust_mean"]),
)  # fmt: skip
def test_the_words_never_claim_more_than_the_interval(
    difference: float, inward: float, outward: float, falls: bool, n: int, measure: str
) -> None:
    near, far = difference * (1 - inward), difference + outward
    low, high = (-far, -near) if falls else (near, far)
    signed = -difference if falls else difference
    one = replace(
        RISE, verdict=DOWN if falls else UP, difference=signed, low=low, high=high, n_after=n, measure=measure
    )
    told = told_range(said(sentence(one)))
    scale = 1 if measure == "trust_mean" else 100
    assert told[0] <= near * scale + 1e-7
    assert told[1] >= far * scale - 1e-7


def test_a_clear_difference_is_not_told_as_none() -> None:
    tiny = replace(RISE, difference=0.0006, low=0.0004, high=0.0008, n_before=10**6, n_after=10**6)
    assert "by 0.06 percentage points; allowing for chance, by 0.04 to 0.08" in said(sentence(tiny))


def test_a_reason_that_only_statistics_knows_is_told_too() -> None:
    words = said(sentence(replace(HIDDEN, reason="low_coverage")))
    assert words.endswith("The services with figures serve too few of the customers to speak for them all.")


def test_the_method_page_lists_every_rule_and_reason_in_the_same_words() -> None:
    page = (ROOT / "docs" / "methods" / "change.md").read_text(encoding="utf-8")
    flat = " ".join(page.split())
    assert [key for key, text in SENTENCES.items() if f"| `{key}` | {text} |" not in flat] == []
    assert [key for key, text in COMPARISON_REASONS.items() if f"| `{key}` | {text} |" not in flat] == []
    assert [key for key, text in {**VERDICTS, **KINDS}.items() if f"| `{key}` | {text} |" not in flat] == []


def test_surveys_that_went_the_other_way_account_for_nothing_of_a_rise() -> None:
    against = replace(RISE, verdict=WHO_REPORTED, within=-0.031, mix=0.002, entry=0.06, exit=0.0102)
    assert said(sentence(against)).endswith(
        "Who reported moved it by +7.2; surveys that count in both quarters show no clear rise (−3.1)."
    )
