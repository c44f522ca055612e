"""`hearback demo`."""

import click

HELP = "demo"


@click.group("demo")
def command() -> None:
    """demo"""
