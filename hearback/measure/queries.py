"""Reading scores."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from django.db.models import Case, IntegerField, Value, When

from hearback.measure.models import Exclusion, Score
from hearback.measure.rules import LEVELS, MEASURES, POOLS


@dataclass(frozen=True)
class ScoreFact:
    """One published number: what it is about, its value and interval, and how it was made.

    `value`, `low` and `high` are null together with a `reason` when there is no number to show.
    `n` is the answers (or people) behind it. Shares and rates are in [0, 1], means in [1, 5].
    """

    measure: str  # key of measure.rules.MEASURES: trust_mean, trust_agree_share, ...
    level: str  # survey, service, provider, agency, government
    subject: str  # key of the survey, service, provider or agency; "all" for the government
    quarter: str
    pool: str  # comparability pool, key of measure.rules.POOLS
    value: float | None
    low: float | None
    high: float | None
    n: int | None
    numerator: int | None
    numerator_name: str | None
    denominator: int | None
    denominator_name: str | None
    n_surveys: int
    method: str
    method_version: str
    flags: tuple[str, ...]
    reason: str | None
    inputs_sha256: str


@dataclass(frozen=True)
class ExclusionFact:
    """One survey left out of every pool, or out of the roll-ups, and why."""

    survey: str
    service: str
    provider: str
    quarter: str
    scope: str  # pools: compared with nothing; rollups: shown by itself, not added up
    reason: str  # key of measure.rules.EXCLUSION_REASONS
    explanation: str


SCORE_FIELDS = tuple(field.name for field in fields(ScoreFact))
EXCLUSION_FIELDS = tuple(field.name for field in fields(ExclusionFact))


def scores(
    level: str | None = None,
    subject: str | None = None,
    quarter: str | None = None,
    measure: str | None = None,
) -> list[ScoreFact]:
    """List scores, all or those of one level, subject, quarter or measure.

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
        ExclusionFact(**row) for row in rows.order_by("quarter", "survey", "scope").values(*EXCLUSION_FIELDS)
    ]


def quarters() -> list[str]:
    """Name the quarters that have scores, oldest first."""
    return list(Score.objects.order_by("quarter").values_list("quarter", flat=True).distinct())


def _score_fact(row: dict[str, object]) -> ScoreFact:
    return ScoreFact(**{**row, "flags": tuple(row["flags"])})  # type: ignore[arg-type]


def _rank(field: str, table: Mapping[str, object]) -> Case:
    whens = [When(**{field: key}, then=Value(place)) for place, key in enumerate(table)]
    return Case(*whens, default=Value(len(table)), output_field=IntegerField())
