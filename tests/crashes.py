"""A machine that stops while files are written."""

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest


class Crash(Exception):
    """The machine stops here."""


def crash_from(patch: pytest.MonkeyPatch, place: int) -> None:
    """Let the change of a name on disk (a replacement or a deletion) at a place not happen, nor any later."""
    done = itertools.count()

    def instead(real: Callable[..., object]) -> Callable[..., object]:
        def change(*given: object, **named: object) -> object:
            if next(done) >= place:
                raise Crash
            return real(*given, **named)

        return change

    for name in ("replace", "unlink"):
        patch.setattr(Path, name, instead(getattr(Path, name)))
