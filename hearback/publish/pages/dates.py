"""Dates of sources as people read them, no more precise than their source."""

import re
from datetime import date, timedelta

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext

from hearback.fiscal import Period, PeriodNotValid, Quarter, parse_period

YEARS = re.compile(r"(\d{4})-(\d{4})")
"""Two years between which something was, on a day that is not known."""


def date_label(text: str | None) -> str | None:
    """Write a date as people read it; a text that is no date stays as it is, but for two years.

    >>> date_label("2023-05"), date_label("FY2022-Q3"), date_label("2018-2020"), date_label(None)
    ('May 2023', 'FY2022 Q3', 'between 2018 and 2020', None)
    """
    if text is None:
        return None
    try:
        return _label(_period(text))
    except PeriodNotValid:
        years = YEARS.fullmatch(text)
        if years is None:
            return text
    return gettext("between %(first)s and %(last)s") % {"first": years[1], "last": years[2]}


def months_label(quarter: Quarter) -> str:
    """Name the calendar months of a fiscal quarter, as in 'October to December 2020'."""
    first = quarter.starts_on(settings.FISCAL_YEAR_STARTS)
    last = quarter.ends_before(settings.FISCAL_YEAR_STARTS) - timedelta(days=1)
    start = _month(first) if first.year != last.year else date_format(first, "F")
    return gettext("%(first)s to %(last)s") % {"first": start, "last": _month(last)}


def span_label(start: str | None, end: str | None) -> str | None:
    """Say from when, until when, or both; None where neither is known.

    Languages may say a day in another way than a month or a year there: "desde el 3 de mayo", "desde mayo".

    >>> span_label("2022-03-15", "2023-12"), span_label(None, "2023-05"), span_label(None, None)
    ('15 March 2022 to December 2023', 'until May 2023', None)
    """
    first, last = {"day": date_label(start)}, {"day": date_label(end)}
    if start and end:
        begins = pgettext("begin, a day", "%(day)s") if is_day(start) else pgettext("begin", "%(day)s")
        ends = pgettext("a day", "to %(day)s") if is_day(end) else gettext("to %(day)s")
        return f"{begins % first} {ends % last}"
    if start:
        return (pgettext("a day", "from %(day)s") if is_day(start) else gettext("from %(day)s")) % first
    return (
        (pgettext("a day", "until %(day)s") if is_day(end) else gettext("until %(day)s")) % last
        if end
        else None
    )


def is_day(text: str | None) -> bool:
    """Say whether a date is one day, and not a month or a longer time."""
    try:
        return text is not None and len(_period(text).text) == len("2024-01-01")
    except PeriodNotValid:
        return False


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
