"""What every command shares: options, output for people and for scripts, refusals, progress."""

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, TypeVar

import click

from hearback.fiscal import QuarterNotValid, parse_quarter

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., Any])


class Refused(click.ClickException):
    """Something was refused: one line to the person, exit code 1."""

    exit_code = 1


class WrongUse(click.ClickException):
    """The command was given what it cannot work with: one line to the person, exit code 2."""

    exit_code = 2


class ExampleCommand(click.Command):
    """A command that shows an example at the end of its help, and in a list its whole first sentence."""

    def __init__(self, *args: Any, example: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.example = example

    def get_short_help_str(self, limit: int = 0) -> str:
        """Give the first sentence of the help, however long: one that is cut says nothing."""
        paragraph = (self.help or "").split("\n\n")[0]
        return " ".join(paragraph.split()).split(". ")[0].rstrip(".")

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Add the example to the help text."""
        super().format_epilog(ctx, formatter)
        with formatter.section("Example"):
            formatter.write(f"{'':>{formatter.current_indent}}{self.example}\n")


def command(
    group: click.Group, name: str, example: str, **more: Any
) -> Callable[[Callable[..., Any]], click.Command]:
    """Add a verb to a stage. `example` is shown in its help and must be a line that runs."""

    def add(function: Callable[..., Any]) -> click.Command:
        made = click.command(name, cls=ExampleCommand, example=example, **more)(function)
        group.add_command(made)
        return made

    return add


def json_option(function: F) -> F:
    """Add `--json`: print one JSON object instead of sentences."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")(function)


def dry_run_option(function: F) -> F:
    """Add `--dry-run`: do everything but keep the changes."""
    return click.option("--dry-run", is_flag=True, help="Say what would change and change nothing.")(function)


def by_option(function: F) -> F:
    """Add `--by`: whose name history gets."""
    return click.option(
        "--by", default="operator", show_default=True, help="Who does this, for the history."
    )(function)


def quarter_argument(function: F) -> F:
    """Add QUARTER, as `quarter_option` reads it."""
    return click.argument("quarter", callback=_quarter)(function)


def quarter_option(function: F) -> F:
    """Add `--quarter`: a fiscal quarter, in capitals or not; one that cannot be read is wrong use."""
    return click.option("--quarter", callback=_quarter, help="Only this fiscal quarter, as FY2021-Q2.")(
        function
    )


def _quarter(context: click.Context, option: click.Parameter, text: str | None) -> str | None:
    try:
        return str(parse_quarter(text.upper())) if text else None
    except QuarterNotValid as problem:
        raise WrongUse(str(problem)) from problem


def emit(payload: dict[str, Any], *, as_json: bool, lines: Iterable[str]) -> None:
    """Print the result: the payload for scripts, the lines for people."""
    if as_json:
        click.echo(json.dumps(payload, ensure_ascii=False, indent=2))
        return
    for line in lines:
        click.echo(line)


def now() -> datetime:
    """Give the present moment; the only clock that commands read."""
    return datetime.now(UTC)


def progress(
    items: Iterable[T], what: str, total: int | None = None, every_seconds: float = 1.0
) -> Iterator[T]:
    """Pass items on and say on standard error, about once a second, how many are done.

    Nothing is printed for work that is over sooner, so short commands stay quiet.
    """
    begin, end = ("\r", "") if sys.stderr.isatty() else ("", "\n")
    last = time.monotonic()
    shown = False
    done = 0
    for done, item in enumerate(items, start=1):
        yield item
        if time.monotonic() - last >= every_seconds:
            last, shown = time.monotonic(), True
            of = f" of {total}" if total else ""
            print(f"{begin}{what}: {done:,}{of}", end=end, file=sys.stderr, flush=True)  # noqa: T201
    if shown:
        print(f"{begin}{what}: {done:,} done", file=sys.stderr, flush=True)  # noqa: T201
