"""`hearback collect form poster`: a page to hang up, with the QR code of a form."""

from pathlib import Path

import click

from hearback.collect.commands.groups import form_group
from hearback.collect.commands.handing_out import page_of, published_form, warn_of_address, where_options
from hearback.collect.links import AddressTooLong
from hearback.collect.poster import PAPERS, PosterNotMade, poster
from hearback.ui.terminal import Refused, command, dry_run_option, emit, json_option


@command(form_group, "poster", example="hearback collect form poster passports lobby.pdf --place lobby")
@click.argument("key")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@where_options
@click.option(
    "--language", "languages", multiple=True, help="A language of the form, once for each; without it, all."
)
@click.option("--paper", type=click.Choice(list(PAPERS)), default="a4", show_default=True, help="Its size.")
@json_option
@dry_run_option
def poster_command(
    key: str,
    file: Path,
    where: tuple[str, str],
    languages: tuple[str, ...],
    paper: str,
    as_json: bool,
    dry_run: bool,
) -> None:
    """Write a poster of a published form into FILE: a tagged PDF with its title, QR code and address."""
    (found, version), address = published_form(key, languages), page_of(key, where)
    try:
        made = poster(version.instrument, address, found.asker, languages, paper)
        if not dry_run:
            file.write_bytes(made)
    except (PosterNotMade, AddressTooLong) as problem:
        raise Refused(f"There is no poster of {key}: {problem}.") from problem
    except OSError as problem:
        raise Refused(f"{file} cannot be written: {problem.strerror}.") from problem
    warn_of_address()
    report = {"form": key, "version": version.number, "file": str(file), "address": address}
    line = f"{'Would write' if dry_run else 'Wrote'} the poster of {address} into {file}."
    emit({**report, "dry_run": dry_run}, as_json=as_json, lines=[line])
