"""From the data file of journeys to the rows it wants."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from hearback.directory.nested import Place, ReadRecord, check_rows_once, rows_of_file
from hearback.directory.rows import Wanted
from hearback.learn.records import JourneyRecord, PainPointRecord, StageRecord
from hearback.learn.rules import QUANTITIES, NamingNotValid, RangeNotValid, check_naming, check_range
from hearback.measure.rules import MEASURES

JOURNEYS = "journeys.json"


class JourneyPlace(Place):
    """A journey of the file: makes the rows that it wants."""

    def check(self, kind: str, record: ReadRecord, values: Mapping[str, Any]) -> None:
        """Check the quantities and the measure of a step, and who names a pain point.

        Raises:
            FileNotGood: naming the field and what to do.
        """
        if kind == "step":
            for name in QUANTITIES:
                try:
                    check_range(*(values[part] for part in (f"{name}_low", name, f"{name}_high")))
                except RangeNotValid as problem:
                    what = self.field(kind, record, name)
                    raise self.problem(what, str(problem), "correct them, or write null") from problem
            self._check_measure(record, values["measure_key"])
        if kind == "pain_point":
            try:
                check_naming(values["naming_count"], values["asked_count"])
            except NamingNotValid as problem:
                what = self.field(kind, record, "naming_count")
                raise self.problem(what, str(problem), "correct the two, or write null for both") from problem

    def _check_measure(self, record: ReadRecord, key: str | None) -> None:
        if key is not None and key not in MEASURES:
            raise self.problem(
                self.field("step", record, "measure_key"), f"there is no measure '{key}'",
                f"write one of {', '.join(MEASURES)}, or null",
            )  # fmt: skip


def read_folder(folder: Path) -> list[Wanted]:
    """Read the journeys of a folder.

    Raises:
        FileNotGood: naming file, record, field and what to do.
    """
    rows = list(rows_of_file(folder / JOURNEYS, JourneyRecord, JourneyPlace, journey_rows))
    check_rows_once(rows)
    return rows


def journey_rows(place: JourneyPlace, journey: JourneyRecord, _: int) -> Iterator[Wanted]:
    """Give a journey with its stages, their steps, and its pain points."""
    yield place.row("journey", journey, links={"about": journey.about})
    for position, stage in enumerate(journey.stages, 1):
        yield from stage_rows(place, stage, journey.key, position)
    known = {stage.key for stage in journey.stages}
    for position, point in enumerate(journey.pain_points, 1):
        yield pain_point_row(place, point, journey.key, known, position)


def stage_rows(place: JourneyPlace, stage: StageRecord, journey: str, position: int) -> Iterator[Wanted]:
    """Give a stage with its steps."""
    yield place.row("stage", stage, links={"journey": journey}, position=position)
    for number, step in enumerate(stage.steps, 1):
        yield place.row("step", step, links={"stage": stage.key, "agency": step.agency}, position=number)


def pain_point_row(
    place: JourneyPlace, point: PainPointRecord, journey: str, stages: set[str], position: int
) -> Wanted:
    """Give a pain point; its stage must be one of the same journey.

    Raises:
        FileNotGood: if it is not.
    """
    if point.stage is not None and point.stage not in stages:
        raise place.problem(
            place.field("pain_point", point, "stage"), f"this journey has no stage '{point.stage}'",
            "write the key of one of its stages, or null",
        )  # fmt: skip
    return place.row("pain_point", point, links={"journey": journey, "stage": point.stage}, position=position)
