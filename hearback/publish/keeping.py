"""What is made of a release once, and kept for the next reader."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from hearback.publish.frozen import ReleaseData

T = TypeVar("T")
KEPT = 4
"""Of so many releases it is kept: few are read again and again."""


def kept_for_each_release(make: Callable[[ReleaseData], T]) -> Callable[[ReleaseData], T]:
    """Let a function of a release be called once for each."""
    kept: dict[str, tuple[ReleaseData, T]] = {}

    @wraps(make)
    def made(release: ReleaseData) -> T:
        found = kept.get(release.manifest_sha256)
        if found is None or found[0] is not release:
            if len(kept) >= KEPT:
                kept.clear()
            found = kept[release.manifest_sha256] = (release, make(release))
        return found[1]

    return made
