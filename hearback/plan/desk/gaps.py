"""The signed-in page of what is missing in the chain of evidence, as the working tables stand."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hearback.accounts.access import needs
from hearback.learn.queries import JourneyFact, journeys
from hearback.plan import queries
from hearback.plan.action_plans.facts import ActionPlanFact
from hearback.plan.chain import EVIDENCE_WITHOUT_PROMISE, Gap, Node, chain_of
from hearback.plan.chain.words import MISSING, ONE, broken_in_words
from hearback.plan.facts import (
    CommitmentFact,
    FundingFact,
    LifeExperienceFact,
    PriorityAreaFact,
    UpdateFact,
)


@dataclass(frozen=True)
class Working:
    """What is known and promised now, released or not."""

    journeys: tuple[JourneyFact, ...]
    priority_areas: tuple[PriorityAreaFact, ...]
    life_experiences: tuple[LifeExperienceFact, ...]
    commitments: tuple[CommitmentFact, ...]
    funding: tuple[FundingFact, ...]
    updates: tuple[UpdateFact, ...]
    action_plans: tuple[ActionPlanFact, ...]


def working() -> Working:
    """Read the facts of the chain from the working tables."""
    return Working(
        tuple(journeys()),
        tuple(queries.priority_areas()),
        tuple(queries.life_experiences()),
        tuple(queries.commitments()),
        tuple(queries.funding()),
        tuple(queries.updates()),
        tuple(queries.action_plans()),
    )


@require_safe
@never_cache
@needs("edit_plan", everywhere=True)
def gap_list(request: HttpRequest) -> HttpResponse:
    """List promises without evidence, evidence without a promise, and links that lead nowhere."""
    chain = chain_of(working())
    context = {
        "promises": _grouped(gap for gap in chain.gaps if gap.missing not in EVIDENCE_WITHOUT_PROMISE),
        "evidence": _grouped(gap for gap in chain.gaps if gap.missing in EVIDENCE_WITHOUT_PROMISE),
        "broken": broken_in_words(chain),
    }
    return render(request, "plan/desk/gaps.html", context)


def _grouped(gaps: Iterable[Gap]) -> list[tuple[object, object, list[Node]]]:
    groups: dict[str, list[Node]] = defaultdict(list)
    for gap in gaps:
        groups[gap.missing].append(gap.node)
    return [(ONE[nodes[0].kind], MISSING[code], nodes) for code, nodes in groups.items()]
