"""Opening a form that is ready made, for a demonstration."""

from datetime import datetime

from hearback.collect.actions import forms
from hearback.collect.instruments import files
from hearback.collect.queries import form


def open_ready_form(key: str, instrument: str, *, service: str, provider: str, by: str, at: datetime) -> bool:
    """Make a form of a ready-made instrument and publish it, in the name of two; False where it is there.

    Raises:
        FormNotThere: if service or provider are not in the directory.
    """
    if form(key) is not None:
        return False
    forms.create_form(key, files.ready(instrument), service=service, provider=provider, by=by, at=at)
    forms.move_version(key, "submit", by=by, at=at)
    forms.move_version(key, "publish", by=f"{by}, second person", at=at)
    return True
