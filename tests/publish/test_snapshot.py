"""What may leave the house."""

from dataclasses import replace
from pathlib import Path

import pytest

from hearback.collect.queries import FindingFact, QuestionCountsFact, ReportedSurveyFact
from hearback.publish.snapshot import publish_survey, read_methods

SURVEY = ReportedSurveyFact(
    key="va-vha-2-fy2021q2-email-00000000", service_key="va-vha-2", provider_key="va-vha",
    quarter="FY2021-Q2",
    channel="email", name="Outpatient Services", timing="post_transaction",
    customers_count=1000, offered_count=100,
    respondents_count=40, rating="TRUE", variant=1,
    questions=(QuestionCountsFact("trust", "stated_trust", "five_point", (1, 2, 3, 14, 20), "4.25"),),
    findings=(FindingFact("more_answers_than_respondents", 2, "q2_1", "40 answers but 39 respondents"),),
    file_sha256="0" * 64, file_row=2,
)  # fmt: skip


def test_counts_of_ten_and_more_are_published() -> None:
    shown = publish_survey(SURVEY, 10)
    assert shown.questions[0].counts == (1, 2, 3, 14, 20)
    assert shown.respondents_count == 40
    assert shown.findings[0].message == "40 answers but 39 respondents"


def test_hides_questions_below_ten_answers_with_the_reason_and_their_mean() -> None:
    question = replace(SURVEY.questions[0], counts=(0, 0, 0, 4, 5))
    shown = publish_survey(replace(SURVEY, questions=(question,)), 10)
    assert (shown.questions[0].counts, shown.questions[0].published_mean) == (None, None)
    assert shown.questions[0].reason == "suppressed_small"


def test_finding_messages_that_could_give_a_suppressed_count_away_are_hidden() -> None:
    shown = publish_survey(replace(SURVEY, respondents_count=7), 10)
    assert shown.respondents_count is None
    assert [(f.kind, f.message) for f in shown.findings] == [("more_answers_than_respondents", None)]


def test_a_question_that_was_not_asked_has_no_counts_rather_than_zeros() -> None:
    question = replace(
        SURVEY.questions[0], wording_class="not_asked", counts=(0, 0, 0, 0, 0), published_mean=None
    )
    shown = publish_survey(replace(SURVEY, questions=(question,)), 10)
    assert (shown.questions[0].counts, shown.questions[0].reason) == (None, "not_asked")
    assert shown.findings[0].message is not None


def test_zero_answers_are_shown_as_zero() -> None:
    question = replace(SURVEY.questions[0], counts=(0, 0, 0, 0, 0))
    assert publish_survey(replace(SURVEY, questions=(question,)), 10).questions[0].counts == (0, 0, 0, 0, 0)


def test_a_method_page_without_a_title_is_refused(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("No title\n")
    with pytest.raises(ValueError, match=r"page\.md"):
        read_methods(tmp_path)


@pytest.mark.parametrize("kind", ["restated", "superseded", "two_values_for_one_key", "total_disagrees"])
def test_messages_that_quote_counts_which_are_not_published_stay_in_the_house(kind: str) -> None:
    finding = FindingFact(kind, 2, "q2_1", "counts was (1, 2, 0, 0, 1) and is now (11, 12, 3, 4, 5).")
    shown = publish_survey(replace(SURVEY, findings=(finding,)), 10)
    assert [(f.kind, f.message) for f in shown.findings] == [(kind, None)]


@pytest.mark.parametrize("name", ["customers_count", "offered_count", "respondents_count"])
def test_any_small_volume_hides_the_messages(name: str) -> None:
    shown = publish_survey(replace(SURVEY, **{name: 5}), 10)
    assert getattr(shown, name) is None
    assert shown.findings[0].message is None
