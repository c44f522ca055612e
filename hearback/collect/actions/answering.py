"""Import answers of single persons: read all of the file, then archive it in one step."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec
import numpy as np
from django.conf import settings
from django.db import transaction
from numpy.typing import NDArray

from hearback.collect import queries
from hearback.collect.answers.batches import (
    batch_of,
    form_of,
    held_from,
    is_archived,
    n_under_other_periods,
    quarters_of,
)
from hearback.collect.answers.layout import Layout, ReadFile, decode_layout, refused, source_of
from hearback.collect.answers.layout_rules import check_layout
from hearback.collect.answers.reading import Responses, read_answers
from hearback.collect.answers.rows import ZERO_WEIGHT
from hearback.collect.answers.weighting import (
    Margins,
    MarginsNotValid,
    WeightingNotPossible,
    decode_margins,
    rake,
    start_weights,
)
from hearback.collect.archive import Batch, BatchNotValid, CodeBook, CodeNotValid
from hearback.collect.models import Finding, ImportedFile
from hearback.collect.originals import copied, keep_original
from hearback.collect.parsed import FileRefused, Oddity
from hearback.collect.places import known_places
from hearback.collect.spool import Spool
from hearback.fiscal import Period
from hearback.history.actions import Change, record

KIND = "answers"
EVERY_WEIGHT_IS_ZERO = (
    "Every weight in the file is zero, so its answers would count for nobody. Name the column that has the "
    "weights in the layout, or take `weight` out of it to let everybody count once."
)
COUNTS = ("rows_read", "rows_loaded", "rows_rejected")


class WeightingReport(msgspec.Struct, frozen=True):
    """What raking did: how far the weights moved, and how much their inequality costs."""

    groups: tuple[str, ...]
    rounds: int
    min_ratio: float
    max_ratio: float
    kish_effect: float
    n: int
    n_eff: float
    should_trim: bool


class AnswersReport(msgspec.Struct):
    """What an import of answers did. Rejections and findings are in the spool it was given.

    `rows_loaded` is how many rows now stand in the archive, whether or not that changed anything, and 0 where
    nothing was loaded, which is where the file was `refused`; `n_replaced` how many responses of the same
    survey and period they took the place of.
    """

    file: str
    sha256: str
    survey: str
    period: str
    kind: str = KIND
    rows_read: int = 0
    rows_loaded: int = 0
    rows_rejected: int = 0
    changed: bool = False
    n_replaced: int = 0
    refused: bool = False
    quarters: dict[str, int] = msgspec.field(default_factory=dict)
    weighting: WeightingReport | None = None

    @property
    def is_whole(self) -> bool:
        """Say whether all of the file was loaded: no row was rejected, and the file was not refused."""
        return not self.refused and not self.rows_rejected


@dataclass(frozen=True)
class HowToRead:
    """How a file is to be read: its layout, margins to weight to, and what to do about rows that are bad.

    With `keep_good` the good rows of a file that also has bad ones may take the place of earlier answers.
    """

    layout: ReadFile
    margins: ReadFile | None = None
    keep_good: bool = False


@dataclass(frozen=True)
class _Order:
    """What is to be read and how: files that are kept, and what was made of them."""

    copy: Path
    layout_file: ReadFile
    layout: Layout
    period: Period
    provider: str
    service: str
    margins_file: ReadFile | None
    margins: Margins
    keep_good: bool
    oddities: tuple[Oddity, ...]

    @property
    def key(self) -> str:
        return f"{self.layout.survey} {self.layout.period}"

    @property
    def source(self) -> str:
        return source_of(self.layout.survey, self.layout.period)

    @property
    def is_weighted(self) -> bool:
        return self.layout.weight is not None or bool(self.margins)


def import_answers(
    path: Path, how: HowToRead, spool: Spool, *, by: str, at: datetime, dry_run: bool = False
) -> AnswersReport:
    """Archive the answers of a file. They take the place of those of the same survey and period.

    Rows that cannot be read are rejected and told, the others are loaded; but they take no earlier answers'
    place unless `how.keep_good`. A file that cannot be read changes nothing, and neither does one whose
    answers are archived already.

    Raises:
        LayoutNotValid: if the layout cannot be used, or names a service or provider not in the directory.
        MarginsNotValid: if the margins cannot be used.
        ArchiveNotValid: if the archive cannot be read.
    """
    copy, sha256 = copied(path, spool.folder)
    order = _order(copy, how)
    report = AnswersReport(path.name, sha256, order.layout.survey, order.layout.period)
    try:
        start_month = settings.FISCAL_YEAR_STARTS
        responses = read_answers(copy, order.layout, order.period, start_month, spool)
        report.rows_read, report.rows_rejected = responses.rows_read, responses.rows_rejected
        if len(responses):
            _load(responses, order, report, by=by, at=at, dry_run=dry_run)
            spool.find(1, order.oddities)
        elif all(one["message"] == ZERO_WEIGHT for one in spool.rejections()):
            spool.reject(None, None, order.layout.weight, EVERY_WEIGHT_IS_ZERO)
    except FileRefused as problem:
        spool.reject(problem.row, None, problem.column, problem.message)
        _nothing_loaded(report)
    except (BatchNotValid, CodeNotValid, WeightingNotPossible) as problem:
        spool.reject(None, None, None, f"{problem}.")
        _nothing_loaded(report)
    report.refused = not report.rows_loaded
    return report


def _nothing_loaded(report: AnswersReport) -> None:
    """Take back what the report says of an import that came to nothing."""
    report.rows_loaded, report.changed, report.n_replaced = 0, False, 0
    report.quarters, report.weighting = {}, None


def _order(copy: Path, how: HowToRead) -> _Order:
    layout_file, margins_file = how.layout, how.margins
    layout = decode_layout(layout_file)
    period = check_layout(layout, layout_file.name, settings.FISCAL_YEAR_STARTS)
    places = known_places()
    provider, service = places.providers.get(layout.provider), places.services.get(layout.service)
    for what, code, found in (("provider", layout.provider, provider), ("service", layout.service, service)):
        if found is None:
            raise refused(
                layout_file.name, what, f"the directory knows no {what} with the code {code[:60]!r}",
                "add it to the directory with `hearback directory load`, or correct the code",
            )  # fmt: skip
    assert provider is not None  # noqa: S101 - refused above
    assert service is not None  # noqa: S101 - refused above
    odd: tuple[Oddity, ...] = ()
    if (provider, service) not in places.provisions:
        message = f"The directory knows provider {provider} and service {service}, but no link between them."
        odd = (Oddity("service_not_linked_to_provider", None, message),)
    margins = {} if margins_file is None else decode_margins(margins_file, layout)
    return _Order(
        copy, layout_file, layout, period, provider, service, margins_file, margins, how.keep_good, odd
    )  # fmt: skip


def _load(
    responses: Responses, order: _Order, report: AnswersReport, *, by: str, at: datetime, dry_run: bool
) -> None:
    archive = queries.answer_archive()
    others = n_under_other_periods(archive, order.source, order.layout.survey, order.period)
    if others:
        raise refused(
            order.layout_file.name, "period",
            f"{others:,} answers to {order.layout.survey} within {order.layout.period} are archived under "
            "another period or from another kind of file, and would count twice",
            "give the period of that import, which history names, to put this file in its place",
        )  # fmt: skip
    book = archive.codes()
    form = form_of(order.layout, order.provider, order.service, weighted=order.is_weighted)
    batch = batch_of(responses, order.layout, form, book, _weights(responses, order, report))
    report.quarters = quarters_of(batch, archive.fiscal_year_starts)
    report.rows_loaded = len(batch)
    report.changed = not is_archived(archive, order.source, batch)
    report.n_replaced = sum(held_from(archive, order.source).values()) if report.changed else 0
    if report.n_replaced and report.rows_rejected and not order.keep_good:
        raise FileRefused(
            f"{report.rows_rejected:,} rows were rejected, and {report.n_replaced:,} answers to "
            f"{order.layout.survey} of {order.layout.period} are archived. Correct the rows, or add "
            f"--keep-good to put the {report.rows_loaded:,} good rows in the place of those."
        )
    if not dry_run:
        _write(batch, book, order, report, by=by, at=at)


def _weights(responses: Responses, order: _Order, report: AnswersReport) -> NDArray[np.int64] | None:
    if order.margins_file is None:
        return start_weights(responses) if order.is_weighted else None
    raked = rake(responses, order.layout, order.margins, order.margins_file.name)
    cost = raked.effects
    report.weighting = WeightingReport(
        tuple(order.margins), raked.rounds, cost.min_ratio, cost.max_ratio, cost.deff_kish, cost.n,
        cost.n_eff, cost.should_trim,
    )  # fmt: skip
    return raked.weights


@transaction.atomic
def _write(
    batch: Batch, book: CodeBook, order: _Order, report: AnswersReport, *, by: str, at: datetime
) -> None:
    """Write history first and the archive last: whatever stops half-way leaves both as they were."""
    _note_file(order, report, by=by, at=at)
    _keep_originals(order, report.sha256)
    if not report.changed:
        return
    archive = queries.answer_archive()
    held = held_from(archive, order.source)
    after = {
        "file": report.sha256,
        "layout": order.layout_file.sha256,
        "margins": order.margins_file.sha256 if order.margins_file else None,
        **{name: getattr(report, name) for name in COUNTS},
        "quarters": report.quarters,
    }
    verb = "answers.replaced" if held else "answers.archived"
    change = Change(verb, "answers", order.key, {"quarters": held} if held else None, after)
    record(change, by=by, at=at)
    archive.append(batch, book, order.source)


def _keep_originals(order: _Order, sha256: str) -> None:
    """Keep the file with the layout and the margins by which it was read."""
    keep_original(order.copy, sha256)
    for number, kept in enumerate((order.layout_file, order.margins_file)):
        if kept is not None:
            copy = order.copy.with_name(f"kept-{number}.json")
            copy.write_bytes(kept.data)
            keep_original(copy, kept.sha256)


def _note_file(order: _Order, report: AnswersReport, *, by: str, at: datetime) -> None:
    """Note the file among those from which something was loaded, and what is odd about it."""
    counted = {name: getattr(report, name) for name in COUNTS}
    first = {"kind": KIND, "name": report.file[-255:], "imported_at": at, "by": by, **counted}
    kept, is_new = ImportedFile.objects.get_or_create(sha256=report.sha256, defaults=first)
    before = {name: getattr(kept, name) for name in COUNTS}
    if is_new:
        Finding.objects.bulk_create(
            Finding(file=kept, row=1, column=one.column, kind=one.kind, message=one.message)
            for one in order.oddities
        )
        after = {"name": kept.name, "kind": KIND, **counted}
        record(Change("file.loaded", "imported_file", kept.sha256, None, after), by=by, at=at)
    elif before != counted:
        ImportedFile.objects.filter(pk=kept.pk).update(**counted)
        record(Change("file.loaded_again", "imported_file", kept.sha256, before, counted), by=by, at=at)


__all__ = ["AnswersReport", "HowToRead", "MarginsNotValid", "import_answers"]
