"""What the map of a journey tells, of a release that holds little else."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from hearback.learn.queries import JourneyFact
from hearback.publish.frozen import Content, ReleaseData
from hearback.publish.maps.told import ToldMap, told
from tests.publish.site import small_site

HASH = "0123456789abcdef" * 4


def told_of(found: JourneyFact) -> ToldMap:
    """Tell the map of a journey of release 7."""
    content = replace(small_site(), journeys=(found,))
    held = {name: getattr(content, name) for name in Content.__dataclass_fields__}
    release = ReleaseData(
        **held, number=7, created_at=datetime(2026, 1, 5, tzinfo=UTC), manifest_sha256=HASH,
        content_sha256="", previous=6, files=(), folder=Path(),
    )  # fmt: skip
    return told(release, found.key)
