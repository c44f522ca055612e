"""Counts of groups with noise on the page of a service: each count, how far it may be off, what it cost."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hearback.fiscal import Quarter, parse_quarter
from hearback.measure.queries import NoisyGroupsFact
from hearback.publish.pages.catalogue import Catalogue
from hearback.ui.numbers import TO, count, privacy_loss
from hearback.ui.words import plain

NOT_KNOWN = "unknown"  # the group of those who did not say
VERSION = re.compile(r"\.v(\d+)-fy\d+-q[1-4]$")
"""What tells a later version of a survey by its key; the first has none."""


@dataclass(frozen=True)
class NoisyCell:
    """A count with noise, and from where to where the true one lies; nobody is less than no one."""

    text: str
    interval: str


@dataclass(frozen=True)
class NoisyTable:
    """The groups of one dimension of a survey; `epsilon` is what it used of the `budget`.

    The group of those who did not say has no name. `version` is of the survey, where the quarter has several.
    """

    id: str
    survey: str
    version: str | None
    dimension: str
    rows: tuple[tuple[str | None, tuple[NoisyCell, NoisyCell]], ...]
    drawn_on: str
    epsilon: str
    budget: str


def noisy_quarters(book: Catalogue, service_key: str) -> list[tuple[Quarter, list[NoisyTable]]]:
    """Give the tables of a service by quarter, the newest quarter first."""
    found: dict[str, list[NoisyTable]] = {}
    tables = [one for one in book.release.noisy_groups if one.service == service_key]
    for one in tables:
        found.setdefault(one.quarter, []).append(_table(book, one, _version(one, tables)))
    return [(parse_quarter(quarter), found[quarter]) for quarter in sorted(found, reverse=True)]


def _version(one: NoisyGroupsFact, tables: Sequence[NoisyGroupsFact]) -> str | None:
    """Name the version of a survey; None where the quarter has only this one."""
    if all(other.survey == one.survey for other in tables if other.budget_key == one.budget_key):
        return None
    later = VERSION.search(one.survey)
    return later[1] if later else "1"


def _table(book: Catalogue, one: NoisyGroupsFact, version: str | None) -> NoisyTable:
    survey = book.surveys.get(one.survey)
    return NoisyTable(
        id=f"noise-{one.survey}-{one.dimension}",
        survey=survey.name if survey else one.survey,
        version=version,
        dimension=plain(one.dimension),
        rows=tuple(
            (
                None if each.group == NOT_KNOWN else each.group,
                (_cell(each.agreeing, one.half_width), _cell(each.others, one.half_width)),
            )
            for each in one.groups
        ),
        drawn_on=one.drawn_on.isoformat(),
        epsilon=privacy_loss(one.epsilon),
        budget=privacy_loss(one.budget),
    )


def _cell(noisy: int, off: int) -> NoisyCell:
    """Write a count as drawn, and around it, or around 0 where it lies below, as far as it may be off."""
    at_least_none = max(0, noisy)
    low, high = max(0, at_least_none - off), at_least_none + off
    return NoisyCell(count(noisy).replace("-", "\u2212"), f"{count(low)}{TO}{count(high)}")
