"""Addresses and names that hold outside of the site."""

from urllib.parse import urlsplit

from django.conf import settings

OWNED_SINCE = "2026"
"""The date in tag URIs: a year in which the name of the site's host was its owner's.

Source: RFC 4151, section 2.1. It never changes, or feed readers would show every entry again.
"""


def whole(path: str) -> str:
    """Give the address of a path of this site, for those who read it elsewhere."""
    return f"{settings.SITE_URL}{path}"


def tag(*parts: str) -> str:
    """Name something for good, whatever its address will be."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"tag:{host},{OWNED_SINCE}:{'/'.join(parts)}"
