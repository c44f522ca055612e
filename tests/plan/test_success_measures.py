"""Success measures with their figures: loaded, dumped, bound to what is computed, and judged."""

import json
from copy import deepcopy
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import IntegrityError, transaction

from hearback.collect.commands import load_file
from hearback.collect.exchange import write_exchange_file
from hearback.directory.commands import load as load_directory
from hearback.measure.commands import compute_all
from hearback.plan import queries
from hearback.plan.commands import group, load
from hearback.plan.models import MeasureReading, PriorityArea, SuccessMeasure
from hearback.plan.queries import SuccessMeasureFact
from hearback.stats import LikertCounts
from tests.conftest import ROOT
from tests.measure.conftest import row
from tests.plan.small import AREAS, write

pytestmark = pytest.mark.django_db
FEDERAL = ROOT / "examples" / "federal"
ON = date(2024, 6, 1)
AIM = {"direction": "up", "target_value": 70, "due": "2025", "baseline_year": 2021}
READINGS = [
    {"key": "r0", "as_of": "2021", "value": 61, "low": 61, "high": 61},
    {"key": "r1", "as_of": "2023", "value": 64, "low": 63, "high": 65.4, "source": "https://example.org/i"},
]


def measures(index: dict[str, Any], bound: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    areas = deepcopy(AREAS)
    areas[0]["success_measures"][0].update(index)
    areas[0]["success_measures"][1].update(bound or {})
    return areas


def found(key: str, on: date | None = ON) -> SuccessMeasureFact:
    return next(m for area in queries.priority_areas(on) for m in area.success_measures if m.key == key)


def printed(*words: str) -> dict[str, Any]:
    done = CliRunner().invoke(group, ["progress", *words, "--json"])
    assert done.exit_code == 0, done.output
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_an_index_is_judged_by_its_readings(plan_folder: Path, at: datetime) -> None:
    load(write(plan_folder, priority_areas=measures({**AIM, "readings": READINGS})), by="operator", at=at)
    told = found("rivers-m1")
    assert told.progress is not None
    assert (told.progress.status, told.progress.reason) == ("off track", "rate_not_enough")
    assert (told.reporting, told.pool) == ("reported", None)
    assert told.latest_reading is not None
    assert (told.latest_reading.as_of, told.latest_reading.source) == ("2023", "https://example.org/i")
    assert [r.as_of for r in told.readings] == ["2021", "2023"]


def test_what_was_dumped_is_loaded_as_it_was(plan_folder: Path, tmp_path: Path, at: datetime) -> None:
    areas = measures({**AIM, "baseline_as_of": "2021", "readings": READINGS})
    load(write(plan_folder, priority_areas=areas), by="operator", at=at)
    assert CliRunner().invoke(group, ["dump", str(tmp_path / "out")]).exit_code == 0
    (area,) = json.loads((tmp_path / "out" / "priority_areas.json").read_text())
    dumped = area["success_measures"][0]
    for name, value in areas[0]["success_measures"][0].items():
        if name != "readings":
            assert dumped[name] == value
    for reading, given in zip(dumped["readings"], READINGS, strict=True):
        assert {name: reading[name] for name in given} == given
    assert load(tmp_path / "out", by="operator", at=at).n_changes == 0


def test_without_a_day_nothing_is_judged(plan_folder: Path, at: datetime) -> None:
    load(write(plan_folder), by="operator", at=at)
    told = found("rivers-m1", None)
    assert (told.progress, told.reporting, told.latest_reading) == (None, None, None)


def test_the_command_prints_every_number_that_went_in(plan_folder: Path, at: datetime) -> None:
    load(write(plan_folder, priority_areas=measures({**AIM, "readings": READINGS})), by="operator", at=at)
    payload = printed("rivers-m1", "--on", "2024-06-01")
    (told,) = payload["success_measures"]
    assert payload["on"] == "2024-06-01"
    assert told["aim"] == {
        "direction": "up", "due": "2025", "target_value": 70.0, "target_low": None, "target_high": None,
        "baseline_value": 61.0, "baseline_as_of": "2021",
    }  # fmt: skip
    progress = told["progress"]
    first, last = progress["start"], progress["judged"]
    assert (first["as_of"], first["low"], last["as_of"], last["low"], last["high"]) == (
        "2021", 61.0, "2023", 63.0, 65.4,
    )  # fmt: skip
    assert progress["actual_rate"] == pytest.approx(
        (last["value"] - first["value"]) / progress["years_passed"]
    )
    assert progress["needed_low"] == pytest.approx(6 / progress["years_left"])
    assert (progress["method"], progress["method_version"], told["bound_to"]) == ("progress", "2", None)


def test_the_command_says_it_to_people(plan_folder: Path, at: datetime) -> None:
    load(write(plan_folder, priority_areas=measures({**AIM, "readings": READINGS})), by="operator", at=at)
    done = CliRunner().invoke(group, ["progress", "--on", "2024-06-01"])
    assert done.stdout.splitlines()[:6] == [
        "Clean water (rivers-m1): reported",
        "  Off track: the rate so far is not enough to be at the target by the due date, even allowing for "
        "chance.",
        "  from: 61 (exact), 2021",
        "  judged: 64 (63 to 65.4), 2023",
        "  so far: +1.5 a year (+1 to +2.21)",
        "  needed: at least +3 a year",
    ]
    assert "Cannot tell yet: no target figure to compare with was published." in done.stdout


def test_a_key_that_is_not_there_and_a_day_that_is_none_are_refused(plan_folder: Path, at: datetime) -> None:
    load(write(plan_folder), by="operator", at=at)
    unknown = CliRunner().invoke(group, ["progress", "rivers-m9"])
    assert (unknown.exit_code, unknown.stderr) == (
        1, "Error: There is no success measure 'rivers-m9'; there are: rivers-m1, rivers-m2.\n",
    )  # fmt: skip
    no_day = CliRunner().invoke(group, ["progress", "--on", "yesterday"])
    assert (no_day.exit_code, no_day.stderr) == (
        2, "Error: 'yesterday' is no day; write it as 2026-03-01.\n",
    )  # fmt: skip


def test_nothing_is_made_up_for_the_bundled_measures(at: datetime) -> None:
    load_directory(FEDERAL, by="operator", at=at)
    load(FEDERAL, by="operator", at=at)
    index, trust = (found(f"pma-cx-m{number}", at.date()) for number in (1, 2))
    for told in (index, trust):
        assert told.progress is not None
        assert (told.progress.status, told.progress.reason) == ("cannot tell yet", "no_target")
        assert (told.direction, told.due, told.target_value) == (None, None, None)
    assert (index.reporting, trust.reporting) == ("not published", "being gathered")
    assert index.latest_reading is None
    assert index.progress is not None
    assert index.progress.start is not None
    assert (index.progress.start.as_of, index.progress.start.value, index.progress.start.low) == (
        "2021", 61.0, None,
    )  # fmt: skip


BEFORE: LikertCounts = (30, 50, 120, 400, 400)
AFTER: LikertCounts = (20, 30, 60, 440, 450)


@pytest.fixture
def computed(at: datetime, tmp_path: Path) -> Path:
    """The federal plan with trust bound to one service, whose figures of two quarters are computed."""
    load_directory(FEDERAL, by="operator", at=at)
    rows = (row("FY2021-Q1", "clinic", BEFORE), row("FY2022-Q1", "clinic", AFTER))
    write_exchange_file(rows, tmp_path / "surveys.csv")
    load_file(tmp_path / "surveys.csv", by="operator", at=at)
    compute_all(by="operator", at=at)
    (tmp_path / "plan").mkdir()
    for file in FEDERAL.glob("*.json"):
        (tmp_path / "plan" / file.name).write_bytes(file.read_bytes())
    return tmp_path / "plan"


def bind(folder: Path, at: datetime, **values: Any) -> SuccessMeasureFact:
    """Let the second measure of the federal plan aim at something, and judge it in spring 2022."""
    areas = json.loads((folder / "priority_areas.json").read_text())
    areas[0]["success_measures"][1].update(values)
    (folder / "priority_areas.json").write_text(json.dumps(areas))
    load(folder, by="operator", at=at)
    return found("pma-cx-m2", date(2022, 3, 1))


SERVICE = {"measure_level": "service", "measure_subject": "va-vha-2"}


def test_a_bound_measure_is_judged_by_the_figures_computed_here(computed: Path, at: datetime) -> None:
    told = bind(computed, at, **SERVICE, direction="up", target_value=0.88, due="FY2022-Q2")
    assert told.progress is not None
    assert (told.progress.status, told.reporting, told.pool) == ("on track", "reported", "stated")
    first, last = told.progress.start, told.progress.judged
    assert first is not None
    assert last is not None
    assert (first.as_of, first.value, first.n) == ("FY2021-Q1", 0.8, 1000)
    assert (last.as_of, last.value, last.definition) == ("FY2022-Q1", 0.89, "wilson, version 1")
    assert first.low is not None
    assert first.low < 0.8 < (first.high or 0)
    assert told.progress.actual_rate == pytest.approx(0.09 / (365 / 365.25))
    assert told.readings == ()
    assert MeasureReading.objects.count() == 0


def test_no_rate_is_told_where_another_survey_came(computed: Path, at: datetime, tmp_path: Path) -> None:
    write_exchange_file((row("FY2022-Q1", "pharmacy", AFTER),), tmp_path / "more.csv")
    load_file(tmp_path / "more.csv", by="operator", at=at)
    compute_all(by="operator", at=at)
    told = bind(computed, at, **SERVICE, direction="up", target_value=0.95, due="FY2022-Q4")
    assert told.progress is not None
    assert (told.progress.reason, told.progress.actual_rate) == ("other_surveys", None)
    assert told.latest_reading is not None
    assert told.latest_reading.n_surveys == 2


def test_a_bound_measure_without_a_target_still_shows_its_rate(computed: Path, at: datetime) -> None:
    told = bind(computed, at, **SERVICE)
    assert told.progress is not None
    assert (told.progress.reason, told.progress.needed_low) == ("no_target", None)
    assert told.progress.actual_low is not None
    assert told.progress.actual_low > 0


def test_a_baseline_quarter_names_the_figure_it_starts_from(computed: Path, at: datetime) -> None:
    told = bind(
        computed, at, **SERVICE, direction="up", target_value=0.9, due="FY2023-Q1", baseline_as_of="FY2022-Q1"
    )
    assert told.progress is not None
    assert told.progress.start is not None
    assert (told.progress.start.value, told.progress.reason, told.reporting) == (
        0.89, "one_reading", "being gathered",
    )  # fmt: skip


def test_a_pool_without_figures_has_none(computed: Path, at: datetime) -> None:
    told = bind(computed, at, **SERVICE, measure_pool="increased", direction="up", target_value=0.9)
    assert told.progress is not None
    assert (told.progress.reason, told.latest_reading, told.reporting) == (
        "no_reading", None, "being gathered",
    )  # fmt: skip


def test_a_count_is_exact(computed: Path, at: datetime) -> None:
    told = bind(computed, at, **SERVICE, measure_key="trust_answers", direction="up", target_value=2000)
    assert told.latest_reading is not None
    assert (told.latest_reading.low, told.latest_reading.value, told.latest_reading.high) == (1000,) * 3


def refuses(row: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_what_must_always_hold_is_held_by_the_database() -> None:
    area = PriorityArea.objects.create(key="rivers", number=1, title="Rivers")
    made = {"priority_area": area, "position": 1, "name": "Clean water", "kind": "external_index"}
    refuses(SuccessMeasure(key="a", direction="sideways", **made))
    refuses(SuccessMeasure(key="a", direction="keep", target_low=2, target_high=1, **made))
    measure = SuccessMeasure.objects.create(key="a", direction="keep", target_low=1, target_high=1, **made)
    for low, high in ((2.0, 3.0), (3.0, 2.0), (None, 2.0), (1.0, None), (0.0, 0.5)):
        refuses(MeasureReading(key="r", success_measure=measure, as_of="2023", value=1, low=low, high=high))
    MeasureReading.objects.create(key="r", success_measure=measure, as_of="2023", value=1, low=1, high=1)
