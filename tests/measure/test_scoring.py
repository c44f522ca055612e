"""From reported surveys to scores: pooling, suppression, places, flags, inputs."""

import hashlib
import json
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearback.collect.queries import ReportedSurveyFact
from hearback.directory.queries import AgencyFact, ProviderFact
from hearback.measure.figures import inputs_sha256
from hearback.measure.rules import LEVELS, NONRESPONSE_ITEM, NONRESPONSE_UNIT, measures_of
from hearback.measure.scoring import ProviderNotKnown, Quarterly, lineage, score_quarter
from hearback.stats import n_answers, sum_of_answers
from tests.measure.facts import AGENCIES_OF, GOOD, SMALL, finding, pick, question, survey

TRUST_MEASURES = {"response_rate", *(m.key for m in measures_of("trust", "five_point", "FY2021-Q2"))}
"""What every survey has a row for, whether it asked about trust or not."""


def score(*surveys: ReportedSurveyFact, before: tuple[ReportedSurveyFact, ...] = ()) -> Quarterly:
    return score_quarter(surveys, before, AGENCIES_OF, 10)


def test_a_number_says_what_it_was_made_of() -> None:
    found = pick(score(survey("a")).scores, "survey", "a", measure="trust_agree_share")
    assert (found.numerator, found.numerator_name) == (52, "answers 4 and 5")
    assert (found.denominator, found.denominator_name, found.n) == (69, "answers", 69)
    assert (found.method, found.method_version, found.reason) == ("wilson", "1", None)
    assert found.value == pytest.approx(52 / 69)


def test_every_survey_has_one_row_per_measure_or_a_reason() -> None:
    surveys = (
        survey("a"), survey("b", question(SMALL)), survey("c", question((0,) * 5)),
        survey("d", question(wording="recommend", scale="yes_no")), survey("e", question(code="ease")),
        survey("f", question(wording="recommend")),
    )  # fmt: skip
    rows = [s for s in score(*surveys).scores if s.level == "survey"]
    assert len(rows) == len(surveys) * len(TRUST_MEASURES)
    assert all((row.value is not None) or row.reason for row in rows)
    assert all((row.low is not None) or row.reason for row in rows)


def test_two_providers_of_one_service_are_pooled_in_the_service_and_apart_as_providers() -> None:
    shared = {"service_key": "usda-fsa-3"}
    one = survey("a", provider_key="usda-nrcs", **shared)
    two = survey("b", question((0, 0, 0, 0, 31)), provider_key="usda-fsa", **shared)
    scores = score(one, two).scores
    assert pick(scores, "service", "usda-fsa-3").n == 100
    assert pick(scores, "provider", "usda-nrcs").n == 69
    assert pick(scores, "provider", "usda-fsa").n == 31
    assert pick(scores, "agency", "usda-nrcs-agency").n == 69
    assert pick(scores, "agency", "usda").n == 100
    assert pick(scores, "government", "all").n == 100


def test_wordings_that_differ_are_never_added_up() -> None:
    scores = score(survey("a"), survey("b", question(wording="increased_trust"))).scores
    assert pick(scores, "service", "va-vha-2", pool="stated").n == 69
    assert pick(scores, "service", "va-vha-2", pool="increased").n == 69


def test_both_forms_of_the_standard_item_are_one_pool() -> None:
    one = survey("a", question(wording="increased_trust"))
    two = survey("b", question(wording="increased_confidence"))
    assert pick(score(one, two).scores, "government", "all", pool="increased").n_surveys == 2


def test_a_question_of_its_own_stands_alone_and_says_why() -> None:
    found = score(survey("a", question(wording="recommend")))
    assert {s.level for s in found.scores} == {"survey"}
    assert {s.pool for s in found.scores} == {"own"}
    assert pick(found.scores, "survey", "a").value == pytest.approx(279 / 69)
    (left_out,) = found.exclusions
    assert (left_out.scope, left_out.reason) == ("pools", "wording_recommend")


