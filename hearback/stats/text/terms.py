"""Words that mark one group of comments against another, by log-odds with a Dirichlet prior.

Names, addresses and numbers that tell who somebody is must be gone before comments come here.
"""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Alphabet = Literal["any", "a-z"]
NOT_A_TO_Z = re.compile(r"[^a-z' ]")
SHOWN_Z = 1.96
"""Source: the usual two-sided five percent; Monroe, Colaresi and Quinn (2008) shade words by it."""


class CommentsNotValid(ValueError):
    """Comments, their groups, or a prior cannot be used; the message says why."""


@dataclass(frozen=True)
class Prior:
    """How strongly words are held to be used alike in both groups until counts say otherwise.

    `informative` spreads `total` over words as often as both groups together use them, so that frequent words
    are not taken for telling; `uniform` gives every word `total` by itself.
    """

    total: float
    kind: Literal["informative", "uniform"] = "informative"

    def __post_init__(self) -> None:
        if not (math.isfinite(self.total) and self.total > 0):
            raise CommentsNotValid(f"a prior of {self.total} words is not above zero; give a positive number")


@dataclass(frozen=True)
class MarkedWord:
    """A word: how often each group uses it, and how much more the first does.

    `log_odds` above zero says that it marks the first group, below zero the second; `z` is it over its
    standard error. Both are None where there is no other word, so no odds. The people who used it are
    counted in each group, however often they did.
    """

    word: str
    n_first: int
    n_second: int
    people_first: int
    people_second: int
    log_odds: float | None
    variance: float
    z: float | None

    @property
    def p_value(self) -> float | None:
        """Give the two-sided p-value of z, to be adjusted for the number of words before it is believed."""
        return None if self.z is None else math.erfc(abs(self.z) / math.sqrt(2))

    @property
    def people_marked(self) -> int:
        """Count the people who used it in the group it marks; the fewer of both where it marks none."""
        if not self.z:
            return min(self.people_first, self.people_second)
        return self.people_first if self.z > 0 else self.people_second


@dataclass(frozen=True)
class MarkedWords:
    """All words of two groups in byte order, and how many tokens each group has.

    Most of these must not be shown: see `shown_words`.
    """

    first: str
    second: str
    tokens_first: int
    tokens_second: int
    words: tuple[MarkedWord, ...]

    def marking_first(self) -> list[MarkedWord]:
        """Order the words from the one that marks the first group most; ties in byte order."""
        return sorted((word for word in self.words if word.z is not None), key=lambda word: -(word.z or 0.0))

    def marking_second(self) -> list[MarkedWord]:
        """Order the words from the one that marks the second group most: the reverse of `marking_first`."""
        return self.marking_first()[::-1]


def tokens(comment: str, alphabet: Alphabet = "any") -> list[str]:
    """Split a comment into lower-case words; signs, digits and all but letters separate them.

    Args:
        comment: any text; a blank one has no words.
        alphabet: `any` keeps the letters of every script with their vowel signs and accents, reads ’ as ',
            and drops ' at the ends of words; `a-z` keeps those letters and ' alone, for comments in plain
            English. Scripts written without spaces, as Chinese, come split by other means.

    >>> tokens("Waited 3 hours; nobody answered, ¡qué mal!")
    ['waited', 'hours', 'nobody', 'answered', 'qué', 'mal']
    >>> tokens("Can't wait", "a-z")
    ["can't", 'wait']
    """
    if alphabet == "a-z":
        return NOT_A_TO_Z.sub(" ", comment.lower()).split()
    plain = unicodedata.normalize("NFC", comment).lower().replace("’", "'")
    return [word for part in "".join(map(_kept, plain)).split() if (word := part.strip("'"))]


