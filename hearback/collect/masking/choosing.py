"""Which rules can find anything in a text: most texts need a few of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from hearback.collect.masking.rule import Rule
from hearback.collect.masking.seen import Seen


class Shelf:
    """Rules that texts with so many digits can meet: those to try always, and those that need a word."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.always: list[Rule] = []
        self.by_word: dict[str, list[Rule]] = defaultdict(list)
        for rule in rules:
            if not rule.needs_a_word:
                self.always.append(rule)
                continue
            for word in rule.needs:
                self.by_word[word].append(rule)
        self.words = frozenset(self.by_word)


class Choosing:
    """All rules of a masker, on shelves by how many digits a text has, alone and in one number."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = list(rules)
        self._most_digits = max((rule.digits for rule in self._rules), default=0)
        self._longest_run = max((rule.run for rule in self._rules), default=0)
        self._shelves: dict[tuple[int, int], Shelf] = {}

    def for_text(self, seen: Seen) -> Iterator[Rule]:
        """Give each rule once that can find something: the text has its digits, and its word or its sign."""
        shelf = self._shelf(seen)
        for rule in shelf.always:
            if rule.has_its_signs(seen):
                yield rule
        if words := shelf.words & seen.words:
            yield from dict.fromkeys(rule for word in words for rule in shelf.by_word[word])

    def _shelf(self, seen: Seen) -> Shelf:
        """Take the shelf for a text; more digits than any rule asks for make no other."""
        digits, run = min(seen.n_digits, self._most_digits), min(seen.longest_run, self._longest_run)
        shelf = self._shelves.get((digits, run))
        if shelf is None:
            fitting = (rule for rule in self._rules if rule.digits <= digits and rule.run <= run)
            shelf = self._shelves[digits, run] = Shelf(fitting)
        return shelf
