"""Changes from one release to the next that few people made: the difference tells what these few said."""

from collections.abc import Iterator
from dataclasses import dataclass

from hearback.measure.rules import is_small
from hearback.publish.frozen import Content
from hearback.publish.privacy.figures import sums


@dataclass(frozen=True)
class SmallDifference:
    """One count of answers that is not what the release before showed, by fewer than the threshold."""

    what: str
    quarter: str


def small_differences(before: Content, after: Content, threshold: int) -> tuple[SmallDifference, ...]:
    """Give every count of answers, of a survey or added up, that differs by 1 to `threshold` - 1 people.

    Whether answers came late or were counted anew cannot be told from the counts: people have to say.
    """
    return tuple(dict.fromkeys((*_of_surveys(before, after, threshold), *_of_sums(before, after, threshold))))


def _of_surveys(before: Content, after: Content, threshold: int) -> Iterator[SmallDifference]:
    old = _counted(before)
    for (survey, question), (quarter, count) in _counted(after).items():
        was = old.get((survey, question))
        if was is not None and is_small(abs(count - was[1]), threshold):
            yield SmallDifference(f"answers on {question} in {survey}", quarter)


def _counted(content: Content) -> dict[tuple[str, str], tuple[str, int]]:
    return {
        (survey.key, one.question): (survey.quarter, sum(one.counts))
        for survey in content.surveys
        for one in survey.questions
        if one.counts is not None
    }


def _of_sums(before: Content, after: Content, threshold: int) -> Iterator[SmallDifference]:
    def totals(content: Content) -> dict[str, tuple[str, int]]:
        found = (one for one in sums(content) if one.measure == "trust_answers")
        return {one.name: (one.quarter, one.value) for one in found}

    old = totals(before)
    for name, (quarter, value) in totals(after).items():
        if name in old and is_small(abs(value - old[name][1]), threshold):
            yield SmallDifference(name, quarter)
