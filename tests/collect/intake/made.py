"""Responses and forms made for tests of the intake."""

import msgspec

from hearback.collect.instruments import files
from hearback.collect.intake.store import OpenForm, Received


def thumbs(key: str = "thumbs", version: int = 1, *, closed: bool = False) -> OpenForm:
    """Make an open form of the ready-made thumbs instrument."""
    return OpenForm(key, version, msgspec.json.encode(files.ready("thumbs")), closed=closed)


def response(
    key: str, form: str = "thumbs", at: int = 1_772_463_600_000, comment: str = "Büro \x00 ok"
) -> Received:
    """Make a response that is ready to be stored."""
    return Received(
        form=form,
        version=3,
        key=key,
        at=at,
        language="en",
        channel="website",
        place="front desk",
        campaign="",
        answers=msgspec.json.encode({"trust": "1", "comment": comment}),
        not_shown=("negative",),
        masked={"email": 2},
    )
