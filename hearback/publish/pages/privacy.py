"""What this site keeps of people who read it and of people who answer."""

from typing import Any

from django.conf import settings

from hearback.publish.frozen import ReleaseData
from hearback.publish.pages.catalogue import catalogue

EXPLAINED_BY = ("suppression", "groups")
"""Method pages that say how few people are held back."""


def privacy(release: ReleaseData) -> dict[str, Any]:
    """Give the threshold below which nothing is shown, and the method pages of it that the release holds."""
    methods = catalogue(release).methods
    return {
        "suppress_below": settings.SUPPRESS_BELOW,
        "pages": [methods[slug] for slug in EXPLAINED_BY if slug in methods],
        "publisher": settings.PUBLISHER,
        "contact": settings.DATA_CONTACT,
    }
