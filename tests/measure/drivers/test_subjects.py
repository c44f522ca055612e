"""Which surveys are put together, which questions enter, and who counts."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from hearback.collect.archive import Item
from hearback.measure.cells.engines import Engine
from hearback.measure.drivers.subjects import DriverSubject
from hearback.measure.drivers.wanted import subjects_of
from hearback.measure.scoring import ProviderNotKnown
from tests.measure.answers.people import QUARTER, Person
from tests.measure.drivers.conftest import Archived
from tests.measure.drivers.people import QUESTIONS, asking, crowd


def subjects(engine: Engine, threshold: int = 10) -> dict[tuple[str, str, str], DriverSubject]:
    return {(one.level, one.key, one.pool): one for one in subjects_of(QUARTER, threshold, engine)}


def without(people: Sequence[Person], question: str, answer: int) -> list[Person]:
    """Put no answer, or not asked, in the place of answers to one question."""
    return [replace(one, answers={**one.answers, question: answer}) for one in people]


def test_a_service_adds_up_its_providers_and_a_provider_its_services(
    archive: Archived, engine: Engine
) -> None:
    archive([
        *crowd(asking("a"), 100),
        *crowd(asking("b", provider="va-vba"), 60, seed=2),
        *crowd(asking("c", service="va-vba-1", provider="va-vba"), 30, seed=3),
    ])  # fmt: skip
    found = subjects(engine)
    assert {name: one.n for name, one in found.items()} == {
        ("service", "va-vba-1", "increased"): 30,
        ("service", "va-vha-2", "increased"): 160,
        ("provider", "va-vba", "increased"): 90,
        ("provider", "va-vha", "increased"): 100,
    }


def test_two_pools_of_trust_are_never_added_up(archive: Archived, engine: Engine) -> None:
    items = (Item("trust", wording_class="stated_trust"), Item("ease", wording_class="standard"))
    stated = asking("b", items=items)
    archive([*crowd(asking("a", "ease"), 50), *crowd(stated, 40)])
    found = subjects(engine)
    assert found["service", "va-vha-2", "increased"].n == 50
    assert found["service", "va-vha-2", "stated"].n == 40


def test_a_weighted_survey_stands_by_itself(archive: Archived, engine: Engine) -> None:
    archive([*crowd(asking("a"), 50), *crowd(asking("w", weighted=True), 80)])
    found = subjects(engine)
    assert found["service", "va-vha-2", "increased"].n == 50
    assert found["survey", "w-fy2021-q1", "increased"].n == 80
    assert len(found) == 3


def test_only_people_who_answered_everything_count(archive: Archived, engine: Engine) -> None:
    people = crowd(asking(), 60)
    archive([*people[:40], *without(people[40:50], "ease", 0), *without(people[50:], "trust", 0)])
    assert subjects(engine)["service", "va-vha-2", "increased"].n == 40


def test_the_questions_are_those_that_most_people_were_shown_together(
    archive: Archived, engine: Engine
) -> None:
    office = crowd(asking("office", *QUESTIONS, "employee"), 80)
    web = crowd(asking("web", *QUESTIONS), 100, seed=2)
    archive([*office, *web])
    found = subjects(engine)["service", "va-vha-2", "increased"]
    assert found.questions == QUESTIONS
    assert found.n == 180
    assert found.flags == {"fewer_questions"}


def test_people_who_were_shown_fewer_questions_are_left_out_and_it_is_said(
    archive: Archived, engine: Engine
) -> None:
    office = crowd(asking("office", *QUESTIONS, "employee"), 100)
    web = crowd(asking("web", *QUESTIONS), 80, seed=2)
    archive([*office, *web])
    found = subjects(engine)["service", "va-vha-2", "increased"]
    assert found.questions == (*QUESTIONS, "employee")
    assert (found.n, len(found.used)) == (100, 1)
    assert found.flags == {"other_questions"}


def test_people_of_one_survey_who_were_not_asked_a_question_are_no_missing_answers(
    archive: Archived, engine: Engine
) -> None:
    people = crowd(asking("mixed", "ease", "equity", "employee"), 100)
    archive([*people[:40], *without(people[40:], "employee", -1)])
    found = subjects(engine)["service", "va-vha-2", "increased"]
    assert (found.questions, found.n) == (("ease", "equity"), 100)
    asked_more = without(people[40:], "employee", 0)
    archive([*people[:40], *asked_more])
    found = subjects(engine)["service", "va-vha-2", "increased"]
    assert (found.questions, found.n) == (("ease", "equity", "employee"), 40)


def test_of_two_sets_shown_to_equally_many_the_larger_enters_then_that_first_on_the_form(
    archive: Archived, engine: Engine
) -> None:
    larger = crowd(asking("a", "efficiency", "equity", "employee"), 50)
    archive([*larger, *crowd(asking("b", "effectiveness", "ease"), 50)])
    assert subjects(engine)["service", "va-vha-2", "increased"].questions == (
        "efficiency", "equity", "employee",
    )  # fmt: skip
    archive([*crowd(asking("c", "ease", "equity"), 50), *crowd(asking("b", "effectiveness", "ease"), 50)])
    assert subjects(engine)["service", "va-vha-2", "increased"].questions == ("effectiveness", "ease")


def test_a_survey_with_too_few_complete_answers_is_left_out_of_every_sum(
    archive: Archived, engine: Engine
) -> None:
    large, small = crowd(asking("a"), 100), crowd(asking("b", provider="va-vba"), 20, seed=2)
    archive([*large, *small[:9], *without(small[9:15], "ease", 0), *without(small[15:], "equity", 0)])
    found = subjects(engine)
    assert found["service", "va-vha-2", "increased"].n == 100
    assert "small_surveys" in found["service", "va-vha-2", "increased"].flags
    assert found["provider", "va-vba", "increased"].n == 0
    assert found["provider", "va-vba", "increased"].left_out
    assert subjects(engine, threshold=9)["service", "va-vha-2", "increased"].n == 109


def test_a_provider_that_the_directory_does_not_have_is_named(archive: Archived, engine: Engine) -> None:
    archive(crowd(asking("a", provider="nobody"), 60))
    with pytest.raises(ProviderNotKnown, match="'nobody'"):
        subjects(engine)
