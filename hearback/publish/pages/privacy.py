"""What this site keeps of people who read it and of people who answer."""

from typing import Any

from django.conf import settings

from hearback.publish.frozen import ReleaseData
from hearback.publish.pages.catalogue import catalogue

EXPLAINED_BY = ("suppression", "groups", "noise")
"""Method pages that say how few people are held back."""


def privacy(release: ReleaseData) -> dict[str, Any]:
    """Give the threshold below which nothing is shown, whether there is noise, and the method pages."""
    methods = catalogue(release).methods
    return {
        "suppress_below": settings.SUPPRESS_BELOW,
        "pages": [methods[slug] for slug in EXPLAINED_BY if slug in methods],
        "has_noise": bool(release.noisy_groups),
        "publisher": settings.PUBLISHER,
        "contact": settings.DATA_CONTACT,
    }
