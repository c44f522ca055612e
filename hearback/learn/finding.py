"""Searching all that was learnt, published or not, for signed-in people. Nothing here reaches a release."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from hearback.learn import models
from hearback.learn.rules import Folded, Hit, Term, folded, hits, terms_of


@dataclass(frozen=True)
class Thing:
    """One thing that can be found: its kind, its words, and the journey and study that it belongs to."""

    kind: str
    key: str
    title: str
    texts: tuple[str, ...]
    journey_key: str
    journey_name: str
    study_key: str | None = None
    study_name: str | None = None


@dataclass(frozen=True)
class Found:
    """What was found: the best first within each kind, the kinds in the order of KINDS."""

    terms: tuple[Term, ...]
    hits: tuple[Hit[Thing], ...]
    counts: dict[str, int]
    alone: dict[str, int]
    """How many things each term is found in by itself; empty where something was found."""

    def of_kind(self, kind: str) -> tuple[Hit[Thing], ...]:
        """Give the hits of one kind; with none, all."""
        return tuple(hit for hit in self.hits if not kind or hit.thing.kind == kind)


@dataclass(frozen=True)
class _Kind:
    """Where the things of a kind stand: their table, the column of their title, those of their texts."""

    model: type[Any]
    title: str
    texts: tuple[str, ...] = ()
    journey: str = "journey__"
    study: str | None = None


_OF_STUDY = {"journey": "study__journey__", "study": "study__"}
KINDS: dict[str, _Kind] = {
    "journey": _Kind(models.Journey, "name", ("gist", "note", "volume_gist"), journey=""),
    "stage": _Kind(models.Stage, "name", ("gist",)),
    "step": _Kind(models.Step, "gist", ("channel", "feeling_gist"), journey="stage__journey__"),
    "pain_point": _Kind(models.PainPoint, "gist", ("groups", "evidence")),
    "persona": _Kind(
        models.Persona, "name", ("gist", "needs", "barriers", "groups", "evidence", "provenance")
    ),
    "insight": _Kind(models.Insight, "text", ("evidence",)),
    "story": _Kind(models.Story, "title", ("text", "provenance")),
    "study": _Kind(models.Study, "name", ("method", "dates", "participants", "consent", "files")),
    "observation": _Kind(models.Observation, "gist", ("tags",), **_OF_STUDY),
    "highlight": _Kind(models.Highlight, "text", ("group", "tags"), **_OF_STUDY),
}
"""Kinds of things that can be found, in the order in which they are shown."""


def search(query: str) -> Found:
    """Search all that was learnt.

    Raises:
        QueryNotGood: if the query is too long.
    """
    terms = terms_of(query)
    if not terms:
        return Found((), (), {}, {})
    things = folded(thing for kind in KINDS for thing in _things(kind))
    order = list(KINDS)
    found = sorted(hits(terms, things), key=lambda hit: order.index(hit.thing.kind))
    counts = Counter(hit.thing.kind for hit in found)
    return Found(terms, tuple(found), dict(counts), {} if found else _alone(terms, things))


def _alone(terms: Sequence[Term], things: Sequence[Folded[Thing]]) -> dict[str, int]:
    return {term.typed: len(hits([term], things)) for term in terms} if len(terms) > 1 else {}


def _things(kind: str) -> Iterator[Thing]:
    of = KINDS[kind]
    places = [f"{of.journey}{name}" for name in ("key", "name")]
    places += [f"{of.study}{name}" for name in ("key", "name")] if of.study else []
    rows = of.model.objects.order_by().values_list(*places, "key", of.title, *of.texts)
    n = len(places)
    for row in rows.iterator(chunk_size=2000):
        texts = tuple(text for value in row[n + 2 :] for text in _texts(value))
        journey_key, journey_name, *study = row[:n]
        yield Thing(kind, row[n], row[n + 1], texts, journey_key, journey_name, *study)


def _texts(value: Any) -> Iterator[str]:
    """Give the words of a value: a text, a list of texts, or a list of records with words in them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        yield from (value[name] for name in ("gist", "name", "group") if isinstance(value.get(name), str))
