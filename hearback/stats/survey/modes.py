"""Channels compared fairly: as if each had been used by the same mix of people.

Who calls is not who writes, and people tell an interviewer a higher score than a web page. Standardising
takes out the first; what is left may still be the second.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from hearback.stats.estimate import Reason
from hearback.stats.survey.design import Design, degrees_of_freedom
from hearback.stats.survey.domains import Difference, DomainUnknown, difference_of, labelled
from hearback.stats.survey.means import (
    AnswersNotValid,
    Linearised,
    SampleEstimate,
    estimate_mean,
    linearise_mean,
    standard_error,
    t_interval,
)


class StandardNotValid(ValueError):
    """The mix of people to which channels are brought is not a mix; the message says why."""


@dataclass(frozen=True)
class ChannelMean:
    """The mean of one channel as it is (`crude`) and at the common mix.

    `empty` names the groups of the mix nobody of whom used the channel. There is no standardised mean then:
    join groups until every channel has all of them.
    """

    crude: SampleEstimate
    value: float | None
    se: float | None
    df: int
    low: float | None
    high: float | None
    empty: tuple[Hashable, ...]
    reason: Reason | None


@dataclass(frozen=True)
class StandardisedMeans:
    """The means of channels at a common mix, by channel."""

    design: Design
    level: float
    channels: dict[Hashable, ChannelMean]
    figures: dict[Hashable, Linearised]

    def difference(self, minus: Hashable, plus: Hashable) -> Difference:
        """Give the standardised mean of channel `plus` less that of channel `minus`.

        Raises:
            DomainUnknown: if there is no such channel.
        """
        for label in (minus, plus):
            if label not in self.channels:
                raise DomainUnknown(f"there is no channel {label!r}; there are {list(self.channels)}")
        return difference_of(self.design, self.figures.get(minus), self.figures.get(plus), self.level)


def standardised_means(
    design: Design,
    answers: ArrayLike,
    channels: Sequence[Hashable],
    groups: Sequence[Hashable],
    standard: Mapping[Hashable, float],
    *,
    domain: ArrayLike | None = None,
    level: float = 0.95,
) -> StandardisedMeans:
    """Estimate the mean of every channel as if the same mix of groups had used each.

    The mix is taken as known, so its own uncertainty is not in the standard errors.

    Args:
        channels: channel of each row; None where it is not known.
        groups: group of each row, such as age and language.
        standard: share of every group; they add up to 1.

    Raises:
        AnswersNotValid: if there is not one answer, channel and group per row.
        StandardNotValid: if shares do not add up to 1, or one is negative.
        ValueError: if the level is not between 0 and 1.

    Source: direct standardisation, Korn and Graubard (1999), Analysis of Health Surveys, section 3.3; joint
    linearisation as in `hearback.stats.survey.means`.

    >>> from hearback.stats.survey.design import make_design
    >>> found = standardised_means(
    ...     make_design(6), [5, 5, 2, 5, 1, 1], ["web"] * 3 + ["phone"] * 3,
    ...     ["old", "old", "young"] + ["old", "young", "young"], {"old": 0.5, "young": 0.5})
    >>> web = found.channels["web"]
    >>> web.crude.value, web.value, found.difference("web", "phone").value
    (4.0, 3.5, -0.5)
    """
    _check(design, channels, groups, standard)
    inside = np.ones(len(design), dtype=bool) if domain is None else np.asarray(domain, dtype=bool)
    means: dict[Hashable, ChannelMean] = {}
    figures: dict[Hashable, Linearised] = {}
    for channel in dict.fromkeys(label for label in channels if label is not None):
        member = inside & labelled(channels, channel)
        crude = estimate_mean(design, answers, domain=member, level=level)
        parts = {
            group: linearise_mean(design, answers, member & labelled(groups, group))
            for group, share in standard.items()
            if share > 0
        }
        figure = _mixed(parts, standard)
        if figure is not None:
            figures[channel] = figure
        empty = tuple(group for group, part in parts.items() if part is None)
        means[channel] = _channel(design, crude, figure, empty, level)
    return StandardisedMeans(design, level, means, figures)


def mix_of(
    design: Design, groups: Sequence[Hashable], domain: ArrayLike | None = None
) -> dict[Hashable, float]:
    """Give the weighted share of every group, to serve as a standard; unknown membership (None) left out.

    Raises:
        AnswersNotValid: if there is not one group per row.

    >>> from hearback.stats.survey.design import make_design
    >>> mix_of(make_design(3, weights=[1, 1, 2]), ["old", "young", "old"])
    {'old': 0.75, 'young': 0.25}
    """
    if len(groups) != len(design):
        raise AnswersNotValid(f"there are {len(design)} rows and {len(groups)} groups; give one per row")
    inside = np.ones(len(design), dtype=bool) if domain is None else np.asarray(domain, dtype=bool)
    labels = [label for label in dict.fromkeys(groups) if label is not None]
    sums = {label: float(design.weights[inside & labelled(groups, label)].sum()) for label in labels}
    total = sum(sums.values())
    return {label: share / total for label, share in sums.items() if total > 0 and share > 0}


def _mixed(
    parts: Mapping[Hashable, Linearised | None], standard: Mapping[Hashable, float]
) -> Linearised | None:
    known = [(part, standard[group]) for group, part in parts.items() if part is not None]
    if len(known) < len(parts) or not known:
        return None
    return Linearised(
        sum(share * part.value for part, share in known),
        np.sum([share * part.influence for part, share in known], axis=0),
        np.sum([part.weighed for part, _ in known], axis=0),
    )


def _channel(
    design: Design,
    crude: SampleEstimate,
    figure: Linearised | None,
    empty: tuple[Hashable, ...],
    level: float,
) -> ChannelMean:
    if figure is None:
        reason = Reason.NO_ANSWERS if crude.value is None else Reason.EMPTY_CELL
        return ChannelMean(crude, None, None, 0, None, None, empty, reason)
    se = standard_error(design, figure)
    df = degrees_of_freedom(design, figure.enters)
    low, high = t_interval(figure.value, se, df, level)
    reason_without = Reason.ONE_PSU if se is None or df < 1 else None
    return ChannelMean(crude, figure.value, se, df, low, high, (), reason_without)


def _check(
    design: Design,
    channels: Sequence[Hashable],
    groups: Sequence[Hashable],
    standard: Mapping[Hashable, float],
) -> None:
    for given, what in ((channels, "channels"), (groups, "groups")):
        if len(given) != len(design):
            raise AnswersNotValid(f"there are {len(design)} rows and {len(given)} {what}; give one per row")
    if any(not 0 <= share <= 1 for share in standard.values()):
        raise StandardNotValid(f"the shares of the standard are not all from 0 to 1: {dict(standard)}")
    total = sum(standard.values())
    if abs(total - 1) > 1e-6:
        raise StandardNotValid(f"the shares of the standard add up to {total:g} and not to 1")
