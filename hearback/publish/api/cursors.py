"""Where the next page starts: a release and a place in its table, so that pages fit together."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

PATTERN = r"^[A-Za-z0-9_-]{0,40}$"
_WRITTEN = re.compile(r"([1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,11})")


class CursorNotValid(ValueError):
    """This is no cursor that was ever given out."""


@dataclass(frozen=True)
class Cursor:
    """The number of a release, and how many rows of the table were looked at."""

    release: int
    seen: int

    def __str__(self) -> str:
        return urlsafe_b64encode(f"{self.release}.{self.seen}".encode()).decode().rstrip("=")


def read_cursor(text: str) -> Cursor:
    """Read a cursor as it was given out.

    Raises:
        CursorNotValid: if it is none.

    >>> read_cursor(str(Cursor(3, 500)))
    Cursor(release=3, seen=500)
    """
    try:
        plain = urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("ascii")
    except ValueError as problem:
        raise CursorNotValid(text) from problem
    found = _WRITTEN.fullmatch(plain)
    if found is None or str(Cursor(int(found[1]), int(found[2]))) != text:
        raise CursorNotValid(text)
    return Cursor(int(found[1]), int(found[2]))
