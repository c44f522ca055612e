"""Reading scores, what changed, and what trust goes with."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

from django.db.models import Case, Count, IntegerField, Value, When

from hearback.measure import folders
from hearback.measure.answers.table import GroupScoreFiles, facts_of
from hearback.measure.cells.store import CellStore
from hearback.measure.changes.charts import BASELINE, CHARTED, CHARTED_LEVELS, ControlChart, chart_of
from hearback.measure.changes.facts import ComparisonFact
from hearback.measure.changes.fairness import FairComparison, compared_fairly
from hearback.measure.changes.gaps import GAPS, gap_facts
from hearback.measure.facts import DriverFact, ExclusionFact, ScoreFact
from hearback.measure.models import Comparison, DriverImportance, Exclusion, GroupGaps, GroupScores, Score
from hearback.measure.rules import KINDS, LEVELS, MEASURES, POOLS
from hearback.measure.rules.drivers import DRIVERS

__all__ = [
    "FAIRLY_COMPARED",
    "ComparisonFact",
    "ControlChart",
    "DriverFact",
    "ExclusionFact",
    "FairComparison",
    "ScoreFact",
    "cell_store",
    "comparison_quarters",
    "comparisons",
    "control_chart",
    "driver_quarters",
    "drivers",
    "exclusions",
    "fair_comparison",
    "gap_files",
    "gap_record",
    "group_files",
    "group_gaps",
    "group_record",
    "group_scores",
    "quarters",
    "scores",
]

IN_FILES = frozenset({"dimension", "group"})
"""Fields of scores of groups alone, which are in files; in the database everything is about everybody."""

FAIRLY_COMPARED = ("trust_agree_share", "trust_thumbs_up_share")
"""What is compared between providers: shares agreeing, and in the pool of thumbs those of thumbs up."""

SCORE_FIELDS = tuple(field.name for field in fields(ScoreFact) if field.name not in IN_FILES)
DRIVER_FIELDS = tuple(field.name for field in fields(DriverFact))
COMPARISON_FIELDS = tuple(field.name for field in fields(ComparisonFact) if field.name not in IN_FILES)
EXCLUSION_FIELDS = tuple(field.name for field in fields(ExclusionFact))


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


def group_scores(quarter: str | None = None, **wanted: str) -> Iterator[ScoreFact]:
    """Give scores of groups, of all quarters or of one; `wanted` as level, subject, measure or dimension.

    Raises:
        GroupScoresNotValid: if a quarter's file is missing or cannot be read.
    """
    rows = GroupScores.objects.order_by("quarter")
    for row in rows if quarter is None else rows.filter(quarter=quarter):
        yield from facts_of(group_files().read(row.quarter, row.sha256, wanted))


def group_record(quarter: str) -> str | None:
    """Give the hash of a quarter's group scores; None where there are none, or the file is not as written."""
    sha256 = GroupScores.objects.filter(quarter=quarter).values_list("sha256", flat=True).first()
    return sha256 if sha256 is not None and group_files().is_there(quarter, sha256) else None


def group_files() -> GroupScoreFiles:
    """Give the files of group scores."""
    return GroupScoreFiles(folders.folder(folders.SCORES))


def exclusions(quarter: str | None = None, scope: str | None = None) -> list[ExclusionFact]:
    """List what was left out, by quarter and survey."""
    asked = {"quarter": quarter, "scope": scope}
    rows = Exclusion.objects.filter(**{name: value for name, value in asked.items() if value is not None})
    return [
        ExclusionFact(**row)
        for row in rows.order_by("quarter", "survey", "question", "scope").values(*EXCLUSION_FIELDS)
    ]


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


def group_gaps(quarter: str | None = None, **wanted: str) -> Iterator[ComparisonFact]:
    """Give groups beside the others, of all quarters or of one; `wanted` as level, subject or dimension.

    Raises:
        GroupScoresNotValid: if a quarter's file is missing or cannot be read.
    """
    rows = GroupGaps.objects.order_by("quarter")
    for row in rows if quarter is None else rows.filter(quarter=quarter):
        yield from gap_facts(gap_files().read(row.quarter, row.sha256, wanted))


@dataclass(frozen=True)
class GapRecord:
    """Which file holds the gaps between groups of a quarter, what they were made of, and how many."""

    sha256: str
    made_of: str
    n_gaps: int


def gap_record(quarter: str) -> GapRecord | None:
    """Give the record of a quarter's gaps; None where it has none."""
    row = GroupGaps.objects.filter(quarter=quarter).values("sha256", "made_of", "n_gaps").first()
    return None if row is None else GapRecord(**row)


def gap_files() -> GroupScoreFiles:
    """Give the files of gaps between groups."""
    return GroupScoreFiles(folders.folder(folders.GAPS), GAPS)


def control_chart(level: str, subject: str, measure: str, pool: str) -> ControlChart | None:
    """Chart one series of scores, see `measure.changes.charts`; None where there are none.

    The limits allow for the number of series that are watched: all of `CHARTED` measures of services and
    providers that have quarters enough.
    """
    found = [one for one in scores(level=level, subject=subject, measure=measure) if one.pool == pool]
    if not found:
        return None
    watched = Score.objects.filter(level__in=CHARTED_LEVELS, measure__in=CHARTED, value__isnull=False)
    series = watched.values("level", "subject", "measure", "pool").annotate(n=Count("pk"))
    return chart_of(found, max(1, series.filter(n__gt=BASELINE).count()))


def fair_comparison(level: str, quarter: str, pool: str) -> FairComparison:
    """Compare the shares agreeing (or of thumbs up) of all providers, or services, of a quarter and pool.

    Raises:
        TooFewToCompare: if fewer than five have a figure.
    """
    agreeing, thumbs_up = FAIRLY_COMPARED
    measure = thumbs_up if pool == "thumbs" else agreeing
    found = [one for one in scores(level=level, quarter=quarter, measure=measure) if one.pool == pool]
    return compared_fairly(found)


def cell_store() -> CellStore:
    """Give the stored cells of archived answers."""
    return CellStore(folders.folder(folders.CELLS))


def quarters() -> list[str]:
    """Name the quarters that have scores, oldest first."""
    return list(Score.objects.order_by("quarter").values_list("quarter", flat=True).distinct())


def _score_fact(row: dict[str, object]) -> ScoreFact:
    excluded = tuple(sorted(row["excluded"].items()))  # type: ignore[attr-defined]
    return ScoreFact(**{**row, "flags": tuple(row["flags"]), "excluded": excluded})  # type: ignore[arg-type]


def _rank(field: str, table: Mapping[str, object]) -> Case:
    whens = [When(**{field: key}, then=Value(place)) for place, key in enumerate(table)]
    return Case(*whens, default=Value(len(table)), output_field=IntegerField())
