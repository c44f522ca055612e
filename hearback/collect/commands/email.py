"""`hearback collect form email`: the first rating of a form, to put into an e-mail."""

from functools import partial

import click

from hearback.collect.commands.groups import form_group
from hearback.collect.commands.handing_out import page_of, published_form, warn_of_address, where_options
from hearback.collect.email import NothingRated, email_block
from hearback.ui.terminal import Refused, command, emit, json_option


@command(
    form_group, "email", example="hearback collect form email passports --campaign renewal --language es"
)
@click.argument("key")
@where_options
@click.option("--language", default="", help="A language of the form; without it, its first.")
@click.option("--plain", is_flag=True, help="The part in plain text, in the place of HTML.")
@json_option
def email_command(key: str, where: tuple[str, str], language: str, plain: bool, as_json: bool) -> None:
    """Print a block for an e-mail: the first rating of a published form, each answer a link.

    The page that a link opens shows the answer; it is stored when the person presses the button there.
    """
    found, version = published_form(key, (language,) if language else ())
    language = language or version.instrument.languages[0]
    try:
        block = email_block(version.instrument, found.asker, language, partial(page_of, key, where))
    except NothingRated as problem:
        raise Refused(f"Form {key} cannot be asked by e-mail: {problem}.") from problem
    warn_of_address()
    report = {"form": key, "version": version.number, "language": language, "html": block.html}
    part = block.text if plain else block.html
    emit({**report, "text": block.text, "links": block.links}, as_json=as_json, lines=[part.rstrip("\n")])
