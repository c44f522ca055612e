"""A new figure is of days from the baseline to today, and within its unit; the page shows what for."""

import re
from datetime import datetime
from typing import Any

import pytest

from hearback.plan import actions
from hearback.plan.actions import Told
from hearback.plan.models import MeasureReading, SuccessMeasure
from hearback.plan.rules import About, Aim, EntryState, MeasureNotValid, is_percent
from tests.plan.rounds.conftest import DUE, entry_of
from tests.plan.rounds.test_figures_on_the_page import TYPED, check_told_beside
from tests.plan.rounds.test_pages import MINE, People, sent

pytestmark = pytest.mark.usefixtures("asked")
INDEX = About.MEASURE, "rivers-m1"
FIGURE = {"value": 66.0, "low": None, "high": None, "as_of": "2025"}


def promised(**words: Any) -> None:
    SuccessMeasure.objects.filter(key="rivers-m1").update(**words)


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        ({"as_of": "1995"}, "1995 is before the baseline, which is of 2021"),
        ({"as_of": "2021-03"}, "2021-03 is before the baseline"),
        ({"as_of": "2026-04"}, "2026-04 has not begun"),
        ({"value": 1e13}, r"give a figure from -1e\+12 to 1e\+12"),
    ],
)
def test_a_figure_that_cannot_be_is_refused(at: datetime, told: dict[str, Any], problem: str) -> None:
    promised(baseline_year=2021)
    with pytest.raises(MeasureNotValid, match=problem):
        actions.answer(
            entry_of(*INDEX).number, Told(changes=FIGURE | told), seen=None, by="third", at=at, on=DUE
        )
    assert MeasureReading.objects.count() == 1


def test_a_figure_of_the_baseline_itself_is_taken(at: datetime) -> None:
    promised(baseline_year=2021)
    told = Told(changes=FIGURE | {"as_of": "2021"})
    actions.answer(entry_of(*INDEX).number, told, seen=None, by="third", at=at, on=DUE)
    assert entry_of(*INDEX).state is EntryState.ANSWERED


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"as_of": "1995"}, "as_of", "That is before the baseline, which is of 2021. Write a later date."),
        ({"as_of": "2100"}, "as_of", "That has not begun yet."),
        ({"value": "120", "low": "", "high": ""}, "value", "Write a percent from 0 to 100."),
        ({"low": "-1"}, "low", "Write a percent from 0 to 100."),
    ],
)
def test_it_is_told_beside_its_field(
    signed_in: People, typed: dict[str, str], field: str, words: str
) -> None:
    promised(baseline_year=2021, kind="percent")
    check_told_beside(signed_in, typed, field, words)


def test_letters_of_a_date_may_be_small(signed_in: People) -> None:
    asked = sent(signed_in("third"), rivers_m1={**TYPED, "as_of": "fy2025-q2"})
    assert asked.status_code == 302
    assert entry_of(*INDEX).told["as_of"] == "FY2025-Q2"


def test_the_page_shows_what_the_figure_is_for(signed_in: People) -> None:
    promised(
        kind="percent", direction="up", due="FY2027-Q4", target_value=70, target="seven in ten",
        baseline="61 % in 2021", baseline_as_of="2021-05",
    )  # fmt: skip
    page = signed_in("third").get(MINE).content.decode()
    card = page.split(f'id="e{entry_of(*INDEX).number}"')[1].split("</article>")[0]
    shown = dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", card))
    assert [shown[name] for name in ("Unit", "Direction", "Baseline", "Target", "Due")] == [
        "percent, from 0 to 100", "To rise", "61 · 2021-05 · 61 % in 2021", "70 · seven in ten", "FY2027-Q4",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "baseline", "figures", "percent"),
    [
        ("percent", None, [], True), ("Percentage", None, [], True), ("percent of people", None, [], True),
        ("percentage_points", None, [], False), ("percent", None, [140.0], False),
        ("index", "61 percent agreed", [], True), ("index", "161 % agreed", [], False),
        ("index", "score 61 of 100", [], False), ("index", None, [], False),
    ],
)  # fmt: skip
def test_which_measures_count_percents(
    kind: str, baseline: str | None, figures: list[float], percent: bool
) -> None:
    assert is_percent(kind, baseline, Aim(baseline_value=61.0), figures) is percent
