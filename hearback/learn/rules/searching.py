"""Finding words in texts: how texts are compared, what counts as found, and what stands first.

Case, accents and the width of characters make no difference. Words may stand in any order and all must be
found; the beginning of a word is enough, but in quotation marks words stand together and whole. A script
without spaces between words is searched character by character.

What stands first, within one kind: where more of the terms are in the title; then where more of them are
whole words; then where they stand more often; then in the order of titles.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

LONGEST_QUERY = 200
"""Characters that may be searched for at once."""
MOST_TERMS = 12
"""Words and phrases that may be searched for at once."""
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_LETTER = rf"[^\W_{_UNSPACED}]"
_WORD = re.compile(rf"[{_UNSPACED}]|{_LETTER}+")
_TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')
_BARRED = str.maketrans("đħıłøŧ", "dhilot")
"""Letters whose stroke or missing dot is no sign of its own, as that of an accent is."""
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))


class QueryNotGood(ValueError):
    """What is searched for is longer than what is looked up at once."""


class Searched(Protocol):
    """Anything that can be searched: by what it is called, and by what else it says."""

    @property
    def key(self) -> str:
        """Its key: unique within its kind."""

    @property
    def title(self) -> str:
        """What it is called, or its only text."""

    @property
    def texts(self) -> Sequence[str]:
        """What else it says."""


T = TypeVar("T", bound=Searched)


@dataclass(frozen=True)
class Term:
    """Words that stand one after the other. `typed` is how they were written, `pattern` finds them folded."""

    typed: str
    first: str
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class Folded(Generic[T]):
    """A thing with its texts as they are compared, the title first."""

    thing: T
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Hit(Generic[T]):
    """A thing in which all terms were found, with what puts it in its place."""

    thing: T
    rank: tuple[int, int, int, str, str]


def fold(text: str) -> str:
    """Give a text as it is compared: without accents, in small letters.

    >>> fold("Às 9h, STRASSE straße")
    'as 9h, strasse strasse'
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return plain.casefold().translate(_BARRED)


def terms_of(query: str) -> tuple[Term, ...]:
    """Read what is searched for; no terms where it holds no word.

    Raises:
        QueryNotGood: if it is too long, saying by how much.

    >>> [term.typed for term in terms_of('clerk "which form" , e-mail')]
    ['clerk', '"which form"', 'e-mail']
    """
    if len(query) > LONGEST_QUERY:
        raise QueryNotGood(
            f"{len(query)} characters are searched for; search for {LONGEST_QUERY} or fewer at once"
        )
    made = [_term(*found.groups()) for found in _TERM.finditer(query.translate(_QUOTES))]
    terms = {term.pattern: term for term in made if term is not None}
    if len(terms) > MOST_TERMS:
        raise QueryNotGood(f"{len(terms)} words are searched for; search for {MOST_TERMS} or fewer at once")
    return tuple(terms.values())


def spans(term: Term, folded: str) -> list[tuple[int, int]]:
    """Give where a term stands in a folded text, each with the rest of a word that it only begins."""
    if term.first not in folded:  # far quicker than the pattern
        return []
    return [found.span() for found in term.pattern.finditer(folded)]


def folded(things: Iterable[T]) -> list[Folded[T]]:
    """Make things ready to be searched, once for several searches."""
    return [Folded(thing, (fold(thing.title), *map(fold, thing.texts))) for thing in things]


def hits(terms: Sequence[Term], things: Iterable[Folded[T]]) -> list[Hit[T]]:
    """Give the things in which all terms are found, wherever in them, the best first."""
    found = (_hit(terms, thing) for thing in things)
    return sorted((hit for hit in found if hit is not None), key=lambda hit: hit.rank)


def _term(quoted: str | None, plain: str | None) -> Term | None:
    typed = plain if plain is not None else f'"{quoted}"'
    words = _WORD.findall(fold(typed))
    if not words:
        return None
    pattern = _before(words[0])
    for word, after in zip(words, [*words[1:], None], strict=True):
        pattern += re.escape(word)
        if after is not None:
            pattern += rf"[\W_]{'*' if _is_unspaced(word) or _is_unspaced(after) else '+'}"
    last_is_open = plain is not None and not _is_unspaced(words[-1])
    rest = rf"({_LETTER}*)" if last_is_open else ("()" if _is_unspaced(words[-1]) else rf"()(?!{_LETTER})")
    return Term(typed, words[0], re.compile(pattern + rest))


def _before(word: str) -> str:
    return "" if _is_unspaced(word) else rf"(?<!{_LETTER})"


def _is_unspaced(word: str) -> bool:
    return re.match(rf"[{_UNSPACED}]", word) is not None


def _hit(terms: Sequence[Term], of: Folded[T]) -> Hit[T] | None:
    title = of.texts[0]
    n_in_title = n_whole = n_hits = 0
    for term in terms:
        found = [match for text in of.texts if term.first in text for match in term.pattern.finditer(text)]
        if not found:
            return None
        n_in_title += any(match.string is title for match in found)
        n_whole += any(not match[1] for match in found)
        n_hits += len(found)
    return Hit(of.thing, (-n_in_title, -n_whole, -n_hits, title, of.thing.key))
