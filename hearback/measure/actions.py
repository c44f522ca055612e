"""Computing scores: the only place where they are written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from functools import partial
from typing import Any

import pyarrow as pa
from django.db import connection, transaction
from django.db.models import Field, Model

from hearback.fiscal import parse_quarter
from hearback.history.actions import Change, record
from hearback.measure.cells.engines import Engine
from hearback.measure.changes.facts import ComparisonFact
from hearback.measure.changes.gaps import VERSION as GAPS_VERSION
from hearback.measure.changes.gaps import gaps_of
from hearback.measure.changes.sides import Sides
from hearback.measure.changes.wanted import (
    COMPARISON_KEY,
    all_comparisons_sha256,
    comparison_key,
    wanted_comparisons,
)
from hearback.measure.difference import (
    EXCLUSION_KEY,
    SCORE_KEY,
    Difference,
    all_inputs_sha256,
    difference,
    exclusion_key,
    score_key,
)
from hearback.measure.drivers.wanted import (
    DRIVER_KEY,
    Told,
    driver_key,
    plain,
    wanted_drivers,
)
from hearback.measure.facts import DriverFact, ExclusionFact, NoisyGroupsFact, ScoreFact
from hearback.measure.file_queries import gap_files, gap_record, group_files, group_record
from hearback.measure.models import (
    Comparison,
    DriverImportance,
    Exclusion,
    GroupGaps,
    GroupScores,
    NoisyGroups,
    Score,
)
from hearback.measure.noise.drawing import NoiseNotDrawn, Plan, with_noise
from hearback.measure.queries import comparisons, drivers, exclusions, scores
from hearback.measure.wanted import sha256_of, wanted

BATCH = 500
SHAPES: Mapping[str, Callable[[Any], Any]] = {"flags": list, "excluded": dict}
"""What a column of JSON holds, where a fact has tuples."""


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
    n_group_scores: int
    groups_changed: bool
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
    held_groups, groups = group_record(str(asked)), sha256_of(found.groups)
    done = Computed(
        quarter=str(asked),
        n_scores=len(found.scores),
        n_exclusions=len(found.exclusions),
        n_added=len(of_scores.added),
        n_changed=len(of_scores.changed),
        n_removed=len(of_scores.removed),
        n_exclusions_changed=len(of_exclusions),
        n_group_scores=0 if found.groups is None else found.groups.num_rows,
        groups_changed=groups != held_groups,
        inputs_sha256=all_inputs_sha256(found.scores),
    )
    if of_scores or of_exclusions or done.groups_changed:
        _write_scores(str(asked), of_scores)
        _write_exclusions(str(asked), of_exclusions)
        _write_groups(str(asked), found.groups)
        before = {"n_scores": len(held), "inputs_sha256": all_inputs_sha256(held)} if held else None
        record(Change("scores.computed", "quarter", str(asked), before, asdict(done)), by=by, at=at)
    return done


@dataclass(frozen=True)
class DriversComputed:
    """How computing what trust goes with went, for one quarter."""

    quarter: str
    n_drivers: int
    n_subjects: int
    n_added: int
    n_changed: int
    n_removed: int
    inputs_sha256: str


@transaction.atomic
def compute_drivers(
    quarter: str, threshold: int, engine: Engine, *, by: str, at: datetime, told: Told = plain
) -> DriversComputed:
    """Compute what trust goes with in one quarter, from archived answers, and bring the table in line.

    Equal inputs change nothing and leave no history.

    Args:
        quarter: as FY2021-Q2.
        threshold: groups with fewer answers are not shown.
        engine: what counts the answers.
        told: wraps the subjects as they are worked through, to show progress.

    Raises:
        QuarterNotValid: if the quarter cannot be read.
        AnswersNotCounted: if the cells are older than the archive.
        ProviderNotKnown: if a survey's provider is not in the directory.
    """
    asked = str(parse_quarter(quarter))
    held, found = drivers(quarter=asked), wanted_drivers(asked, threshold, engine, told)
    changes = difference(held, found, driver_key)
    done = DriversComputed(
        quarter=asked,
        n_drivers=len(found),
        n_subjects=len({(fact.level, fact.subject, fact.pool) for fact in found}),
        n_added=len(changes.added),
        n_changed=len(changes.changed),
        n_removed=len(changes.removed),
        inputs_sha256=all_inputs_sha256(found),
    )
    if changes:
        _write_drivers(asked, changes)
        before = {"n_drivers": len(held), "inputs_sha256": all_inputs_sha256(held)} if held else None
        record(Change("drivers.computed", "quarter", asked, before, asdict(done)), by=by, at=at)
    return done


@dataclass(frozen=True)
class ChangesComputed:
    """How comparing one quarter with those before it, and its groups with one another, went."""

    quarter: str
    n_comparisons: int
    n_added: int
    n_changed: int
    n_removed: int
    n_gaps: int
    gaps_changed: bool
    inputs_sha256: str


@transaction.atomic
def compute_changes(quarter: str, sides: Sides, *, by: str, at: datetime) -> ChangesComputed:
    """Compare the scores of one quarter with those before it, and its groups with one another.

    Scores are taken as they stand: compute them first. Equal inputs change nothing and leave no history. The
    four quarters before are read: after a change there, compute the changes of the quarters after it again.

    Args:
        quarter: as FY2021-Q2.
        sides: the quarters read so far; those of one run may share them.

    Raises:
        QuarterNotValid: if the quarter cannot be read.
        ProviderNotKnown: if a survey's provider is not in the directory.
    """
    asked = parse_quarter(quarter)
    held, found = comparisons(quarter=str(asked)), wanted_comparisons(asked, sides)
    changes = difference(held, found, comparison_key)
    gaps = gap_record(str(asked))
    made_of = None if (groups := group_record(str(asked))) is None else f"{GAPS_VERSION}:{groups}"
    gaps_changed = made_of != (None if gaps is None else gaps.made_of)
    if gaps_changed:
        _write_gaps(str(asked), groups, made_of)
        gaps = gap_record(str(asked))
    done = ChangesComputed(
        quarter=str(asked),
        n_comparisons=len(found),
        n_added=len(changes.added),
        n_changed=len(changes.changed),
        n_removed=len(changes.removed),
        n_gaps=0 if gaps is None else gaps.n_gaps,
        gaps_changed=gaps_changed,
        inputs_sha256=all_comparisons_sha256(found),
    )
    if changes or gaps_changed:
        _write_comparisons(str(asked), changes)
        before = {"n_comparisons": len(held), "inputs_sha256": all_comparisons_sha256(held)} if held else None
        record(Change("changes.computed", "quarter", str(asked), before, asdict(done)), by=by, at=at)
    return done


@transaction.atomic
def draw_noise(plan: Plan, *, by: str, at: datetime) -> list[NoisyGroupsFact]:
    """Draw the tables of a plan and keep them for good; the history notes what each cost, and no count.

    Raises:
        IntegrityError: if somebody else drew one of the tables meanwhile; nothing is kept then.
    """
    drawn = with_noise(plan)
    for one in drawn:
        groups = [[group.group, group.agreeing, group.others] for group in one.groups]
        NoisyGroups.objects.create(**{**_fields(one), "groups": groups})
        cost = {"dimension": one.dimension, "epsilon": one.epsilon, "budget": one.budget}
        record(Change("noise.drawn", "survey", one.survey, None, cost), by=by, at=at)
    return drawn


@transaction.atomic
def withhold_noise(survey: str, dimension: str, why: str, *, by: str, at: datetime) -> None:
    """Keep a table that was drawn out of every later release; what it used stays used.

    Raises:
        NoiseNotDrawn: if there is no such table.
    """
    found = NoisyGroups.objects.filter(survey=survey, dimension=dimension)
    held = found.values_list("withheld_why", flat=True).first()
    if held is None:
        raise NoiseNotDrawn(
            f"No counts with noise of {dimension!r} in {survey!r} were drawn: "
            "see `hearback measure show-noise`."
        )
    found.update(withheld_why=why)
    before, after = ({"dimension": dimension, "withheld_why": text} for text in (held, why))
    record(Change("noise.withheld", "survey", survey, before, after), by=by, at=at)


def _fields(fact: NoisyGroupsFact) -> dict[str, Any]:
    return {field.name: getattr(fact, field.name) for field in fields(fact)}


def _write_comparisons(quarter: str, found: Difference[ComparisonFact]) -> None:
    gone = {comparison_key(fact) for fact in (*found.changed, *found.removed)}
    rows = Comparison.objects.filter(quarter=quarter).values_list(*COMPARISON_KEY, "pk")
    for pks in _batches([row[-1] for row in rows if row[:-1] in gone]):
        Comparison.objects.filter(pk__in=pks).delete()
    _insert(Comparison, (*found.added, *found.changed))


def _write_gaps(quarter: str, groups: str | None, made_of: str | None) -> None:
    """Keep the file first and name it then, as with the scores of groups."""
    if groups is None or made_of is None:
        GroupGaps.objects.filter(quarter=quarter).delete()
        transaction.on_commit(partial(gap_files().drop_others, quarter, None))
        return
    table = gaps_of(group_files().read(quarter, groups, {}))
    sha256 = gap_files().keep(quarter, table)
    values = {"sha256": sha256, "made_of": made_of, "n_gaps": table.num_rows}
    GroupGaps.objects.update_or_create(quarter=quarter, defaults=values)
    transaction.on_commit(partial(gap_files().drop_others, quarter, sha256))


def _write_drivers(quarter: str, found: Difference[DriverFact]) -> None:
    gone = {driver_key(fact) for fact in (*found.changed, *found.removed)}
    rows = DriverImportance.objects.filter(quarter=quarter).values_list(*DRIVER_KEY, "pk")
    for pks in _batches([row[-1] for row in rows if row[:-1] in gone]):
        DriverImportance.objects.filter(pk__in=pks).delete()
    _insert(DriverImportance, (*found.added, *found.changed))


def _write_scores(quarter: str, found: Difference[ScoreFact]) -> None:
    gone = {score_key(fact) for fact in (*found.changed, *found.removed)}
    rows = Score.objects.filter(quarter=quarter).values_list(*SCORE_KEY, "pk")
    for pks in _batches([row[-1] for row in rows if row[:-1] in gone]):
        Score.objects.filter(pk__in=pks).delete()
    _insert(Score, (*found.added, *found.changed))


def _write_exclusions(quarter: str, found: Difference[ExclusionFact]) -> None:
    gone = {exclusion_key(fact) for fact in (*found.changed, *found.removed)}
    rows = Exclusion.objects.filter(quarter=quarter).values_list(*EXCLUSION_KEY, "pk")
    for pks in _batches([row[-1] for row in rows if row[:-1] in gone]):
        Exclusion.objects.filter(pk__in=pks).delete()
    _insert(Exclusion, (*found.added, *found.changed))


def _write_groups(quarter: str, groups: pa.Table | None) -> None:
    """Keep the file first and name it then: a crash between the two leaves what was there."""
    if groups is None:
        GroupScores.objects.filter(quarter=quarter).delete()
        transaction.on_commit(partial(group_files().drop_others, quarter, None))
        return
    sha256 = group_files().keep(quarter, groups)
    values = {"sha256": sha256, "n_scores": groups.num_rows}
    GroupScores.objects.update_or_create(quarter=quarter, defaults=values)
    transaction.on_commit(partial(group_files().drop_others, quarter, sha256))


def _insert(model: type[Model], facts: Sequence[object]) -> None:
    """Insert facts as rows. An instance for each, for bulk_create, would take five times as long."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    columns = [_stored(field, [getattr(fact, field.name) for fact in facts]) for field in fields]
    named, marks = ", ".join(f'"{field.column}"' for field in fields), ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {model._meta.db_table} ({named}) VALUES ({marks})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(zip(*columns, strict=True)))


def _stored(field: "Field[Any, Any]", values: Sequence[Any]) -> list[Any]:
    """Convert values as their field does, equal ones once; a zero has no sign then, in no database."""
    shape = SHAPES.get(field.name, _as_it_is)
    stored = {value: field.get_db_prep_save(shape(value), connection) for value in set(values)}
    return [stored[value] for value in values]


def _as_it_is(value: Any) -> Any:
    return value


def _batches(pks: Sequence[int]) -> list[Sequence[int]]:
    return [pks[start : start + BATCH] for start in range(0, len(pks), BATCH)]
