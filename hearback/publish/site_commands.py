"""`hearback publish site`: the whole public site as files."""

import os
from dataclasses import asdict
from pathlib import Path

import click

from hearback.publish.site.exporting import NotExported, export
from hearback.publish.site.places import Links
from hearback.ui.numbers import count, size
from hearback.ui.terminal import ExampleCommand, Refused, dry_run_option, emit, json_option

SHOWN = 20


@click.command("site", cls=ExampleCommand, example="hearback publish site /srv/www/hearback")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--links",
    type=click.Choice([one.value for one in Links]),
    default=Links.FILES.value,
    show_default=True,
    help="files: pages name files, and work anywhere, without a server too. served: byte for byte as the "
    "server sends them, for the root of a host.",
)
@click.option(
    "--workers", type=click.IntRange(1, 64), help="How many processes; left out, one for each processor."
)
@json_option
@dry_run_option
def site_command(folder: Path, links: str, workers: int | None, as_json: bool, dry_run: bool) -> None:
    """Write the whole public site into FOLDER: pages, data, charts, error pages, all releases.

    The same release gives the same bytes each time. Run again, it writes only files that are not the same,
    and takes away those of its own that are not of the site any more. May be stopped and run again.
    """
    last = [0]

    def told(done: int, known: int) -> None:
        if done >= last[0] + 500:
            last[0] = done
            click.echo(f"{count(done)} of {count(known)} known so far", err=True)

    processes = workers or len(os.sched_getaffinity(0))
    try:
        made = export(folder, Links(links), workers=processes, told=told, dry_run=dry_run)
    except NotExported as problem:
        raise Refused(str(problem)) from problem
    stands = "would be" if dry_run else "is"
    lines = [
        *(f"Nothing answers at {address}, to which a page leads." for address in made.dead[:SHOWN]),
        f"Release {made.release} {stands} in {folder}: {count(made.files)} files, {count(made.pages)} of "
        f"them pages, {size(made.bytes)}; {count(made.written)} written, {count(made.removed)} taken away.",
    ]
    emit(asdict(made), as_json=as_json, lines=lines)
    if made.dead:
        raise click.exceptions.Exit(1)