def marking_words(
    comments: Sequence[str | None],
    groups: Sequence[str | None],
    first: str,
    second: str,
    *,
    prior: Prior,
    respondents: Sequence[Hashable] | None = None,
    alphabet: Alphabet = "any",
) -> MarkedWords:
    """Compare how often two groups of comments use each word.

    Comments of other groups are left out. A group without a word still gets figures, from the prior.

    Args:
        comments: one text per comment; None or blank has no words.
        groups: the group of each comment, as low and high.
        first: the group that positive figures mark.
        second: the other.
        respondents: who wrote each comment, so that one person is counted once; all different if not given.

    Raises:
        CommentsNotValid: if lengths differ, or both groups are the same.

    Source: Monroe, Colaresi and Quinn (2008), Fightin' words: lexical feature selection and evaluation for
    identifying the content of political conflict, Political Analysis 16, equations 15 and 18 to 22.

    >>> comments = ["rude and slow", "slow", "quick", "quick and kind"]
    >>> found = marking_words(comments, ["low", "low", "high", "high"], "low", "high", prior=Prior(5))
    >>> [(one.word, round(one.z, 2)) for one in found.words]
    [('and', 0.0), ('kind', -0.73), ('quick', -1.19), ('rude', 0.73), ('slow', 1.19)]
    """
    who = range(len(comments)) if respondents is None else respondents
    if not len(comments) == len(groups) == len(who):
        raise CommentsNotValid(
            f"{len(comments)} comments, {len(groups)} groups and {len(who)} respondents do not fit together; "
            "give a group and a respondent for each comment"
        )
    if first == second:
        raise CommentsNotValid(f"the group {first!r} cannot be compared with itself")
    counts: dict[str, Counter[str]] = {first: Counter(), second: Counter()}
    people: dict[tuple[str, str], set[Hashable]] = defaultdict(set)
    for comment, group, person in zip(comments, groups, who, strict=True):
        if group in counts and comment:
            for word in tokens(comment, alphabet):
                counts[group][word] += 1
                people[group, word].add(person)
    words = sorted(counts[first] | counts[second], key=lambda word: word.encode())
    sizes = counts[first].total(), counts[second].total()
    before = _before(words, counts[first] + counts[second], prior)
    total = math.fsum(before)
    found = [
        _marked(
            word,
            (counts[first][word], counts[second][word]),
            (len(people[first, word]), len(people[second, word])),
            sizes,
            (alpha, total),
        )
        for word, alpha in zip(words, before, strict=True)
    ]
    return MarkedWords(first, second, *sizes, tuple(found))


def shown_words(words: Iterable[MarkedWord], *, k: int, least_z: float = SHOWN_Z) -> list[MarkedWord]:
    """Keep the words that may be shown: used by k people of the group they mark, and telling enough.

    Counting people of the marked group is stricter than counting all: "people who scored low say this" is
    about that group, and one person in it is not hidden behind many in the other.

    Args:
        words: in any order, which is kept; drop those that do not pass after adjusting their p-values first.
        k: fewest different people, 1 or more; 10 or so for the public.
        least_z: how far from zero z must be.

    Raises:
        CommentsNotValid: if k is below 1.

    >>> comments = ["slow"] * 12 + ["rude"] * 2 + ["quick"] * 30
    >>> found = marking_words(comments, ["low"] * 14 + ["high"] * 30, "low", "high", prior=Prior(10))
    >>> [word.word for word in shown_words(found.marking_first(), k=10)]
    ['slow', 'quick']
    """
    if k < 1:
        raise CommentsNotValid(f"words of {k} people cannot be asked for; k is 1 or more")
    return [
        word for word in words if word.people_marked >= k and word.z is not None and abs(word.z) >= least_z
    ]


@lru_cache(maxsize=4096)
def _kept(sign: str) -> str:
    """Keep letters and the marks on them, drop signs that are not seen, part words at all others."""
    kind = unicodedata.category(sign)
    if sign == "'" or kind[0] in "LM":
        return sign
    return "" if kind == "Cf" else " "


def _before(words: Sequence[str], both: Counter[str], prior: Prior) -> list[float]:
    """Give how often each word is held to have been used before looking."""
    if prior.kind == "uniform":
        return [prior.total] * len(words)
    return [prior.total * both[word] / both.total() for word in words]


def _marked(
    word: str, n: tuple[int, int], people: tuple[int, int], sizes: tuple[int, int], prior: tuple[float, float]
) -> MarkedWord:
    alpha, total = prior
    used = [count + alpha for count in n]
    others = [size + total - one for size, one in zip(sizes, used, strict=True)]
    variance = 1 / used[0] + 1 / used[1]
    log_odds = z = None
    # what is left for other words is rounding where there is none
    if min(others) > 1e-9 * alpha:
        log_odds = math.log(used[0] / others[0]) - math.log(used[1] / others[1])
        z = log_odds / math.sqrt(variance)
    return MarkedWord(word, *n, *people, log_odds=log_odds, variance=variance, z=z)
