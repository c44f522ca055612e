"""Rules are data: files are read strictly, and no pattern can take for ever."""

import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from hearback.cli.bench.masking import EXAMPLES, PARTS
from hearback.cli.bench.masking_report import read_examples
from hearback.collect.masking import KINDS, LanguageNotKnown, Masker, RulesNotValid, countries
from hearback.collect.masking.choosing import Choosing
from hearback.collect.masking.plain import plain
from hearback.collect.masking.rule import Rule, WrittenRule, read_rules
from hearback.collect.masking.seen import Seen
from hearback.collect.masking.words_of import languages

FILES = ["general", *countries()]
MOST_REPEATS = 64
UNBOUNDED = {"long_number"}
"""Rules that are one run of digits and nothing else, which is searched once whatever its length."""


class _Everything:
    """Holds every word."""

    def __contains__(self, word: str) -> bool:
        return True


class _SeenWithEveryWord(Seen):
    """A text that seems to have every word, so that no rule is left out for want of one."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.words = _Everything()  # type: ignore[assignment]


def _rules(file: str) -> list[WrittenRule]:
    return list(read_rules(file).rules)


def _pattern(file: str, rule: WrittenRule) -> str:
    return Rule(rule, read_rules("general").parts | read_rules(file).parts).pattern.pattern


def _repeats(pattern: str) -> Iterator[Any]:
    def walk(items: Any) -> Iterator[Any]:
        for item in items:
            if isinstance(item, tuple) and item and str(item[0]) in {"MAX_REPEAT", "MIN_REPEAT"}:
                yield item[1][1]
            if isinstance(item, tuple | list | parser.SubPattern):
                yield from walk(item)

    return walk(parser.parse(pattern))


def test_there_are_rules_of_five_countries() -> None:
    assert countries() == ["ca", "es", "gb", "mx", "us"]
    assert [file for file in countries() if read_rules(file).country != file] == []


@pytest.mark.parametrize("file", FILES)
def test_every_rule_has_a_name_of_its_own(file: str) -> None:
    names = [rule.name for rule in _rules(file)]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("file", FILES)
def test_no_pattern_repeats_without_a_limit(file: str) -> None:
    found = {
        rule.name for rule in _rules(file) if max(_repeats(_pattern(file, rule)), default=0) > MOST_REPEATS
    }
    assert found <= UNBOUNDED


@pytest.mark.parametrize("file", FILES)
def test_no_pattern_matches_nothing_or_what_was_masked(file: str) -> None:
    for rule in _rules(file):
        pattern = Rule(rule, read_rules("general").parts | read_rules(file).parts).pattern
        assert not pattern.match(""), rule.name
        assert not pattern.search("\ufffc\ufffc"), rule.name


@pytest.mark.parametrize("file", FILES)
def test_every_rule_finds_something_in_an_example(file: str) -> None:
    examples = [example for part in PARTS for example in read_examples(EXAMPLES / part)]
    seen = [Seen(plain(one.text).text) for one in examples if file in {"general", *one.countries}]
    parts = read_rules("general").parts | read_rules(file).parts
    rules = [Rule(written, parts) for written in _rules(file)]
    idle = [rule.name for rule in rules if not any(True for text in seen for _ in rule.find(text))]
    assert idle == []


@pytest.mark.parametrize("part", PARTS)
def test_what_lets_a_rule_be_skipped_never_hides_anything(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    examples = read_examples(EXAMPLES / part)
    maskers = {example.countries: Masker(example.countries) for example in examples}
    quick = [maskers[example.countries].mask(example.text) for example in examples]
    monkeypatch.setattr(Choosing, "for_text", lambda choosing, seen: choosing._rules)
    monkeypatch.setattr("hearback.collect.masking.masker.Seen", _SeenWithEveryWord)
    assert [maskers[example.countries].mask(example.text) for example in examples] == quick


def test_every_language_has_words_for_every_kind() -> None:
    assert set(languages()) == {"en", "es"}
    for words in languages().values():
        assert set(words.replacements) == set(KINDS)
        assert all(one.startswith("[") and one.endswith("]") for one in words.replacements.values())
        assert all(not set("[]") & set(one[1:-1]) for one in words.replacements.values())


def test_no_two_replacements_of_a_language_are_the_same() -> None:
    for words in languages().values():
        assert len(set(words.replacements.values())) == len(KINDS)


@pytest.mark.parametrize("name", ["xx", "../rules/us", ""])
def test_a_country_without_rules_is_refused(name: str) -> None:
    with pytest.raises(RulesNotValid, match="it has those of ca, es, gb, mx, us"):
        Masker([name])


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(LanguageNotKnown, match="'fr'; it has en, es"):
        Masker(["us"], "fr")


@pytest.mark.parametrize(
    "fields",
    [{"check": "guess"}, {"pattern": "[0-9"}, {"pattern": "%nothing%"}, {"after": ["a"], "link": "chain"}],
)
def test_a_rule_that_cannot_be_used_is_named(fields: dict[str, Any]) -> None:
    written = {"name": "odd", "kind": "phone", "pattern": "[0-9]{4}", **fields}
    with pytest.raises(RulesNotValid, match="rule odd: "):
        Rule(msgspec.convert(written, WrittenRule), {"link": " "})


def test_a_rule_with_a_field_that_is_not_known_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="unknown field `patern`"):
        msgspec.convert({"name": "a", "kind": "phone", "pattern": "1", "patern": "2"}, WrittenRule)
