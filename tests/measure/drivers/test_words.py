"""What is said about drivers: the figures, how sure, and never that one thing makes another."""

import re

import pytest

from hearback.measure.drivers.words import driver_lines
from hearback.measure.facts import DriverFact
from hearback.measure.rules.drivers import DRIVER_FLAGS, NOT_A_CAUSE
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "methods" / "drivers.md").read_text(encoding="utf-8")
CAUSAL = re.compile(
    r"\b(drives?|driven|causes?|caused|because of|due to|leads? to|affects?|influences?|impacts?|improves?|"
    r"raises|lowers|results? in|explains?|explained|effect of)\b",
    re.IGNORECASE,
)


def fact(driver: str = "ease", **changes: object) -> DriverFact:
    values: dict[str, object] = {
        "level": "service", "subject": "va-vha-2", "quarter": "FY2021-Q1", "pool": "increased",
        "outcome": "trust", "driver": driver, "share": 0.4, "low": 0.31, "high": 0.52, "rank_low": 1,
        "rank_high": 2, "performance": 3.71, "performance_low": 3.6, "performance_high": 3.82,
        "r_squared": 0.62, "r_squared_low": 0.55, "r_squared_high": 0.7, "n": 150, "n_surveys": 1,
        "flags": (), "reason": None, "seed": 1, "draws": 2000, "method": "lmg_bootstrap",
        "method_version": "1", "inputs_sha256": "f" * 64,
    }  # fmt: skip
    return DriverFact(**{**values, **changes})  # type: ignore[arg-type]


def nothing(reason: str, n: int | None) -> DriverFact:
    empty = [
        "share", "low", "high", "rank_low", "rank_high", "performance", "performance_low",
        "performance_high", "r_squared", "r_squared_low", "r_squared_high", "seed", "draws",
    ]  # fmt: skip
    return fact("ease", reason=reason, n=n, **{name: None for name in empty})


def said(*facts: DriverFact) -> str:
    return "\n".join(driver_lines(facts)).replace("\u00a0", " ")


def test_says_share_place_and_mean_largest_first_and_what_they_do_not_say() -> None:
    text = said(fact(), fact("equity", share=0.6, low=0.5, high=0.69, rank_low=1, rank_high=1))
    assert text.splitlines() == [
        "FY2021 Q1, service va-vha-2 (increased trust), 150 people who answered every question",
        "  62.0 % (55.0 % to 70.0 %) of the differences in trust go with the answers to these questions "
        "together:",
        "  equity: goes with 60.0 % (50.0 % to 69.0 %) of that, place 1; mean answer 3.71 (3.60 to 3.82)",
        "  ease: goes with 40.0 % (31.0 % to 52.0 %) of that, place 1 to 2; mean answer 3.71 (3.60 to 3.82)",
        NOT_A_CAUSE,
    ]


def test_says_why_there_are_no_figures_and_tells_no_count_that_is_held_back() -> None:
    text = said(nothing("suppressed_small", None))
    assert "No figures: Too few people answered to publish the figure" in text
    assert "people who answered every question" not in text
    assert "49 people" in said(nothing("too_few_answers", 49))


def test_says_why_one_question_has_no_share() -> None:
    same = fact(share=None, low=None, high=None, rank_low=None, rank_high=None, reason="no_variance")
    assert "ease: no share (All answers are the same" in said(same, fact("equity"))


def test_names_the_questions_that_a_caution_is_about_unless_it_is_all() -> None:
    text = said(fact(flags=("collinear", "other_questions")), fact("equity", flags=("other_questions",)))
    assert f"Mind (ease): {DRIVER_FLAGS['collinear']}" in text
    assert f"Mind: {DRIVER_FLAGS['other_questions']}" in text


def test_every_service_is_said_apart_and_the_sentence_once() -> None:
    text = said(fact(), fact(subject="va-vba-1"), fact(subject="va-vba-1", pool="stated"))
    assert text.count("differences in trust go with") == 3
    assert text.count(NOT_A_CAUSE) == 1


@pytest.mark.parametrize("text", ["ease drives trust", "trust is due to ease", "higher ease raises trust"])
def test_words_of_cause_are_found(text: str) -> None:
    assert CAUSAL.search(text)


def test_nothing_that_is_said_uses_words_of_cause() -> None:
    flagged = said(fact(flags=tuple(DRIVER_FLAGS)), nothing("no_variance", 80))
    for text in (flagged, *DRIVER_FLAGS.values(), NOT_A_CAUSE, PAGE):
        assert CAUSAL.findall(text.replace("Association is not cause", "")) == []


def test_the_page_says_every_caution_and_the_sentence() -> None:
    assert NOT_A_CAUSE in PAGE
    assert [code for code, words in DRIVER_FLAGS.items() if f"| `{code}` | {words} |" not in PAGE] == []
