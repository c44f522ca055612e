"""What the foot of every page says: the release, when it was frozen, which quarters its scores cover."""

from typing import Any

from hearback.publish.frozen import ReleaseData
from hearback.publish.pages.catalogue import catalogue
from hearback.publish.pages.dates import date_label


def provenance(release: ReleaseData | None) -> dict[str, Any]:
    """Give the release of a page with the quarters of its scores; before the first release, nothing of it."""
    if release is None:
        return {"release": None}
    quarters = catalogue(release).scored
    return {"release": release, "covers": [date_label(q) for q in quarters]}
