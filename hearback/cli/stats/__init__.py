"""`hearback stats`: the statistics alone, without a database."""

import click

from hearback.cli.stats.check import check_command
from hearback.cli.stats.shares import change_command, interval_command
from hearback.cli.stats.size import size_command

HELP = "Work out an interval, a change or a sample size; check the statistics."


@click.group("stats", help=HELP)
def command() -> None:
    """Work with the statistics alone."""


command.add_command(interval_command)
command.add_command(change_command)
command.add_command(size_command)
command.add_command(check_command)
