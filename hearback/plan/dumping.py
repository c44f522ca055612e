"""From the rows of the plan back to the data files that make them."""

from collections.abc import Iterator
from typing import Any, TypeVar

import msgspec
from django.db.models import Manager, Model

from hearback.plan.models import Commitment, Funding, LifeExperience, PriorityArea, Update
from hearback.plan.records import (
    AreaRecord,
    CommitmentRecord,
    ExperienceRecord,
    FundingRecord,
    ReadRecord,
    UpdateRecord,
)
from hearback.plan.wanted import AREAS, COMMITMENTS, EXPERIENCES, FUNDING, UPDATES, records_within

FILES: dict[str, tuple[type[ReadRecord], type[Model]]] = {
    AREAS: (AreaRecord, PriorityArea),
    EXPERIENCES: (ExperienceRecord, LifeExperience),
    COMMITMENTS: (CommitmentRecord, Commitment),
    FUNDING: (FundingRecord, Funding),
    UPDATES: (UpdateRecord, Update),
}
"""What each file holds, and the table of its records."""

R = TypeVar("R", bound=ReadRecord)


def dumped() -> Iterator[tuple[str, bytes, int]]:
    """Give every file of the plan: its name, its text as JSON, and how many records it has.

    Reading them again changes nothing. What is not known is null.
    """
    for file, (kind, model) in FILES.items():
        records = [record_of(kind, row) for row in model._default_manager.all()]
        text = msgspec.json.format(msgspec.json.encode(records), indent=1)
        yield file, text + b"\n", len(records)


def record_of(kind: type[R], row: Model) -> R:
    """Make the record of a row, with the records of all rows that belong to it."""
    within = records_within(kind)
    held = {name: _value(getattr(row, name), within.get(name)) for name in kind.__struct_fields__}
    return msgspec.convert(held, kind)


def _value(found: Any, kind: type[ReadRecord] | None) -> Any:
    if isinstance(found, Manager):
        rows = found.all()
        if kind is None:
            return list(rows.order_by("key").values_list("key", flat=True))
        return [msgspec.to_builtins(record_of(kind, row)) for row in rows]
    return _key(found) if isinstance(found, Model) else found


def _key(row: Any) -> str:
    key: str = row.key
    return key
