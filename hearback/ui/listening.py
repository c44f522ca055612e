"""Whether a program can listen on an address."""

import socket

from hearback.ui.terminal import Refused


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
