"""Figures on drivers in the database: written by difference, with history, the same when computed again."""

from datetime import datetime
from typing import Any

import numpy as np
import pytest
from django.db import IntegrityError, transaction

from hearback.collect.queries import answer_archive
from hearback.fiscal import QuarterNotValid
from hearback.history.queries import latest_entries
from hearback.measure.actions import DriversComputed, compute_drivers
from hearback.measure.cells import roll_up
from hearback.measure.cells.engines import Engine
from hearback.measure.drivers.wanted import AnswersNotCounted
from hearback.measure.file_queries import cell_store
from hearback.measure.models import DriverImportance
from hearback.measure.queries import driver_quarters, drivers
from tests.measure.answers.people import QUARTER
from tests.measure.drivers.conftest import Archived
from tests.measure.drivers.people import QUESTIONS, asking, crowd


@pytest.fixture
def two_services(archive: Archived) -> Archived:
    """Two providers of one agency, each with a service."""
    archive([
        *crowd(asking("a"), 100),
        *crowd(asking("b", service="va-vba-1", provider="va-vba"), 80, seed=2),
    ])  # fmt: skip
    return archive


def compute(engine: Engine, at: datetime, threshold: int = 10) -> DriversComputed:
    return compute_drivers(QUARTER, threshold, engine, by="owner", at=at)


def changed(done: DriversComputed) -> tuple[int, int, int]:
    return done.n_added, done.n_changed, done.n_removed


def history() -> list[Any]:
    return [one for one in latest_entries(subject_type="quarter") if one.verb == "drivers.computed"]


def test_computes_every_service_and_provider_in_fixed_order(
    two_services: Archived, engine: Engine, at: datetime
) -> None:
    done = compute(engine, at)
    assert (done.n_drivers, done.n_subjects, changed(done)) == (20, 4, (20, 0, 0))
    found = drivers(quarter=QUARTER)
    assert [(row.level, row.subject) for row in found[::5]] == [
        ("service", "va-vba-1"), ("service", "va-vha-2"), ("provider", "va-vba"), ("provider", "va-vha"),
    ]  # fmt: skip
    assert [row.driver for row in found[:5]] == list(QUESTIONS)
    assert {row.outcome for row in found} == {"trust"}
    assert driver_quarters() == [QUARTER]
    assert drivers(level="provider", subject="va-vba", pool="increased") == found[10:15]
    assert drivers(pool="stated") == []


def test_computing_again_changes_nothing_and_leaves_no_history(
    two_services: Archived, engine: Engine, at: datetime
) -> None:
    first = compute(engine, at)
    rows = list(DriverImportance.objects.order_by("pk").values())
    again = compute(engine, at)
    assert changed(again) == (0, 0, 0)
    assert again.inputs_sha256 == first.inputs_sha256
    assert rows == list(DriverImportance.objects.order_by("pk").values())
    (entry,) = history()
    assert (entry.subject_key, entry.by, entry.before) == (QUARTER, "owner", None)
    assert entry.after["n_added"] == 20


def test_equal_answers_in_other_files_and_another_order_give_equal_figures(
    archive: Archived, engine: Engine, at: datetime
) -> None:
    people = crowd(asking("a"), 120)
    archive(people)
    compute(engine, at)
    before = drivers()
    archive(people[:49:-1])
    assert changed(compute(engine, at)) == (0, 10, 0)
    archive(people[:50], source="second")
    assert changed(compute(engine, at)) == (0, 10, 0)
    assert drivers() == before


def test_new_answers_change_only_what_they_touch(
    two_services: Archived, engine: Engine, at: datetime
) -> None:
    compute(engine, at)
    before = drivers(subject="va-vba-1")
    two_services(crowd(asking("a"), 30, seed=5), source="second")
    done = compute(engine, at)
    assert changed(done) == (0, 10, 0)
    assert drivers(subject="va-vba-1") == before
    assert drivers(subject="va-vha-2")[0].n == 130
    assert history()[0].before["inputs_sha256"] != history()[0].after["inputs_sha256"]


def test_figures_of_deleted_answers_go_too(two_services: Archived, engine: Engine, at: datetime) -> None:
    compute(engine, at)
    answer_archive().remove(np.arange(100))
    roll_up(answer_archive(), cell_store(), engine)
    assert changed(compute(engine, at)) == (0, 0, 10)
    answer_archive().remove(np.arange(100, 180))
    roll_up(answer_archive(), cell_store(), engine)
    assert changed(compute(engine, at)) == (0, 0, 10)
    assert drivers() == []


def test_another_threshold_takes_figures_away(two_services: Archived, engine: Engine, at: datetime) -> None:
    compute(engine, at)
    assert changed(compute(engine, at, threshold=90)) == (0, 0, 10)


def test_refuses_answers_that_are_not_counted_yet(
    two_services: Archived, engine: Engine, at: datetime
) -> None:
    compute(engine, at)
    two_services(crowd(asking("a"), 30, seed=5), source="second", counted=False)
    with pytest.raises(AnswersNotCounted, match="hearback measure cells"):
        compute(engine, at)
    assert drivers(subject="va-vha-2")[0].n == 100


def test_refuses_a_quarter_that_does_not_exist(db: None, engine: Engine, at: datetime) -> None:
    with pytest.raises(QuarterNotValid):
        compute_drivers("FY2021-Q5", 10, engine, by="owner", at=at)


def test_an_empty_quarter_gives_nothing(archive: Archived, engine: Engine, at: datetime) -> None:
    done = compute_drivers("FY1990-Q1", 10, engine, by="owner", at=at)
    assert (done.n_drivers, history()) == (0, [])


@pytest.mark.parametrize(
    "changes",
    [
        {"low": 0.99, "high": 1.0},
        {"high": 0.0, "low": 0.0},
        {"low": None},
        {"high": None},
        {"low": None, "high": None},
        {"share": None},
        {"performance_low": 5.5},
        {"r_squared": None},
        {"r_squared_high": 0.0},
    ],
)
def test_the_table_refuses_an_interval_that_cannot_be(
    two_services: Archived, engine: Engine, at: datetime, changes: dict[str, float | None]
) -> None:
    compute(engine, at)
    whole = _values(DriverImportance.objects.get(level="service", subject="va-vha-2", driver="ease"))
    DriverImportance.objects.create(**{**whole, "subject": "newer"})
    with pytest.raises(IntegrityError), transaction.atomic():
        DriverImportance.objects.create(**{**whole, "subject": "new", **changes})


def test_the_table_refuses_a_second_row_of_one_driver(
    two_services: Archived, engine: Engine, at: datetime
) -> None:
    compute(engine, at)
    first = DriverImportance.objects.first()
    assert first is not None
    assert str(first) == "trust with effectiveness, service va-vba-1, FY2021-Q1 (increased)"
    with pytest.raises(IntegrityError), transaction.atomic():
        DriverImportance.objects.create(**_values(first))


def _values(row: DriverImportance) -> dict[str, Any]:
    return {f.name: getattr(row, f.name) for f in DriverImportance._meta.concrete_fields if not f.primary_key}
