"""Computing scores: the only place where they are written."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from hearback.fiscal import parse_quarter
from hearback.history.actions import Change, record
from hearback.measure.difference import (
    Difference,
    all_inputs_sha256,
    difference,
    exclusion_key,
    score_key,
)
from hearback.measure.models import Exclusion, Score
from hearback.measure.queries import ExclusionFact, ScoreFact, exclusions, scores
from hearback.measure.wanted import wanted

BATCH = 500


@dataclass(frozen=True)
class Computed:
    """How computing one quarter went."""

    quarter: str
    n_scores: int
    n_exclusions: int
    n_added: int
    n_changed: int
    n_removed: int
    n_exclusions_changed: int
    inputs_sha256: str


@transaction.atomic
def compute_scores(quarter: str, threshold: int, *, by: str, at: datetime) -> Computed:
    """Compute every number of one quarter and bring the tables in line with it.

    Equal inputs change nothing and leave no history. The quarter before is read too, to see whether other
    surveys are pooled now: after a correction there, compute the quarter after it again.

    Args:
        quarter: as FY2021-Q2.
        threshold: groups with fewer answers are not shown.

    Raises:
        QuarterNotValid: if the quarter cannot be read.
        ProviderNotKnown: if a survey's provider is not in the directory.
    """
    asked = parse_quarter(quarter)
    held, found = scores(quarter=str(asked)), wanted(asked, threshold)
    of_scores = difference(held, found.scores, score_key)
    of_exclusions = difference(exclusions(quarter=str(asked)), found.exclusions, exclusion_key)
    done = Computed(
        quarter=str(asked),
        n_scores=len(found.scores),
        n_exclusions=len(found.exclusions),
        n_added=len(of_scores.added),
        n_changed=len(of_scores.changed),
        n_removed=len(of_scores.removed),
        n_exclusions_changed=len(of_exclusions),
        inputs_sha256=all_inputs_sha256(found.scores),
    )
    if of_scores or of_exclusions:
        _write_scores(str(asked), of_scores)
        _write_exclusions(str(asked), of_exclusions)
        before = {"n_scores": len(held), "inputs_sha256": all_inputs_sha256(held)} if held else None
        record(Change("scores.computed", "quarter", str(asked), before, asdict(done)), by=by, at=at)
    return done


def _write_scores(quarter: str, found: Difference[ScoreFact]) -> None:
    gone = {score_key(fact) for fact in (*found.changed, *found.removed)}
    rows = Score.objects.filter(quarter=quarter).values_list(
        "measure", "level", "subject", "quarter", "pool", "pk"
    )
    for pks in _batches([row[-1] for row in rows if row[:-1] in gone]):
        Score.objects.filter(pk__in=pks).delete()
    made = [Score(**{**asdict(fact), "flags": list(fact.flags)}) for fact in (*found.added, *found.changed)]
    Score.objects.bulk_create(made, batch_size=BATCH)


def _write_exclusions(quarter: str, found: Difference[ExclusionFact]) -> None:
    gone = {exclusion_key(fact) for fact in (*found.changed, *found.removed)}
    rows = Exclusion.objects.filter(quarter=quarter).values_list("survey", "quarter", "scope", "pk")
    for pks in _batches([row[-1] for row in rows if row[:-1] in gone]):
        Exclusion.objects.filter(pk__in=pks).delete()
    made = [Exclusion(**asdict(fact)) for fact in (*found.added, *found.changed)]
    Exclusion.objects.bulk_create(made, batch_size=BATCH)


def _batches(pks: Sequence[int]) -> list[Sequence[int]]:
    return [pks[start : start + BATCH] for start in range(0, len(pks), BATCH)]
