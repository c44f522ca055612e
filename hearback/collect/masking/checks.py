"""The checks that rules call by name: what a pattern matched is taken, narrowed, widened or left alone."""

import ipaddress
import re
from collections.abc import Iterator

from hearback.collect.masking import names, streets
from hearback.collect.masking.check_digits import LONGEST_CARD, NUMBER_CHECKS, is_card, is_iban
from hearback.collect.masking.dates import begins_with_date_or_years, is_date_or_years
from hearback.collect.masking.seen import Check, Seen, Span
from hearback.collect.masking.words_of import no_names

LOCAL_PART_BACKWARDS = re.compile(r"[\w.+'%&~-]{1,64}")
LONGEST_LOCAL_PART = 64
DOMAIN_ENDS = frozenset({
    "ar", "biz", "br", "ca", "cl", "co", "com", "de", "edu", "es", "eu", "fr", "gov", "info", "int", "io",
    "mil", "mx", "net", "org", "pr", "us", "uk",
})  # fmt: skip
GROUP = re.compile(r"[0-9]+")
USUAL_GROUPS = {(4, 4, 4, 4), (4, 4, 4, 4, 3), (4, 6, 4), (4, 6, 5)}
AMOUNT = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{3})+|[0-9]+[.,][0-9]{1,2}")
FRACTION = re.compile(r"[0-9]{1,2}\.[0-9]+")
FRACTION_BEFORE = re.compile(r"[0-9][.,]\Z")
LETTERS_BEFORE = re.compile(r"(?:\A|[\W_])([a-z]{1,4}-?)\Z")
FEWEST_DIGITS_ALONE, FEWEST_DIGITS_NEAR_WORDS = 9, 6
NANP = re.compile(
    r"(?:\(\s?[2-9][0-9]{2}\s?\)|[2-9][0-9]{2})[\s.\-/]{0,3}[2-9][0-9]{2}[\s.\-/]{0,3}[0-9]{4}(?![0-9])"
)
COUNTRY_CODE_BEFORE = re.compile(r"(?<![0-9])(?:\+|00)?1[\s.\-/]{0,3}\Z")
HEX_BEFORE = re.compile(r"[0-9a-f]{1,4}\Z")
IBAN_COUNTRY_BEFORE = re.compile(r"(?:\A|[\W\d_])[a-z]{2}\Z")
ROUND = re.compile(r"[0-9]{1,7}0{5}")
THINGS_COUNTED = re.compile(
    r"\s?(?:%|percent|people|persons|dollars|usd|bucks|euros?|pesos?|customers?|users?|visitors?|visits|views|"
    r"times|bytes|miles|km|residents|citizens|americans|voters|million|billion|personas|dolares|veces|millones)\b"
)
VERSION_BEFORE = re.compile(
    r"(?:version|release|build|v|firefox|chrome|safari|edge|macos|ios|windows|android)\W{0,2}\Z"
)
SHORTEST_IBAN = 15
MOST_DIGITS_OF_PHONE, FEWEST_DIGITS_OF_PHONE = 15, 7


def email(seen: Seen, match: re.Match[str], span: Span) -> Span | None:
    """Widen from the @ to the name before it; without one it is no e-mail."""
    local = LOCAL_PART_BACKWARDS.match(seen.low[max(0, span[0] - LONGEST_LOCAL_PART) : span[0]][::-1])
    name = local.group().rstrip(".'-") if local else ""
    return (span[0] - len(name), span[1]) if name else None


def spoken_email(seen: Seen, match: re.Match[str], span: Span) -> Span | None:
    """Take "name at place dot org" if it ends as addresses end, and the place is no word like "the"."""
    return span if match["end"] in DOMAIN_ENDS and match["place"] not in no_names() else None


def card(seen: Seen, match: re.Match[str], span: Span) -> Span | None:
    """Take the groups of digits that are a card together; other numbers may stand around them.

    One number in ten checks by chance. So groups as cards have them go first; without such, everything is
    taken that may be part of a card.
    """
    groups = list(GROUP.finditer(seen.text, *span))
    cards = [groups[i:end] for i in range(len(groups)) for end in _ends_of_cards(groups, i)]
    cards = [one for one in cards if _has_usual_groups(one)] or cards
    return (min(one[0].start() for one in cards), max(one[-1].end() for one in cards)) if cards else None


def _ends_of_cards(groups: list[re.Match[str]], first: int) -> Iterator[int]:
    number = ""
    for last in range(first, len(groups)):
        number += groups[last].group()
        if is_card(number):
            yield last + 1
        if len(number) >= LONGEST_CARD:
            return


def _has_usual_groups(groups: list[re.Match[str]]) -> bool:
    return len(groups) == 1 or tuple(len(group.group()) for group in groups) in USUAL_GROUPS


def reference(seen: Seen, match: re.Match[str], span: Span) -> Span | None:
    """Take a number of a case or an account: five digits at least, no date, no years, no amount."""
    written = seen.low[span[0] : span[1]].rstrip("-./")
    n_digits = sum(one.isdigit() for one in written)
    n_letters = sum(one.isalpha() for one in written)
    enough = n_digits >= 5 or (n_digits == 4 and n_letters >= 2)
    if not enough or is_date_or_years(written) or AMOUNT.fullmatch(written):
        return None
    if THINGS_COUNTED.match(seen.low, span[0] + len(written)):
        return None
    return span[0], span[0] + len(written)


