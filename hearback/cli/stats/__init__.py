"""`hearback stats`: the statistics alone, without a database."""

import click

from hearback.cli import WHOLE
from hearback.cli.stats.check import check_command
from hearback.cli.stats.shares import change_command, interval_command
from hearback.cli.stats.size import size_command


@click.group("stats", help=WHOLE["stats"])
def command() -> None:
    """Work with the statistics alone."""


command.add_command(interval_command)
command.add_command(change_command)
command.add_command(size_command)
command.add_command(check_command)
