"""An attack on a release: work out hidden counts from everything that is published, by linear programs.

What an attacker knows: every published count and sum, which surveys can be in a sum, and the rule that a
hidden survey has 1 to threshold - 1 answers. What comes out narrower than that was given away by the release.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor

from hearback.publish.frozen import Content
from hearback.publish.privacy.figures import ANSWERS, WEIGHTS, Sum, counts_of, hidden, sums

TINY = 1e-6


@dataclass(frozen=True)
class Disclosed:
    """A hidden survey whose number of answers, or whose answers `answer` (1-5), can be narrowed down."""

    survey: str
    answer: int | None
    low: int
    high: int
    by: tuple[str, ...]

    @property
    def told(self) -> str:
        """Say what can be worked out, without the number itself."""
        what = "how many answered" if self.answer is None else f"how many gave answer {self.answer}"
        return f"{what} in {self.survey}, from {', '.join(self.by[:3])}"


@dataclass(frozen=True)
class _Equation:
    members: tuple[str, ...]
    weights: tuple[int, ...]
    value: int
    name: str


def disclosed(releases: Sequence[Content], threshold: int) -> tuple[Disclosed, ...]:
    """Give every hidden survey of the last of some releases of which they tell more than the rule does.

    Args:
        releases: in order; what an earlier one showed of a survey with the same file hash is known.
        threshold: the least number of people of whom anything is shown.

    Source: the bounds on suppressed cells by linear programs, as in L. Willenborg and T. de Waal, Elements of
    Statistical Disclosure Control (2001), chapter 6; here over all sums and releases together.
    """
    shown = {
        (s.key, s.file_sha256): counts
        for one in releases
        for s in one.surveys
        if (counts := counts_of(s)) is not None
    }
    targets = {s.key for s in hidden(releases[-1]) if (s.key, s.file_sha256) not in shown}
    if not targets:
        return ()
    equations = [found for one in releases for found in _equations(one, shown)]
    found: list[Disclosed] = []
    for block in _blocks(equations, targets):
        found += _narrowed(block, targets, threshold)
    return tuple(sorted(found, key=lambda one: (one.survey, one.answer or 0)))


def _equations(content: Content, shown: dict[tuple[str, str], tuple[int, ...]]) -> list[_Equation]:
    """Take what is published from each sum: what is left is the sum of what is hidden.

    Where nothing is left, nothing hidden is in the sum: a hidden survey has one answer at least.
    """
    files = {s.key: s.file_sha256 for s in content.surveys}
    unseen = {s.key for s in hidden(content)}
    totals: dict[tuple[str, str, str, str], int] = {}
    listed = list(sums(content))
    for one in listed:
        if one.measure == "trust_answers":
            totals[one.level, one.subject, one.quarter, one.pool] = _left(one, files, shown)
    found = []
    for one in listed:
        members = tuple(k for k in one.members if k in unseen and (k, files[k]) not in shown)
        left = totals.get((one.level, one.subject, one.quarter, one.pool), 0)
        if members and left > 0:
            found.append(_Equation(members, WEIGHTS[one.measure], _left(one, files, shown), one.name))
    return found


def _left(one: Sum, files: dict[str, str], shown: dict[tuple[str, str], tuple[int, ...]]) -> int:
    known = (shown.get((key, files[key])) for key in one.members)
    weights = WEIGHTS[one.measure]
    return one.value - sum(
        sum(weight * count for weight, count in zip(weights, counts, strict=True))
        for counts in known
        if counts
    )


def _blocks(equations: list[_Equation], targets: set[str]) -> list[list[_Equation]]:
    """Put equations together that share a hidden survey: the others have nothing to do with one another."""
    blocks: list[tuple[set[str], list[_Equation]]] = []
    for one in equations:
        names, block = set(one.members), [one]
        apart = []
        for other_names, other in blocks:
            if names & other_names:
                names, block = names | other_names, other + block
            else:
                apart.append((other_names, other))
        blocks = [*apart, (names, block)]
    return [block for names, block in blocks if names & targets]


class _Program:
    """The linear programs of one block: hidden answers as variables, five for each survey."""

    def __init__(self, block: list[_Equation], threshold: int) -> None:
        self.names = sorted({name for one in block for name in one.members})
        self.exact = [self._row(one.members, one.weights) for one in block]
        self.values = [one.value for one in block]
        totals = [self._row((name,), (1,) * len(ANSWERS)) for name in self.names]
        self.most = totals + [[-weight for weight in row] for row in totals]
        self.limits = [threshold - 1] * len(totals) + [-1] * len(totals)

    def bounds(self, survey: str, weights: tuple[int, ...]) -> tuple[int, int] | None:
        """Give the least and largest whole number that fits; None where no hidden counts fit at all."""
        goal = self._row((survey,), weights)
        low, high = self._least(goal), self._least([-weight for weight in goal])
        if low is None or high is None:
            return None
        return ceil(low - TINY), floor(-high + TINY)

    def _least(self, goal: list[int]) -> float | None:
        from scipy.optimize import linprog  # here, as only who prepares a release needs it

        solved = linprog(
            goal, A_ub=self.most, b_ub=self.limits, A_eq=self.exact, b_eq=self.values, bounds=(0, None),
            method="highs",
        )  # fmt: skip
        return float(solved.fun) if solved.success else None

    def _row(self, surveys: tuple[str, ...], weights: tuple[int, ...]) -> list[int]:
        return [weight if name in surveys else 0 for name in self.names for weight in weights]


def _narrowed(block: list[_Equation], targets: set[str], threshold: int) -> Iterator[Disclosed]:
    """Bound each hidden survey of a block, and each of its answers, by two linear programs."""
    program = _Program(block, threshold)
    for name in sorted(set(program.names) & targets):
        by = tuple(one.name for one in block if name in one.members)
        for answer in (None, *ANSWERS):
            weights = WEIGHTS["trust_answers" if answer is None else f"trust_answer_share_{answer}"]
            ends = program.bounds(name, weights)
            least = 1 if answer is None else 0
            if ends is not None and (ends[0] > least or ends[1] < threshold - 1):
                yield Disclosed(name, answer, *ends, by)
