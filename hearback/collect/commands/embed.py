"""`hearback collect form embed`: what a web team puts on a page of its own, so that a form is asked there."""

import click
from django.conf import settings

from hearback.collect import embed
from hearback.collect.commands.groups import form_group
from hearback.collect.commands.handing_out import warn_of_address
from hearback.collect.queries import form
from hearback.ui.terminal import Refused, command, emit, json_option


@command(form_group, "embed", example="hearback collect form embed passports --mode modal")
@click.argument("key")
@click.option("--mode", type=click.Choice(embed.MODES), help="Only the tag of this mode.")
@click.option("--intake", default="", help="Address of the intake, where it is not the site's own.")
@json_option
def embed_command(key: str, mode: str | None, intake: str, as_json: bool) -> None:
    """Print the script tag that asks a form on a page of another site, and what else it needs, by mode."""
    found = form(key)
    if found is None:
        raise Refused(f"There is no form {key!r}; `hearback collect form list` names them.")
    try:
        script = embed.built()
    except embed.EmbedNotBuilt as problem:
        raise Refused(f"{problem}.") from problem
    modes = (mode,) if mode else embed.MODES
    tags = {one: embed.tag(key, one, settings.SITE_URL, script, intake.rstrip("/")) for one in modes}
    warn_of_address()
    title = next((text for text in found.newest.instrument.title.values() if text), key)
    snippets = {
        one: embed.snippet(key, one, settings.SITE_URL, title, script, intake.rstrip("/")) for one in modes
    }
    payload = {"form": key, "src": settings.SITE_URL + script.path, "integrity": script.integrity}
    emit(
        {**payload, "tags": tags, "snippets": snippets},
        as_json=as_json,
        lines=[
            line
            for one, text in snippets.items()
            for line in (f"{one}:", *(f"  {part}" for part in text.splitlines()))
        ],
    )
