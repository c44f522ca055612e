"""What a check of a rule sees, and what it answers."""

import re
from collections.abc import Callable

Span = tuple[int, int]
DIGITS = "0123456789"
WORD = re.compile(r"[a-z]+")
COMMON = "aeinorst"
SHORTEST_RUN = 7
RUN = re.compile(r"[0-9](?:[\s.\-/()_]{0,6}[0-9]){6,}")


LETTERS = bytes(code if chr(code) in "abcdefghijklmnopqrstuvwxyz" else ord(" ") for code in range(256))
"""What each byte of a text becomes when its words are listed: a letter stays, all else parts words."""


class Seen:
    """A plain text, and what the rules ask of it.

    Attributes:
        low: the text in small letters, which patterns read. Both have one length.
        words: every run of letters from a to z, small.
        n_digits: how many digits there are.
        longest_run: digits of the longest number, with no more than six signs between two of them, as many as
            any rule takes; 0 for less than seven.
    """

    __slots__ = ("_is_shouted", "longest_run", "low", "n_digits", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        self.low = text.lower()
        raw = self.low.encode("ascii", "replace")
        self.words = set(raw.translate(LETTERS).decode("ascii").split())
        self.n_digits = len(raw) - len(raw.translate(None, DIGITS.encode("ascii")))
        self._is_shouted: bool | None = None
        self.longest_run = 0 if self.n_digits < SHORTEST_RUN else _longest_run(text)

    @property
    def is_shouted(self) -> bool:
        """Say, by the letters most used, whether the text is in large letters, so that they mark no name."""
        if self._is_shouted is None:  # asked again for every name that may be one
            small, large = (sum(map(self.text.count, letters)) for letters in (COMMON, COMMON.upper()))
            self._is_shouted = small * 5 < large
        return self._is_shouted


def _longest_run(text: str) -> int:
    return max((sum(map(run.count, DIGITS)) for run in RUN.findall(text)), default=0)


Check = Callable[[Seen, re.Match[str], Span], Span | None]
"""Gets what the pattern matched and the span to mask; gives the span, smaller or larger, or None for no."""
