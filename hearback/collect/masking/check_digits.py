"""Numbers that check themselves: plain functions over a number without separators."""

from collections.abc import Callable, Iterable
from itertools import cycle

from hearback.collect.masking.dates import is_day

CARD_FIRST_DIGITS = frozenset("23456")
SHORTEST_CARD, LONGEST_CARD = 13, 19
IBAN_LENGTHS = range(15, 35)
EIN_NEVER = frozenset({0, 7, 8, 9, 17, 18, 19, 28, 29, 49, 69, 70, 78, 79, 89, 96, 97})
DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
CURP_SIGNS = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"


def is_luhn(number: str) -> bool:
    """Check the last digit by Luhn's formula. Source: ISO/IEC 7812-1:2017, annex B."""
    digits = [int(digit) for digit in reversed(number)]
    return sum(digits[::2]) % 10 == -sum(d * 2 - 9 * (d > 4) for d in digits[1::2]) % 10


def is_card(number: str) -> bool:
    """Say whether it may be a payment card. Source: ISO/IEC 7812-1:2017 for length, first digit and check."""
    fits = SHORTEST_CARD <= len(number) <= LONGEST_CARD and number[0] in CARD_FIRST_DIGITS
    return fits and is_luhn(number)


def is_iban(number: str) -> bool:
    """Check an international bank account number. Source: ISO 13616-1:2020, with ISO/IEC 7064 MOD 97-10."""
    if len(number) not in IBAN_LENGTHS:
        return False
    return int("".join(str(int(sign, 36)) for sign in number[4:] + number[:4])) % 97 == 1


def is_routing(number: str) -> bool:
    """Check a routing number of the United States. Source: ABA Routing Number Policy, check digit 3-7-1."""
    return number != "000000000" and _weighed(number, (3, 7, 1)) % 10 == 0


def is_ssn(number: str) -> bool:
    """Say whether a Social Security number can have been issued. Source: SSA, POMS RM 10201.035 (2011)."""
    area, group, serial = number[:3], number[3:5], number[5:]
    return area not in {"000", "666"} and area < "900" and group != "00" and serial != "0000"


def is_ein(number: str) -> bool:
    """Say whether an employer number begins with a prefix in use. Source: IRS, How EINs are assigned."""
    return int(number[:2]) not in EIN_NEVER


def is_nhs(number: str) -> bool:
    """Check an NHS number. Source: NHS Data Dictionary, NHS NUMBER, modulus 11."""
    return (11 - _weighed(number[:9], range(10, 1, -1)) % 11) % 11 == int(number[9])


def is_clabe(number: str) -> bool:
    """Check a Mexican bank account number. Source: Banco de México, CLABE, control digit 3-7-1 modulo 10."""
    digits = zip(number[:17], cycle((3, 7, 1)), strict=False)
    return -sum(int(digit) * weight % 10 for digit, weight in digits) % 10 == int(number[17])


def is_curp(number: str) -> bool:
    """Check a Mexican population registry code. Source: Instructivo normativo CURP (DOF 18 October 2021)."""
    total = sum(CURP_SIGNS.index(sign) * (18 - i) for i, sign in enumerate(number[:17]))
    return is_day(number[4:10]) and -total % 10 == int(number[17])


def is_rfc(number: str) -> bool:
    """Say whether a Mexican tax number has a day in it, its only check here. Source: SAT, form of the RFC."""
    return is_day(number[-9:-3])


def is_dni(number: str) -> bool:
    """Check a Spanish identity number, or one of a foreigner. Source: Orden INT/2058/2008; RD 1553/2005."""
    digits = number[:-1]
    if digits[0] in "XYZ":
        digits = str("XYZ".index(digits[0])) + digits[1:]
    return DNI_LETTERS[int(digits) % 23] == number[-1]


def _weighed(digits: str, weights: Iterable[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, cycle(weights), strict=False))


NUMBER_CHECKS: dict[str, Callable[[str], bool]] = {
    "routing": is_routing,
    "ssn": is_ssn,
    "ein": is_ein,
    "nhs": is_nhs,
    "luhn": is_luhn,
    "clabe": is_clabe,
    "curp": is_curp,
    "rfc": is_rfc,
    "dni": is_dni,
}
"""Name in a rule → check, which gets the letters (large) and digits of what the pattern matched."""
