"""What research cites by an address of this site: whether a release stands there that was published."""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve

from hearback.learn.queries import InsightFact, JourneyFact, LinkFact, PersonaFact
from hearback.publish.frozen import MANIFEST, SIGNATURE, Content
from hearback.publish.queries import release


def look_up(journey: JourneyFact) -> JourneyFact:
    """Look up, of what insights and personas cite by address alone, what is an address of this site."""
    return replace(
        journey,
        insights=tuple(_insight(one) for one in journey.insights),
        personas=tuple(_persona(one) for one in journey.personas),
    )


def stands(url: str) -> bool | None:
    """Say whether something stands at an address of this site; None where that is not looked up.

    No page has it: nothing stands there. Of a release, or a file of one, it must be published by now. What
    other pages hold changes with each release, and what others publish is not looked up.
    """
    if not url.startswith(f"{settings.SITE_URL}/"):
        return None
    try:
        found = resolve(unquote(urlsplit(url).path))
    except Resolver404:
        return False
    if found.url_name not in {"release", "release_file"}:
        return None
    made = release(found.kwargs["number"])
    path = found.kwargs.get("path", MANIFEST)
    return made is not None and (path in {MANIFEST, SIGNATURE} or path in made.files_by_path)


def not_there(content: Content) -> list[str]:
    """Name what published insights and personas cite that is not there."""
    cites = [(kind, one) for j in content.journeys for kind, held in _cites(j) for one in held]
    return [
        f"{kind} {one.key} cites {link.kind} {link.cited or link.url}, which is not there"
        for kind, one in cites
        for link in one.evidence
        if link.is_there is False
    ]


def _cites(journey: JourneyFact) -> tuple[tuple[str, Sequence[InsightFact | PersonaFact]], ...]:
    return ("insight", journey.insights), ("persona", journey.personas)


def _insight(fact: InsightFact) -> InsightFact:
    evidence = _links(fact.evidence)
    return replace(fact, evidence=evidence, evidence_count=_count(evidence))


def _persona(fact: PersonaFact) -> PersonaFact:
    evidence = _links(fact.evidence)
    return replace(fact, evidence=evidence, evidence_count=_count(evidence))


def _links(evidence: tuple[LinkFact, ...]) -> tuple[LinkFact, ...]:
    return tuple(
        replace(one, is_there=stands(one.url)) if one.is_there is None and one.url else one
        for one in evidence
    )


def _count(evidence: tuple[LinkFact, ...]) -> int:
    return sum(one.is_there is not False for one in evidence)
