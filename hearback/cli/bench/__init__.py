"""`hearback bench`: how fast the program is and how much memory it takes, on data made for the purpose."""

import click

from hearback.cli import WHOLE
from hearback.cli.bench.embed import embed_command
from hearback.cli.bench.importing import import_command
from hearback.cli.bench.intake import intake_command
from hearback.cli.bench.intake_crash import crash_command
from hearback.cli.bench.lighthouse import lighthouse_command
from hearback.cli.bench.masking import masking_command
from hearback.cli.bench.publish import publish_command
from hearback.cli.bench.research import research_command
from hearback.cli.bench.responses import responses_command
from hearback.cli.bench.rollup import rollup_command
from hearback.cli.bench.scores import scores_command


@click.group("bench", help=WHOLE["bench"])
def command() -> None:
    """Measure speed and memory."""


command.add_command(import_command)
command.add_command(masking_command)
command.add_command(intake_command)
command.add_command(crash_command)
command.add_command(responses_command)
command.add_command(rollup_command)
command.add_command(scores_command)
command.add_command(embed_command)
command.add_command(publish_command)
command.add_command(research_command)
command.add_command(lighthouse_command)
