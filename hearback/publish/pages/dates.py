"""Dates of sources as people read them, no more precise than their source."""

from datetime import date, timedelta

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext

from hearback.fiscal import Period, PeriodNotValid, Quarter, parse_period


def date_label(text: str | None) -> str | None:
    """Write a date as people read it; a text that is no date stays as it is.

    >>> date_label("2023-05"), date_label("FY2022-Q3"), date_label("2018-2020"), date_label(None)
    ('May 2023', 'FY2022 Q3', '2018-2020', None)
    """
    if text is None:
        return None
    try:
        return _label(_period(text))
    except PeriodNotValid:
        return text


def months_label(quarter: Quarter) -> str:
    """Name the calendar months of a fiscal quarter, as in 'October to December 2020'."""
    first = quarter.starts_on(settings.FISCAL_YEAR_STARTS)
    last = quarter.ends_before(settings.FISCAL_YEAR_STARTS) - timedelta(days=1)
    start = _month(first) if first.year != last.year else date_format(first, "F")
    return gettext("%(first)s to %(last)s") % {"first": start, "last": _month(last)}


def _label(period: Period) -> str:
    """Write a period as people read it: days and months in the language that is spoken."""
    if period.text.startswith("FY") or len(period.text) not in {len("2024-01"), len("2024-01-01")}:
        return period.label
    if len(period.text) == len("2024-01"):
        return _month(period.starts_on)
    return date_format(period.starts_on, pgettext("a day, as PHP writes dates", "j F Y"))


def _month(of: date) -> str:
    return date_format(of, pgettext("a month, as PHP writes dates", "F Y"))


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
