"""The group that the verbs of measure belong to."""

import click

group = click.Group("measure", help="Answers to scores with intervals.")
