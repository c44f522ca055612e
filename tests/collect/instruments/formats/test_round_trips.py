"""Whatever is written in a format and read again is the same, save for what the loss reports name."""

import pytest
from hypothesis import given

from hearback.collect.instruments.checking import faults
from hearback.collect.instruments.definition import Instrument
from hearback.collect.instruments.files import ready, ready_names
from hearback.collect.instruments.formats import FORMATS, Format
from tests.collect.instruments.formats.equality import unsaid
from tests.collect.instruments.strategies import instruments, unhurried

every_format = pytest.mark.parametrize("kind", FORMATS, ids=lambda kind: kind.name)


def check(kind: Format, instrument: Instrument) -> None:
    written = kind.write(instrument)
    assert [one.name for one in FORMATS if one.is_it(written.data)] == [kind.name]
    found = kind.read(written.data)
    assert unsaid(instrument, found.instrument, (*written.losses, *found.losses)) == []
    again = kind.read(kind.write(found.instrument).data)
    assert unsaid(found.instrument, again.instrument, again.losses) == [], (
        "the second time nothing more is lost"
    )


@every_format
@unhurried
@given(instrument=instruments())
def test_a_random_instrument_comes_back_but_for_what_is_said(kind: Format, instrument: Instrument) -> None:
    check(kind, instrument)


@every_format
@pytest.mark.parametrize("name", ready_names())
def test_an_instrument_to_start_from_comes_back_but_for_what_is_said(kind: Format, name: str) -> None:
    check(kind, ready(name))


@every_format
@unhurried
@given(instrument=instruments())
def test_the_same_instrument_is_written_the_same(kind: Format, instrument: Instrument) -> None:
    assert kind.read(kind.write(instrument).data) == kind.read(kind.write(instrument).data)


@every_format
@pytest.mark.parametrize("name", sorted(set(ready_names()) - {"empty"}))
def test_what_comes_back_of_an_instrument_to_start_from_can_be_used(kind: Format, name: str) -> None:
    assert faults(kind.read(kind.write(ready(name)).data).instrument) == []
