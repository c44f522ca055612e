"""Foreign keys point to the same stage or an earlier one."""

import pytest

from tests.architecture.foreign_keys import Pointer, pointers, pointing_up
from tests.architecture.source import layers


def test_foreign_keys_point_to_earlier_stages() -> None:
    found = pointers()
    assert found, "no table was looked at"
    assert pointing_up(found, layers()) == []


@pytest.mark.parametrize(
    ("source", "target"), [("collect", "plan"), ("collect", "scan"), ("history", "accounts")]
)
def test_a_foreign_key_to_a_later_stage_or_a_sibling_is_found(source: str, target: str) -> None:
    assert len(pointing_up([Pointer("Thing.other", source, target)], layers())) == 1


@pytest.mark.parametrize(
    ("source", "target"), [("plan", "directory"), ("plan", "plan"), ("accounts", "django")]
)
def test_a_foreign_key_to_an_earlier_stage_is_fine(source: str, target: str) -> None:
    assert pointing_up([Pointer("Thing.other", source, target)], layers()) == []


def test_the_order_of_the_stages_is_read_from_the_contract() -> None:
    order = layers()
    assert order[0] == ["cli", "config"]
    assert order[-1] == ["fiscal", "stats"]
