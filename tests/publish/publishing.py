"""Publishing in tests: one prepares, another approves."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings

from hearback.publish.actions import prepare_release, publish_prepared
from hearback.publish.frozen import Content
from hearback.publish.keys import SigningKey
from hearback.publish.queries import ReleaseFact, releases

WHY = "The figures of the quarter."


def make_release(
    content: Content, made_of_it: Mapping[str, bytes], *, by: str, at: datetime
) -> tuple[ReleaseFact, bool]:
    """Prepare a release and let a second person publish it; the newest and False where nothing changed."""
    prepared = prepare_release(content, made_of_it, why=WHY, by=f"{by}, who prepares", at=at)
    if prepared is None:
        return releases()[0], False
    key = SigningKey(settings.SIGNING_KEY)
    return publish_prepared(prepared.manifest_sha256, key, by=by, at=at), True
