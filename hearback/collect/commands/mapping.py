"""`hearback collect responses map`: propose a mapping for a file of responses, and show what it would do."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import msgspec
from django.conf import settings

from hearback.collect.commands.groups import responses_group
from hearback.collect.commands.periods import known_form
from hearback.collect.parsed import FileRefused
from hearback.collect.queries import FormFact
from hearback.collect.response_files.counts import as_lines
from hearback.collect.response_files.mapping import (
    Mapping,
    MappingNotValid,
    read_mapping,
    schema,
    write_mapping,
)
from hearback.collect.response_files.preview import (
    Preview,
    counted_cells,
    of_choices,
    preview,
    with_all_columns,
)
from hearback.collect.response_files.proposing import Profile, profiles, proposal
from hearback.collect.response_files.quoting import quoter
from hearback.collect.response_files.reading import Given
from hearback.collect.response_files.tables import table_of
from hearback.ui.terminal import Refused, command, emit, json_option, now


@command(
    responses_group, "map", example="hearback collect responses map passports answers.csv > answers.yaml"
)
@click.argument("key", metavar="FORM")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option(
    "--mapping",
    type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path),
    help="Show what this mapping would do, in the place of a new one.",
)
@json_option
def map_command(key: str, file: Path, mapping: Path | None, as_json: bool) -> None:
    """Propose what the columns of FILE hold, as YAML for `import --mapping`, and show what it would do.

    Columns are found by the codes and words of questions, in any version and language. What is not certain is
    left open, and told: an import refuses a file with a column of which nothing is said. The preview stands
    in comments: what cells count, the first rows as they would be stored, masked, and rows that would be
    rejected.
    """
    found = known_form(key)
    if found.published is None:
        raise Refused(f"Form {key!r} has no published version; responses answer one.")
    try:
        n_rows, columns = profiles(table_of(file))
        if mapping is None:
            proposed = proposal(columns, found.asked, str(settings.ZONE))
            used, notes, skeleton = proposed.mapping, list(proposed.open_questions), list(proposed.skeleton)
        else:
            used, notes = read_mapping(mapping.read_text(encoding="utf-8-sig", errors="replace")), []
            skeleton = []
        shown = _preview(file, found, used, columns) if used.answers else Preview()
    except (FileRefused, MappingNotValid) as problem:
        raise Refused(f"{str(problem).rstrip('.')}.") from problem
    quote = quoter(found.asked)
    cells = counted_cells(columns, of_choices(used, found.asked), quote)
    shown.rejections = [replace(one, column=quote(one.column)) for one in shown.rejections]
    rejected = [vars(one) for one in shown.rejections]
    emit(
        {"form": key, "rows": n_rows, "mapping": msgspec.to_builtins(used), "open": notes,
         "skeleton": skeleton, "columns": cells,
         **vars(shown), "rejections": rejected},
        as_json=as_json,
        lines=[*_comments(file.name, n_rows, _settling(notes, skeleton), cells, shown),
               write_mapping(used).rstrip()],
    )  # fmt: skip


@command(
    responses_group,
    "mapping-schema",
    example="hearback collect responses mapping-schema > mapping.schema.json",
)
@json_option
def schema_command(as_json: bool) -> None:
    """Print the JSON Schema of mappings; it is JSON either way."""
    emit(schema(), as_json=True, lines=[])


def _preview(file: Path, found: FormFact, used: Mapping, columns: list[Profile]) -> Preview:
    assert found.published is not None  # noqa: S101 - asked before
    language = found.published.instrument.languages[0]
    given = Given(now(), language, found.published.number, settings.FISCAL_YEAR_STARTS)
    whole = with_all_columns(used, tuple(one.name for one in columns))
    return preview(file, found.key, found.asked, given, whole, settings.ZONE)


def _settling(notes: list[str], skeleton: list[str]) -> list[str]:
    """Say what is open, and how it is settled."""
    how = ["To settle it, write as below; docs/responses.md tells more under Mappings:"] if skeleton else []
    return [*(f"OPEN {note}" for note in notes), *how, *(f"  {line}" for line in skeleton)]


def _comments(
    name: str, n_rows: int, notes: list[str], cells: dict[str, dict[str, Any]], shown: Preview
) -> list[str]:
    lines = [f"{name}: {n_rows:,} rows, {len(cells):,} columns"]
    lines += notes
    lines.append("Filled cells, and what stands in columns of choices with few values:")
    for column, told in cells.items():
        values = ", ".join(f"{value!r} {n:,}" for value, n in told["values"].items())
        lines.append(f"  {column!r}: {told['filled']:,} filled{'; ' if values else ''}{values}")
    lines.append(
        f"By this mapping {shown.rows_good:,} rows are good, {shown.rows_left_out:,} left out, "
        f"{shown.rows_read - shown.rows_good - shown.rows_left_out:,} rejected"
    )
    lines += [f"  {line}" for line in as_lines(shown.counts)]
    lines += [f"  row {one.line}, {one.column}: {one.message}" for one in shown.rejections]
    lines += ["First rows as they would be stored:"] if shown.first else []
    lines += [f"  {json.dumps(row, ensure_ascii=False)}" for row in shown.first]
    return [f"# {line}" for line in lines]
