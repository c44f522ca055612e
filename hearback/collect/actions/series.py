"""Find, after a file is loaded, where the trust question was put or answered in another way than before."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise

from django.db import transaction

from hearback.collect.importers import IMPORTERS
from hearback.collect.models import Finding, ReportedQuestion
from hearback.collect.parsed import Oddity
from hearback.collect.target import Target
from hearback.history.actions import Change, record

KINDS = {"wording_class": "wording_changed", "scale": "scale_changed"}
"""What may change from one quarter to the next, and the finding that says so."""

CHUNK = 300
COLUMNS = {importer.kind: importer.names["trust"] for importer in IMPORTERS}


@dataclass(frozen=True)
class _Asked:
    """The trust question of one survey in one quarter."""

    series: str
    quarter: str
    survey_id: int
    file_id: int
    file_row: int
    wording_class: str
    scale: str


@transaction.atomic(savepoint=False)
def note_changed_wordings(target: Target, *, by: str, at: datetime) -> None:
    """Bring the findings about changed wordings up to date in every series that the file touched.

    A quarter loaded late also changes what is said of the quarter after it, which may stand in another file.
    """
    changed = 0
    for chunk in target.spool.series(CHUNK):
        rows = {survey: row for _, found in chunk for survey, row in found.items()}
        changed += _bring_up_to_date([name for name, _ in chunk], rows, target)
    if changed and not target.is_new:
        after = {"findings_changed": changed}
        record(
            Change("file.findings_changed", "imported_file", target.file.sha256, None, after), by=by, at=at
        )


def _bring_up_to_date(series: list[str], rows: dict[int, int], target: Target) -> int:
    asked = _asked(series)
    fresh = [
        finding
        for later, kind, message in _breaks(asked)
        for finding in _findings(later, kind, message, rows, target)
    ]
    for finding in fresh:
        if finding.file_id == target.file.pk:
            target.spool.find(finding.row, [Oddity(finding.kind, finding.column, finding.message)])
    there = list(
        Finding.objects.filter(kind__in=KINDS.values(), survey_id__in={one.survey_id for one in asked})
    )
    wanted = {(finding.survey_id, finding.message) for finding in fresh}
    known = {(finding.file_id, finding.row, finding.message) for finding in there}
    stale = [finding.pk for finding in there if (finding.survey_id, finding.message) not in wanted]
    missing = [finding for finding in fresh if (finding.file_id, finding.row, finding.message) not in known]
    if stale:
        Finding.objects.filter(pk__in=stale).delete()
    Finding.objects.bulk_create(missing)
    return len(stale) + len(missing)


def _asked(series: list[str]) -> list[_Asked]:
    found = (
        ReportedQuestion.objects.filter(question="trust", survey__series__in=series, survey__variant=1)
        .exclude(wording_class__in=("not_asked", "unknown"))
        .order_by("survey__series", "survey__quarter")
        .values_list(
            "survey__series",
            "survey__quarter",
            "survey_id",
            "survey__file_id",
            "survey__file_row",
            "wording_class",
            "scale",
        )
    )
    return [_Asked(*values) for values in found]


def _breaks(asked: Iterable[_Asked]) -> Iterator[tuple[_Asked, str, str]]:
    """Give each quarter that differs from the one before in its series, the kind of finding, the message."""
    for _, quarters in groupby(asked, key=lambda one: one.series):
        for earlier, later in pairwise(quarters):
            for name, kind in KINDS.items():
                before, after = getattr(earlier, name), getattr(later, name)
                if before != after and "unknown" not in {before, after}:
                    yield later, kind, _told(before, after, earlier.quarter)


def _told(before: str, after: str, quarter: str) -> str:
    return (
        f"The trust question is {after} here and was {before} in {quarter}. "
        "The two quarters cannot be compared."
    )


def _findings(
    later: _Asked, kind: str, message: str, rows: dict[int, int], target: Target
) -> Iterator[Finding]:
    places = {later.file_id: later.file_row}
    if later.survey_id in rows:
        places[target.file.pk] = rows[later.survey_id]
    for file_id, row in places.items():
        column = COLUMNS[target.kinds[file_id]]
        yield Finding(
            file_id=file_id, survey_id=later.survey_id, row=row, column=column, kind=kind, message=message
        )
