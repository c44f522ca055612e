"""Dates of sources as people read them, no more precise than their source."""

from django.conf import settings

from hearback.fiscal import Period, PeriodNotValid, parse_period


def date_label(text: str | None) -> str | None:
    """Write a date as people read it; a text that is no date stays as it is.

    >>> date_label("2023-05"), date_label("FY2022-Q3"), date_label("2018-2020"), date_label(None)
    ('May 2023', 'FY2022 Q3', '2018-2020', None)
    """
    if text is None:
        return None
    try:
        return _period(text).label
    except PeriodNotValid:
        return text


def newest_first(text: str | None) -> str:
    """Give a key that sorts dates of any precision by their last day; unknown dates are the oldest."""
    if text is None:
        return ""
    try:
        return _period(text).ends_before.isoformat()
    except PeriodNotValid:
        return text


def year_of(text: str) -> str:
    """Name the calendar year in which a date begins."""
    try:
        return str(_period(text).starts_on.year)
    except PeriodNotValid:
        return text[:4]


def _period(text: str) -> Period:
    return parse_period(text, settings.FISCAL_YEAR_STARTS)
