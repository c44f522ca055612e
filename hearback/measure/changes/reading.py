"""Reading scores beside one another: the chart of one series, and providers or services compared fairly."""

from django.db.models import Count

from hearback.measure.changes.charts import CHARTED, CHARTED_LEVELS, ControlChart, chart_of
from hearback.measure.changes.fairness import FairComparison, compared_fairly
from hearback.measure.models import Score
from hearback.measure.queries import scores
from hearback.measure.rules import BASELINE

FAIRLY_COMPARED = ("trust_agree_share", "trust_thumbs_up_share")
"""What is compared between providers: shares agreeing, and in the pool of thumbs those of thumbs up."""


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
