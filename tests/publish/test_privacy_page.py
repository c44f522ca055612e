"""The page on privacy, and feedback on the site itself."""

from html import unescape

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from hearback.collect.instruments import files
from hearback.collect.instruments.checking import completeness, faults
from hearback.config.settings import SettingNotValid, read_settings
from hearback.publish.frozen import ReleaseData
from hearback.publish.remembering import MEMORY
from tests.publish.page import Page

pytestmark = pytest.mark.django_db
SECRET = "x" * 40


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def feedback(text: str) -> list[str]:
    return [link for link in Page(text).links if link.startswith("/done/")]


def test_the_page_says_the_threshold_in_use_and_who_publishes(
    site: ReleaseData, client: Client, settings: Settings
) -> None:
    settings.SUPPRESS_BELOW, settings.PUBLISHER = 17, "An office"
    text = read(client, "/privacy/")
    assert "Where fewer than 17 people answered, nothing of what they answered is shown" in text
    assert "published by An office." in text
    assert "/privacy/" in Page(read(client, "/services/")).links
    assert 'lang="es"' in read(client, "/es/privacy/")


def test_what_the_page_says_of_reading_is_so(site: ReleaseData, client: Client) -> None:
    for address in ("/", "/services/va-vha-2/", "/search/", "/search/?q=farm", "/privacy/"):
        answer = client.get(address)
        assert not answer.cookies, address
        policy = answer.headers["Content-Security-Policy"]
        assert not any(scheme in policy for scheme in ("http:", "https:", "data:", "*")), address


def test_without_a_form_there_is_no_link(site: ReleaseData, client: Client, settings: Settings) -> None:
    settings.SITE_FORM = ""
    assert feedback(read(client, "/services/")) == []


def test_every_page_leads_to_the_form_and_tells_it_where_from(
    site: ReleaseData, client: Client, settings: Settings
) -> None:
    settings.SITE_FORM = "site-feedback"
    MEMORY.clear()
    for address, told in {
        "/services/va-vha-2/": "page=/services/va-vha-2/&lang=en",
        "/es/services/": "page=/services/&lang=es",
        "/search/?q=something+of+mine": "page=/search/&lang=en",
    }.items():
        (link,) = feedback(read(client, address))
        assert unescape(link) == f"/done/site-feedback?{told}", address
    inline, foot = feedback(read(client, "/accessibility/"))
    assert inline == foot, "where something does not work, the page leads to the form"
    assert feedback(client.get("/sign-in/").content.decode()) == []


@pytest.mark.parametrize(
    ("form", "contact", "on_accessibility", "on_privacy"),
    [
        ("site-feedback", "mailto:data@example.org", "/done/", "mailto:data@example.org"),
        ("site-feedback", "", "/done/", "/done/"),
        ("", "mailto:data@example.org", "mailto:data@example.org", "mailto:data@example.org"),
        ("", "", None, None),
    ],
)
def test_pages_lead_to_whom_one_may_write_or_say_that_no_address_is_published(
    site: ReleaseData,
    client: Client,
    settings: Settings,
    form: str,
    contact: str,
    on_accessibility: str | None,
    on_privacy: str | None,
) -> None:
    settings.SITE_FORM, settings.DATA_CONTACT, settings.PUBLISHER = form, contact, "An <office>"
    MEMORY.clear()
    for address, link in (("/accessibility/", on_accessibility), ("/privacy/", on_privacy)):
        text = read(client, address).split("<main")[1].split("</main>")[0]
        assert (link is None) == ("no contact form and names no address to write to" in text)
        assert link is None or f'<a href="{link}' in text
        assert "An &lt;office&gt;" in text or link is not None
    spanish = read(client, "/es/privacy/") + read(client, "/es/accessibility/")
    assert ("ni nombra una dirección" in spanish) == (not form and not contact)


def test_a_host_is_no_office_to_turn_to(site: ReleaseData, client: Client, settings: Settings) -> None:
    settings.SITE_FORM, settings.DATA_CONTACT, settings.PUBLISHER = "", "", "testserver:8000"
    settings.SITE_URL = "http://testserver:8000"
    MEMORY.clear()
    for address in ("/accessibility/", "/privacy/"):
        text = read(client, address).split("<main")[1].split("</main>")[0]
        assert "names no address to write to" in text
        assert "testserver" not in text
        assert "Feedback on this site tells" not in text


def test_the_form_of_the_site_is_sound_in_every_language_and_takes_the_page() -> None:
    form = files.ready("site_feedback")
    assert faults(form) == []
    assert {completeness(form, language).share for language in form.languages} == {1}
    assert [one.from_address for one in form.questions if one.type == "hidden"] == ["page"]


def test_a_name_that_no_form_can_have_is_refused() -> None:
    environ = {"HEARBACK_SECRET_KEY": SECRET, "HEARBACK_SITE_FORM": "site feedback"}
    with pytest.raises(SettingNotValid, match="HEARBACK_SITE_FORM"):
        read_settings(environ)
    assert read_settings({"HEARBACK_SECRET_KEY": SECRET})["HEARBACK_SITE_FORM"] == ""
