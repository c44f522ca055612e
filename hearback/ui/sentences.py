"""Saying what plain Python says in English, sentence by sentence, in the language that is spoken now."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from hearback.ui.speaking import mark_of_english

Translated = Callable[[str], str | None]
SEVERAL, EITHER = "; ", " or "
"""What stands between sentences, and between words, that are put into one place."""


def translator(sentences: tuple[str, ...], words: Mapping[str, Any] | None = None) -> Translated:
    """Give what puts one of these sentences into the language of the person; None where it has no words.

    Args:
        sentences: as the code says them, with `{names}` for what is put in, and told to translators.
        words: what may be put in and is translated too; another sentence is as well. All else stays.
    """
    known = words or {}

    def translated(message: str) -> str | None:
        for sentence in sentences:
            if found := _pattern(sentence).fullmatch(message):
                told = gettext(sentence)
                gaps = {name: put_in(text) for name, text in found.groupdict().items()}
                return None if told == sentence else told.format(**gaps)
        return None

    def put_in(text: str) -> str:
        parts = text.split(SEVERAL)
        if len(parts) > 1 and all(translated(part) for part in parts):
            return SEVERAL.join(put_in(part) for part in parts)
        if found := known.get(text) or translated(text):
            return str(found)
        words = text.split(EITHER)
        if all(word in known for word in words):
            return str(known[EITHER]).join(str(known[word]) for word in words)
        return text  # as somebody typed it

    return translated


def told_in(translated: Translated, message: str) -> SafeString:
    """Give a message for a page: in the language of the person, or in English and marked so."""
    words = translated(message)
    if words is None:
        return format_html("<span{}>{}</span>", mark_of_english(), message)
    return SafeString(conditional_escape(words))


@cache
def _pattern(sentence: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+)", re.escape(sentence)), re.DOTALL)
