"""Which form, and from when to when: what commands about responses are told."""

from datetime import datetime, time, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings

from hearback.collect.moments import read_moment
from hearback.collect.queries import FormFact, form
from hearback.fiscal import parse_quarter
from hearback.ui.terminal import Refused

LONGEST = 60
"""So much of a name that is none is repeated."""


def known_form(key: str) -> FormFact:
    """Find a form.

    Raises:
        Refused: if there is none of that key.
    """
    found = form(key)
    if found is None:
        raise Refused(f"There is no form {key!r}; `hearback collect form list` names them.")
    return found


def zone_named(name: str | None) -> tzinfo:
    """Find a time zone; that of the installation, where none is named.

    Raises:
        Refused: if there is none of that name.
    """
    if name is None:
        installed: tzinfo = settings.ZONE
        return installed
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as problem:
        raise Refused(f"{name[:LONGEST]!r} is no time zone; write one as America/New_York.") from problem


def period(
    quarter: str | None, since: str | None, until: str | None, zone: tzinfo
) -> tuple[datetime | None, datetime | None]:
    """Give the first moment of a period and the first after it; None where it has no such end.

    Raises:
        Refused: if a day cannot be read, or a quarter is given beside days.
    """
    if quarter is None:
        return _moment(since, zone), _moment(until, zone)
    if since or until:
        raise Refused("Give a quarter, or since and until, not both.")
    wanted = parse_quarter(quarter)
    start = settings.FISCAL_YEAR_STARTS
    first, after = wanted.starts_on(start), wanted.ends_before(start)
    return datetime.combine(first, time(), zone), datetime.combine(after, time(), zone)


def _moment(text: str | None, zone: tzinfo) -> datetime | None:
    if text is None:
        return None
    try:
        found = read_moment(text)
    except ValueError as problem:
        raise Refused(
            f"{text!r} is no day or moment; write 2026-10-01 or 2026-10-01T09:00-04:00."
        ) from problem
    return found if found.tzinfo else found.replace(tzinfo=zone)