def test_yes_or_no_answers_get_no_mean() -> None:
    found = pick(score(survey("a", question(scale="yes_no"))).scores, "survey", "a")
    assert (found.value, found.n, found.reason) == (None, None, "not_comparable")


def test_hides_a_survey_below_ten_answers() -> None:
    rows = [s for s in score(survey("a", question(SMALL))).scores if s.level == "survey"]
    assert {row.measure for row in rows} == TRUST_MEASURES
    for row in rows:
        if row.measure != "response_rate":
            assert (row.value, row.low, row.n, row.numerator, row.denominator) == (None,) * 5
            assert row.reason == "suppressed_small"


def test_a_hidden_survey_cannot_be_found_by_subtraction() -> None:
    without = score(survey("a")).scores
    with_small = score(survey("a"), survey("b", question(SMALL))).scores
    assert {row.level for row in without} == set(LEVELS)
    for row in without:
        found = pick(with_small, row.level, row.subject, measure=row.measure)
        # that a survey was left out is published; nothing of its answers is
        assert replace(found, excluded=()) == row
        assert found.excluded == (() if row.level == "survey" else (("suppressed_small", 1),))


@pytest.mark.parametrize("beside", [(), (survey("a"),)], ids=["alone", "beside one that is shown"])
def test_nothing_published_depends_on_the_counts_of_a_hidden_survey(
    beside: tuple[ReportedSurveyFact, ...],
) -> None:
    odd = finding("identical_distributions"), finding("more_respondents_than_offered")
    one = survey("b", question(SMALL, mean="3.00"), respondents_count=6)
    same = question((0, 0, 0, 0, 9)), question((0, 0, 0, 0, 9), code="ease")
    other = survey("b", *same, respondents_count=9, offered_count=20, findings=odd)
    assert score(*beside, one) == score(*beside, other)


def test_a_group_of_hidden_surveys_only_is_hidden() -> None:
    found = score(survey("a", question(SMALL)), survey("b", question(SMALL))).scores
    for measure in TRUST_MEASURES:
        row = pick(found, "service", "va-vha-2", measure=measure)
        assert (row.value, row.n, row.n_surveys, row.reason) == (None, None, 0, "suppressed_small")


def test_a_survey_without_answers_says_so_in_its_group() -> None:
    found = score(survey("a", question((0,) * 5)))
    assert pick(found.scores, "service", "va-vha-2").reason == "no_answers"
    assert pick(found.scores, "service", "va-vha-2", measure="trust_answers").n == 0
    assert pick(found.scores, "service", "va-vha-2", measure="response_rate").n is None
    assert [e.reason for e in found.exclusions] == ["no_answers"]


def test_of_two_reports_for_one_survey_only_the_first_is_added_up() -> None:
    second = survey(
        "a-2", question((0, 0, 0, 0, 50)), variant=2, findings=(finding("two_values_for_one_key"),)
    )
    found = score(survey("a", findings=(finding("two_values_for_one_key"),)), second)
    total = pick(found.scores, "government", "all")
    assert (total.n, total.n_surveys) == (69, 1)
    assert "two_values_for_one_key" in total.flags
    assert [(e.survey, e.scope, e.reason) for e in found.exclusions] == [("a-2", "rollups", "second_value")]


def test_all_answers_the_same_have_a_mean_without_interval() -> None:
    found = pick(score(survey("a", question((0, 0, 0, 0, 40)))).scores, "survey", "a")
    assert (found.value, found.low, found.high, found.reason) == (5.0, None, None, "no_variance")


def test_an_answer_count_is_exact() -> None:
    found = pick(score(survey("a")).scores, "survey", "a", measure="trust_answers")
    assert (found.value, found.low, found.reason, found.denominator) == (69.0, None, "counted", None)


def test_a_group_rate_is_made_of_surveys_with_both_counts() -> None:
    odd = (
        survey("b", respondents_count=2000),
        survey("c", offered_count=None),
        survey("d", respondents_count=8),
    )
    found = pick(score(survey("a"), *odd).scores, "service", "va-vha-2", measure="response_rate")
    assert (found.numerator, found.denominator, found.n_surveys) == (100, 1000, 1)
    assert "rate_partial" in found.flags
    assert (
        "rate_partial"
        not in pick(score(survey("a")).scores, "service", "va-vha-2", measure="response_rate").flags
    )


