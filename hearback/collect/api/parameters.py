"""How the parameters of the API are written, and how they are described in its document."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from hearback.collect.rules import CHANNELS

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MOST_AT_ONCE = 500
MOST = 2**53 - 1
"""The greatest whole number that every reader of JSON reads exactly. Source: RFC 8259, section 6."""
MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2}):(\d{2})(\.\d+)?([Zz]|[+-]\d{2}:\d{2})", re.ASCII)
"""Source: RFC 3339, section 5.6."""
FORM_KEY = r"^[-a-zA-Z0-9_]{0,80}$"
IDEMPOTENCY_KEY = r"^[-A-Za-z0-9_.:~]{16,200}$"


def _whole_number(least: int, most: int) -> Callable[[Any], int]:
    def read(raw: Any) -> int:
        if isinstance(raw, int) and not isinstance(raw, bool):
            return raw  # the default
        if not re.fullmatch(r"-?[0-9]+", str(raw)):
            raise PydanticCustomError("not_a_number", "not a number")
        number = int(raw) if len(raw) < 20 else most + 1
        if number < least:
            raise PydanticCustomError("too_small", "too small", {"limit": str(least)})
        if number > most:
            raise PydanticCustomError("too_big", "too big", {"limit": str(most)})
        return number

    return read


def _number(least: int, most: int, description: str) -> tuple[BeforeValidator, WithJsonSchema]:
    schema = {"type": "integer", "minimum": least, "maximum": most, "description": description}
    return BeforeValidator(_whole_number(least, most)), WithJsonSchema(schema)


def _matching(
    pattern: str, kind: str, description: str, example: str
) -> tuple[BeforeValidator, WithJsonSchema]:
    whole = re.compile(pattern.removesuffix("$") + r"\Z")

    def read(raw: Any) -> Any:
        if not isinstance(raw, str) or not whole.match(raw):
            raise PydanticCustomError(kind, kind)
        return raw

    schema = {"type": "string", "pattern": pattern, "description": description, "example": example}
    return BeforeValidator(read), WithJsonSchema(schema)


def read_moment(raw: Any) -> datetime:
    """Read a moment that is written as RFC 3339 says; a leap second is the second after it.

    Raises:
        PydanticCustomError: if it is none, or has no time zone.
    """
    found = MOMENT.fullmatch(raw) if isinstance(raw, str) else None
    if found is None:
        raise PydanticCustomError("not_a_moment", "not a moment")
    day, minute, second, part, zone = found.groups()
    is_leap = second == "60"
    text = f"{day}T{minute}:{'59' if is_leap else second}{(part or '')[:7]}{zone.upper()}"
    try:
        moment = datetime.fromisoformat(text)
        return moment + timedelta(seconds=1) if is_leap else moment
    except (ValueError, OverflowError) as problem:
        raise PydanticCustomError("not_a_moment", "not a moment") from problem


def milliseconds(moment: datetime) -> int:
    """Give the first whole millisecond since 1970 that is not before a moment."""
    return -((EPOCH - moment) // timedelta(milliseconds=1))


def text_up_to(limit: int) -> tuple[BeforeValidator, WithJsonSchema]:
    """Describe a text that is not longer than so many characters."""

    def read(raw: Any) -> Any:
        if isinstance(raw, str) and len(raw) > limit:
            raise PydanticCustomError("too_long", "too long", {"limit": limit, "found": len(raw)})
        return raw

    return BeforeValidator(read), WithJsonSchema({"type": "string", "maxLength": limit})


def _moment(description: str) -> tuple[BeforeValidator, WithJsonSchema]:
    schema = {"type": "string", "format": "date-time", "description": description}
    return BeforeValidator(read_moment), WithJsonSchema({**schema, "example": "2026-07-01T00:00:00-04:00"})


def _channel(raw: Any) -> Any:
    if raw not in tuple(CHANNELS):
        raise PydanticCustomError("not_a_channel", "not a channel", {"choices": ", ".join(sorted(CHANNELS))})
    return raw


Limit = Annotated[int, *_number(1, MOST_AT_ONCE, "How many at most.")]
Number = Annotated[int, *_number(0, MOST, "Only responses with a higher number, as `next` said.")]
VersionNumber = Annotated[int, *_number(1, 2**31 - 1, "Which version; they are counted from 1.")]
FormKey = Annotated[
    str, *_matching(FORM_KEY, "not_a_cursor", "Only forms with a later key, as `next` said.", "passports")
]
IdempotencyKey = Annotated[
    str,
    *_matching(
        IDEMPOTENCY_KEY,
        "not_an_idempotency_key",
        "Names the response, once per form: sent again with the same answers, nothing is stored twice.",
        "6f1c1d0e-9d2b-4b7e-8a55-0a2f5d1c7e90",
    ),
]
Since = Annotated[datetime | None, *_moment("Only responses stored at this moment or later.")]
Until = Annotated[datetime | None, *_moment("Only responses stored before this moment.")]
Channel = Annotated[
    str, BeforeValidator(_channel), WithJsonSchema({"type": "string", "enum": sorted(CHANNELS)})
]
