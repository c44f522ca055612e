"""The masker: personal data out of a text, before anything is stored."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hearback.collect.masking.choosing import Choosing
from hearback.collect.masking.found import KINDS, Found, Kind, Masked
from hearback.collect.masking.plain import plain
from hearback.collect.masking.rule import Rule, read_rules
from hearback.collect.masking.seen import Seen, Span
from hearback.collect.masking.words_of import replacements
from hearback.collect.masking.written import masked_before

PLACEHOLDER = "\ufffc"
NOT_WEAK = -len(KINDS)


@dataclass(frozen=True, slots=True)
class _Hit:
    """A span of the plain text. `rank` is smallest for the surest; a hit without kind was masked before."""

    start: int
    end: int
    kind: Kind | None
    rank: int


class Masker:
    """Masks texts by the rules of some countries, with words of one language. Make it once and keep it.

    Args:
        countries: names of files in `rules/`, such as ["us"]; the general rules hold always.
        language: whose words stand in the place of what is masked.

    Raises:
        RulesNotValid: if a country has no rules.
        LanguageNotKnown: if a language has no words.
    """

    def __init__(self, countries: Sequence[str], language: str = "en") -> None:
        general = read_rules("general")
        files = [*(read_rules(country) for country in dict.fromkeys(countries)), general]
        self._rules = Choosing(Rule(one, general.parts | file.parts) for file in files for one in file.rules)
        self._tails = [re.compile(tail) for file in files for tail in file.address_tails]
        self._words = replacements(language)

    def mask(self, text: str) -> Masked:
        """Mask a text. Masking what is masked already changes nothing.

        What was found is cut out and the rest is searched again until nothing more is found, so that no two
        halves of a number are left that only masking brought together.
        """
        seen = plain(text)
        hits = self._already_masked(seen.text)
        while more := self._search(*_without(seen.text, hits)):
            hits = _merged([*hits, *more])
        new = [hit for hit in hits if hit.kind is not None]
        if not new:
            return Masked(text, ())
        found = tuple(
            Found(hit.kind, seen.in_original(hit.start), seen.in_original(hit.end)) for hit in new if hit.kind
        )
        return Masked(self._replaced(text, found), found)

    def _already_masked(self, text: str) -> list[_Hit]:
        return [_Hit(*span, None, len(KINDS)) for span in masked_before(text)]

    def _search(self, text: str, places: list[int] | None) -> list[_Hit]:
        seen = Seen(text)
        hits = []
        for rule in self._rules.for_text(seen):
            rank = KINDS.index(rule.kind) + (0 if rule.weak else NOT_WEAK)
            for span in rule.find(seen):
                start, end = self._with_tails(text, span) if rule.kind == "address" else span
                if places is not None:
                    start, end = places[start], places[end]
                hits.append(_Hit(start, end, rule.kind, rank))
        return hits

    def _with_tails(self, text: str, span: Span) -> Span:
        start, end = span
        while longer := max((m.end() for tail in self._tails if (m := tail.match(text, end))), default=0):
            end = longer
        return start, end

    def _replaced(self, text: str, found: Iterable[Found]) -> str:
        parts, last = [], 0
        for one in found:
            parts += [text[last : one.start], self._words[one.kind]]
            last = one.end
        return "".join([*parts, text[last:]])


def _without(text: str, hits: Sequence[_Hit]) -> tuple[str, list[int] | None]:
    """Put one placeholder for every hit; gives the text and where each of its characters was."""
    if not hits:
        return text, None
    parts: list[str] = []
    places: list[int] = []
    last = 0
    for hit in hits:
        parts += [text[last : hit.start], PLACEHOLDER]
        places += [*range(last, hit.start), hit.start]
        last = hit.end
    return "".join([*parts, text[last:]]), [*places, *range(last, len(text) + 1)]


def _merged(hits: Iterable[_Hit]) -> list[_Hit]:
    """Make one of hits that overlap, of the kind of the surest, so that nothing of any of them is left."""
    merged: list[_Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start, h.end)):
        if merged and hit.start < merged[-1].end:
            one = merged[-1]
            surest = min(one, hit, key=lambda h: h.rank)
            merged[-1] = _Hit(one.start, max(one.end, hit.end), surest.kind, surest.rank)
        else:
            merged.append(hit)
    return merged
