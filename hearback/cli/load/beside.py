"""Serve what the intake is compared with: `python -m hearback.cli.load.beside PORT nothing|view`."""

import sys
from typing import Any

from granian import Granian
from granian.constants import Interfaces

from hearback.collect.intake.messages import NOT_KEPT
from hearback.collect.intake.serving import serve

THREADS = 16
"""As many as `hearback serve` has; the view was slower with 1 and with 4."""
ANSWER = b'{"form":"thumbs","key":"00000000000000000000","version":1,"masked":{}}'


class Nothing:
    """The least that a server can do with a message: reads it, and answers the same whatever it says."""

    async def __rsgi__(self, scope: Any, connection: Any) -> None:
        """Answer one request."""
        await connection()
        connection.response_bytes(201, NOT_KEPT, ANSWER)


def nothing() -> Nothing:
    """Make the application."""
    return Nothing()


def serve_view(port: int) -> None:
    """Serve the plain view, in a process that may use all its threads."""
    from hearback.cli.load.view import make_table

    make_table()
    Granian(
        "hearback.cli.load.view:application",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        websockets=False,
        log_enabled=False,
    ).serve()


if __name__ == "__main__":
    if sys.argv[2] == "view":
        serve_view(int(sys.argv[1]))
    else:
        serve(int(sys.argv[1]), target="hearback.cli.load.beside:nothing")
