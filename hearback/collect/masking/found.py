"""What masking finds, and what it gives back."""

from typing import Literal, get_args

import msgspec

Kind = Literal[
    "email", "card", "bank_account", "national_number", "phone", "birth_date", "ip_address", "address",
    "name", "account_number",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)
"""Every kind of personal data. Where two finds overlap, the kind that stands first names them both."""

UNSTRUCTURED: frozenset[Kind] = frozenset({"name", "address"})
"""Kinds that no fixed form gives away: they are found by the words around them."""


class Found(msgspec.Struct, frozen=True):
    """A place with personal data: characters `start` to `end` (exclusive) of the original, never its text."""

    kind: Kind
    start: int
    end: int


class Masked(msgspec.Struct, frozen=True):
    """A text without the personal data found in it, and where that stood, in order, not overlapping."""

    text: str
    found: tuple[Found, ...]
