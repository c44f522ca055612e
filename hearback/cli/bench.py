"""`hearback bench`."""

import click

HELP = "bench"


@click.group("bench")
def command() -> None:
    """bench"""
