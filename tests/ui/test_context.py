"""What every page is given: the banner of the country and the navigation."""

import json
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from hearback.config.settings import read_settings
from hearback.ui.context import COUNTRIES, NAVIGATION, banner, places


@pytest.mark.parametrize(
    ("path", "entry"),
    [
        ("/", "/"),
        ("/strategies/pma-cx-s1/", "/"),
        ("/priority-areas/pma-cx/", "/"),
        ("/services/va-vha-2/", "/services/"),
        ("/providers/va-vha/", "/agencies/"),
        ("/funding/", "/commitments/"),
        ("/releases/3/", "/data/"),
    ],
)
def test_a_page_lights_the_entry_it_belongs_to(path: str, entry: str) -> None:
    assert [p.address for p in places(path) if p.here] == [entry]


def test_pages_outside_the_navigation_light_nothing() -> None:
    assert not any(p.here for p in places("/about/"))


def test_every_country_has_a_whole_banner() -> None:
    files = list(COUNTRIES.glob("*.json"))
    assert files
    for file in files:
        found = banner(file.stem)
        assert found == json.loads(file.read_text(encoding="utf-8"))
        assert set(found) == {"country", "language", "banner", "translations"}
        for shown in [found["banner"], *found["translations"].values()] if file.stem != "none" else []:
            assert {"label", "text", "question", "flag", "points"} <= set(shown)
            assert all({"icon", "heading", "text"} <= set(point) for point in shown["points"])


@pytest.mark.django_db
@pytest.mark.parametrize(("country", "shown"), [("us", True), ("none", False)])
def test_a_site_that_speaks_for_no_government_shows_no_banner(
    country: str, shown: bool, client: Client, settings: Settings
) -> None:
    settings.COUNTRY = country
    text = client.get("/").content.decode()
    assert ("usa-banner" in text) is shown
    assert ("An official website" in text) is shown
    assert "None" not in text


def test_the_settings_take_a_country_without_a_banner(tmp_path: Path) -> None:
    given = {"HEARBACK_HOME": str(tmp_path), "HEARBACK_SECRET_KEY": "x" * 40}
    assert read_settings({**given, "HEARBACK_COUNTRY": "none"})["HEARBACK_COUNTRY"] == "none"


def test_navigation_addresses_are_whole() -> None:
    assert all(address.startswith("/") and address.endswith("/") for address, _ in NAVIGATION)
