"""How well masking finds what is marked in written examples: precision and recall, per kind and in total.

An example marks personal data in place, as in "call {phone:202-555-0143}". What is marked counts as found if
a find of the same kind begins and ends with it, but for signs and blanks at its edges; a find counts as right
the same way. A find that takes a word too many is wrong twice: it missed what was there, and found what was
not.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hearback.collect.masking import KINDS, UNSTRUCTURED, Found, Kind, Masker
from hearback.ui.terminal import Refused

MARK = re.compile(r"\{(\w+):([^{}]*)\}")
KIND_OF: dict[str, Kind] = {kind: kind for kind in KINDS}
Place = tuple[Kind, int, int]


@dataclass(frozen=True)
class Example:
    """A text with nothing marked any more, what was marked in it, and the countries whose rules it is for."""

    text: str
    marked: tuple[Found, ...]
    countries: tuple[str, ...]


@dataclass(frozen=True)
class Counts:
    """What was marked and found, by kind; `n_clear`: marks of which a letter or digit is left to read."""

    n_marked: Counter[str]
    n_found: Counter[str]
    n_right: Counter[str]
    n_clear: Counter[str]


def read_examples(folder: Path) -> list[Example]:
    """Read every example of a folder.

    Raises:
        Refused: if the folder has none, or a mark is of no known kind.
    """
    found = [one for file in sorted(folder.glob("*.json")) for one in _examples_of(file)]
    if not found:
        raise Refused(f"{folder} has no examples; those of the tests are in a checkout of the source")
    return found


def _examples_of(file: Path) -> Iterator[Example]:
    groups = json.loads(file.read_text(encoding="utf-8"))
    for group in groups if isinstance(groups, list) else [groups]:
        for written in group["examples"]:
            yield parse_example(written, group["countries"])


def parse_example(written: str, countries: Iterable[str]) -> Example:
    """Take the marks out of an example.

    Raises:
        Refused: if a mark is of no known kind.
    """
    text, marked, last = "", [], 0
    for mark in MARK.finditer(written):
        if mark[1] not in KIND_OF:
            raise Refused(f"{mark[1]!r} is no kind of personal data; use one of {', '.join(KINDS)}")
        text += written[last : mark.start()]
        marked.append(Found(KIND_OF[mark[1]], len(text), len(text) + len(mark[2])))
        text += mark[2]
        last = mark.end()
    return Example(text + written[last:], tuple(marked), tuple(countries))


def count(examples: Sequence[Example]) -> Counts:
    """Mask every example by the rules of its countries, and compare with its marks."""
    maskers = {countries: Masker(countries) for countries in {one.countries for one in examples}}
    counts = Counts(Counter(), Counter(), Counter(), Counter())
    for example in examples:
        found = maskers[example.countries].mask(example.text).found
        wanted, got = _places(example.text, example.marked), _places(example.text, found)
        counts.n_marked.update(kind for kind, _, _ in wanted)
        counts.n_found.update(kind for kind, _, _ in got)
        counts.n_right.update(kind for kind, _, _ in wanted & got)
        counts.n_clear.update(one.kind for one in example.marked if is_clear(example.text, one, found))
    return counts


def _places(text: str, found: Iterable[Found]) -> set[Place]:
    places: set[Place] = set()
    for one in found:
        inside = [i for i in range(one.start, one.end) if text[i].isalnum()]
        places.add((one.kind, min(inside), max(inside) + 1))
    return places


def is_clear(text: str, marked: Found, found: Iterable[Found]) -> bool:
    """Say whether any letter or digit of something marked is still to read, whatever kind it was found as."""
    hidden = {i for one in found for i in range(one.start, one.end)}
    return any(text[i].isalnum() and i not in hidden for i in range(marked.start, marked.end))


def report(examples: Sequence[Example]) -> dict[str, Any]:
    """Give precision and recall for each kind, for all structured kinds, and in total; null where none is."""
    counts = count(examples)
    structured = [kind for kind in KINDS if kind not in UNSTRUCTURED]
    return {
        "n_examples": len(examples),
        "n_without_marks": sum(not one.marked for one in examples),
        "kinds": {kind: _shares(counts, [kind]) for kind in KINDS},
        "structured": _shares(counts, structured),
        "total": _shares(counts, KINDS),
    }


def _shares(counts: Counts, kinds: Sequence[str]) -> dict[str, Any]:
    n_marked, n_found, n_right, n_clear = (
        sum(counter[kind] for kind in kinds)
        for counter in (counts.n_marked, counts.n_found, counts.n_right, counts.n_clear)
    )
    return {
        "n_marked": n_marked,
        "n_found": n_found,
        "n_right": n_right,
        "n_clear": n_clear,
        "precision": round(n_right / n_found, 4) if n_found else None,
        "recall": round(n_right / n_marked, 4) if n_marked else None,
    }
