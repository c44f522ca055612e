"""Days as people write them, so that they are not taken for numbers of something."""

import re

DAY = re.compile(
    r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-](?:[0-9]{4}|[0-9]{2})|(?:19|20)[0-9]{2}[/.-](?:0?[1-9]|1[0-2])[/.-][0-3]?[0-9]"
)
YEARS = re.compile(r"(?:19|20)[0-9]{2}(?:\W{0,3}(?:19|20)?[0-9]{2})?")


def is_day(six_digits: str) -> bool:
    """Say whether six digits are year, month and day."""
    return 1 <= int(six_digits[2:4]) <= 12 and 1 <= int(six_digits[4:6]) <= 31


def is_date_or_years(written: str) -> bool:
    """Say whether something is a date, a year or a span of years and no number of something."""
    return bool(DAY.fullmatch(written) or YEARS.fullmatch(written))


def begins_with_date_or_years(written: str) -> bool:
    """Say the same of the first of several things."""
    return any(
        (found := pattern.match(written)) and not written[found.end() : found.end() + 1].isdigit()
        for pattern in (DAY, YEARS)
    )
