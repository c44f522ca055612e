"""Questions that many left out: flagged in every number made of them, and nowhere else."""

from dataclasses import replace
from pathlib import Path

import pytest

from hearback.collect.archive import NOT_ASKED
from hearback.measure.answers.figures import group_scores
from hearback.measure.answers.grouping import group_counts
from hearback.measure.answers.reading import ArchivedQuarter
from hearback.measure.answers.table import facts_of
from hearback.measure.answers.weighted import weighted_scores
from hearback.measure.queries import ScoreFact
from hearback.measure.rules import NONRESPONSE_ITEM
from hearback.measure.scoring import score_quarter
from tests.measure.answers.people import QUARTER, Person, archived, form

AGENCIES_OF = {"va-vha": ("va",)}
AGES = ("18-34", "65+")


def people(n_answered: int, n_left_out: int, n_not_asked: int = 0, **given: object) -> list[Person]:
    """Make people who all answered trust; some left ease out, and some were never shown it."""
    asked = form("s", **given)  # type: ignore[arg-type]
    eases = [4, 5] * (n_answered // 2) + [0] * n_left_out + [NOT_ASKED] * n_not_asked
    return [
        Person(
            asked,
            {"trust": 3 + place % 3, "ease": ease},
            groups=(("age_band", AGES[place % 2]),),
            weight=1 + place % 3,
        )
        for place, ease in enumerate(eases)
    ]


def all_scores(answers: ArchivedQuarter) -> list[ScoreFact]:
    """Give every score of everybody and of every group."""
    found = score_quarter(answers.unweighted, (), AGENCIES_OF, 10, answers.n_asked)
    groups = group_counts(answers, AGENCIES_OF, 10)
    of_groups = [] if groups is None else list(facts_of(group_scores(groups, QUARTER)))
    return [*found.scores, *of_groups, *weighted_scores(answers, 10)]


def flagged(scores: list[ScoreFact]) -> set[str]:
    """Name the measures with the flag; every number of one has it, or none has."""
    with_flag = {one.measure for one in scores if NONRESPONSE_ITEM in one.flags}
    assert all(NONRESPONSE_ITEM in one.flags for one in scores if one.measure in with_flag)
    return with_flag


@pytest.mark.parametrize("weighted", [False, True])
def test_a_question_that_many_left_out_is_flagged_for_everybody_and_every_group(
    tmp_path: Path, weighted: bool
) -> None:
    scores = all_scores(archived(tmp_path, people(138, 62, weighted=weighted)))
    assert flagged(scores) == {"ease_mean", "ease_agree_share"}
    assert {one.dimension for one in scores if NONRESPONSE_ITEM in one.flags} == {"all", "age_band"}


@pytest.mark.parametrize("weighted", [False, True])
def test_seventy_in_a_hundred_are_enough(tmp_path: Path, weighted: bool) -> None:
    assert flagged(all_scores(archived(tmp_path, people(140, 60, weighted=weighted)))) == set()


def test_who_was_not_shown_a_question_did_not_leave_it_out(tmp_path: Path) -> None:
    answers = archived(tmp_path, people(140, 60, n_not_asked=500))
    assert flagged(all_scores(answers)) == set()
    (of_survey,) = answers.n_asked.values()
    assert of_survey == {"trust": 700, "ease": 200}


def test_the_flag_changes_no_number(tmp_path: Path) -> None:
    answers = archived(tmp_path, people(138, 62))
    without = score_quarter(answers.unweighted, (), AGENCIES_OF, 10).scores
    with_flag = score_quarter(answers.unweighted, (), AGENCIES_OF, 10, answers.n_asked).scores
    assert with_flag != without
    assert [replace(one, flags=()) for one in with_flag] == [replace(one, flags=()) for one in without]


def test_a_group_held_back_tells_nothing_of_what_it_left_out(tmp_path: Path) -> None:
    few = [replace(one, groups=(("age_band", "35-54"),)) for one in people(4, 2)]
    scores = all_scores(archived(tmp_path, [*people(138, 62), *few]))
    held = [one for one in scores if one.dimension == "age_band" and one.reason == "suppressed_small"]
    assert held
    assert {one.flags for one in held} == {()}
