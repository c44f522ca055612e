"""A response as a row of a table, and back; the same columns in every database."""

from collections.abc import Collection, Sequence
from typing import Any

import msgspec

from hearback.collect.intake.store import Received

COLUMNS = "form, version, key, at, language, channel, place, campaign, answers, not_shown, masked, batch"
N_COLUMNS = 12

_encode = msgspec.json.Encoder().encode
_not_shown = msgspec.json.Decoder(tuple[str, ...]).decode
_masked = msgspec.json.Decoder(dict[str, int]).decode


def row_of(one: Received) -> tuple[object, ...]:
    """Give the values of a response in the order of the columns."""
    return (
        one.form, one.version, one.key, one.at, one.language, one.channel, one.place, one.campaign,
        one.answers,
        _encode(one.not_shown).decode() if one.not_shown else "[]",
        _encode(one.masked).decode() if one.masked else "{}",
        one.batch,
    )  # fmt: skip


def response_of(row: Sequence[Any]) -> Received:
    """Read a response from values in the order of the columns."""
    form, version, key, at, language, channel, place, campaign, answers, not_shown, masked, batch = row
    return Received(
        form,
        version,
        key,
        at,
        language,
        channel,
        place,
        campaign,
        bytes(answers),
        _not_shown(not_shown),
        _masked(masked),
        batch,
    )


def which_are_new(responses: Sequence[Received], stored: Collection[tuple[str, str]]) -> list[bool]:
    """Tell of each response whether it was stored now; of several with one key, the first was."""
    left = set(stored)
    told = []
    for one in responses:
        name = (one.form, one.key)
        told.append(name in left)
        left.discard(name)
    return told
