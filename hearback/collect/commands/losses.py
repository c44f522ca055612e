"""The loss report as commands print it."""

from collections.abc import Iterable
from typing import Any

import msgspec

from hearback.collect.instruments.formats import Loss


def as_payload(losses: Iterable[Loss]) -> dict[str, Any]:
    """Give a loss report for scripts."""
    return {"losses": [msgspec.to_builtins(loss) for loss in losses]}


def as_lines(losses: Iterable[Loss]) -> list[str]:
    """Give a loss report for people."""
    lines = [f"- {loss}." for loss in losses]
    return ["What could not be carried over:", *lines] if lines else []
