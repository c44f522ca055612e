"""`hearback serve`: the public site and the signed-in side."""

import socket

import click

from hearback.ui.terminal import ExampleCommand, Refused

HELP = "Serve the public site and the signed-in side."


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
        blocking_threads=16,
        websockets=False,
    ).serve()


def check_free(host: str, port: int) -> None:
    """Refuse an address that another program listens on: the server itself would share it without a word.

    Raises:
        Refused: says who to ask for another port.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(found[0], found[1]) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(found[4])
    except OSError as problem:
        raise Refused(
            f"Cannot listen on {host} port {port}: {problem.strerror}. Choose another with --port or --host."
        ) from problem
