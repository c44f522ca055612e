"""What must always be true of journeys is held by the database."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model

from hearback.learn.models import Journey, PainPoint, Stage, Step
from hearback.learn.rules import QUANTITIES

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    journey = Journey.objects.create(key="j", name="Buying a boat")
    return Stage.objects.create(key="s", journey=journey, position=1, name="asking")


def refuses(row: Model) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


@pytest.mark.parametrize("name", QUANTITIES)
def test_a_quantity_lies_in_its_range(name: str, stage: Stage) -> None:
    def step(value: float | None, low: float | None, high: float | None) -> Step:
        held: dict[str, Any] = {name: value, f"{name}_low": low, f"{name}_high": high}
        return Step(key="x", stage=stage, position=1, gist="x", **held)

    for bad in ((-1, None, None), (1, 2, 3), (4, 2, 3), (None, 3, 2), (2, 2, None), (2, None, 3), (1, -1, 2)):
        refuses(step(*bad))
    for number, good in enumerate(((None, None, None), (0, None, None), (None, 2, 3), (2, 2, 3))):
        row = step(*good)
        row.key = f"x{number}"
        row.save()


def test_a_feeling_lies_on_its_scale(stage: Stage) -> None:
    for bad in (-3, 3):
        refuses(Step(key="x", stage=stage, position=1, gist="x", feeling=bad))
    Step.objects.create(key="x", stage=stage, position=1, gist="x", feeling=-2)


def test_a_pain_point_is_named_by_some_of_those_asked(stage: Stage) -> None:
    for naming, asked in ((1, None), (None, 1), (2, 1), (0, 0)):
        refuses(
            PainPoint(
                key="p", journey=stage.journey, position=1, gist="x", naming_count=naming, asked_count=asked
            )
        )
    PainPoint.objects.create(
        key="p", journey=stage.journey, position=1, gist="x", naming_count=0, asked_count=1
    )
