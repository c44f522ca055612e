"""What insights and personas cite, and whether it is there now: evidence may come later, and may go."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from hearback.learn.models import Highlight, Insight, Observation, PainPoint, Persona
from hearback.learn.rules import Link, leads
from hearback.measure.queries import scores

Cited = frozenset[tuple[str, str]]
"""Kinds and keys of what is there."""
HELD = {"observation": Observation, "highlight": Highlight, "pain_point": PainPoint}
PARTS_OF_A_FIGURE = 4
"""A published figure is named measure/level/subject/quarter."""


@dataclass(frozen=True)
class Lost:
    """The `number`th link of an insight or a persona, counted from 1, which leads to nothing."""

    kind: str
    key: str
    number: int
    cites: str
    cited: str | None

    def __str__(self) -> str:
        return f"{self.kind} {self.key} cites {self.cites} {self.cited}, which is not there"


@dataclass(frozen=True)
class EvidenceCheck:
    """Links that lead to nothing, and what is marked as published and has no evidence left."""

    lost: tuple[Lost, ...]
    unfounded: tuple[tuple[str, str], ...]


def links_of(row: Insight | Persona) -> list[Link]:
    """Give the links of an insight or a persona."""
    return [Link(one["kind"], one["cited"], one["url"]) for one in row.evidence]


def cited_there(links: Iterable[Link]) -> Cited:
    """Give what is there of what is cited by key. A figure is, where a value of it is published."""
    keys: dict[str, set[str]] = defaultdict(set)
    for link in links:
        keys[link.kind].add(link.key or "")
    found = {("published_figure", key) for key in keys["published_figure"] if _is_figure(key)}
    for kind, model in HELD.items():
        rows = model._default_manager.filter(key__in=keys[kind])
        found |= {(kind, key) for key in rows.values_list("key", flat=True)}
    return frozenset(found)


def check() -> EvidenceCheck:
    """Look up all that insights and personas cite."""
    rows: list[Insight | Persona] = [*Insight.objects.order_by("key"), *Persona.objects.order_by("key")]
    there = cited_there(link for row in rows for link in links_of(row))
    lost, unfounded = [], []
    for row in rows:
        kind, links = type(row).__name__.lower(), links_of(row)
        gone = [n for n, link in enumerate(links, 1) if leads(link, there) is False]
        lost += [Lost(kind, row.key, n, links[n - 1].kind, links[n - 1].key) for n in gone]
        if row.published and len(gone) == len(links):
            unfounded.append((kind, row.key))
    return EvidenceCheck(tuple(lost), tuple(unfounded))


def _is_figure(key: str) -> bool:
    parts = key.split("/")
    if len(parts) != PARTS_OF_A_FIGURE:
        return False
    measure, level, subject, quarter = parts
    found = scores(level=level, subject=subject, quarter=quarter, measure=measure)
    return any(score.value is not None for score in found)
