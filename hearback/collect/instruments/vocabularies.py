"""Lists of regions that the program carries, one file each: `vocabularies/us_states.json`."""

from functools import cache
from pathlib import Path

import msgspec

from hearback.collect.instruments.definition import Choice, Question

FOLDER = Path(__file__).parent / "vocabularies"


@cache
def names() -> tuple[str, ...]:
    """Name the lists there are."""
    return tuple(sorted(file.stem for file in FOLDER.glob("*.json")))


def choices_of(question: Question) -> tuple[Choice, ...]:
    """Give what a closed question offers: its own choices, or those of the list it names, if there is one."""
    if not question.vocabulary:
        return question.choices
    return _list(question.vocabulary) if question.vocabulary in names() else ()


@cache
def _list(name: str) -> tuple[Choice, ...]:
    return msgspec.json.decode((FOLDER / f"{name}.json").read_bytes(), type=tuple[Choice, ...])
