"""Print what an import did, for people and for scripts, without holding it all in memory."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from itertools import islice

from hearback.collect.actions import ImportReport
from hearback.collect.rules import FINDINGS
from hearback.collect.spool import Spool

SHOWN = 20
COUNTS = ("rows_read", "rows_good", "rows_loaded", "rows_rejected", "rows_changed")
Done = list[tuple[ImportReport, Spool]]


def as_json(done: Done, *, dry_run: bool) -> Iterator[str]:
    """Give one JSON object piece by piece: totals, counts by kind, files, rejections, findings."""
    kinds = _by_kind(done)
    only = done[0][0] if len(done) == 1 else None
    head: dict[str, object] = {} if only is None else {"file": only.file, "kind": only.kind}
    head |= {name: sum(getattr(report, name) for report, _ in done) for name in COUNTS}
    head |= {"dry_run": dry_run, "refused": any(report.refused for report, _ in done)}
    head |= {"findings_by_kind": dict(sorted(kinds.items()))}
    head["files"] = [
        asdict(report) | {"findings_by_kind": spool.findings_by_kind()} for report, spool in done
    ]
    yield json.dumps(head, ensure_ascii=False, indent=2).removesuffix("\n}")
    for name in ("rejections", "findings"):
        yield f',\n  "{name}": ['
        yield from _items(done, name)
        yield "]"
    yield "\n}\n"


def _items(done: Done, name: str) -> Iterator[str]:
    between = "\n    "
    for report, spool in done:
        for item in spool.rejections() if name == "rejections" else spool.findings():
            yield between + json.dumps({"file": report.file, **item}, ensure_ascii=False)
            between = ",\n    "
    if between != "\n    ":
        yield "\n  "


def as_lines(done: Done, *, dry_run: bool) -> Iterator[str]:
    """Give the lines a person reads: for each file what was loaded, what was refused and why, what is odd."""
    for report, spool in done:
        yield f"{report.file}: {report.kind or 'kind unknown'}"
        yield f"  {_summary(report, dry_run=dry_run)}"
        yield from _rejections(report, spool)
        counted = spool.findings_by_kind() if report.rows_loaded else {}
        if counted:
            yield f"  {sum(counted.values()):,} findings:"
        for kind, n in sorted(counted.items()):
            yield f"    {n:>7,}  {kind}: {FINDINGS[kind]}"


def _summary(report: ImportReport, *, dry_run: bool) -> str:
    if not report.rows_loaded and not report.rows_read:
        return "Nothing was loaded: the file was refused. docs/collect.md says which files can be loaded."
    if not report.rows_loaded:
        good = f"; {report.rows_good:,} are good, and load with --keep-good" if report.rows_good else ""
        return f"Nothing was loaded: {report.rows_rejected:,} of {report.rows_read:,} rows rejected{good}."
    would = "would be " if dry_run else ""
    return (
        f"{report.rows_read:,} rows read, {report.rows_loaded:,} {would}loaded ({report.rows_changed:,} "
        f"{would}changed), {report.rows_rejected:,} rejected."
    )


def _rejections(report: ImportReport, spool: Spool) -> Iterator[str]:
    told = islice(spool.rejections(), SHOWN)
    for item in told:
        row = f", row {item['row']}" if item["row"] else ""
        column = f", column {item['column']}" if item["column"] else ""
        yield f"  {report.file}{row}{column}: {item['message']}"
    if report.rows_rejected > SHOWN:
        yield f"  … and {report.rows_rejected - SHOWN:,} more; --json lists all."


def _by_kind(done: Done) -> Counter[str]:
    kinds: Counter[str] = Counter()
    for _, spool in done:
        kinds.update(spool.findings_by_kind())
    return kinds
