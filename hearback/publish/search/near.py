"""What somebody may have meant who misspelled a word: words of names that are one slip of a key away.

The same rules stand in `static/publish/finding.js`.
"""

from collections import Counter
from collections.abc import Iterable

from hearback.publish.search.matching import MOST_WORDS, Prepared, found, words_of

SHORTEST = 4
"""Letters that a word must have: shorter ones are near to too many."""


def meant(things: Iterable[Prepared], question: str) -> str | None:
    """Give the question with its unknown words put right by names that are there; None where it cannot be."""
    known = tuple(things)
    names = Counter(word for one in known for word in {*one.title, *one.where})
    asked = words_of(question)[:MOST_WORDS]
    right = [word if _begins_one(known, word) else _nearest(names, word) for word in asked]
    if None in right or right == list(asked):
        return None
    guess = " ".join(word for word in right if word)
    return guess if found(known, guess) else None


def is_near(one: str, other: str) -> bool:
    """Say whether a letter too many, too few, another one, or two changed about make one word the other.

    >>> is_near("pasport", "passport"), is_near("taxse", "taxes"), is_near("tax", "visa")
    (True, True, False)
    """
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    a, b = one[same:], other[same:]
    swapped = a[:2] == b[1::-1] and a[2:] == b[2:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (swapped and len(a) > 1)


def _begins_one(things: tuple[Prepared, ...], word: str) -> bool:
    return any(
        there.startswith(word)
        for one in things
        for part in (one.title, one.where, one.text)
        for there in part
    )


def _nearest(names: Counter[str], word: str) -> str | None:
    near = [(-n, name) for name, n in names.items() if len(word) >= SHORTEST and is_near(word, name)]
    return min(near)[1] if near else None
