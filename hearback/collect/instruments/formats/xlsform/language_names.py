"""Languages as XLSForm names them: a name in words with the tag in brackets, `Spanish (es)`."""

import json
import re
from functools import cache
from pathlib import Path

_WITH_TAG = re.compile(r"(?P<name>.*?)\s*\(\s*(?P<tag>[A-Za-z0-9\-]+)\s*\)\s*\Z", re.DOTALL)


@cache
def _names() -> dict[str, str]:
    """Give the English name of each tag; names are Django's, which follow CLDR."""
    found: dict[str, str] = json.loads(
        Path(__file__).with_name("language_names.json").read_text(encoding="utf-8")
    )
    return found


def heading(tag: str) -> str:
    """Name a language in the heading of a column."""
    return f"{_names().get(tag, tag)} ({tag})"


def tag_of(name: str) -> str:
    """Give the tag that a heading names; the heading itself where it names none that is known."""
    found = _WITH_TAG.match(name)
    if found is not None:
        return found["tag"]
    tags = {one.lower(): tag for tag, one in _names().items()}
    return tags.get(name.strip().lower(), name.strip())
