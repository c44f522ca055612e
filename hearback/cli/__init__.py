"""The command line: `hearback <stage> <verb>`."""

import importlib
import os
import secrets
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

STAGES = {
    "directory": "Agencies, providers, services, websites.",
    "accounts": "People, roles, sign-in links.",
    "collect": "What people said: reported counts, files of answers, and forms.",
    "measure": "Answers to scores with intervals.",
    "learn": "What people go through: journeys, pain points.",
    "plan": "What was promised.",
    "publish": "Releases and the public site.",
}
DATABASE_REMEDY = (
    "Nothing of this step was kept. Run `hearback init` where tables are missing, check "
    "HEARBACK_DATABASE_URL and the home folder, or try again once another command has ended."
)
WHOLE = {
    "init": "Make an empty home ready.",
    "serve": "Serve the public site and the signed-in side.",
    "settings": "List every setting.",
    "demo": "Load the bundled federal record; get links to sign in and look around.",
    "stats": "Work out an interval, a change or a sample size; check the statistics.",
    "bench": "Measure speed and memory on made-up data.",
}


def needs_no_home(words: Sequence[str]) -> bool:
    """Say whether a command reads nothing of a home: help, and checking copies of releases anywhere.

    >>> needs_no_home(["publish", "verify", "copy/"]), needs_no_home(["publish", "verify", "--json"])
    (True, False)
    """
    asks_for_help = len(words) == 1 or "--help" in words
    checks_a_copy = words[:2] == ["publish", "verify"] and any(not word.startswith("-") for word in words[2:])
    return asks_for_help or checks_a_copy


class Program(click.Group):
    """Loads a stage's commands, and Django, only when that stage is asked for."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; where it needs no home, Django gets a key that ends with the process."""
        if (
            args[0] in STAGES
            and needs_no_home(args)
            and not (home_folder() / "keys" / "secret_key").is_file()
        ):
            os.environ.setdefault("HEARBACK_SECRET_KEY", secrets.token_urlsafe(48))
        return super().resolve_command(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the stages in the order the work flows, then the commands for the whole program."""
        return [*STAGES, *WHOLE]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Find a stage's group of verbs, or a command for the whole program."""
        if cmd_name in STAGES:
            start_django()
            group: click.Command = importlib.import_module(f"hearback.{cmd_name}.commands").group
            return group
        if cmd_name in WHOLE:
            module = importlib.import_module(f"hearback.cli.{cmd_name}")
            found: click.Command = module.command
            return found
        return None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without loading them."""
        with formatter.section("Stages"):
            formatter.write_dl(list(STAGES.items()))
        with formatter.section("The whole program"):
            formatter.write_dl(list(WHOLE.items()))


def home_folder() -> Path:
    """Give the home folder."""
    return Path(os.environ.get("HEARBACK_HOME", "var"))


class SettingRefused(click.ClickException):
    """A setting is missing or not usable: one line to the person, exit code 2."""

    exit_code = 2


def start_django() -> None:
    """Read the settings and start Django; a bad setting ends the program with one line and exit code 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearback.config.settings")
    from django.core.exceptions import ImproperlyConfigured

    try:
        import django

        django.setup()
    except ImproperlyConfigured as problem:
        raise SettingRefused(str(problem)) from problem


@click.group(cls=Program)
@click.version_option(package_name="hearback")
def program(**_: Any) -> None:
    """Hear what people say about public services, measure trust, publish what was done about it."""


def database_errors() -> tuple[type[Exception], ...]:
    """Name the errors of a database; none where no command has loaded Django."""
    if "django.db" not in sys.modules:
        return ()
    from django.db import DatabaseError

    return (DatabaseError,)


def main() -> None:
    """Run the command line. Exit codes: 0 done, 1 something refused, 2 wrong use."""
    warnings.simplefilter("default" if sys.flags.dev_mode else "ignore")
    try:
        program()
    except database_errors() as problem:
        said = str(problem).strip().splitlines()[0] if str(problem).strip() else type(problem).__name__
        click.echo(f"Error: The database cannot be used: {said}. {DATABASE_REMEDY}", err=True)
        sys.exit(1)
