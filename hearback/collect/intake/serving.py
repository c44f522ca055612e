"""Run the intake: `python -m hearback.collect.intake.serving PORT [HOST [WORKERS]]`. Without Django."""

import sys

from granian import Granian
from granian.constants import HTTPModes, Interfaces, Loops
from granian.log import LogLevels

TARGET = "hearback.collect.intake.server:make"
SECONDS_TO_RESPAWN = 0.5
LOGGING = {
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
"""Warnings and errors, on standard error."""


def serve(port: int, host: str = "127.0.0.1", workers: int = 1, *, target: str = TARGET) -> None:
    """Serve until stopped; a worker that dies is started again."""
    Granian(
        target,
        factory=True,
        address=host,
        port=port,
        workers=workers,
        interface=Interfaces.RSGI,
        loop=Loops.asyncio,
        http=HTTPModes.http1,
        websockets=False,
        respawn_failed_workers=True,
        respawn_interval=SECONDS_TO_RESPAWN,
        log_level=LogLevels.warning,
        log_dictconfig=LOGGING,
    ).serve()


if __name__ == "__main__":
    host = sys.argv[2] if len(sys.argv) > 2 else "127.0.0.1"
    serve(int(sys.argv[1]), host, int(sys.argv[3]) if len(sys.argv) > 3 else 1)
