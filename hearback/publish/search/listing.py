"""Everything that a release publishes by kind and by first letter: the way to find it without script."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from hearback.publish.frozen import ReleaseData
from hearback.publish.keeping import kept_for_each_release
from hearback.publish.pages.catalogue import NotInRelease
from hearback.publish.search.kinds import KINDS, Signpost
from hearback.publish.search.matching import Prepared, prepared, words_of
from hearback.publish.search.own_pages import spoken
from hearback.publish.search.signposts import signposts
from hearback.ui.speaking import ENGLISH

DIGITS, OTHERS = "0-9", "other"
LETTERS = (*ascii_lowercase, DIGITS, OTHERS)


@dataclass(frozen=True)
class Group:
    """Signposts under one heading. `key` is its name in addresses."""

    key: str
    heading: Any
    signposts: tuple[Signpost, ...]


@dataclass(frozen=True)
class Listing:
    """All signposts of a release, by kind and by letter, and with their words."""

    signposts: tuple[Signpost, ...]
    kinds: dict[str, Group]
    letters: dict[str, Group]
    prepared: tuple[Prepared, ...]


def letter_of(title: str) -> str:
    """Give the letter under which a title is listed, without accents and marks before it.

    >>> letter_of("“Élan” for all"), letter_of("2026 report"), letter_of("Ωmega")
    ('e', '0-9', 'other')
    """
    first = "".join(words_of(title))[:1]
    if first.isdigit():
        return DIGITS
    return first if first and first in ascii_lowercase else OTHERS


def heading_of(letter: str) -> Any:
    """Write a letter as the heading of what begins with it."""
    return {DIGITS: "0–9", OTHERS: _("Other letters")}.get(letter, letter.upper())


def listing(release: ReleaseData, language: str | None = None) -> Listing:
    """Give everything in a release, listed once for each release and language and kept.

    `language` is the one that is spoken now where none is given.
    """
    tongue = language or translation.get_language() or ENGLISH
    kept = _listings(release)
    if tongue not in kept:
        with translation.override(tongue):
            english = tongue == ENGLISH
            kept[tongue] = _listed(signposts(release)) if english else _translated(listing(release, ENGLISH))
    return kept[tongue]


@kept_for_each_release
def _listings(release: ReleaseData) -> dict[str, Listing]:
    """Give where the listings of a release are kept, by language."""
    return {}


def _listed(found: tuple[Signpost, ...]) -> Listing:
    return Listing(found, _by_kind(found), _by_letter(found), prepared(found))


def _translated(english: Listing) -> Listing:
    """Say what is ours in the language that is spoken now; the rest is shared with English."""
    there = tuple(spoken(one) for one in english.signposts)
    words = tuple(
        before if before.signpost is one else prepared([one])[0]
        for before, one in zip(english.prepared, there, strict=True)
    )
    return Listing(there, _by_kind(there), _letters_of(english, there), words)


def _letters_of(english: Listing, there: tuple[Signpost, ...]) -> dict[str, Group]:
    """Put signposts under the letters of another language, of which each page is there in English too.

    What begins with a letter that English has not stands where it stands in English, and so does what alone
    is under a letter there: each page of letters is there in every language.
    """
    known, first = english.letters, {}
    for before, one in zip(english.signposts, there, strict=True):
        letter = letter_of(one.title)
        first[one] = letter if letter in known else letter_of(before.title)
    groups = {
        key: Group(key, heading_of(key), found) for key, found in _sorted_in(there, first.__getitem__).items()
    }
    alone = {
        key: Group(key, group.heading, tuple(spoken(one) for one in group.signposts))
        for key, group in known.items()
    }
    return {key: groups.get(key) or alone[key] for key in known}


def of_kind(release: ReleaseData, kind: str) -> tuple[Group, list[Group]]:
    """Give all signposts of a kind, and the same by first letter.

    Raises:
        NotInRelease: if the release holds none of that kind.
    """
    found = listing(release).kinds.get(kind)
    if found is None:
        raise NotInRelease(kind)
    return found, list(_by_letter(found.signposts).values())


def of_letter(release: ReleaseData, letter: str) -> tuple[Group, list[Group]]:
    """Give all signposts that begin with a letter, and the same by kind.

    Raises:
        NotInRelease: if nothing begins with it.
    """
    found = listing(release).letters.get(letter)
    if found is None:
        raise NotInRelease(letter)
    return found, list(_by_kind(found.signposts).values())


def _by_kind(found: Iterable[Signpost]) -> dict[str, Group]:
    sorted_in = _sorted_in(found, lambda one: one.kind)
    return {key: Group(key, kind.many, sorted_in[key]) for key, kind in KINDS.items() if sorted_in.get(key)}


def _by_letter(found: Iterable[Signpost]) -> dict[str, Group]:
    sorted_in = _sorted_in(found, lambda one: letter_of(one.title))
    return {key: Group(key, heading_of(key), sorted_in[key]) for key in LETTERS if sorted_in.get(key)}


def _sorted_in(found: Iterable[Signpost], key: Callable[[Signpost], str]) -> dict[str, tuple[Signpost, ...]]:
    """Put signposts apart, each part by title."""
    parts: dict[str, list[Signpost]] = defaultdict(list)
    for one in found:
        parts[key(one)].append(one)
    return {
        name: tuple(sorted(part, key=lambda one: (words_of(one.title), one.address)))
        for name, part in parts.items()
    }
