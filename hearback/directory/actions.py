"""Changing the directory."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from hearback.directory.models import Agency, Designation, Identifier, Provider, Provision, Service, Website
from hearback.directory.rows import LoadReport, Table, Wanted, steps
from hearback.directory.wanted import designation_key, provision_key
from hearback.history.actions import record_many

TABLES = (
    Table("agency", Agency, lambda row: row.key, {"parent": "agency"}, follows="parent"),
    Table("provider", Provider, lambda row: row.key),
    Table("service", Service, lambda row: row.key, {"replaced_by": "service"}, follows="replaced_by"),
    Table(
        "provision", Provision, lambda row: provision_key(row.provider.key, row.service.key, row.starts_on)
    ),
    Table("designation", Designation, lambda row: designation_key(row.service.key, row.starts_on)),
    Table("website", Website, lambda row: row.address),
    Table("identifier", Identifier, lambda row: f"{row.scheme} {row.value}"),
)


@transaction.atomic
def load_directory(wanted: Sequence[Wanted], *, by: str, at: datetime) -> LoadReport:
    """Bring the directory in line with what files want; all or nothing.

    What stands in the database and not in the files is left as it is and reported. Loading the same again
    changes nothing and writes no history.

    Raises:
        FileNotGood: if a link leads nowhere, or round in a circle, or a row clashes with what is loaded.
    """
    report = LoadReport()
    changes = []
    for step in steps(TABLES, wanted, {}, report):
        try:
            step.row.save()
        except IntegrityError as problem:
            raise step.refused(problem) from problem
        changes.append(step.change)
    record_many(changes, by=by, at=at)
    return report
