"""Every command shows an example, speaks JSON where it prints, and can be tried without changing anything."""

import click
import pytest

from hearback.ui.terminal import ExampleCommand
from tools.write_docs import commands

ONLY_READS = {
    "hearback accounts key list",
    "hearback accounts list",
    "hearback bench embed",
    "hearback bench masking",
    "hearback collect form email",
    "hearback collect form embed",
    "hearback collect form list",
    "hearback collect form refused",
    "hearback collect form responses",
    "hearback collect form schema",
    "hearback collect form show",
    "hearback collect list",
    "hearback collect responses batches",
    "hearback collect responses map",
    "hearback collect responses mapping-schema",
    "hearback directory list",
    "hearback learn counts",
    "hearback learn evidence",
    "hearback learn search",
    "hearback measure chart",
    "hearback measure comparability",
    "hearback measure compare",
    "hearback measure show",
    "hearback measure show-changes",
    "hearback measure show-drivers",
    "hearback measure show-noise",
    "hearback measure surveys",
    "hearback plan counts",
    "hearback plan list",
    "hearback plan goal list",
    "hearback plan goal show",
    "hearback plan milestone list",
    "hearback plan milestone show",
    "hearback plan progress",
    "hearback plan round list",
    "hearback plan round owners",
    "hearback plan round show",
    "hearback plan update drafts",
    "hearback publish key",
    "hearback publish releases",
    "hearback publish verify",
    "hearback settings",
    "hearback stats change",
    "hearback stats check",
    "hearback stats interval",
    "hearback stats size",
}
"""Commands that change nothing, so there is nothing to try out."""

NO_JSON = {"hearback serve": "prints only its log"}
NO_DRY_RUN = {"hearback serve": "serving changes nothing by itself"}
"""Exceptions → why. Both lists may only shrink."""

ALL = list(commands())
FOUND = {title: (command, context) for title, command, context in ALL}


def _options(command: click.Command) -> set[str]:
    return {name for parameter in command.params for name in parameter.opts}


@pytest.mark.parametrize("title", FOUND)
def test_help_shows_an_example_that_is_this_command(title: str) -> None:
    command, context = FOUND[title]
    assert isinstance(command, ExampleCommand)
    assert title in command.example
    assert "Example" in command.get_help(context)
    assert command.help, "a first sentence says what it does"


@pytest.mark.parametrize("title", FOUND)
def test_every_option_says_what_it_is_for(title: str) -> None:
    silent = [p.name for p in FOUND[title][0].params if isinstance(p, click.Option) and not p.help]
    assert silent == []


@pytest.mark.parametrize("title", sorted(set(FOUND) - set(NO_JSON)))
def test_a_command_that_prints_speaks_json(title: str) -> None:
    assert "--json" in _options(FOUND[title][0])


@pytest.mark.parametrize("title", sorted(set(FOUND) - set(NO_DRY_RUN) - ONLY_READS))
def test_a_command_that_writes_can_be_tried_without_changing_anything(title: str) -> None:
    assert "--dry-run" in _options(FOUND[title][0])


def test_exceptions_name_commands_that_exist() -> None:
    assert (ONLY_READS | set(NO_JSON) | set(NO_DRY_RUN)) - set(FOUND) == set()
