"""What every page is given: whose site it is, its official banner, and the main navigation."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hearback.ui.speaking import is_of_the_signed_in_side, languages

COUNTRIES = Path(__file__).parent / "countries"


@dataclass(frozen=True)
class Place:
    """One entry of the main navigation. `here` is true on its own pages."""

    address: str
    label: Any
    here: bool


NAVIGATION = (
    ("/", _("Progress")),
    ("/life-experiences/", _("Life experiences")),
    ("/services/", _("Services")),
    ("/agencies/", _("Agencies")),
    ("/commitments/", _("Commitments")),
    ("/data/", _("Data")),
    ("/methods/", _("Methods")),
    ("/search/", _("Search")),
)
BELONGS_TO = {  # where pages that are not themselves in the navigation belong
    "/priority-areas/": "/",
    "/journeys/": "/life-experiences/",
    "/strategies/": "/",
    "/updates/": "/",
    "/measures/": "/",
    "/quarters/": "/",
    "/rounds/": "/",
    "/chain/": "/",
    "/providers/": "/agencies/",
    "/capacity-areas/": "/agencies/",
    "/funding/": "/commitments/",
    "/releases/": "/data/",
    "/changes/": "/data/",
    "/corrections/": "/data/",
    "/charts/": "/data/",
}


@lru_cache(maxsize=4)
def banner(country: str) -> dict[str, Any]:
    """Read a country's file, named by the setting HEARBACK_COUNTRY.

    Its `banner` is null where there is none to show: `none` stands for a site that speaks for no government.
    `translations` has the banner in other languages.
    """
    found: dict[str, Any] = json.loads((COUNTRIES / f"{country}.json").read_text(encoding="utf-8"))
    return found


def places(path: str) -> list[Place]:
    """List the main navigation and say which entry the page at `path` belongs to."""
    start = "/" + path.strip("/").split("/")[0] + "/" if path.strip("/") else "/"
    home = BELONGS_TO.get(start, start)
    return [Place(address, label, address == home) for address, label in NAVIGATION]


def site(request: HttpRequest) -> dict[str, Any]:
    """Give templates the country, its banner, the navigation, and the address people reach the site at.

    `site_form` is the key of the form for feedback on the site itself; empty where none is named.
    `spoken` are the languages a person may choose here: none on the public site, which shows a release.
    """
    country, language = banner(settings.COUNTRY), get_language() or ""
    is_translated = language in country["translations"]
    return {
        "country": country["country"],
        "banner": country["translations"].get(language, country["banner"]),
        "banner_language": language if is_translated else country["language"],
        "navigation": places(request.path),
        "site_url": settings.SITE_URL,
        "site_form": "" if is_of_the_signed_in_side(request.path) else settings.SITE_FORM,
        "spoken": languages() if is_of_the_signed_in_side(request.path) else {},
    }
