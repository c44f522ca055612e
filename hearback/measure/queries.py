"""Reading scores, what changed, and what trust goes with: all that is in rows of the database.

What is in files is read by `file_queries`, what is reckoned anew by `changes.reading`: both load libraries
for large tables, which take a second that a look at rows need not.
"""

from collections.abc import Mapping
from dataclasses import fields

from django.db.models import Case, IntegerField, Value, When

from hearback.measure.changes.facts import ComparisonFact
from hearback.measure.facts import (
    BandFact,
    DriverFact,
    ExclusionFact,
    NoisyGroup,
    NoisyGroupsFact,
    ScoreFact,
)
from hearback.measure.models import Comparison, DriverImportance, Exclusion, NoisyGroups, Score
from hearback.measure.rules import KINDS, LEVELS, MEASURES, POOLS
from hearback.measure.rules.drivers import DRIVERS

__all__ = [
    "BandFact",
    "ComparisonFact",
    "DriverFact",
    "ExclusionFact",
    "NoisyGroupsFact",
    "ScoreFact",
    "comparison_quarters",
    "comparisons",
    "driver_quarters",
    "drivers",
    "exclusions",
    "noisy_groups",
    "quarters",
    "scores",
    "withheld_noise",
]

IN_FILES = frozenset({"dimension", "group"})
"""Fields of scores of groups alone, which are in files; in the database everything is about everybody."""

SCORE_FIELDS = tuple(field.name for field in fields(ScoreFact) if field.name not in IN_FILES)
DRIVER_FIELDS = tuple(field.name for field in fields(DriverFact))
COMPARISON_FIELDS = tuple(field.name for field in fields(ComparisonFact) if field.name not in IN_FILES)
EXCLUSION_FIELDS = tuple(field.name for field in fields(ExclusionFact))
NOISY_FIELDS = tuple(field.name for field in fields(NoisyGroupsFact))


def scores(
    level: str | None = None,
    subject: str | None = None,
    quarter: str | None = None,
    measure: str | None = None,
) -> list[ScoreFact]:
    """List scores of everybody, all or those of one level, subject, quarter or measure.

    They come by quarter, then from the survey to the government, by subject, pool and measure: subjects
    in the order of their keys, never by their numbers.
    """
    asked = {"level": level, "subject": subject, "quarter": quarter, "measure": measure}
    rows = Score.objects.filter(**{name: value for name, value in asked.items() if value is not None})
    rows = rows.order_by(
        "quarter", _rank("level", LEVELS), "subject", _rank("pool", POOLS), _rank("measure", MEASURES)
    )
    return [_score_fact(row) for row in rows.values(*SCORE_FIELDS).iterator(chunk_size=2000)]


def exclusions(quarter: str | None = None, scope: str | None = None) -> list[ExclusionFact]:
    """List what was left out, by quarter and survey."""
    asked = {"quarter": quarter, "scope": scope}
    rows = Exclusion.objects.filter(**{name: value for name, value in asked.items() if value is not None})
    return [
        ExclusionFact(**row)
        for row in rows.order_by("quarter", "survey", "question", "scope").values(*EXCLUSION_FIELDS)
    ]


def noisy_groups(quarter: str | None = None, *, to_publish: bool = False) -> list[NoisyGroupsFact]:
    """List the noisy counts of groups that were drawn, by quarter, survey and dimension.

    Args:
        to_publish: leave out what is withheld.
    """
    rows = NoisyGroups.objects.all() if quarter is None else NoisyGroups.objects.filter(quarter=quarter)
    rows = rows.filter(withheld_why="") if to_publish else rows
    found = rows.order_by("quarter", "survey", "dimension").values(*NOISY_FIELDS)
    return [
        NoisyGroupsFact(**{**row, "groups": tuple(NoisyGroup(*group) for group in row["groups"])})
        for row in found
    ]


def withheld_noise() -> dict[tuple[str, str], str]:
    """Give why tables with noise are withheld, by survey and dimension."""
    rows = NoisyGroups.objects.exclude(withheld_why="")
    return {(row.survey, row.dimension): row.withheld_why for row in rows}


def drivers(
    level: str | None = None, subject: str | None = None, quarter: str | None = None, pool: str | None = None
) -> list[DriverFact]:
    """List what trust goes with, all or of one level, subject, quarter or pool. Association is not cause.

    They come by quarter, then from the survey to the provider, by subject and pool, in the order of the form.
    """
    asked = {"level": level, "subject": subject, "quarter": quarter, "pool": pool}
    rows = DriverImportance.objects.filter(
        **{name: value for name, value in asked.items() if value is not None}
    )
    rows = rows.order_by(
        "quarter", _rank("level", LEVELS), "subject", _rank("pool", POOLS),
        _rank("driver", dict.fromkeys(DRIVERS)),
    )  # fmt: skip
    found = rows.values(*DRIVER_FIELDS).iterator(chunk_size=2000)
    return [DriverFact(**{**row, "flags": tuple(row["flags"])}) for row in found]


def driver_quarters() -> list[str]:
    """Name the quarters that have figures on drivers, oldest first."""
    return list(DriverImportance.objects.order_by("quarter").values_list("quarter", flat=True).distinct())


def comparisons(
    level: str | None = None,
    subject: str | None = None,
    quarter: str | None = None,
    measure: str | None = None,
    kind: str | None = None,
) -> list[ComparisonFact]:
    """List what changed: figures beside those of the quarter and of the year before, all or some.

    They come by quarter and kind, then as the scores do, never by size. For groups see `group_gaps`.
    """
    asked = {"level": level, "subject": subject, "quarter": quarter, "measure": measure, "kind": kind}
    rows = Comparison.objects.filter(**{name: value for name, value in asked.items() if value is not None})
    rows = rows.order_by(
        "quarter", _rank("kind", KINDS), _rank("level", LEVELS), "subject", _rank("pool", POOLS),
        _rank("measure", MEASURES),
    )  # fmt: skip
    return [ComparisonFact(**row) for row in rows.values(*COMPARISON_FIELDS).iterator(chunk_size=2000)]


def comparison_quarters() -> list[str]:
    """Name the quarters that have comparisons, oldest first."""
    return list(Comparison.objects.order_by("quarter").values_list("quarter", flat=True).distinct())


def quarters() -> list[str]:
    """Name the quarters that have scores, oldest first."""
    return list(Score.objects.order_by("quarter").values_list("quarter", flat=True).distinct())


def _score_fact(row: dict[str, object]) -> ScoreFact:
    excluded = tuple(sorted(row["excluded"].items()))  # type: ignore[attr-defined]
    return ScoreFact(**{**row, "flags": tuple(row["flags"]), "excluded": excluded})  # type: ignore[arg-type]


def _rank(field: str, table: Mapping[str, object]) -> Case:
    whens = [When(**{field: key}, then=Value(place)) for place, key in enumerate(table)]
    return Case(*whens, default=Value(len(table)), output_field=IntegerField())
