"""True counts of groups: everybody in one cell, all groups listed, and only surveys that may be told of."""

from pathlib import Path

import pytest

from hearback.collect.archive import Item
from hearback.measure.noise.counting import TrueTable, true_tables
from tests.measure.answers.people import Person, archived, form

AGES = ("18-34", "35-54", "65+")
ASKED = form()


def people(n: int, **given: object) -> list[Person]:
    """Make n people who give all five answers; every fifth gave no age. Ease says nothing here."""
    asked = form(**given) if given else ASKED  # type: ignore[arg-type]
    return [
        Person(
            asked,
            {"trust": k % 7 % 5 + 1, "ease": 5 - k % 4},
            groups=(("age_band", AGES[k % 2]),) if k % 5 else (),
        )
        for k in range(n)
    ]


def tables(folder: Path, *crowd: Person, threshold: int = 10) -> list[TrueTable]:
    return list(true_tables(archived(folder, crowd), threshold))


def test_everybody_is_in_one_cell_counted_as_by_hand(tmp_path: Path) -> None:
    (table,) = tables(tmp_path, *people(30))
    assert (table.survey, table.dimension, table.n_tables) == ("a-fy2021-q1", "age_band", 1)
    by_hand = {name: [0, 0] for name in table.groups}
    for k in range(30):
        by_hand[AGES[k % 2] if k % 5 else "unknown"][0 if k % 7 % 5 + 1 in {4, 5} else 1] += 1
    assert dict(zip(table.groups, table.counts.tolist(), strict=True)) == by_hand
    assert table.counts.sum() == 30


def test_a_group_that_another_form_asks_for_is_listed_with_nobody_in_it(tmp_path: Path) -> None:
    other = form("b", "va-vha-3")
    crowd = [*people(30), *(Person(other, {"trust": 4}, groups=(("age_band", "65+"),)) for _ in range(20))]
    table = tables(tmp_path, *crowd)[0]
    assert table.groups == ("unknown", "35-54", "18-34", "65+")
    assert table.counts[3].tolist() == [0, 0]


def test_versions_of_a_survey_share_an_account(tmp_path: Path) -> None:
    """The same answers may be archived as another version: their tables cost one budget together."""
    second = form(version=2, groups=("age_band", "first_time"))
    crowd = [*people(30), *(Person(second, {"trust": 4}, groups=(("first_time", "no"),)) for _ in range(20))]
    found = tables(tmp_path, *crowd)
    assert [(one.survey, one.dimension) for one in found] == [
        ("a-fy2021-q1", "age_band"), ("a.v2-fy2021-q1", "age_band"), ("a.v2-fy2021-q1", "first_time"),
    ]  # fmt: skip
    assert {(one.budget_key, one.n_tables) for one in found} == {("a-fy2021-q1", 3)}


def test_who_did_not_answer_is_in_no_cell(tmp_path: Path) -> None:
    crowd = [*people(30), Person(ASKED, {"trust": 0}), Person(ASKED, {})]
    (table,) = tables(tmp_path, *crowd)
    assert table.counts.sum() == 30


@pytest.mark.parametrize(
    ("given", "n"),
    [
        ({"weighted": True}, 30),
        ({}, 9),
        ({"groups": ()}, 30),
        ({"items": (Item("trust", wording_class="increased_trust", scale="thumbs"),)}, 30),
        ({"items": (Item("ease", wording_class="standard"),)}, 30),
        ({"items": (Item("trust", wording_class="other"),)}, 30),
    ],
)
def test_surveys_whose_figures_are_not_added_up_have_no_table(
    tmp_path: Path, given: dict[str, object], n: int
) -> None:
    scale_is_thumbs = "items" in given and given["items"][0].scale == "thumbs"  # type: ignore[index]
    asked = form(**given)  # type: ignore[arg-type]
    question = asked.items[0].question
    crowd = [
        Person(
            asked,
            {question: 2 if scale_is_thumbs else 4},
            groups=(("age_band", "65+"),) if asked.groups else (),
        )
        for _ in range(n)
    ]
    assert tables(tmp_path, *crowd) == []
