"""What messages repeat of a file: masked by the rules of the form, and cut.

A file without a header has a person's answers where names of columns are expected.
"""

from collections.abc import Callable, Iterable, Mapping

from hearback.collect.instruments.definition import Instrument
from hearback.collect.intake.masks import mask_of

LONGEST = 120
MOST = 20


def quoter(forms: Mapping[int, Instrument]) -> Callable[[str], str]:
    """Give what makes a text of a file fit to be repeated, by the rules of the newest version."""
    newest = forms[max(forms)]
    mask = mask_of(newest.countries, newest.languages[0])

    def quote(text: str) -> str:
        masked = mask(text)[0]
        return masked if len(masked) <= LONGEST else f"{masked[: LONGEST - 1]}…"

    return quote


def quoted(texts: Iterable[str], quote: Callable[[str], str]) -> str:
    """Name texts of a file in a message, the first of many.

    >>> quoted(["a", "b"], str.upper)
    "'A', 'B'"
    """
    shown = [repr(quote(text)) for text in texts]
    more = [f"and {len(shown) - MOST:,} more"] if len(shown) > MOST else []
    return ", ".join(shown[:MOST] + more)
