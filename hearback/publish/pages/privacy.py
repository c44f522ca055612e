"""What this site keeps of people who read it and of people who answer, and to whom they may write."""

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
        **to_write_to(release),
    }


def to_write_to(_release: ReleaseData) -> dict[str, Any]:
    """Name who publishes the site, and the address that answers for its data; empty where none is set."""
    is_named = settings.SITE_URL.partition("://")[2] != settings.PUBLISHER  # a host is no office
    return {"publisher": settings.PUBLISHER if is_named else "", "contact": settings.DATA_CONTACT}
