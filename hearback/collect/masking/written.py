"""What a person wrote of a text that may be masked already, apart from what masking put in its place."""

import re
from collections.abc import Iterator
from functools import cache

from hearback.collect.masking.plain import plain
from hearback.collect.masking.seen import Span
from hearback.collect.masking.words_of import languages


def masked_before(text: str) -> Iterator[Span]:
    """Give where the words of any language stand that masking puts in the place of something.

    Args:
        text: made plain.
    """
    if "[" in text:
        yield from (found.span() for found in _replacements().finditer(text.lower()))


def length_as_written(text: str) -> int:
    """Count the characters of a text, each place that was masked as one.

    Masking makes short texts longer. Nothing is masked that has no character, so this is never more than
    the person wrote, and for a text in which nothing was masked it is its length.
    """
    seen = plain(text)
    spans = [(seen.in_original(start), seen.in_original(end)) for start, end in masked_before(seen.text)]
    return len(text) - sum(end - start - 1 for start, end in spans)


@cache
def _replacements() -> re.Pattern[str]:
    words = {plain(w).text.lower() for one in languages().values() for w in one.replacements.values()}
    return re.compile("|".join(re.escape(one) for one in sorted(words)))
