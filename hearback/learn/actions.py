"""Changing what is known of journeys."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from hearback.directory.queries import agency_ids, service_ids
from hearback.directory.rows import LoadReport, Table, Wanted, steps
from hearback.history.actions import record_many
from hearback.learn.models import Journey, PainPoint, Stage, Step


def _key(row: Any) -> str:
    key: str = row.key
    return key


TABLES = (
    Table("journey", Journey, _key, {"about": "service"}),
    Table("stage", Stage, _key),
    Table("step", Step, _key),
    Table("pain_point", PainPoint, _key),
)


@transaction.atomic
def load_journeys(wanted: Sequence[Wanted], *, by: str, at: datetime) -> LoadReport:
    """Bring what is known of journeys in line with what a file wants; all or nothing.

    What stands in the database and not in the file is left as it is and reported. Loading the same again
    changes nothing and writes no history.

    Raises:
        FileNotGood: if a link leads nowhere, or a row clashes with what is loaded.
    """
    report = LoadReport()
    changes = []
    known = {"agency": agency_ids(), "service": service_ids()}
    for step in steps(TABLES, wanted, known, report):
        try:
            step.row.save()
        except IntegrityError as problem:
            raise step.refused(problem) from problem
        step.set_many()
        changes.append(step.change)
    record_many(changes, by=by, at=at)
    return report