def test_a_group_without_any_usable_count_has_no_rate() -> None:
    found = pick(
        score(survey("a", offered_count=None)).scores, "service", "va-vha-2", measure="response_rate"
    )
    assert (found.value, found.n_surveys, found.reason) == (None, 0, "not_reported")


@pytest.mark.parametrize(("n", "shown"), [(29, False), (30, True)])
def test_a_number_too_unsure_to_show_gives_its_counts_and_the_reason(n: int, shown: bool) -> None:
    scores = score(survey("a", question((0, 0, 0, 2, n - 2)))).scores
    for measure in ("trust_mean", "trust_agree_share"):
        found = pick(scores, "survey", "a", measure=measure)
        assert (found.value is not None, found.reason) == (shown, None if shown else "suppressed_unreliable")
        assert (found.n, found.denominator, found.low is None) == (n, n, not shown)
    assert pick(scores, "survey", "a", measure="trust_answers").value == n


def test_a_share_is_hidden_where_its_interval_is_wide_for_its_size() -> None:
    scores = score(survey("a", question((2, 0, 0, 30, 38)))).scores
    rare = pick(scores, "survey", "a", measure="trust_answer_share_1")
    assert (rare.value, rare.numerator, rare.reason) == (None, 2, "suppressed_unreliable")
    assert pick(scores, "survey", "a", measure="trust_agree_share").value == pytest.approx(68 / 70)


def test_flags_a_quarter_that_pools_other_surveys_than_the_one_before() -> None:
    now, before = survey("a2", name="Clinic  Visits"), survey("a1", name="clinic visits", quarter="FY2021-Q1")
    other = survey("b1", name="Phone line", quarter="FY2021-Q1")

    def flags(*earlier: ReportedSurveyFact) -> tuple[str, ...]:
        return pick(score(now, before=earlier).scores, "government", "all").flags

    assert "composition_changed" not in flags(before)
    assert "composition_changed" in flags(before, other)
    assert "composition_changed" in flags(other)
    assert "composition_changed" in flags(replace(before, questions=(question(SMALL),)))
    assert (
        "composition_changed" not in flags()
    )  # nothing at all was reported: there is nothing to compare with


def test_a_rating_of_false_stays_in_and_is_flagged() -> None:
    found = pick(score(survey("a", rating="FALSE"), survey("b")).scores, "government", "all")
    assert found.n == 138
    assert found.flags == ("rating_false",)


@pytest.mark.parametrize(("respondents", "flagged"), [(799, True), (800, False)])
def test_a_low_response_is_flagged_on_the_rate_and_on_nothing_else(respondents: int, flagged: bool) -> None:
    found = score(survey("a", offered_count=1000, respondents_count=respondents)).scores
    assert {s.level for s in found} == set(LEVELS)
    for one in found:
        assert (NONRESPONSE_UNIT in one.flags) is (flagged and one.measure == "response_rate")


def test_a_survey_with_a_low_response_flags_the_rate_of_every_group_it_is_in() -> None:
    high = survey("b", offered_count=10_000, respondents_count=9_900)
    found = pick(score(survey("a"), high).scores, "government", "all", measure="response_rate")
    assert found.value == pytest.approx(10_000 / 11_000)
    assert NONRESPONSE_UNIT in found.flags


def test_a_rate_that_is_not_shown_says_nothing_of_who_did_not_answer() -> None:
    for volumes in ({"respondents_count": 8}, {"offered_count": None}, {"respondents_count": 2000}):
        found = score(survey("a", **volumes)).scores
        assert not any(NONRESPONSE_UNIT in one.flags for one in found)


