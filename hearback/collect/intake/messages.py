"""What goes in and out at the doors of the intake: one shape of answer, one shape of error."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import msgspec

from hearback.collect.instruments.answering import Problem
from hearback.collect.intake.receiving import Sent
from hearback.collect.rules import CHANNELS

SECONDS_TO_RETRY = 5
MOST_BYTES = 262_144
"""Of a message: ten long texts in any script, and room to spare."""
LENGTH_MISSING = "Send the header Content-Length, and the message whole."

Name = Annotated[str, msgspec.Meta(max_length=200)]
Headers = list[tuple[str, str]]

JSON_HEADERS: Headers = [
    ("content-type", "application/json"),
    ("access-control-allow-origin", "*"),
    ("access-control-expose-headers", "ETag, Retry-After"),
    ("x-content-type-options", "nosniff"),
]
NOT_KEPT: Headers = [*JSON_HEADERS, ("cache-control", "no-store")]
PREFLIGHT: Headers = [
    ("access-control-allow-origin", "*"),
    ("access-control-allow-methods", "GET, POST"),
    ("access-control-allow-headers", "content-type"),
    ("access-control-max-age", "86400"),
]


class Message(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody sends: answers by question, and where they were asked. `key` names it, once per form.

    `version` is the one that was shown; left out, the newest. `proof` meets a challenge; what stands in
    `homepage` was written by a program that fills in what no person sees.
    """

    answers: dict[str, Any]
    language: Annotated[str, msgspec.Meta(max_length=35)]
    key: Name = ""
    channel: Name = "website"
    place: Name = ""
    campaign: Name = ""
    version: int = 0
    proof: Name = ""
    homepage: str = ""

    def as_sent(self) -> Sent:
        """Give what the receiver reads.

        Raises:
            Refusal: if the channel is none of the list.
        """
        if self.channel not in CHANNELS:
            raise Refusal(422, "not_accepted", f"The channel must be one of {', '.join(sorted(CHANNELS))}.")
        return Sent(
            self.answers, self.language, self.key, self.channel, self.place, self.campaign, self.version
        )


FIELDS = ", ".join(Message.__struct_fields__)


class Acknowledgement(msgspec.Struct, frozen=True):
    """A response is on disk: this version of the form under this key, with so much masked."""

    form: str
    key: str
    version: int
    masked: Mapping[str, int]


class Reply(msgspec.Struct, frozen=True):
    """An answer over HTTP."""

    status: int
    headers: Headers
    body: bytes = b""


class Refusal(Exception):
    """The request is not taken; carries the reply that says why."""

    def __init__(
        self,
        status: int,
        kind: str,
        message: str,
        problems: Sequence[Problem] = (),
        *,
        retry_after: int = SECONDS_TO_RETRY,
        more: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(message)
        self.reply = refusal(status, kind, message, problems, retry_after=retry_after, more=more)


def refusal(
    status: int,
    kind: str,
    message: str,
    problems: Sequence[Problem] = (),
    *,
    retry_after: int = SECONDS_TO_RETRY,
    more: Mapping[str, object] | None = None,
) -> Reply:
    """Make the one shape of every error; no part of what was sent is repeated.

    Args:
        more: what some kinds tell beside.
    """
    told = [
        {"question": one.question, "kind": one.kind, "message": one.message, "values": dict(one.values or {})}
        for one in problems
    ]
    body = msgspec.json.encode(
        {"error": {"kind": kind, "message": message, "problems": told, **(more or {})}}
    )
    later = [("retry-after", str(retry_after))] if status in {429, 503} else []
    return Reply(status, [*NOT_KEPT, *later], body)


NOT_READY = refusal(503, "not_ready", "Nothing can be stored at this moment. Send the same again later.")
