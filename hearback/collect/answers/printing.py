"""Print what an import of answers did, for people and for scripts."""

from collections.abc import Iterator
from typing import Any

import msgspec

from hearback.collect.actions.answering import AnswersReport
from hearback.collect.spool import Spool

SHOWN, SHOWN_ROWS = 20, 5
Groups = dict[tuple[object, object], tuple[int, list[object]]]
"""Column and message → how many rows, and the first of them."""


def as_payload(report: AnswersReport, spool: Spool, *, dry_run: bool) -> dict[str, Any]:
    """Give one object for scripts: counts, what changed, the weighting, every rejection and finding."""
    told: dict[str, Any] = msgspec.to_builtins(report)
    return {
        **told, "dry_run": dry_run,
        "findings": list(spool.findings()), "rejections": list(spool.rejections()),
    }  # fmt: skip


def as_lines(report: AnswersReport, spool: Spool, *, dry_run: bool) -> Iterator[str]:
    """Give the lines a person reads: what was loaded, what was rejected and why, what is odd."""
    yield f"{report.file}: answers to {report.survey}, {report.period}"
    yield f"  {_summary(report, dry_run=dry_run)}"
    for quarter, n in report.quarters.items():
        yield f"  {quarter}: {n:,} responses"
    if report.weighting is not None:
        w = report.weighting
        yield (
            f"  Weights brought to the margins of {', '.join(w.groups)} in {w.rounds} rounds: apart from "
            f"scale they became {w.min_ratio:.3g} to {w.max_ratio:.3g} times what they were. "
            f"As they are unequal, {w.n:,} answers tell as much as {w.n_eff:,.0f} equal ones "
            f"(Kish design effect {w.kish_effect:.3f})."
        )
        if w.should_trim:
            yield "  A weight grew to more than five times what it was: put levels together, or drop a group."
    yield from _rejected(report, spool)
    for finding in spool.findings():
        yield f"  {finding['kind']}: {finding['message']}"


def _rejected(report: AnswersReport, spool: Spool) -> Iterator[str]:
    """Tell what was rejected, rows for one reason together, with the first of them."""
    groups, left_out = _grouped(spool)
    for (column, message), (n, rows) in groups.items():
        first = f", row {rows[0]}" if rows else ""
        if n > 1:
            more = ", …" if n > len(rows) else ""
            first = f", {n:,} rows ({', '.join(str(row) for row in rows)}{more})"
        where = f", column {column}" if column else ""
        yield f"  {report.file}{first}{where}: {message}"
    if left_out:
        yield f"  … and {left_out:,} more; --json lists all."


def _grouped(spool: Spool) -> tuple[Groups, int]:
    """Put the rejections with one column and message together, so many groups at most; count the others."""
    groups: Groups = {}
    left_out = 0
    for item in spool.rejections():
        reason = item["column"], item["message"]
        if reason not in groups and len(groups) == SHOWN:
            left_out += 1
            continue
        n, rows = groups.get(reason, (0, []))
        if item["row"] is not None and len(rows) < SHOWN_ROWS:
            rows.append(item["row"])
        groups[reason] = n + 1, rows
    return groups, left_out


def _summary(report: AnswersReport, *, dry_run: bool) -> str:
    if not report.rows_read:
        return "Nothing was loaded: the file was refused before a row was read, for this reason:"
    if not report.rows_loaded and report.rows_rejected < report.rows_read:
        return f"Nothing was loaded: the file was refused ({report.rows_read:,} rows read)."
    if not report.rows_loaded:
        return f"Nothing was loaded: {report.rows_rejected:,} of {report.rows_read:,} rows rejected."
    would = "would be " if dry_run else ""
    counts = f"{report.rows_read:,} rows read, {report.rows_loaded:,} {would}loaded"
    if not report.changed:
        counts = (
            f"{report.rows_read:,} rows read, {report.rows_loaded:,} are archived already; nothing changed"
        )
    elif report.n_replaced:
        counts += f" in place of {report.n_replaced:,} archived earlier"
    return f"{counts}, {report.rows_rejected:,} rejected."
