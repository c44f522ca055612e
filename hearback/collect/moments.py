"""Moments as people write them into files and commands, and none of the other forms of ISO 8601."""

import re
from datetime import UTC, datetime, timedelta

MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}([.,]\d{1,6})?)?( ?(Z|UTC|[+-]\d{2}:?\d{2}))?)?\Z", re.ASCII
)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)


def milliseconds(at: datetime) -> int:
    """Count the milliseconds since 1970 began, with integers: as a float, some moments would lose one.

    >>> milliseconds(datetime(2038, 1, 19, 3, 14, 8, 1_000, tzinfo=UTC))
    2147483648001
    """
    return (at - EPOCH) // MILLISECOND


def read_moment(text: str) -> datetime:
    """Read a day, or a moment with its distance from UTC or without.

    Raises:
        ValueError: if it is neither, as 2026-W01-1, which is a day but hardly meant as one.

    >>> read_moment("2026-10-01T09:00-04:00").isoformat(), read_moment("2026-10-01 09:00:00 UTC").isoformat()
    ('2026-10-01T09:00:00-04:00', '2026-10-01T09:00:00+00:00')
    """
    if not MOMENT.match(text):
        raise ValueError("no moment as 2026-10-01T09:00-04:00")
    plain = text.replace("UTC", "Z").replace(",", ".")
    return datetime.fromisoformat(plain[:10] + plain[10:11] + plain[11:].replace(" ", ""))
