"""Reading the value of one setting. Each raises ValueError with what to write where it cannot."""

import base64
import re
from decimal import Decimal
from ipaddress import ip_network
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from hearback.collect.intake.guarding.guard import limit_in, proxies_in
from hearback.ui.licenses import LICENSES

MOST_LOSS = 3
"""By more, the odds about a person may change by a factor of more than 20, which hides hardly anybody."""
COUNTRIES = Path(__file__).parent.parent / "ui" / "countries"


def flag(text: str) -> bool:
    """Read yes or no."""
    if text not in {"yes", "no"}:
        raise ValueError("write yes or no")
    return text == "yes"


def words(text: str) -> list[str]:
    """Read names separated by spaces or commas."""
    words = text.replace(",", " ").split()
    if not words:
        raise ValueError("write one or more names, separated by spaces")
    return words


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def month(text: str) -> int:
    """Read the number of a month."""
    if not _is_number(text) or not 1 <= int(text) <= 12:
        raise ValueError("write a month as a number from 1 to 12")
    return int(text)


def group_size(text: str) -> int:
    """Read the least size of a group that may be shown."""
    if not _is_number(text) or int(text) < 2:
        raise ValueError("write a whole number of at least 2")
    return int(text)


def noise_budget(text: str) -> Decimal | None:
    """Read the privacy loss that an answer may suffer by counts with noise; none for no such counts."""
    if text == "none":
        return None
    if not re.fullmatch(r"[0-9]{1,2}(\.[0-9]{1,4})?", text) or not 0 < Decimal(text) <= MOST_LOSS:
        raise ValueError(f"write a number above 0 and at most {MOST_LOSS}, as 1 or 0.5, or none")
    return Decimal(text)


def site_address(text: str) -> str:
    """Read the address of a site."""
    if not text.startswith(("http://", "https://")) or text.endswith("/"):
        raise ValueError("write http:// or https:// and a host, without a slash at the end")
    return text


def country(text: str) -> str:
    """Read the key of a country that has a file."""
    if not (COUNTRIES / f"{text}.json").is_file():
        raise ValueError("write a country that has a file in hearback/ui/countries, as us")
    return text


def form_key(text: str) -> str:
    """Read the key of a form; empty for none."""
    if not re.fullmatch(r"[-a-zA-Z0-9_]{0,80}", text):
        raise ValueError("write the key of a form, as in /done/<key>, or nothing")
    return text


def license_of(text: str) -> str:
    """Read the name of a licence of open data."""
    if text not in LICENSES:
        raise ValueError(f"write one of {', '.join(LICENSES)}")
    return text


def contact(text: str) -> str:
    """Read how somebody is reached; empty for nobody."""
    if text and not text.startswith(("mailto:", "https://")):
        raise ValueError("write mailto: and an address, or the https:// address of a page")
    return text


def zone(text: str) -> ZoneInfo:
    """Read a time zone."""
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError) as problem:
        raise ValueError("write a time zone as America/New_York, or UTC") from problem


def engine(text: str) -> str:
    """Read which engine counts."""
    if text not in {"duckdb", "spark"}:
        raise ValueError("write duckdb or spark")
    return text


def spark_address(text: str) -> str:
    """Read the address of a Spark master; empty for this machine."""
    if text and not text.startswith("spark://"):
        raise ValueError("write spark://host:port, or nothing for this machine alone")
    return text


def limit(text: str) -> int | None:
    """Read a limit; None for none."""
    if text != "none" and not _is_number(text):
        raise ValueError("write a whole number, or none")
    return limit_in(text)


def networks(text: str) -> tuple[str, ...]:
    """Read addresses or networks."""
    found = proxies_in(text)
    for one in found:
        try:
            ip_network(one, strict=False)
        except ValueError as problem:
            raise ValueError("write addresses or networks, such as 127.0.0.1 10.0.0.0/8") from problem
    return found


def secret(text: str) -> str:
    """Read a secret long enough."""
    if len(text) < 40:
        raise ValueError("use at least 40 characters; `hearback init` makes a good one")
    return text


def signing_key(text: str) -> str:
    """Read the base64 of an Ed25519 key; empty for none."""
    try:
        whole = not text or len(base64.b64decode(text, validate=True)) == 32
    except ValueError:
        whole = False
    if not whole:
        raise ValueError("write the base64 of 32 bytes; `hearback init` makes one")
    return text
