"""Changing what is known of journeys."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from hearback.directory.files import problem_in
from hearback.directory.rows import LoadReport, Step, Table, Wanted, steps
from hearback.history.actions import record_many
from hearback.learn import models
from hearback.learn.queries import evidence_is_there, ids_of_others
from hearback.learn.rules import Link, NotPublishable, check_insight, existing


def _key(row: Any) -> str:
    key: str = row.key
    return key


TABLES = (
    Table("journey", models.Journey, _key, {"about": "service"}),
    Table("stage", models.Stage, _key),
    Table("step", models.Step, _key),
    Table("pain_point", models.PainPoint, _key),
    Table("story", models.Story, _key),
    Table("study", models.Study, _key),
    Table("observation", models.Observation, _key),
    Table("highlight", models.Highlight, _key),
    Table("insight", models.Insight, _key),  # the last, as it cites what stands before
)


@transaction.atomic
def load_journeys(wanted: Sequence[Wanted], *, by: str, at: datetime) -> LoadReport:
    """Bring what is known of journeys in line with what a file wants; all or nothing.

    What stands in the database and not in the file is left as it is and reported. Loading the same again
    changes nothing and writes no history.

    Raises:
        FileNotGood: if a link leads nowhere, a row clashes with what is loaded, or an insight is to be
            published and nothing that it cites is there.
    """
    report = LoadReport()
    changes = []
    for step in steps(TABLES, wanted, ids_of_others(), report):
        if isinstance(step.row, models.Insight):
            _count_evidence(step.row, step)
        try:
            step.row.save()
        except IntegrityError as problem:
            raise step.refused(problem) from problem
        step.set_many()
        changes.append(step.change)
    record_many(changes, by=by, at=at)
    return report


def _count_evidence(insight: models.Insight, step: Step) -> None:
    links = [Link(one["kind"], one["cited"], one["url"]) for one in insight.evidence]
    insight.evidence_count = len(existing(links, evidence_is_there))
    try:
        check_insight(insight.published, insight.evidence_count)
    except NotPublishable as problem:
        raise problem_in(
            step.wanted.file, step.wanted.record, f"insight {insight.key}.evidence", str(problem),
            "cite what is there, or leave it unpublished",
        ) from problem  # fmt: skip
