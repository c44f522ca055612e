"""`hearback serve`: the public site and the signed-in side."""

import multiprocessing

import click

from hearback.ui.listening import check_free
from hearback.ui.terminal import ExampleCommand

MOST_THREADS = 16


def threads() -> int:
    """Say how many pages one process may work on at a time: more per processor than this only wait for it.

    Source: the bound of granian, above which it warns at every start.
    """
    return min(MOST_THREADS, 2 * multiprocessing.cpu_count() + 1)


@click.command("serve", cls=ExampleCommand, example="hearback serve --port 8000")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on."
)
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Worker processes.")
def command(host: str, port: int, workers: int) -> None:
    """Serve until stopped. Put a reverse proxy in front for https."""
    from hearback.cli import start_django

    start_django()
    check_free(host, port)
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "hearback.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads(),
        websockets=False,
    ).serve()
