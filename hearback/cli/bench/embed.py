"""`hearback bench embed`: how much a page loads to ask a form, against a budget."""

import gzip
from typing import Any

import click

from hearback.ui.terminal import ExampleCommand, Refused, emit, json_option

BUDGET = 15 * 1024
"""In bytes, compressed by gzip, with styles and words: what the project set itself, 15 KB with everything."""


@click.command("embed", cls=ExampleCommand, example="hearback bench embed --json")
@json_option
def embed_command(as_json: bool) -> None:
    """Print the size of the embed: one file, with styles and words in it."""
    row = measure()
    line = (
        f"{row['file']}: {row['bytes']:,} bytes, {row['gzip_bytes']:,} compressed by gzip, "
        f"{row['brotli_bytes']:,} by Brotli; the budget is {row['budget_bytes']:,}."
    )
    emit(row, as_json=as_json, lines=[line])
    if row["gzip_bytes"] > BUDGET:
        raise Refused(f"The embed is {row['gzip_bytes'] - BUDGET:,} bytes over its budget.")


def measure() -> dict[str, Any]:
    """Measure the script that set-up built; the compression is redone here, at its best.

    Raises:
        Refused: if there is none.
    """
    from hearback.collect.embed import EmbedNotBuilt, built

    try:
        file = built().file
    except EmbedNotBuilt as problem:
        raise Refused(f"{problem}.") from problem
    script = file.read_bytes()
    return {
        "file": file.name,
        "bytes": len(script),
        "gzip_bytes": len(gzip.compress(script, 9)),
        "brotli_bytes": file.with_name(f"{file.name}.br").stat().st_size,
        "budget_bytes": BUDGET,
    }
