"""What a check of a rule sees, and what it answers."""

import re
from collections.abc import Callable
from functools import cached_property

Span = tuple[int, int]
DIGITS = "0123456789"
WORD = re.compile(r"[a-z]+")
COMMON = "aeinorst"
SHORTEST_RUN = 7
RUN = re.compile(r"[0-9](?:[\s.\-/()_]{0,3}[0-9]){6,}")


class Seen:
    """A plain text, and the same in small letters, which patterns read. Both have one length."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.low = text.lower()

    @cached_property
    def is_shouted(self) -> bool:
        """Say, by the letters most used, whether the text is in large letters, so that they mark no name."""
        return sum(map(self.text.count, COMMON)) * 5 < sum(map(self.text.count, COMMON.upper()))

    @cached_property
    def n_digits(self) -> int:
        """Count the digits."""
        return sum(map(self.text.count, DIGITS))

    @cached_property
    def words(self) -> set[str]:
        """Give every run of letters from a to z, small."""
        return set(WORD.findall(self.low))

    @cached_property
    def longest_run(self) -> int:
        """Count the digits of the longest number, with no more than three signs between two of them."""
        if self.n_digits < SHORTEST_RUN:
            return 0
        return max((sum(map(run.count, DIGITS)) for run in RUN.findall(self.text)), default=0)


Check = Callable[[Seen, re.Match[str], Span], Span | None]
"""Gets what the pattern matched and the span to mask; gives the span, smaller or larger, or None for no."""
