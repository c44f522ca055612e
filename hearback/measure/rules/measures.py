"""The published numbers, read from `measures.json`: what each is, by which method, since when.

A change of method is a new version with the quarter from which it holds; those before stay in the file.
Numbers of two versions are never joined in one line.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Literal

import msgspec

from hearback.fiscal import Quarter, QuarterNotValid, parse_quarter

LEVELS: dict[str, str] = {
    "survey": "One reported survey: one touchpoint of a service in one fiscal quarter.",
    "service": "All pooled surveys of a service, of every provider that gives it.",
    "provider": "All pooled surveys that a provider reported.",
    "agency": "All pooled surveys of an agency and of every agency under it.",
    "government": "All pooled surveys there are.",
}
"""What a number may be about, from small to large."""

GOVERNMENT = "all"
"""The one subject of the level `government`."""

EVERYBODY = "all"
"""The dimension, and the group, of a number about everybody who answered."""

MEAN, SHARE, COUNT, RATE = "mean", "share", "count", "rate"
ANSWER_NAMES = ("strongly disagree", "disagree", "neither", "agree", "strongly agree")
FILE = Path(__file__).with_name("measures.json")
FORMAT = "hearback-measures-1"


class DefinitionNotValid(ValueError):
    """The definitions of measures cannot be used; the message names the measure and what is wrong."""


@dataclass(frozen=True)
class Measure:
    """One version of a published number.

    `answers` are those counted in the numerator; `page` is its page in docs/methods; `comparability` the rule
    that says which surveys are added up (`rules.pools`). It holds from the quarter `since` on (null: always).
    """

    key: str
    name: str
    statement: str
    kind: str
    page: str
    questions: tuple[str, ...]
    scale: str | None
    direction: str
    comparability: str
    version: str
    since: str | None
    method: str
    numerator_name: str
    denominator_name: str | None
    answers: frozenset[int]


class _Version(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: str
    since: str | None
    method: str
    numerator_name: str
    denominator_name: str | None
    answers: tuple[int, ...] = ()


class _Definition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    key: str
    name: str
    statement: str
    page: str
    statistic: Literal["mean", "share", "count", "rate"]
    questions: tuple[str, ...]
    scale: str | None
    direction: Literal["higher_is_better", "lower_is_better", "none"]
    comparability: str
    versions: tuple[_Version, ...]


class _Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: str
    measures: tuple[_Definition, ...]


def read_definitions(data: bytes) -> dict[str, tuple[Measure, ...]]:
    """Read the definitions: every version of every measure, oldest first, in the order of the file.

    Raises:
        DefinitionNotValid: if the file cannot be read, a key stands twice, a measure has no version, or its
            versions are not in the order of the quarters from which they hold.
    """
    try:
        written = msgspec.json.decode(data, type=_Written)
    except msgspec.MsgspecError as problem:
        raise DefinitionNotValid(f"the definitions of measures cannot be read: {problem}") from problem
    if written.format != FORMAT:
        raise DefinitionNotValid(f"the format is {written.format!r}; this version reads {FORMAT!r}")
    found: dict[str, tuple[Measure, ...]] = {}
    for one in written.measures:
        if one.key in found:
            raise DefinitionNotValid(f"measure {one.key} is defined twice; add a version instead")
        _check_versions(one)
        found[one.key] = tuple(_measure(one, version) for version in one.versions)
    return found


def _check_versions(one: _Definition) -> None:
    if not one.versions:
        raise DefinitionNotValid(f"measure {one.key} has no version; give one at least")
    if len({version.version for version in one.versions}) < len(one.versions):
        raise DefinitionNotValid(f"measure {one.key} has two versions of one name")
    since = [version.since for version in one.versions]
    if since[0] is not None:
        raise DefinitionNotValid(f"measure {one.key}: the first version holds always; `since` must be null")
    try:
        starts = [parse_quarter(quarter or "") for quarter in since[1:]]
    except QuarterNotValid as problem:
        raise DefinitionNotValid(f"measure {one.key}: {problem}") from problem
    if any(before >= after for before, after in pairwise(starts)):
        raise DefinitionNotValid(f"measure {one.key}: versions must start one after the other, oldest first")


def _measure(one: _Definition, version: _Version) -> Measure:
    return Measure(
        one.key, one.name, one.statement, one.statistic, one.page, one.questions, one.scale, one.direction,
        one.comparability, version.version, version.since, version.method, version.numerator_name,
        version.denominator_name, frozenset(version.answers),
    )  # fmt: skip


VERSIONS: Mapping[str, tuple[Measure, ...]] = read_definitions(FILE.read_bytes())
"""Every version of every measure, by key."""

MEASURES: dict[str, Measure] = {key: versions[-1] for key, versions in VERSIONS.items()}
"""Every published number by key, in its newest version, in the order in which they are shown."""

RESPONSE_RATE = MEASURES["response_rate"]


def measures_in(quarter: str) -> list[Measure]:
    """Give every measure in the version that holds in a quarter.

    Raises:
        QuarterNotValid: if the quarter cannot be read.
    """
    asked = parse_quarter(quarter)
    return [_version_in(versions, asked) for versions in VERSIONS.values()]


def _version_in(versions: Iterable[Measure], quarter: Quarter) -> Measure:
    return [one for one in versions if one.since is None or parse_quarter(one.since) <= quarter][-1]


@cache
def measures_of(question: str, scale: str, quarter: str) -> tuple[Measure, ...]:
    """Give the measures made of the answers to a question on a scale, in the versions of a quarter."""
    return tuple(m for m in measures_in(quarter) if question in m.questions and m.scale == scale)


def may_be_joined(one: Measure | None, other: Measure | None) -> bool:
    """Say whether numbers of two versions may stand in one line: of the same measure and version only."""
    return one is not None and other is not None and (one.key, one.version) == (other.key, other.version)
