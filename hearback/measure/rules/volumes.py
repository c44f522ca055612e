"""Counts of people: when they are too few to tell, and when two of them make a rate."""

from collections.abc import Sequence
from dataclasses import dataclass

from hearback.stats import Reason


@dataclass(frozen=True)
class Volumes:
    """Respondents and the people offered the survey, both usable for a rate."""

    respondents: int
    offered: int


def is_small(count: int | None, threshold: int) -> bool:
    """Say whether a count is too small to publish: above zero and below the threshold.

    Source: Centers for Medicare & Medicaid Services, cell size suppression policy; the threshold is the
    setting HEARBACK_SUPPRESS_BELOW.

    >>> is_small(0, 10), is_small(9, 10), is_small(10, 10), is_small(None, 10)
    (False, True, False, False)
    """
    return count is not None and 0 < count < threshold


def response_of(respondents: int | None, offered: int | None, threshold: int) -> Volumes | Reason:
    """Give the two counts of a response rate, or the reason why there is none.

    None is not reported. A zero has no rate either: of nobody asked there is none, and nobody answering is
    no answer. A rate made of few respondents is held back, because rate times offered gives them away.

    Source: OMB Circular A-11 section 280 (volumes to report).

    >>> response_of(320979, 1774363, 10)
    Volumes(respondents=320979, offered=1774363)
    >>> response_of(300, 200, 10).value, response_of(300, None, 10).value, response_of(4, 200, 10).value
    ('impossible_volumes', 'not_reported', 'suppressed_small')
    """
    if respondents is None or offered is None:
        return Reason.NOT_REPORTED
    if not respondents or not offered:
        return Reason.NO_ANSWERS
    if is_small(respondents, threshold):
        return Reason.SUPPRESSED_SMALL
    if respondents > offered:
        return Reason.IMPOSSIBLE_VOLUMES
    return Volumes(respondents, offered)


def response_of_many(found: Sequence[Volumes | Reason]) -> Volumes | Reason:
    """Add up the counts of those surveys that have both; where none has, give the weightiest reason.

    >>> response_of_many([Volumes(50, 100), Reason.NOT_REPORTED, Volumes(30, 300)])
    Volumes(respondents=80, offered=400)
    """
    usable = [each for each in found if isinstance(each, Volumes)]
    if usable:
        return Volumes(sum(v.respondents for v in usable), sum(v.offered for v in usable))
    for reason in (Reason.IMPOSSIBLE_VOLUMES, Reason.SUPPRESSED_SMALL, Reason.NO_ANSWERS):
        if reason in found:
            return reason
    return Reason.NOT_REPORTED
