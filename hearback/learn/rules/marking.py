"""Showing where words were found: a passage of a text, in pieces, of which some are marked."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from hearback.learn.rules.searching import Searched, Term, fold, spans

LONGEST_PASSAGE = 240
"""Characters of a text that are shown."""
BEFORE = 60
"""Characters that may stand before what was found."""
MOST_STARTS = 100
"""Places, from the first on, that are weighed against one another for the passage that is shown."""
CUT = "…"


@dataclass(frozen=True)
class Piece:
    """A piece of a passage; `is_found` where it is what was searched for."""

    text: str
    is_found: bool


@dataclass(frozen=True)
class Passage:
    """A passage of a text. `n_terms` is how many of the terms stand in it."""

    pieces: tuple[Piece, ...]
    n_terms: int

    def __str__(self) -> str:
        return "".join(piece.text for piece in self.pieces)


def passage(terms: Sequence[Term], text: str) -> Passage:
    """Cut the passage of a text in which most of the terms stand, the first of several; mark what was found.

    Where nothing was found it is the beginning of the text.

    >>> from hearback.learn.rules.searching import terms_of
    >>> passage(terms_of("form"), "Fills in a form. Forms repeat.").pieces[1:3]
    (Piece(text='form', is_found=True), Piece(text='. ', is_found=False))
    """
    found = _found(terms, text)
    begins, ends = _window(found, text)
    inside = [(start, end) for start, end, _ in found if begins <= start and end <= ends]
    pieces = list(_pieces(text, begins, ends, inside))
    if begins > 0:
        pieces.insert(0, Piece(CUT, False))
    if ends < len(text):
        pieces.append(Piece(CUT, False))
    return Passage(tuple(pieces), len({n for start, end, n in found if begins <= start and end <= ends}))


def shown(terms: Sequence[Term], thing: Searched) -> tuple[Passage, Passage | None]:
    """Give the title of a thing, and a passage of that text which holds most of the terms the title lacks."""
    title = fold(thing.title)
    lacking = [term for term in terms if not spans(term, title)]

    def n_lacking(text: str) -> int:
        return sum(bool(spans(term, fold(text))) for term in lacking)

    best = max(thing.texts, key=n_lacking, default=None) if lacking else None
    return passage(terms, thing.title), None if best is None else passage(terms, best)


def _found(terms: Sequence[Term], text: str) -> list[tuple[int, int, int]]:
    """Give where terms stand in the text as it is written: start, end, and which term, in order."""
    folded = fold(text)
    plain = text.isascii()
    places = range(len(text)) if plain else [i for i, sign in enumerate(text) for _ in fold(sign)]
    return sorted(
        (places[start], _after_accents(text, places[end - 1] + 1), number)
        for number, term in enumerate(terms)
        for start, end in spans(term, folded)
    )


def _after_accents(text: str, end: int) -> int:
    """Take the accents along that follow a letter as signs of their own."""
    while end < len(text) and not fold(text[end]):
        end += 1
    return end


def _window(found: Sequence[tuple[int, int, int]], text: str) -> tuple[int, int]:
    if len(text) <= LONGEST_PASSAGE:
        return 0, len(text)
    reach, seen = LONGEST_PASSAGE - BEFORE, found[:MOST_STARTS]

    def n_terms(start: int) -> int:
        return len({number for at, end, number in seen if start <= at and end <= start + reach})

    first = max((start for start, _, _ in seen), key=lambda start: (n_terms(start), -start), default=0)
    begins = _word_start(text, max(0, first - BEFORE), first)
    return begins, _word_end(text, min(len(text), begins + LONGEST_PASSAGE), first + 1)


def _word_start(text: str, at: int, latest: int) -> int:
    """Give the first start of a word from a place on, but none after the latest."""
    if at == 0:
        return 0
    space = text.find(" ", at, latest)
    return latest if space < 0 else space + 1


def _word_end(text: str, at: int, earliest: int) -> int:
    if at == len(text):
        return at
    space = text.rfind(" ", earliest, at)
    return at if space < 0 else space


def _pieces(text: str, begins: int, ends: int, found: Iterable[tuple[int, int]]) -> Iterator[Piece]:
    at = begins
    for start, end in _joined(found):
        if start > at:
            yield Piece(text[at:start], False)
        yield Piece(text[start:end], True)
        at = end
    if at < ends:
        yield Piece(text[at:ends], False)


def _joined(found: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Make one of what overlaps, as where two terms stand in one word."""
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined
