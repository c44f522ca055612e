"""From the data file of journeys to the rows it wants."""

from collections.abc import Iterator, Mapping
from typing import Any

from hearback.directory.nested import Place, ReadRecord
from hearback.directory.rows import Wanted
from hearback.learn.records import (
    InsightRecord,
    JourneyRecord,
    PainPointRecord,
    StageRecord,
    StoryRecord,
    StudyRecord,
)
from hearback.learn.rules import (
    QUANTITIES,
    Link,
    LinkNotValid,
    NamingNotValid,
    NotPublishable,
    RangeNotValid,
    check_address,
    check_link,
    check_naming,
    check_range,
    check_story,
)
from hearback.measure.rules import MEASURES

JOURNEYS = "journeys.json"


class JourneyPlace(Place):
    """A journey of the file: makes the rows that it wants."""

    def check(self, kind: str, record: ReadRecord, values: Mapping[str, Any]) -> None:
        """Check a step, who names a pain point, the consent to a story, links to evidence and files.

        Raises:
            FileNotGood: naming the field and what to do.
        """
        checks = {
            "step": self._check_step, "pain_point": self._check_pain_point, "story": self._check_story,
            "study": self._check_study, "insight": self._check_links, "persona": self._check_links,
        }  # fmt: skip
        if kind in checks:
            checks[kind](record, values)

    def _check_step(self, record: ReadRecord, values: Mapping[str, Any]) -> None:
        for name in QUANTITIES:
            try:
                check_range(*(values[part] for part in (f"{name}_low", name, f"{name}_high")))
            except RangeNotValid as problem:
                what = self.field("step", record, name)
                raise self.problem(what, str(problem), "correct them, or write null") from problem
        key = values["measure_key"]
        if key is not None and key not in MEASURES:
            raise self.problem(
                self.field("step", record, "measure_key"), f"there is no measure '{key}'",
                f"write one of {', '.join(MEASURES)}, or null",
            )  # fmt: skip

    def _check_pain_point(self, record: ReadRecord, values: Mapping[str, Any]) -> None:
        try:
            check_naming(values["naming_count"], values["asked_count"])
        except NamingNotValid as problem:
            what = self.field("pain_point", record, "naming_count")
            raise self.problem(what, str(problem), "correct the two, or write null for both") from problem

    def _check_story(self, record: ReadRecord, values: Mapping[str, Any]) -> None:
        try:
            check_story(values["published"], values["composite"], values["consent"])
        except NotPublishable as problem:
            what = self.field("story", record, "consent")
            raise self.problem(what, str(problem), "write how, or leave it unpublished") from problem

    def _check_study(self, record: ReadRecord, values: Mapping[str, Any]) -> None:
        for number, file in enumerate(values["files"], 1):
            try:
                check_address(file["url"])
            except LinkNotValid as problem:
                what = self.field("study", record, f"files[{number}]")
                raise self.problem(what, str(problem), "give the address of the file") from problem

    def _check_links(self, record: ReadRecord, values: Mapping[str, Any]) -> None:
        kind = "insight" if isinstance(record, InsightRecord) else "persona"
        for number, link in enumerate(values["evidence"], 1):
            try:
                check_link(Link(link["kind"], link["cited"], link["url"]))
            except LinkNotValid as problem:
                what = self.field(kind, record, f"evidence[{number}]")
                raise self.problem(what, str(problem), problem.remedy) from problem

    def check_stage(self, within: str, record: PainPointRecord | StoryRecord, stages: set[str]) -> None:
        """Check that the stage of a pain point or story is one of the same journey.

        Raises:
            FileNotGood: if it is not.
        """
        if record.stage is not None and record.stage not in stages:
            raise self.problem(
                f"{within}[{record.key}].stage", f"this journey has no stage '{record.stage}'",
                "write the key of one of its stages, or null",
            )  # fmt: skip


def journey_rows(place: JourneyPlace, journey: JourneyRecord, _: int) -> Iterator[Wanted]:
    """Give a journey with its stages and steps, pain points, stories, studies, personas and insights."""
    yield place.row("journey", journey, links={"about": journey.about})
    for position, stage in enumerate(journey.stages, 1):
        yield from stage_rows(place, stage, journey.key, position)
    known = {stage.key for stage in journey.stages}
    mine = {"journey": journey.key}
    for position, point in enumerate(journey.pain_points, 1):
        place.check_stage("pain_points", point, known)
        yield place.row("pain_point", point, links={**mine, "stage": point.stage}, position=position)
    for position, story in enumerate(journey.stories, 1):
        place.check_stage("stories", story, known)
        yield place.row("story", story, links={**mine, "stage": story.stage}, position=position)
    for position, study in enumerate(journey.studies, 1):
        yield from study_rows(place, study, journey.key, position)
    for position, persona in enumerate(journey.personas, 1):
        yield place.row("persona", persona, links=mine, position=position)
    for position, insight in enumerate(journey.insights, 1):
        yield place.row("insight", insight, links=mine, position=position)


def stage_rows(place: JourneyPlace, stage: StageRecord, journey: str, position: int) -> Iterator[Wanted]:
    """Give a stage with its steps."""
    yield place.row("stage", stage, links={"journey": journey}, position=position)
    for number, step in enumerate(stage.steps, 1):
        yield place.row("step", step, links={"stage": stage.key, "agency": step.agency}, position=number)


def study_rows(place: JourneyPlace, study: StudyRecord, journey: str, position: int) -> Iterator[Wanted]:
    """Give a study with what was seen and heard in it."""
    yield place.row("study", study, links={"journey": journey}, position=position)
    for number, observation in enumerate(study.observations, 1):
        yield place.row("observation", observation, links={"study": study.key}, position=number)
    for number, highlight in enumerate(study.highlights, 1):
        yield place.row("highlight", highlight, links={"study": study.key}, position=number)