def test_a_question_many_left_out_flags_its_own_numbers_only() -> None:
    asked = survey("a", question(), question((9, 9, 9, 9, 9), code="ease", wording="standard"))
    full = score_quarter([asked], (), AGENCIES_OF, 10, {"a": {"trust": 69, "ease": 45}}).scores
    part = score_quarter([asked], (), AGENCIES_OF, 10, {"a": {"trust": 200, "ease": 45}}).scores
    flagged = [one for one in part if NONRESPONSE_ITEM in one.flags]
    of_trust = [m.key for m in measures_of("trust", "five_point", "FY2021-Q2")]
    assert {one.measure for one in flagged} == set(of_trust)
    assert {one.level for one in flagged} == set(LEVELS)
    # a flag never changes a number
    assert [replace(one, flags=()) for one in part] == [replace(one, flags=()) for one in full]
    assert not any(NONRESPONSE_ITEM in one.flags for one in full)


def test_a_survey_too_small_to_show_is_not_flagged_for_what_was_left_out() -> None:
    small = survey("a", question(SMALL))
    found = score_quarter([small], (), AGENCIES_OF, 10, {"a": {"trust": 100}}).scores
    assert not any(NONRESPONSE_ITEM in one.flags for one in found)


def test_inputs_can_be_hashed_again_from_published_counts() -> None:
    scores = score(survey("b"), survey("a", question((1, 1, 1, 1, 9)))).scores
    by_hand = hashlib.sha256(b'[["a",[1,1,1,1,9]],["b",[3,4,10,22,30]]]').hexdigest()
    assert pick(scores, "government", "all").inputs_sha256 == by_hand
    by_hand = hashlib.sha256(b'[["a",[100,1000]],["b",[100,1000]]]').hexdigest()
    assert pick(scores, "government", "all", measure="response_rate").inputs_sha256 == by_hand


@given(st.dictionaries(st.text(), st.none() | st.lists(st.integers(0, 2**40)), max_size=4))
def test_inputs_are_hashed_as_json_without_white_space(inputs: dict[str, list[int] | None]) -> None:
    text = json.dumps([list(one) for one in sorted(inputs.items())], separators=(",", ":"))
    assert inputs_sha256(inputs) == hashlib.sha256(text.encode()).hexdigest()


def test_the_order_of_the_input_does_not_matter() -> None:
    surveys = survey("a"), survey("b", question(SMALL)), survey("c", question((9, 9, 9, 9, 9)))
    assert len({repr(score(*order)) for order in permutations(surveys)}) == 1


def test_a_provider_nobody_knows_is_refused_by_name() -> None:
    with pytest.raises(ProviderNotKnown, match="nobody"):
        score(survey("a", provider_key="nobody"))


def test_lineage_climbs_to_the_top_and_survives_a_circle() -> None:
    def agency(key: str, parent: str | None) -> AgencyFact:
        return AgencyFact(key, key, key, "federal", parent, None, None, None)

    def provider(key: str, of: str) -> ProviderFact:
        return ProviderFact(key, key, None, of, None, None, None, None)

    agencies = [agency("usda", None), agency("fs", "usda"), agency("x", "y"), agency("y", "x")]
    found = lineage(agencies, [provider("p", "fs"), provider("q", "usda"), provider("r", "x")])
    assert found == {"p": ("fs", "usda"), "q": ("usda",), "r": ("x", "y")}


counts = st.tuples(*[st.integers(0, 15)] * 5)


@given(st.lists(counts, min_size=1, max_size=5))
def test_groups_are_sums_of_what_is_shown(many: list[tuple[int, int, int, int, int]]) -> None:
    surveys = [survey(f"s{i}", question(c)) for i, c in enumerate(many)]
    shown = [c for c in many if n_answers(c) >= 10]
    total = pick(score(*surveys).scores, "government", "all")
    assert total.n_surveys == len(shown)
    assert (total.numerator or 0) == sum(map(sum_of_answers, shown))
    assert (total.denominator or 0) == sum(map(n_answers, shown))


def test_an_empty_quarter_has_no_scores() -> None:
    assert score() == Quarterly((), ())
    assert GOOD == (3, 4, 10, 22, 30)
