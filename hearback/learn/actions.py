"""Changing what is known of journeys."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from hearback.directory.files import problem_in
from hearback.directory.rows import LoadReport, Step, Table, Wanted, steps
from hearback.history.actions import record_many
from hearback.learn import models
from hearback.learn.evidence import check, cited_there, links_of
from hearback.learn.queries import ids_of_others
from hearback.learn.rules import NotPublishable, check_evidence, existing


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
    Table("persona", models.Persona, _key),  # this and the next cite what stands before
    Table("insight", models.Insight, _key),
)


@transaction.atomic
def load_journeys(wanted: Sequence[Wanted], *, by: str, at: datetime) -> LoadReport:
    """Bring what is known of journeys in line with what a file wants; all or nothing.

    What stands in the database and not in the file is left as it is and reported. Loading the same again
    changes nothing and writes no history. A link to evidence that is not there is told in the report: it may
    come later, as a figure does that is not computed yet.

    Raises:
        FileNotGood: if a link leads nowhere, a row clashes with what is loaded, or an insight or a persona is
            to be published and nothing that it cites is there.
    """
    report = LoadReport()
    changes = []
    for step in steps(TABLES, wanted, ids_of_others(), report):
        if isinstance(step.row, models.Insight | models.Persona):
            _count_evidence(step.row, step)
        try:
            step.row.save()
        except IntegrityError as problem:
            raise step.refused(problem) from problem
        step.set_many()
        changes.append(step.change)
    record_many(changes, by=by, at=at)
    report.not_there += [str(one) for one in check().lost]
    return report


def _count_evidence(row: models.Insight | models.Persona, step: Step) -> None:
    links = links_of(row)
    row.evidence_count = len(existing(links, cited_there(links)))
    try:
        check_evidence(row.published, row.evidence_count)
    except NotPublishable as problem:
        raise problem_in(
            step.wanted.file, step.wanted.record, f"{step.wanted.kind} {row.key}.evidence", str(problem),
            "cite what is there, or leave it unpublished",
        ) from problem  # fmt: skip
