"""From columns of numbers to what the archive takes, and whether the archive holds it already."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from hearback.collect.answers.layout import Layout
from hearback.collect.answers.layout_rules import EPOCH
from hearback.collect.answers.reading import Responses
from hearback.collect.answers.rows import levels_of
from hearback.collect.archive import NOT_KNOWN, Archive, ArchiveNotValid, Batch, CodeBook, Form, Item
from hearback.fiscal import Period, parse_quarter, quarter_of_day


def form_of(layout: Layout, provider: str, service: str, *, weighted: bool) -> Form:
    """Give the form that a layout describes, about a service and a provider of the directory."""
    items = tuple(
        Item(one.question, one.version, one.wording, one.wording_class, one.scale, one.shown_when)
        for one in layout.questions
    )
    return Form(
        layout.survey, service, provider, items, tuple(layout.groups), layout.version, layout.name,
        layout.timing, weighted, layout.sample_type,
    )  # fmt: skip


def batch_of(
    responses: Responses, layout: Layout, form: Form, book: CodeBook, weights: NDArray[np.int64] | None
) -> Batch:
    """Bring responses into the codes of the archive; what the book lacks is added to it.

    Raises:
        CodeNotValid: if the book has another form under the survey and version, or no room for a level.
        BatchNotValid: if a weight is not above 0 or too large.
    """
    columns = responses.columns
    groups = {}
    for name, group in layout.groups.items():
        codes = np.array([NOT_KNOWN, *(book.level(name, level) for level in levels_of(group))], dtype=np.int8)
        groups[name] = codes[columns[f"g_{name}"]]
    return Batch(
        days=columns["day"],
        contexts=_contexts(responses, form, book),
        answers={one.question: columns[f"q_{one.question}"] for one in layout.questions},
        groups=groups,
        weights=weights,
    )


def _contexts(responses: Responses, form: Form, book: CodeBook) -> NDArray[Any]:
    channels, languages = responses.words["channel"], responses.words["language"]
    pair = responses.columns["channel"].astype(np.int32) * len(languages) + responses.columns["language"]
    pairs, place = np.unique(pair, return_inverse=True)
    codes = [
        book.context(form, channels[number // len(languages)], languages[number % len(languages)])
        for number in pairs.tolist()
    ]
    return np.array(codes, dtype=np.int32)[place]


def held_from(archive: Archive, source: str) -> dict[str, int]:
    """Count the responses that the archive holds from a source, by quarter.

    Raises:
        ArchiveNotValid: if the list of files cannot be read.
    """
    counted = {
        quarter: sum(file.n_responses for file in files if file.source == source)
        for quarter, files in archive.listed().items()
    }
    return {quarter: n for quarter, n in counted.items() if n}


def n_under_other_periods(archive: Archive, source: str, survey: str, period: Period) -> int:
    """Count responses to a survey in a period that came from another source: they would count twice.

    Raises:
        CodeNotValid, ArchiveNotValid: if the archive cannot be read.
    """
    book = archive.codes()
    contexts = [code for code, (form, _, _) in enumerate(book.contexts) if book.forms[form].survey == survey]
    days = [(day - EPOCH).days for day in (period.starts_on, period.ends_before)]
    if not contexts:
        return 0
    wanted = (pc.field("day") >= days[0]) & (pc.field("day") < days[1]) & pc.field("context").isin(contexts)
    return sum(
        _read(archive.path(quarter, file), columns=["day"], filters=wanted).num_rows
        for quarter, files in archive.listed().items()
        if _may_hold(quarter, period, archive.fiscal_year_starts)
        for file in files
        if file.source != source
    )


def _may_hold(quarter: str, period: Period, start_month: int) -> bool:
    days = parse_quarter(quarter)
    return (
        days.starts_on(start_month) < period.ends_before and days.ends_before(start_month) > period.starts_on
    )


def quarters_of(batch: Batch, start_month: int) -> dict[str, int]:
    """Count the responses of a batch by quarter."""
    days, counts = np.unique(batch.days, return_counts=True)
    found: dict[str, int] = {}
    for day, n in zip(days.tolist(), counts.tolist(), strict=True):
        quarter = str(quarter_of_day(day, start_month))
        found[quarter] = found.get(quarter, 0) + n
    return found


def is_archived(archive: Archive, source: str, batch: Batch) -> bool:
    """Say whether the archive holds these very responses from a source, in any order.

    Numbers of responses do not count: they are new whenever responses are archived again.

    Raises:
        ArchiveNotValid: if the archive cannot be read.
    """
    if held_from(archive, source) != quarters_of(batch, archive.fiscal_year_starts):
        return False
    held = [
        _read(archive.path(quarter, file))
        for quarter, files in archive.listed().items()
        for file in files
        if file.source == source
    ]
    new = _ordered(batch.table(np.zeros(len(batch), dtype=np.int64)))
    if any(set(table.column_names) != {*new.column_names, "number"} for table in held):
        return False
    same: bool = new.equals(
        _ordered(pa.concat_tables(table.select([*new.column_names, "number"]) for table in held))
    )
    return same


def _read(path: Path, **options: Any) -> pa.Table:
    try:
        return pq.read_table(path, **options)
    except (OSError, pa.ArrowException) as problem:
        raise ArchiveNotValid(
            f"{path} cannot be read: {problem}; if another program changed the archive just now, run the "
            "command again, else restore the file from a backup"
        ) from problem


def _ordered(table: pa.Table) -> pa.Table:
    shown = table.select(sorted(set(table.column_names) - {"number"}))
    return shown.sort_by([(name, "ascending") for name in shown.column_names]).combine_chunks()