def long_reference(seen: Seen, match: re.Match[str], span: Span) -> Span | None:
    """Take a number of six digits or more that stands somewhere near the words for it."""
    found = reference(seen, match, span)
    if found and sum(one.isdigit() for one in seen.low[found[0] : found[1]]) >= FEWEST_DIGITS_NEAR_WORDS:
        return found
    return None


def long_number(seen: Seen, match: re.Match[str], span: Span) -> Span | None:
    """Take nine digits in a row, or eight after one to four letters, that are no amount and no fraction."""
    start, end = span
    if FRACTION_BEFORE.search(seen.low, max(0, start - 2), start) or ROUND.fullmatch(seen.low, start, end):
        return None
    letters = LETTERS_BEFORE.search(seen.low[max(0, start - 6) : start])
    if letters:
        start -= len(letters[1])
    elif seen.low[start - 1 : start].isalpha() or end - start < FEWEST_DIGITS_ALONE:
        return None
    if seen.low[end : end + 1].isalpha():
        return None
    return reference(seen, match, (start, end))


def phone(seen: Seen, match: re.Match[str], span: Span) -> Span | None:
    """Take a number with as many digits as phones have that is no fraction, no date and no span of years."""
    written = seen.low[span[0] : span[1]]
    n_digits = sum(one.isdigit() for one in written)
    if not FEWEST_DIGITS_OF_PHONE <= n_digits <= MOST_DIGITS_OF_PHONE:
        return None
    return None if FRACTION.fullmatch(written) or begins_with_date_or_years(written) else span


def short_phone(seen: Seen, match: re.Match[str], span: Span) -> Span | None:
    """Take three and four digits with a dash, unless the four may be a year, as in "Form 941-2023"."""
    return None if is_date_or_years(match["last"]) else span


def nanp(seen: Seen, match: re.Match[str], span: Span) -> Span | None:
    """Take a number of the North American plan, with the 1 before it. Source: NANPA, NXX-NXX-XXXX."""
    number = NANP.search(seen.low, *span)
    return after_country_code(seen, match, (number.start(), span[1])) if number else None


def after_country_code(seen: Seen, match: re.Match[str], span: Span) -> Span | None:
    """Widen to the 1 of North America before a number."""
    before = COUNTRY_CODE_BEFORE.search(seen.low, max(0, span[0] - 8), span[0])
    return (before.start() if before else span[0]), span[1]


def ten_digits(seen: Seen, match: re.Match[str], span: Span) -> Span | None:
    """Take a number of exactly ten digits, whatever their groups."""
    return span if sum(one.isdigit() for one in seen.low[span[0] : span[1]]) == 10 else None


def iban(seen: Seen, match: re.Match[str], span: Span) -> Span | None:
    """Widen to the two letters of the country, and cut words after the number away until it checks."""
    if not IBAN_COUNTRY_BEFORE.search(seen.low[max(0, span[0] - 3) : span[0]]):
        return None
    start = span[0] - 2
    for end in range(span[1], start + SHORTEST_IBAN - 1, -1):
        if seen.low[end : end + 1].isalnum() or not seen.low[end - 1].isalnum():
            continue
        if is_iban("".join(seen.low[start:end].split())):
            return start, end
    return None


def ip_address(seen: Seen, match: re.Match[str], span: Span) -> Span | None:
    """Take what is an address of the internet and no version of a program."""
    if VERSION_BEFORE.search(seen.low[max(0, span[0] - 12) : span[0]]):
        return None
    try:
        ipaddress.ip_address(seen.low[span[0] : span[1]])
    except ValueError:
        return None
    return span


def ip_address_6(seen: Seen, match: re.Match[str], span: Span) -> Span | None:
    """Widen from the first colon to what stands before it; a part of a longer word is no address."""
    before = HEX_BEFORE.search(seen.low[max(0, span[0] - 4) : span[0]])
    start = span[0] - len(before[0]) if before else span[0]
    if seen.low[start - 1 : start].isalnum() or seen.low[span[1] : span[1] + 1].isalnum():
        return None
    return ip_address(seen, match, (start, span[1]))


def _number_check(name: str) -> Check:
    passes = NUMBER_CHECKS[name]

    def check(seen: Seen, match: re.Match[str], span: Span) -> Span | None:
        number = "".join(one for one in seen.low[span[0] : span[1]] if one.isalnum()).upper()
        return span if passes(number) else None

    return check


CHECKS: dict[str, Check] = {
    "email": email,
    "spoken_email": spoken_email,
    "card": card,
    "reference": reference,
    "long_reference": long_reference,
    "long_number": long_number,
    "phone": phone,
    "nanp": nanp,
    "after_country_code": after_country_code,
    "ten_digits": ten_digits,
    "iban": iban,
    "short_phone": short_phone,
    "ip_address": ip_address,
    "ip_address_6": ip_address_6,
    "capitalised_name": names.capitalised,
    "full_name": names.full,
    "name": names.any_case,
    "closing_name": names.closing,
    "street": streets.street,
    "calle": streets.calle,
    "named_street": streets.named_street,
    "street_in_state": streets.street_in_state,
    **{name: _number_check(name) for name in NUMBER_CHECKS},
}
"""Name in a rule → check."""
