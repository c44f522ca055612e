"""A rule of masking, and the files that rules are read from."""

import re
from collections.abc import Iterator, Sequence
from importlib import resources
from typing import Literal

import msgspec

from hearback.collect.masking.checks import CHECKS
from hearback.collect.masking.found import Kind
from hearback.collect.masking.seen import WORD, Check, Seen, Span

PART = re.compile(r"%(\w+)%")
WINDOW = 40
WINDOW_AFTER = 10
SENTENCE_END = re.compile(r"(?:[!?;]|[a-z]{4}\.)\s")
MONEY_BEFORE = re.compile(r"[$€£¥]\s?\Z")


class RulesNotValid(ValueError):
    """A file of rules cannot be used; the message says which rule and why."""


class WrittenRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A rule as its file has it; `docs/masking.md` describes the fields."""

    name: str
    kind: Kind
    pattern: str
    check: str | None = None
    near: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    link: str = "link"
    whole: bool = False
    needs: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    window: int = WINDOW
    digits: int = 0
    run: int = 0
    edges: Literal["words", "digits", "any"] = "words"
    weak: bool = False


class WrittenRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of rules: of one country, or of all."""

    country: str | None
    parts: dict[str, str]
    address_tails: tuple[str, ...]
    rules: tuple[WrittenRule, ...]


class Rule:
    """A rule that is ready to search. Patterns read small letters without accents.

    Raises:
        RulesNotValid: if the rule names a check or a part that does not exist, or its pattern is none.
    """

    def __init__(self, written: WrittenRule, parts: dict[str, str]) -> None:
        self.name, self.kind, self.weak = written.name, written.kind, written.weak
        self.digits, self.run = written.digits, written.run
        self.after = [(phrase, _longest_word(phrase)) for phrase in written.after]
        self.needs = frozenset(map(_longest_word, written.needs or written.after or written.near))
        self.signs = written.signs
        self.needs_a_word = bool(self.needs and not self.signs)
        self.window, self.edges, self.near = written.window, written.edges, written.near
        self.near_pattern = re.compile(rf"(?<!\w){_one_of(written.near)}(?!\w)")
        try:
            self.check: Check | None = CHECKS[written.check] if written.check else None
            self.pattern = re.compile(_whole_pattern(written, parts))
        except (LookupError, re.error) as problem:
            raise RulesNotValid(f"rule {written.name}: {problem} cannot be used") from problem
        self.group: str | int = "it" if "it" in self.pattern.groupindex else 0

    def has_its_signs(self, seen: Seen) -> bool:
        """Say quickly whether a text has a sign, or a word in its place, without which nothing is found."""
        if not self.signs:
            return True
        return any(sign in seen.low for sign in self.signs) or not self.needs.isdisjoint(seen.words)

    def find(self, seen: Seen) -> Iterator[Span]:
        """Give every span in a text that this rule masks."""
        matches = self._after_words(seen) if self.after else self.pattern.finditer(seen.low)
        for match in matches:
            if not self._stands_alone(seen.low, match):
                continue
            span = match.span(self.group)
            if self.near and not self._is_near(seen.low, span):
                continue
            found = self.check(seen, match, span) if self.check else span
            if found is not None:
                yield found

    def _after_words(self, seen: Seen) -> Iterator[re.Match[str]]:
        """Match where one of the words stands, which is faster than to try everywhere."""
        for phrase, word in self.after:
            if word not in seen.words:
                continue
            start = seen.low.find(phrase)
            while start >= 0:
                if match := self.pattern.match(seen.low, start):
                    yield match
                start = seen.low.find(phrase, start + 1)

    def _stands_alone(self, low: str, match: re.Match[str]) -> bool:
        if self.edges == "any":
            return True
        start, end = match.span()
        touches = str.isdigit if self.edges == "digits" else str.isalnum
        if touches(low[start - 1 : start]) and touches(low[start]):
            return False
        if touches(low[end : end + 1]) and touches(low[end - 1]):
            return False
        return not MONEY_BEFORE.search(low, max(0, start - 2), start)

    def _is_near(self, low: str, span: Span) -> bool:
        before, after = low[max(0, span[0] - self.window) : span[0]], low[span[1] : span[1] + WINDOW_AFTER]
        if not any(word in before or word in after for word in self.near):
            return False
        ends = [end.end() for end in SENTENCE_END.finditer(before)]
        return bool(self.near_pattern.search(before, max(ends, default=0)) or self.near_pattern.search(after))


def _whole_pattern(written: WrittenRule, parts: dict[str, str]) -> str:
    pattern = _with_parts(written.pattern, parts)
    if not written.after:
        return pattern
    wanted = pattern if written.whole or "(?P<it>" in pattern else f"(?P<it>{pattern})"
    return f"(?P<word>{_one_of(written.after)})" + _with_parts(f"%{written.link}%", parts) + wanted


def _with_parts(pattern: str, parts: dict[str, str]) -> str:
    while PART.search(pattern):
        pattern = PART.sub(lambda found: parts[found[1]], pattern)
    return pattern


def _longest_word(phrase: str) -> str:
    words: list[str] = WORD.findall(phrase)
    return max(words, key=len)


def _one_of(words: Sequence[str]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s{1,2}") for word in longest_first) + ")"


def countries() -> list[str]:
    """Name the countries that have rules."""
    names = (file.name for file in _folder().iterdir())
    return sorted(name.removesuffix(".json") for name in names if name.endswith(".json") and len(name) == 7)


def read_rules(name: str) -> WrittenRules:
    """Read a file of rules by the name of its country, or "general".

    Raises:
        RulesNotValid: if there is none, or it does not have the form of one.
    """
    file = _folder() / f"{name}.json"
    if name != "general" and name not in countries():
        raise RulesNotValid(f"masking has no rules of {name!r}; it has those of {', '.join(countries())}")
    try:
        return msgspec.json.decode(file.read_bytes(), type=WrittenRules)
    except msgspec.MsgspecError as problem:
        raise RulesNotValid(f"the rules of {name} cannot be read: {problem}") from problem


def _folder() -> "resources.abc.Traversable":
    return resources.files("hearback.collect.masking") / "rules"
