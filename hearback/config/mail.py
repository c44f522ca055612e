"""The mail server that reminders go through, as one address."""

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}
FORM = (
    "write smtp://user:password@host:587 (encrypted once connected), smtps:// (encrypted from the start), "
    "or smtp+plain://host:25 (not encrypted, for this machine)"
)


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed over. An empty host is no mail server: nothing is sent."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False


def mail_server(text: str) -> MailServer:
    """Read the address of a mail server; an empty one is none.

    Raises:
        ValueError: says how it is written; it never shows the password.
    """
    if not text:
        return MailServer()
    parts = urlsplit(text)
    try:
        port = parts.port
    except ValueError:
        raise ValueError(FORM) from None
    if parts.scheme not in PORTS or not parts.hostname or parts.path not in {"", "/"} or parts.query:
        raise ValueError(FORM)
    return MailServer(
        host=parts.hostname,
        port=port or PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=parts.scheme == "smtp",
        tls=parts.scheme == "smtps",
    )


def mail_address(text: str) -> str:
    """Read the address that mail comes from.

    Raises:
        ValueError: if it is none.
    """
    if not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", text):
        raise ValueError("write an e-mail address, as hearback@example.gov")
    return text
