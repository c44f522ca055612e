"""Texts that pass through a spreadsheet and come back: harmless there, and the same afterwards."""

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "'")


def guarded(text: str) -> str:
    """Keep a spreadsheet from running a text, by an apostrophe before it.

    Source: OWASP, CSV Injection.

    >>> guarded("=1+1"), guarded("'quoted'"), guarded("plain")
    ("'=1+1", "''quoted'", 'plain')
    """
    return f"'{text}" if text.startswith(STARTS) else text


def unguarded(text: str) -> str:
    """Take the apostrophe off again.

    >>> unguarded("'=1+1"), unguarded("''quoted'"), unguarded("it's")
    ('=1+1', "'quoted'", "it's")
    """
    return text[1:] if text.startswith("'") and text[1:].startswith(STARTS) else text
