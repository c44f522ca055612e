"""Numbers that check themselves, against another library's verdicts."""

import json
from pathlib import Path
from typing import Any

import pytest

from hearback.collect.masking.check_digits import NUMBER_CHECKS, is_card, is_clabe, is_iban, is_ssn

GOLDEN: dict[str, Any] = json.loads(Path(__file__).with_name("check_digits.json").read_text("utf-8"))[
    "checks"
]
CHECKS = {**NUMBER_CHECKS, "iban": is_iban}


@pytest.mark.parametrize("name", GOLDEN)
def test_agrees_with_another_library(name: str) -> None:
    check = CHECKS[name]
    assert [number for number in GOLDEN[name]["valid"] if not check(number)] == []
    assert [number for number in GOLDEN[name]["not_valid"] if check(number)] == []


@pytest.mark.parametrize("number", ["000123456", "666123456", "900123456", "123006789", "123450000"])
def test_a_social_security_number_that_is_never_issued_is_not_valid(number: str) -> None:
    assert not is_ssn(number)


def test_a_social_security_number_that_can_be_issued_is_valid() -> None:
    assert is_ssn("219099999")


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        ("4111111111111111", True),
        ("4111111111111112", False),
        ("411111111111", False),
        ("1111111111111117", False),
    ],
)
def test_a_card_has_a_length_a_first_digit_and_a_check(number: str, valid: bool) -> None:
    assert is_card(number) is valid


@pytest.mark.parametrize(("number", "valid"), [("032180000118359719", True), ("032180000118359718", False)])
def test_a_mexican_account_has_a_control_digit(number: str, valid: bool) -> None:
    assert is_clabe(number) is valid


@pytest.mark.parametrize(
    ("number", "valid"), [("GODE561231GR8", True), ("ABC680524P76", True), ("ABC681324P76", False)]
)
def test_a_mexican_tax_number_has_a_day(number: str, valid: bool) -> None:
    assert NUMBER_CHECKS["rfc"](number) is valid
