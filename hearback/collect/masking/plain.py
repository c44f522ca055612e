"""Texts as rules read them: plain digits, letters, dashes and blanks, nothing invisible.

People, keyboards and copied pages write one number in many ways: full-width or Arabic digits, long dashes,
blanks that do not break, characters without width in between. Rules are written for one way only.
"""

import unicodedata

import msgspec

DASHES = frozenset("−⁃")
DOTS = frozenset("·•。‧")
QUOTES = frozenset("‘’ʼ′´")
INVISIBLE = frozenset({"Mn", "Me", "Cf", "Cc"})
BLANKS = frozenset({"Zs", "Zl", "Zp"})
LINE_BREAKS = frozenset("\n\r\x0b\x0c\x85")


MOST_REMEMBERED = 20_000


class _Characters(dict[int, str | None]):
    """Code point → plain character, or None for one that is not seen; fills itself as texts come in."""

    def __missing__(self, point: int) -> str | None:
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        self[point] = plain = _plain_character(chr(point))
        return plain


def _plain_character(one: str) -> str | None:
    if one in LINE_BREAKS:
        return "\n"
    if one == "\t":
        return " "
    if one.isascii() and one.isprintable():
        return one
    category = unicodedata.category(one)
    if category in INVISIBLE:
        return None
    if category in BLANKS:
        return " "
    return _plain_sign(one, category)


def _plain_sign(one: str, category: str) -> str:
    if category == "Pd" or one in DASHES:
        return "-"
    if one in DOTS:
        return "."
    if one in QUOTES:
        return "'"
    if category == "Nd":
        return str(unicodedata.decimal(one))
    letters = "".join(c for c in unicodedata.normalize("NFKD", one) if not unicodedata.combining(c))
    return letters if len(letters) == 1 and letters.isascii() else one


_CHARACTERS = _Characters()


class Plain(msgspec.Struct, frozen=True):
    """A text as rules read it. `starts[i]` is where its character i begins in the original; None: at i."""

    text: str
    starts: list[int] | None

    def in_original(self, position: int) -> int:
        """Give the place in the original where the character at a position, or the end, begins."""
        return position if self.starts is None else self.starts[position]


def plain(text: str) -> Plain:
    """Make a text plain. One plain character stands for one of the original and the unseen ones after it."""
    if text.isascii() and text.isprintable():
        return Plain(text, None)
    made = text.translate(_CHARACTERS)
    if len(made) == len(text):
        return Plain(made, None)
    starts = [i for i, one in enumerate(text) if _CHARACTERS[ord(one)] is not None]
    return Plain(made, [*starts, len(text)])
