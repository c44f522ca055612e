"""Bringing the archive of answers in line with the responses to forms."""

from collections import Counter
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import transaction

from hearback.collect.archive import Archive
from hearback.collect.intake.store import Store, Stored
from hearback.collect.models import Settlement
from hearback.collect.queries import answer_archive, forms, intake_store
from hearback.collect.rules import digest
from hearback.collect.settling import Asked, Measured, batch, measured
from hearback.history.actions import Change, record

AT_ONCE = 200_000
"""So many numbers of the store lie in one settlement at most: what a deletion makes to be done again."""

GROWS_TO = 20_000
"""A settlement grows until it has so many, so that frequent runs do not leave many small files."""


@dataclass(frozen=True)
class Settled:
    """What a run did: settlements made or made anew, the responses in them, the quarters that changed.

    `waiting` counts, by form and version as passports:2, all responses that are in no figure because the main
    database does not know what was asked, as after a restore from an older backup.
    """

    n_settlements: int
    n_responses: int
    quarters: tuple[str, ...]
    waiting: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Known:
    """What is known of the versions of forms: all that were published, and those that can be measured."""

    published: frozenset[str]
    measured: dict[tuple[str, int], Measured]


def settle(*, by: str, at: datetime, dry_run: bool = False) -> Settled:
    """Archive the responses that came since the last run, and settle anew where some were deleted.

    Days and quarters are those of the installation's zone; settlements by another are made anew. The cost is
    that of what changed. Each settlement is archived whole or not at all; broken off, the next
    run goes on.

    Raises:
        ArchiveNotValid, CodeNotValid: if the archive cannot be read.
        StoreNotReady: if the store of responses cannot be read.
    """
    known = _known()
    with intake_store() as store:
        wanted = _wanted(store, known.published)
        counts = [store.count_numbered(after, until) for after, until in wanted]
        quarters: set[str] = set()
        if not dry_run and wanted:
            archive = answer_archive()
            for (after, until), count in zip(wanted, counts, strict=True):
                quarters |= set(_settle(store, archive, known, (after, until, count), at=at))
            _note(len(wanted), sum(counts), by=by, at=at)
    waiting = _added_up(Settlement.objects.exclude(waiting={}).values_list("waiting", flat=True))
    return Settled(len(wanted), sum(counts), tuple(sorted(quarters)), waiting)


def _added_up(counts: Iterable[dict[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for one in counts:
        total.update(one)
    return dict(sorted(total.items()))


def _wanted(store: Store, published: Set[str]) -> list[tuple[int, int]]:
    """Give the spans of numbers to settle: those that changed, and those that are new.

    One changed that lost responses, whose days were of another zone, or that waits for what is known by now.
    """
    made = list(Settlement.objects.all())
    lost = [
        (one.after, one.until)
        for one in made
        if one.zone != str(settings.ZONE)
        or not published.isdisjoint(one.waiting)
        or store.count_numbered(one.after, one.until) != one.count
    ]
    last = store.last_number()
    start = made[-1].until if made else 0
    if last <= start:
        return lost
    if made and made[-1].count < GROWS_TO:
        start = made[-1].after
        lost = [span for span in lost if span[0] != start]
    return lost + [(first, min(first + AT_ONCE, last)) for first in range(start, last, AT_ONCE)]


def _known() -> Known:
    known, published = {}, set()
    for form in forms():
        for one in form.versions:
            if one.state != "published":
                continue
            published.add(f"{form.key}:{one.number}")
            asked = Asked(
                form.key,
                one.number,
                form.service_key,
                form.provider_key,
                one.instrument,
                one.question_versions,
            )
            found = measured(asked)
            if found is not None:
                known[form.key, one.number] = found
    return Known(frozenset(published), known)


def _settle(
    store: Store,
    archive: Archive,
    known: Known,
    span: tuple[int, int, int],
    *,
    at: datetime,
) -> list[str]:
    after, until, count = span
    book = archive.codes()
    waiting: Counter[str] = Counter()
    asked = _of_known(store.numbered(after, until), known.published, waiting)
    grown = archive.append(
        batch(asked, known.measured, book, settings.ZONE), book, digest("forms", str(after))
    )
    made = {"until": until, "count": count, "made_at": at, "zone": str(settings.ZONE), "waiting": waiting}
    with transaction.atomic():
        Settlement.objects.update_or_create(after=after, defaults=made)
    return grown


def _of_known(responses: Iterable[Stored], published: Set[str], waiting: Counter[str]) -> Iterator[Stored]:
    """Give the responses to versions that were published, and count the others."""
    for one in responses:
        asked = f"{one.response.form}:{one.response.version}"
        if asked in published:
            yield one
        else:
            waiting[asked] += 1


@transaction.atomic
def _note(n_settlements: int, n_responses: int, *, by: str, at: datetime) -> None:
    made = {"settlements": n_settlements, "responses": n_responses}
    record(Change("responses.settled", "archive", "answers", after=made), by=by, at=at)
