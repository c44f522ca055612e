"""What the scores should be now, and which quarters' scores are not that."""

from collections.abc import Iterable

from hearback.collect import queries as collect
from hearback.directory import queries as directory
from hearback.fiscal import Quarter, QuarterNotValid, parse_quarter
from hearback.measure.difference import difference, exclusion_key, score_key
from hearback.measure.queries import exclusions, quarters, scores
from hearback.measure.scoring import Quarterly, lineage, score_quarter


def wanted(quarter: Quarter, threshold: int) -> Quarterly:
    """Compute every number of a quarter from what is reported now; nothing is written.

    Args:
        quarter: which quarter; the one before is read too, to see whether other surveys are pooled now.
        threshold: groups with fewer answers are not shown.

    Raises:
        ProviderNotKnown: if a survey's provider is not in the directory.
    """
    return score_quarter(
        collect.reported_surveys(quarter),
        _before(quarter),
        lineage(directory.agencies(), directory.providers()),
        threshold,
    )


def scored_or_reported() -> list[str]:
    """Name, in order, the quarters that have reported surveys or scores."""
    return sorted({*collect.quarters(), *quarters()})


def stale_quarters(threshold: int) -> list[str]:
    """Name the quarters whose scores are missing or older than the answers they should be made of.

    Raises:
        ProviderNotKnown: if a survey's provider is not in the directory.
    """
    return [quarter for quarter in scored_or_reported() if _is_stale(quarter, threshold)]


def _is_stale(quarter: str, threshold: int) -> bool:
    should_be = wanted(parse_quarter(quarter), threshold)
    return bool(
        difference(scores(quarter=quarter), should_be.scores, score_key)
        or difference(exclusions(quarter=quarter), should_be.exclusions, exclusion_key)
    )


def _before(quarter: Quarter) -> Iterable[collect.ReportedSurveyFact]:
    try:
        return collect.reported_surveys(quarter.previous())
    except QuarterNotValid:  # the first quarter of the calendar
        return ()
