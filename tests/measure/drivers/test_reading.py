"""Answers given together are counted as they are, and only those that may be added up."""

import hashlib
import json
from collections import Counter
from dataclasses import replace
from datetime import datetime

import pytest

from hearback.collect.archive import Item
from hearback.collect.queries import answer_archive
from hearback.measure.cells.engines import Engine
from hearback.measure.drivers.reading import COLUMNS, SurveyPatterns, count_patterns, survey_patterns
from hearback.measure.wanted import archived_quarter
from tests.measure.answers.people import QUARTER, Person
from tests.measure.drivers.conftest import Archived
from tests.measure.drivers.people import asking, crowd


def patterns(engine: Engine, threshold: int = 10) -> list[SurveyPatterns]:
    answers = archived_quarter(QUARTER)
    assert answers is not None
    found = count_patterns(answer_archive(), QUARTER, answers.book, engine)
    return [] if found is None else survey_patterns(answers, found, threshold)


def rows(survey: SurveyPatterns) -> Counter[tuple[int, ...]]:
    return Counter({tuple(row): n for row, n in zip(survey.answers.tolist(), survey.n.tolist(), strict=True)})


def test_people_are_counted_by_all_their_answers_as_by_hand(archive: Archived, engine: Engine) -> None:
    people = crowd(asking(), 300)
    by_channel = [replace(one, channel=("phone", "web")[place % 2]) for place, one in enumerate(people)]
    archive(by_channel)
    (found,) = patterns(engine)
    asked = ("trust", "effectiveness", "ease", "efficiency", "transparency", "equity")
    assert rows(found) == Counter((*(one.answers[name] for name in asked), -1) for one in people)
    assert len(found.n) < len(people)
    assert (found.pool, found.weighted, set(found.weight.tolist())) == ("increased", False, {10**9})


def test_each_survey_has_its_own_patterns(archive: Archived, engine: Engine) -> None:
    first, second = crowd(asking("a"), 50), crowd(asking("b", provider="va-vba"), 70, seed=2)
    archive([*first, *second])
    found = {one.survey.provider_key: one for one in patterns(engine)}
    assert {key: int(one.n.sum()) for key, one in found.items()} == {"va-vha": 50, "va-vba": 70}
    columns = [COLUMNS.index(name) for name in ("trust", "equity")]
    given = Counter((one.answers["trust"], one.answers["equity"]) for one in second)
    assert rows_of(found["va-vba"], columns) == given


def rows_of(survey: SurveyPatterns, columns: list[int]) -> Counter[tuple[int, ...]]:
    counted: Counter[tuple[int, ...]] = Counter()
    for row, n in rows(survey).items():
        counted[tuple(row[column] for column in columns)] += n
    return counted


def test_a_later_file_is_added_to_an_earlier_one(archive: Archived, engine: Engine) -> None:
    archive(crowd(asking(), 40))
    archive(crowd(asking(), 40), source="second")
    (found,) = patterns(engine)
    assert set((found.n % 2).tolist()) == {0}
    assert int(found.n.sum()) == 80


@pytest.mark.parametrize(
    "item",
    [
        Item("ease", wording_class="asked"),
        Item("ease", wording_class="other"),
        Item("ease", wording_class="standard", scale="thumbs"),
    ],
)
def test_a_question_in_other_words_or_on_another_scale_does_not_enter(
    archive: Archived, engine: Engine, item: Item
) -> None:
    trust, equity = (Item("trust", wording_class="increased_trust"), Item("equity", wording_class="standard"))
    asked = asking(items=(trust, item, equity))
    chosen = [(1, 2, 4), (4, 1, 5), (5, 2, 2)] * 20
    archive([Person(asked, {"trust": t, "ease": e, "equity": q}) for t, e, q in chosen])
    (found,) = patterns(engine)
    ease, equity_at = COLUMNS.index("ease"), COLUMNS.index("equity")
    assert set(found.answers[:, ease].tolist()) == {-1}
    assert set(found.answers[:, equity_at].tolist()) == {2, 4, 5}


@pytest.mark.parametrize(
    "trust",
    [
        Item("trust", wording_class="recommend"),
        Item("trust", wording_class="increased_trust", scale="thumbs"),
        Item("trust"),
    ],
)
def test_a_survey_whose_trust_answers_are_pooled_with_none_does_not_enter(
    archive: Archived, engine: Engine, trust: Item
) -> None:
    asked = asking(items=(trust, Item("ease", wording_class="standard")))
    archive([Person(asked, {"trust": 1 + place % 2, "ease": 1 + place % 5}) for place in range(60)])
    assert patterns(engine) == []


def test_a_survey_asked_at_set_times_or_too_small_does_not_enter(archive: Archived, engine: Engine) -> None:
    archive([*crowd(asking("p", timing="periodic"), 60), *crowd(asking("s"), 9)])
    assert patterns(engine) == []
    assert len(patterns(engine, threshold=9)) == 1


def test_a_survey_that_asks_only_about_trust_does_not_enter(archive: Archived, engine: Engine) -> None:
    asked = asking(items=(Item("trust", wording_class="increased_trust"),))
    archive([Person(asked, {"trust": 1 + place % 5}) for place in range(60)])
    assert patterns(engine) == []


def test_nobody_asked_about_trust_gives_no_patterns(archive: Archived, engine: Engine, at: datetime) -> None:
    asked = asking(items=(Item("ease", wording_class="standard"),))
    archive([Person(asked, {"ease": 1 + place % 5}) for place in range(60)])
    assert patterns(engine) == []


def test_people_of_other_weights_are_kept_apart(archive: Archived, engine: Engine) -> None:
    asked = asking("w", "ease", weighted=True)
    archive([Person(asked, {"trust": 4, "ease": 5}, weight=1 + place % 2 / 4) for place in range(40)])
    (found,) = patterns(engine)
    assert found.weighted
    assert (found.weight.tolist(), found.n.tolist()) == ([10**9, 125 * 10**7], [20, 20])


def test_the_hash_is_that_of_the_written_patterns_whatever_the_order(
    archive: Archived, engine: Engine
) -> None:
    archive([Person(asking("a", "ease"), {"trust": t, "ease": e}) for t, e in [(5, 4), (1, 2), (5, 4)] * 10])
    (found,) = patterns(engine)
    written = "[[1,-1,2,-1,-1,-1,-1,1000000000,10],[5,-1,4,-1,-1,-1,-1,1000000000,20]]"
    assert json.loads(written)[0][: len(COLUMNS)] == found.answers[0].tolist()
    assert found.sha256 == hashlib.sha256(written.encode()).hexdigest()
