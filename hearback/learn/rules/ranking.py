"""Which pain points of a journey are the largest."""

from collections.abc import Sequence
from dataclasses import dataclass

from hearback.stats import Estimate, wilson_interval


@dataclass(frozen=True)
class PainSize:
    """How large a pain point is: the share of answers that name it, and the people that makes in a year.

    `share` with its 95 % interval is null where nobody counted, or too few were asked for it to be shown;
    `people_per_year` also where the yearly volume of the journey is not known.
    """

    share: float | None
    low: float | None
    high: float | None
    asked_count: int | None
    people_per_year: float | None


@dataclass(frozen=True)
class Ranked:
    """The key of a pain point with its rank: 1 is the largest, null where the size is not known."""

    key: str
    rank: int | None


NOT_KNOWN = PainSize(None, None, None, None, None)


def pain_size(naming: int | None, asked: int | None, yearly_volume: int | None) -> PainSize:
    """Give the size of a pain point.

    Args:
        naming: answers that name it; null where nobody counted, as `asked` is then.
        asked: answers in which it could have been named, 1 and more.
        yearly_volume: how often a year somebody goes through the journey; null where nobody said.

    >>> pain_size(12, 48, 1000).people_per_year
    250.0
    """
    if naming is None or asked is None:
        return NOT_KNOWN
    found = wilson_interval(naming, asked)
    if not isinstance(found, Estimate):
        return NOT_KNOWN
    people = None if yearly_volume is None else found.value * yearly_volume
    return PainSize(found.value, found.low, found.high, asked, people)


def ranked(sizes: Sequence[tuple[str, PainSize]]) -> list[Ranked]:
    """Put the pain points of one journey in order: the larger share of answers first.

    Within a journey the volume is one, so people a year give the same order. Equal shares have the same rank
    and stay in the order given. Those whose size is not known come last, in the order given, without a rank.

    >>> ranked([("a", NOT_KNOWN), ("b", pain_size(1, 4, None)), ("c", pain_size(2, 4, None))])
    [Ranked(key='c', rank=1), Ranked(key='b', rank=2), Ranked(key='a', rank=None)]
    """
    known = sorted(
        ((key, size.share) for key, size in sizes if size.share is not None), key=lambda one: -one[1]
    )
    shares = [share for _, share in known]
    places = [Ranked(key, 1 + shares.index(share)) for key, share in known]
    return places + [Ranked(key, None) for key, size in sizes if size.share is None]
