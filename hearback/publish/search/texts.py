"""Texts of signposts: a title for what has none, plain words, and no more of them than there is room for."""

import re

from hearback.publish.search.kinds import Signpost

LONGEST_TEXT = 160
LONGEST_TITLE = 140
MARKUP = re.compile(r"^\|?[-: |]+$|[#*`>|$\\_]|\]\([^)]*\)|\[", re.MULTILINE)


def excerpt(signpost: Signpost) -> str:
    """Give the beginning of what a signpost says, to be shown under its title."""
    return shortened(signpost.text, LONGEST_TEXT)


def shortened(sentence: str, most: int = LONGEST_TITLE) -> str:
    """Cut a long sentence after a word.

    >>> shortened("Nothing is sent by post.", 16)
    'Nothing is sent…'
    """
    if len(sentence) <= most:
        return sentence
    return sentence[:most].rsplit(" ", 1)[0][: most - 1].rstrip(",;:–- ") + "…"


def signpost_of(sentence: str, kind: str, address: str, where: str, more: str | None = None) -> Signpost:
    """Make a signpost of what has no name but a sentence: its beginning is what it is called."""
    title = shortened(sentence)
    text = more or ""
    return Signpost(kind, title, address, where, text if title == sentence else f"{sentence} {text}".strip())


def plain_text(markdown: str) -> str:
    """Give the words of a Markdown text without its marks."""
    return " ".join(MARKUP.sub(" ", markdown).split())
