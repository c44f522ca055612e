"""Words are sorted by rule."""

import csv
import json
from pathlib import Path

import pytest

from hearback.collect import rules

WORDINGS = json.loads(Path(__file__).with_name("wordings.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("text", "wording", "scale"),
    [
        ("I trust the agency to do its work.", "stated_trust", "five_point"),
        ("My interaction with search increased my trust in the office.", "increased_trust", "five_point"),
        ("Interaction increased trust in the bureau", "increased_trust", "five_point"),
        ("This visit increased my confidence in the website.", "increased_confidence", "five_point"),
        ("Please rate your level of confidence in us.", "rated_confidence", "five_point"),
        ("How confident are you that you did enroll?", "rated_confidence", "five_point"),
        (
            "Please rate your confidence (1=not at all, 10=very confident)",
            "rated_confidence",
            "ten_point_converted",
        ),
        ("How likely are you to recommend the center?", "recommend", "five_point"),
        ("Would you give this number to a friend (yes or no)", "recommend", "yes_no"),
        (
            "On a scale of 1 to 10, how likely would you be to use it?",
            "likelihood_of_use",
            "ten_point_converted",
        ),
        ("How likely will you be to return to the site?", "likelihood_of_use", "five_point"),
        ("How would you rate us on meeting your expectations", "expectations", "five_point"),
        ('Do you agree: "I trust that the information is correct."', "other", "five_point"),
        ("I am satisfied with the service.", "other", "five_point"),
        ("  NONE ", "not_asked", "five_point"),
        ("No Question", "not_asked", "five_point"),
        ("", "not_asked", "five_point"),
        (None, "unknown", "unknown"),
    ],
)
def test_a_trust_question_is_sorted_by_its_words(text: str | None, wording: str, scale: str) -> None:
    assert (rules.wording_class(text), rules.scale_class(text)) == (wording, scale)
    assert wording in rules.WORDING_CLASSES
    assert scale in rules.SCALES


@pytest.mark.shared
def test_all_real_wordings_of_the_trust_question_are_in_the_list_by_hash(shared: Path) -> None:
    """The words themselves stay out of the repository; each stands there as a hash with its classes."""
    with (shared / "data/published/cx_quarterly_v1.csv").open(encoding="utf-8-sig", newline="") as file:
        texts = {rules.plain(row["attributes_q2_text"]) for row in csv.DictReader(file)}
    assert len(texts) == 59, "60 with differences in white space"
    found = {rules.digest(text)[:16]: [rules.wording_class(text), rules.scale_class(text)] for text in texts}
    assert found == WORDINGS


def test_other_questions_are_only_asked_or_not() -> None:
    assert rules.question_wording_class("ease", "It was easy.") == "asked"
    assert rules.question_wording_class("ease", "NONE") == "not_asked"
    assert rules.question_wording_class("ease", None) == "unknown"
    assert rules.question_wording_class("trust", "I trust them.") == "stated_trust"


@pytest.mark.parametrize(
    ("text", "timing"),
    [
        ("Follow-up Survey after Phone Interaction", "post_transaction"),
        ("Immediately following a phone call", "post_transaction"),
        ("Log Out", "post_transaction"),
        ("Post Call IVR Survey", "post_transaction"),
        ("Visit 3 or more pages on the website.", "during_visit"),
        ("Pop-up survey after users navigate", "during_visit"),
        ("https://example.gov/", "during_visit"),
        ("At the end of the quarter the survey is emailed", "periodic"),
        ("Recently (last 6 months) served as a representative", "periodic"),
        ("Online survey", "unknown"),
        ("", "unknown"),
        (None, "unknown"),
    ],
)
def test_timing_is_sorted_by_words(text: str | None, timing: str) -> None:
    assert rules.timing_class(text) == timing


def test_a_digest_tells_blank_from_missing_and_keeps_parts_apart() -> None:
    different = {rules.digest("a", "b"), rules.digest("ab"), rules.digest("ab", ""), rules.digest("ab", None)}
    assert len(different) == 4
