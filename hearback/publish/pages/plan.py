"""Pages of what was promised: life experiences, commitments, funding, updates."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from hearback.plan.queries import CommitmentFact, EffectFact, FundingFact, LifeExperienceFact, ProjectFact
from hearback.plan.rules import (
    CLEAR,
    NOT_KNOWN,
    OTHER_DEFINITION,
    OTHER_SURVEYS,
    WITHIN_NOISE,
    rate_words,
    reading_words,
)
from hearback.publish.frozen import ReleaseData
from hearback.publish.pages.area import experiences as experience_lines
from hearback.publish.pages.area import funding_totals, updates
from hearback.publish.pages.catalogue import Catalogue, by_name, catalogue, find
from hearback.publish.pages.dates import date_label, newest_first, year_of
from hearback.publish.pages.pictures import shown
from hearback.publish.pages.progress import is_explained, milestones, status
from hearback.publish.pages.words import COMMITMENT_KINDS, FUNDING_KINDS
from hearback.publish.said import said
from hearback.ui.numbers import dollars
from hearback.ui.words import plain

BEFORE_AFTER = "before-after"
CAUTIONS = {
    CLEAR: _("More than chance explains; that the project made it is not shown by it."),
    WITHIN_NOISE: _("Within what chance alone explains: that anything changed is not shown."),
    NOT_KNOWN: _("Whether it is more than chance cannot be told, as how sure a figure is is not known."),
    OTHER_DEFINITION: _("The two cannot be compared, as they are made by different definitions."),
    OTHER_SURVEYS: _("The two cannot be compared, as other surveys or other words stand behind them."),
}
"""What may be read into a difference, by its verdict."""


@dataclass(frozen=True)
class Cited:
    """The one text that the references of several commitments are to, and the first place in it."""

    text: str
    place: str


def experiences(release: ReleaseData) -> dict[str, Any]:
    """List the life experiences by name, and journeys that no other page leads to."""
    named = {e.journey_key for e in release.life_experiences}
    others = [j for j in release.journeys if j.key not in named and j.about_key is None]
    return {"experiences": experience_lines(catalogue(release)), "journeys": by_name(others)}


def experience(release: ReleaseData, key: str) -> dict[str, Any]:
    """Show one life experience: what hurts people, what projects answer it, how far they are.

    Raises:
        NotInRelease: if the release holds no such life experience.
    """
    book = catalogue(release)
    found = find(release.life_experiences, key)
    return {
        "experience": found,
        "answers_pain_points": any(project.pain_point_keys for project in found.projects),
        "lead": book.agencies.get(found.lead_agency_key or ""),
        "participants": _agencies(book, [k for k in found.participant_keys if k != found.lead_agency_key]),
        "discovery": _discovery(found),
        "journey": next((j for j in release.journeys if j.key == found.journey_key), None),
        "projects": [
            {
                "fact": p,
                "agencies": _agencies(book, p.agency_keys),
                "announced": date_label(p.announced),
                "results": results(p),
                "milestones": milestones(release, p.milestones),
            }
            for p in found.projects
        ],
        "milestones": milestones(release, found.milestones),
        "timeline": shown(book, f"milestones-experience-{key}"),
        "explained": is_explained(release),
        "effects_explained": BEFORE_AFTER in book.methods,
        "funding": funding_groups(book, [f for f in release.funding if f.life_experience_key == key]),
        "updates": [u for u in updates(release.updates) if {key, "all"} & set(u.fact.life_experience_keys)],
    }


def results(project: ProjectFact) -> list[dict[str, Any]]:
    """Give what came of a project; with figures before and after, and what they show, where there are any."""
    effects = project.effects or (None,) * len(project.results)
    return [
        {"gist": gist, "effect": effect_words(effect) if effect else None}
        for gist, effect in zip(project.results, effects, strict=True)
    ]


def effect_words(effect: EffectFact) -> dict[str, str]:
    """Say two figures and the difference between them, and beware of reading more into it than it holds."""
    unit = f" {effect.unit}" if effect.unit else ""
    caution = gettext(CAUTIONS[effect.verdict])
    if effect.difference is None:
        change = caution
    else:
        shown = rate_words(effect.difference)
        if effect.low is not None and effect.high is not None:
            shown = said(f"{shown} ({rate_words(effect.low)} to {rate_words(effect.high)})")
        change = gettext("Difference: %(shown)s. %(caution)s") % {
            "shown": f"{shown}{unit}", "caution": caution,
        }  # fmt: skip
    return {
        "before": f"{said(reading_words(effect.before))}{unit}, {date_label(effect.before.as_of)}",
        "after": f"{said(reading_words(effect.after))}{unit}, {date_label(effect.after.as_of)}",
        "change": change,
    }


def commitments(release: ReleaseData) -> dict[str, Any]:
    """List all commitments by kind, in the order of the texts that bind."""
    book = catalogue(release)
    one = cited(release.commitments)
    kinds = dict.fromkeys([*COMMITMENT_KINDS, *(c.kind for c in release.commitments)])
    groups = [
        (
            plain(kind, COMMITMENT_KINDS),
            commitment_lines(book, [c for c in release.commitments if c.kind == kind], one),
        )
        for kind in kinds
    ]
    return {
        "shown": shown(book, "commitments"),
        "cited": one,
        "groups": [(title, lines) for title, lines in groups if lines],
        "n": len(release.commitments),
    }


def cited(facts: Iterable[CommitmentFact]) -> Cited | None:
    """Name the text that references such as "Order 5, Section 1" are to; None where that is not one text."""
    found = [c.reference.rpartition(", ") for c in facts if c.reference]
    texts, places = {text for text, _, _ in found}, {place for _, _, place in found}
    return Cited(*found[0][::2]) if len(places) > 1 and len(texts) == 1 and "" not in texts else None


def commitment_lines(
    book: Catalogue, facts: Iterable[CommitmentFact], one: Cited | None
) -> list[dict[str, Any]]:
    """Prepare commitments for a table, with agencies named, dates readable, and the one text left out."""
    return [
        {
            "fact": c,
            "place": c.reference and (c.reference.removeprefix(f"{one.text}, ") if one else c.reference),
            "agencies": _agencies(book, c.agency_keys),
            "due": date_label(c.due),
            "status": status(c.status),
            "progress_date": date_label(c.progress_date),
        }
        for c in facts
    ]


def funding(release: ReleaseData) -> dict[str, Any]:
    """List all money by kind: set aside, awarded, and apart from both what was only asked for."""
    book = catalogue(release)
    return {
        "shown": shown(book, "funding"),
        "groups": funding_groups(book, release.funding),
        "totals": funding_totals(release.funding),
    }


def funding_groups(book: Catalogue, facts: Iterable[FundingFact]) -> list[dict[str, Any]]:
    """Group money by kind, newest first within a kind. A request is never put with money given."""
    known = sorted(facts, key=lambda f: (newest_first(f.date or f"FY{f.fiscal_year}"), f.key), reverse=True)
    kinds = dict.fromkeys([*FUNDING_KINDS, *(f.kind for f in known)])
    groups = []
    for kind in kinds:
        lines = [_funding_line(book, f) for f in known if f.kind == kind]
        if lines:
            title = plain(kind, FUNDING_KINDS)
            groups.append(
                {"kind": kind, "title": title, "lines": lines, "is_request": kind == "budget_request"}
            )
    return groups


def update_list(release: ReleaseData) -> dict[str, Any]:
    """List all updates by year, newest first."""
    years: dict[str, list[Any]] = {}
    for update in updates(release.updates):
        years.setdefault(year_of(update.fact.date), []).append(update)
    return {"years": list(years.items()), "n": len(release.updates)}


def _agencies(book: Catalogue, keys: Iterable[str]) -> list[Any]:
    return by_name(book.agencies[key] for key in keys if key in book.agencies)


def _funding_line(book: Catalogue, fact: FundingFact) -> dict[str, Any]:
    return {
        "fact": fact,
        "date": date_label(fact.date) or (f"FY{fact.fiscal_year}" if fact.fiscal_year else None),
        "agencies": _agencies(book, fact.agency_keys or (fact.agency_key or "",)),
        "amount": None if fact.amount_usd is None else said(dollars(fact.amount_usd)),
        "experience": book.experiences.get(fact.life_experience_key or ""),
        "pays_for": list(_paid(book.release, fact)),
    }


def _paid(release: ReleaseData, fact: FundingFact) -> Iterator[tuple[str, str]]:
    """Give words and address of the projects and commitments that money is for."""
    projects, duties = set(fact.project_keys), set(fact.commitment_keys)
    for life in release.life_experiences:
        yield from (
            (one.name, f"/life-experiences/{life.key}/#{one.key}")
            for one in life.projects
            if one.key in projects
        )
    yield from ((one.gist, f"/commitments/#{one.key}") for one in release.commitments if one.key in duties)


def _discovery(found: LifeExperienceFact) -> list[tuple[str, str]]:
    rows = (
        (gettext("When"), date_label(found.discovery_dates)),
        (gettext("Who was asked"), found.discovery_who),
        (gettext("People"), str(found.discovery_people) if found.discovery_people is not None else None),
        (
            gettext("States and territories"),
            str(found.discovery_states) if found.discovery_states is not None else None,
        ),
    )
    return [(name, value) for name, value in rows if value]
