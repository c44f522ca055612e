"""A saved place: a link that carries on with a form later, for who asks for it. Nothing is stored."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from hearback.collect.instruments.asking import Screen, first_screen, next_screen
from hearback.collect.instruments.definition import WRITTEN
from hearback.collect.instruments.prepared import Prepared


def saved(form: Prepared, given: Mapping[str, Any], seen: Collection[str]) -> list[tuple[str, str]]:
    """Give what the link tells: what was chosen, and which questions are done.

    What was written is left out, because addresses are kept by browsers and servers; its questions are asked
    again.
    """
    wrote = {
        code
        for code, one in form.asked.items()
        if (one.question.type in WRITTEN and given.get(code)) or given.get(one.text_code)
    }
    told = [("_seen", code) for code in seen if code not in wrote]
    for code, one in form.asked.items():
        if code in given and one.question.type not in WRITTEN:
            value = given[code]
            told += [(code, text) for text in (value if isinstance(value, list) else [value]) if text]
    return told


def place_to_go_on(
    form: Prepared, given: Mapping[str, Any], seen: Collection[str]
) -> tuple[Screen, Collection[str]]:
    """Give the screen for who comes with a saved place or without one, and which questions are done."""
    if seen:
        screen = next_screen(form, given, seen, ())
        if screen.questions:
            done = [code for code in seen if code not in {one.code for one in screen.questions}]
            return replace(screen, problems=()), done
    return first_screen(form, given), ()
