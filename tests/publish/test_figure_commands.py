"""The commands that a chart prints: each runs where the data are loaded, and gives what the chart shows."""

import json
import shlex
from datetime import datetime

import pytest
from click.testing import CliRunner

from hearback.cli import program
from hearback.collect.commands import load_file
from hearback.directory.commands import load
from hearback.measure.commands import compute_all
from hearback.publish.charts import Figure, figures
from hearback.publish.frozen import Content
from hearback.publish.making import gather_current
from hearback.ui.numbers import share_to_one_decimal
from tests.conftest import ROOT

EXAMPLES = ROOT / "examples" / "federal"
pytestmark = pytest.mark.django_db


def run(command: str) -> str:
    """Run a command as a chart prints it; gives what it says."""
    name, *words = shlex.split(command)
    assert name == "hearback"
    result = CliRunner().invoke(program, words)
    assert result.exit_code == 0, (command, result.output)
    return result.output


@pytest.fixture
def federal(at: datetime) -> Content:
    """Load the bundled record, and gather what a release would hold."""
    load(EXAMPLES, by="owner", at=at)
    load_file(EXAMPLES / "reported_surveys.csv", by="owner", at=at)
    compute_all(by="owner", at=at)
    return gather_current(at)


def test_every_printed_command_gives_what_the_chart_shows(federal: Content) -> None:
    tried = {"": run(next(c for one in figures(federal) for c in one.commands if "--dry-run" in c))}
    kinds = set[str]()
    for figure in figures(federal):
        for command in figure.commands:
            if "--dry-run" not in command and command not in tried:
                tried[command] = run(command)
        for kind, check in {"response-": rates, "services-": newest, "answers-": counts}.items():
            if figure.name.startswith(kind):
                check(figure, tried)
                kinds.add(kind)
    assert kinds == {"response-", "services-", "answers-"}


def rates(figure: Figure, said: dict[str, str]) -> None:
    """Hold the response rates of a chart against what its commands say."""
    for funnel in figure.numbers[1]:
        if funnel.rate is not None:
            written = share_to_one_decimal(funnel.rate)
            assert written in said[f"hearback measure show survey {funnel.key}"], figure.name


def newest(figure: Figure, said: dict[str, str]) -> None:
    """Hold the newest share of each panel against what its command says."""
    for panel in figure.numbers:
        told = json.loads(next(said[c] for c in figure.commands if f" {panel.key} " in c))
        stretches = [part for one in told["charts"] if one["pool"] == panel.pool for part in one["stretches"]]
        values = [point["value"] for part in stretches for point in part["points"]]
        if values:
            assert panel.known[-1].value in values, (figure.name, panel.key)


def counts(figure: Figure, said: dict[str, str]) -> None:
    """Hold the shares of the five answers against what the command says."""
    shown = said[figure.commands[-1]]
    for answers in figure.numbers:
        for value in answers.shares:
            assert value is None or share_to_one_decimal(value) in shown, figure.name
