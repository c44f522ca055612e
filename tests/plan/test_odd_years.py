"""A date that is kept here, whatever its year, stops nothing."""

from datetime import datetime
from pathlib import Path

import pytest

from hearback.plan import queries
from hearback.plan.commands import load
from hearback.plan.models import MeasureReading, Milestone, SeatHolder, SuccessMeasure
from hearback.publish.charts import figures
from hearback.publish.formats import data_files
from hearback.publish.snapshot import gather
from tests.plan.small import write

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("year", ["1200", "1985", "2207", "9998"])
def test_a_release_can_be_made_of_it(year: str, plan_folder: Path, at: datetime) -> None:
    load(write(plan_folder), by="operator", at=at)
    assert Milestone.objects.filter(key="rivers-s1-m1").update(due=year) == 1
    assert SuccessMeasure.objects.filter(key="rivers-m1").update(baseline_as_of=year, due=year) == 1
    assert MeasureReading.objects.update(as_of=f"{year}-05")
    assert SeatHolder.objects.update(shown_from=year)
    made = gather(10, at.date())
    assert queries.priority_areas(at.date())[0].success_measures[0].baseline_as_of == year
    assert any("Ask" in figure.draw(figure.numbers, False) for figure in figures(made))
    assert f",{year}," in data_files(made)["data/milestones.csv"].decode()
