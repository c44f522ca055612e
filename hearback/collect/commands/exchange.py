"""`hearback collect form export` and `schema`: forms for other programs, and what our own files keep to."""

from pathlib import Path

import click

from hearback.collect.commands.forms import version_of
from hearback.collect.commands.groups import form_group
from hearback.collect.instruments import files
from hearback.collect.instruments.definition import Instrument
from hearback.collect.instruments.formats import FORMATS, Written
from hearback.ui.losses import as_lines, as_payload
from hearback.ui.terminal import Refused, command, dry_run_option, emit, json_option

NAMES = ("yaml", *(one.name for one in FORMATS))


@command(form_group, "export", example="hearback collect form export passports p.xlsx --format xlsform")
@click.argument("key")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--format", "name", required=True, type=click.Choice(NAMES), help="What kind of file to write.")
@click.option("--version", "number", type=int, help="Another version than the newest.")
@json_option
@dry_run_option
def export_command(key: str, file: Path, name: str, number: int | None, as_json: bool, dry_run: bool) -> None:
    """Write what a form asks into FILE for another program, and list what that program cannot say."""
    version = version_of(key, number)
    written = _written(version.instrument, name)
    if not dry_run:
        try:
            file.write_bytes(written.data)
        except OSError as problem:
            raise Refused(f"{file} cannot be written: {problem.strerror}.") from problem
    report = {"form": key, "version": version.number, "file": str(file), "format": name,
              **as_payload(written.losses), "dry_run": dry_run}  # fmt: skip
    line = f"{'Would write' if dry_run else 'Wrote'} version {version.number} of {key} into {file}."
    emit(report, as_json=as_json, lines=[line, *as_lines(written.losses)])


def _written(instrument: Instrument, name: str) -> Written:
    for one in FORMATS:
        if one.name == name:
            return one.write(instrument)
    return Written(files.write_yaml(instrument).encode())


@command(form_group, "schema", example="hearback collect form schema > instrument.schema.json")
@json_option
def schema_command(as_json: bool) -> None:
    """Print the JSON Schema of the YAML that `show` prints and `edit` reads; it is JSON either way."""
    emit(files.schema(), as_json=True, lines=[])
