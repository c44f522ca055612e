"""Codes for what other files name as they like."""

import re
from collections.abc import Collection

from hearback.collect.instruments.checking import CHOICE_CODE, CODE, KEY

LONGEST_CODE, LONGEST_KEY = 40, 80


def question_code(name: str, taken: Collection[str]) -> str:
    """Give a code for a question that is as near to its name as can be, and not taken yet."""
    if not CODE.match(name):
        name = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
        name = name if re.match(r"[a-z]", name) else f"q_{name}".rstrip("_")
    return _free(name[:LONGEST_CODE], taken, LONGEST_CODE)


def choice_code(name: str, taken: Collection[str]) -> str:
    """Give a code for a choice that is as near to its value as can be, and not taken yet."""
    if not CHOICE_CODE.match(name):
        name = re.sub(r"[^A-Za-z0-9_\-]+", "_", name).strip("_-") or "c"
    return _free(name[:LONGEST_CODE], taken, LONGEST_CODE)


def instrument_key(name: str) -> str:
    """Give a key for an instrument that is as near to a name as can be."""
    if KEY.match(name):
        return name
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:LONGEST_KEY].strip("-") or "imported"


def _free(name: str, taken: Collection[str], longest: int) -> str:
    found, number = name, 1
    while found in taken:
        number += 1
        found = f"{name[: longest - len(str(number)) - 1]}_{number}"
    return found
