"""What a file of another program says nothing of stays in a form as it was; none of it is dropped unsaid."""

from collections.abc import Container, Iterator
from dataclasses import replace

import msgspec

from hearback.collect.instruments.definition import Delivery, Instrument
from hearback.collect.instruments.formats.format import Read
from hearback.ui.losses import Loss

WHOLE = ("clearance", "timing", "countries")
OF_DELIVERY = tuple(name for name in Delivery.__struct_fields__ if name != "steps")
"""Files of other programs say themselves whether they ask in steps."""


def keep_what_is_not_said(read: Read, draft: Instrument) -> Read:
    """Give what was read, with the settings of a draft that it has no word of, and a line for each.

    Our own YAML says all there is, so what it leaves out is taken out.
    """
    if not read.format:
        return read
    kept = dict(_kept(read.instrument, draft))
    delivery = {name: value for name, value in kept.items() if name in OF_DELIVERY}
    whole = {name: value for name, value in kept.items() if name in WHOLE}
    if delivery:
        whole["delivery"] = msgspec.structs.replace(read.instrument.delivery, **delivery)
    said = {one.where for one in read.losses}
    lines = tuple(_line(name, is_said=name in said) for name in kept)
    told = tuple(one for one in read.losses if one.where not in kept)
    made = msgspec.structs.replace(read.instrument, **whole)
    return replace(read, instrument=made, losses=(*told, *_instead(read, kept), *lines))


def _instead(read: Read, kept: Container[str]) -> Iterator[Loss]:
    """Say of what could not be carried over, and has a counterpart in the draft, that it is not used."""
    for one in read.losses:
        if one.where in kept:
            yield replace(one, done="it is not used")


def _kept(found: Instrument, draft: Instrument) -> Iterator[tuple[str, object]]:
    usual = Instrument("", {}, (), ())
    for name in WHOLE:
        if getattr(found, name) == getattr(usual, name) != getattr(draft, name):
            yield name, getattr(draft, name)
    for name in OF_DELIVERY:
        before = getattr(draft.delivery, name)
        if getattr(found.delivery, name) == getattr(usual.delivery, name) != before:
            yield name, before


def _line(name: str, *, is_said: bool) -> Loss:
    where = name if name in WHOLE else f"delivery.{name}"
    what = "what the file says cannot be used" if is_said else "nothing in the file says it"
    return Loss(where, what, "what the form had is kept")
