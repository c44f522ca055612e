"""Pages of the research repository: all journeys, one, one study, and what a search finds."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, groupby
from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hearback.accounts.access import needs
from hearback.directory import queries as directory
from hearback.learn import repository
from hearback.learn.desk.words import INSIGHTS, KINDS, STANDINGS
from hearback.learn.facts import InsightFact, JourneyFact, LinkFact, PainPointFact, PersonaFact, StepFact
from hearback.learn.finding import Found, Thing, search
from hearback.learn.repository import HighlightFact, JourneyCounts
from hearback.learn.rules import (
    LONGEST_QUERY,
    MOST_TERMS,
    Hit,
    QueryNotGood,
    Standing,
    shown,
    standing_of_cited,
    standing_of_story,
)
from hearback.learn.words import EVIDENCE, FEELINGS
from hearback.ui.numbers import count, share
from hearback.ui.words import CHANNELS, plain

ON_A_PAGE = 50
"""Things found, or passages of a study, that stand on one page."""
IN_A_STUDY = ("observation", "highlight")


@require_safe
@never_cache
@needs("see_research")
def research_list(request: HttpRequest) -> HttpResponse:
    """List the journeys, with how much is known of each."""
    rows = [(one, _insights(one)) for one in repository.journey_counts()]
    return _show(request, "list", {"rows": rows})


@require_safe
@never_cache
@needs("see_research")
def research_journey(request: HttpRequest, key: str) -> HttpResponse:
    """Show a journey with everything on it, and of what is not published why not."""
    found = repository.journey_inside(key)
    if found is None:
        raise Http404
    stages = {stage.key: stage.name for stage in found.stages}
    agencies = {one.key: one.name for one in directory.agencies()}
    evidence = (*(one.evidence for one in found.personas), *(one.evidence for one in found.insights))
    places = repository.places_of(chain.from_iterable(evidence))
    context = {
        "journey": found,
        "contents": _contents(found),
        "stages": [(stage, [_step(step, agencies) for step in stage.steps]) for stage in found.stages],
        "points": [(one, stages.get(one.stage_key or ""), _size(one)) for one in found.pain_points],
        "personas": [
            (one, _standing_of_cited(one), _cited(one.evidence, places))
            for one in found.personas
        ],
        "insights": [
            (one, _standing_of_cited(one), _cited(one.evidence, places))
            for one in found.insights
        ],
        "stories": [
            (one, _standing(standing_of_story(one.published, one.composite, one.consent)),
             stages.get(one.stage_key or ""))
            for one in found.stories
        ],
    }  # fmt: skip
    return _show(request, "journey", context)


@require_safe
@never_cache
@needs("see_research")
def research_study(request: HttpRequest, key: str) -> HttpResponse:
    """Show a study with what was seen and heard in it, all or with one tag, a page at a time.

    Whoever follows a link to one passage gets the page on which it stands.
    """
    study = repository.study_inside(key)
    if study is None:
        raise Http404
    asked = request.GET.get("tag", "")
    passages = study.tagged(asked)
    named = [f"{_kind(one)}-{one.key}" for one in passages]
    at = request.GET.get("at", "")
    page = _page(request, passages, named.index(at) // ON_A_PAGE + 1 if at in named else None)
    context = {
        "study": study,
        "tags": study.tags,
        "asked": asked,
        "page": page,
        "groups": [(kind, KINDS[kind], list(of_kind)) for kind, of_kind in groupby(page, _kind)],
    }
    return _show(request, "study", context)


@require_safe
@never_cache
@needs("see_research")
def research_search(request: HttpRequest) -> HttpResponse:
    """Search all of it: what is found stands by kind, the best of each first."""
    typed, kind = " ".join(request.GET.get("q", "").split()), request.GET.get("kind", "")
    if kind and kind not in KINDS:
        raise Http404
    context: dict[str, Any] = {"typed": typed[: LONGEST_QUERY * 2], "most_terms": MOST_TERMS}
    try:
        found = search(typed)
    except QueryNotGood:
        return _show(request, "search", {**context, "is_too_long": True}, 422)
    page = _page(request, found.of_kind(kind))
    context |= {
        "found": found,
        "asked": kind,
        "kinds": [(one, words, found.counts[one]) for one, words in KINDS.items() if one in found.counts],
        "page": page,
        "groups": [
            (KINDS[of], found.counts[of], [_result(found, hit) for hit in hits])
            for of, hits in groupby(page, lambda hit: hit.thing.kind)
        ],
    }
    return _show(request, "search", context)


def address_of(kind: str, key: str, journey_key: str, study_key: str | None) -> str:
    """Give where on these pages a thing stands."""
    if kind == "study":
        return reverse("research_study", args=[key])
    if kind in IN_A_STUDY:
        return f"{reverse('research_study', args=[study_key])}?at={kind}-{key}#{kind}-{key}"
    journey = reverse("research_journey", args=[journey_key])
    return journey if kind == "journey" else f"{journey}#{kind}-{key}"


def _result(found: Found, hit: Hit[Thing]) -> dict[str, Any]:
    thing = hit.thing
    title, more = shown(found.terms, thing)
    return {
        "thing": thing,
        "address": address_of(thing.kind, thing.key, thing.journey_key, thing.study_key),
        "title": title.pieces,
        "passage": more.pieces if more else (),
    }


def _insights(counts: JourneyCounts) -> list[tuple[Any, int]]:
    return [(words, counts.insights[one]) for one, words in INSIGHTS.items() if counts.insights.get(one)]


def _contents(found: JourneyFact) -> list[tuple[str, Any, int]]:
    """Name the parts of the page of a journey that hold anything, and how much."""
    parts = {
        "stage": found.stages, "pain_point": found.pain_points, "persona": found.personas,
        "insight": found.insights, "story": found.stories, "study": found.studies,
    }  # fmt: skip
    return [(f"all-{kind}", KINDS[kind], len(held)) for kind, held in parts.items() if held]


def _step(step: StepFact, agencies: Mapping[str, str]) -> tuple[StepFact, list[str]]:
    agency = agencies.get(step.agency_key or "", step.agency_key)
    felt = None if step.feeling is None else str(FEELINGS[step.feeling])
    said = (agency, plain(step.channel, CHANNELS) if step.channel else None, felt, step.feeling_gist)
    return step, [words for words in said if words]


def _size(point: PainPointFact) -> dict[str, str] | None:
    size = point.size
    if size.share is None or size.asked_count is None:
        return None
    return {"share": share(size.share, size.asked_count), "asked": count(size.asked_count)}


def _standing_of_cited(one: InsightFact | PersonaFact) -> dict[str, Any]:
    return _standing(standing_of_cited(one.published, one.evidence_count))


def _standing(standing: Standing) -> dict[str, Any]:
    return {"words": STANDINGS[standing], "is_published": standing is Standing.PUBLISHED}


def _cited(evidence: Iterable[LinkFact], places: repository.Places) -> list[dict[str, Any]]:
    """Say of each link what is cited, where it stands, and whether it is there."""
    return [
        {
            "kind": plain(link.kind, EVIDENCE),
            "link": link,
            "address": address_of(link.kind, link.cited or "", *place) if place is not None else None,
            "is_there": link.is_there is not False,
        }
        for link in evidence
        for place in (places.get((link.kind, link.cited or "")),)
    ]


def _kind(one: Any) -> str:
    return "highlight" if isinstance(one, HighlightFact) else "observation"


def _page(request: HttpRequest, held: Sequence[Any], number: int | None = None) -> Page[Any]:
    try:
        return Paginator(held, ON_A_PAGE).page(number or request.GET.get("page", "1"))
    except InvalidPage as problem:
        raise Http404 from problem


def _show(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    limits = {"longest_query": LONGEST_QUERY}
    return render(request, f"learn/research/{name}.html", {**limits, **context}, status=status)
