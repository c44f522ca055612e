"""The public site in other languages: an address each, links that stay there, each page names the others."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NoReturn

import pytest
from django.test import Client
from django.utils import translation
from lxml import etree
from lxml.html import HtmlElement, document_fromstring

from hearback.accounts import actions as accounts
from hearback.accounts.models import User
from hearback.publish import making
from hearback.publish.actions import prepare_release
from hearback.publish.formats import data_files
from hearback.publish.frozen import ReleaseData
from hearback.publish.languages import LONGEST, _leads_to_page, is_page, others, within
from hearback.publish.links import bare, links_of
from hearback.publish.making import CannotPrepare
from tests.publish.publishing import WHY
from tests.publish.site import small_site

PREVIEW = "/dashboard/releases/preview"
SITE = "http://127.0.0.1:8000"


def _page(client: Client, address: str) -> HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return document_fromstring(answer.content.decode())


def _crawl(client: Client, prefix: str) -> Iterator[tuple[str, HtmlElement]]:
    """Read every page of a language to which links lead from its front page."""
    seen, ring = {f"{prefix}/"}, [f"{prefix}/"]
    while ring:
        address = ring.pop()
        answer = client.get(address)
        assert answer.status_code == 200, address
        text = answer.content.decode()
        yield address, document_fromstring(text)
        links = {link for link in links_of(text, address) if link.startswith(prefix)}
        fresh = {link for link in links if is_page(link.removeprefix(prefix))} - seen
        seen |= fresh
        ring += sorted(fresh)


def _switches(page: HtmlElement) -> dict[str, str]:
    return {one.get("hreflang"): one.get("href") for one in page.xpath("//a[@hreflang]")}


@pytest.mark.parametrize("language", others())
def test_links_of_a_page_stay_in_its_language_and_all_lead_somewhere(
    client: Client, site: ReleaseData, language: str
) -> None:
    read, elsewhere = set(), set()
    for address, page in _crawl(client, f"/{language}"):
        read.add(address.removeprefix(f"/{language}"))
        assert page.get("lang") == language
        english = {one.get("href") for one in page.xpath("//a[@hreflang='en']")}
        links = {link.get("href") for link in page.xpath("//*[@href]")} - english
        strays = [link for link in links if link.startswith("/") and is_page(bare(link))]
        assert strays == [], address
        elsewhere |= {bare(link) for link in links if link.startswith("/")}
    assert len(read) > 40
    assert read == {address for address, _page in _crawl(client, "")}
    for file in sorted(link for link in elsewhere if not link.startswith((f"/{language}/", "/static/"))):
        if not file.endswith("map.pdf"):  # as good as Typst is here
            answer = client.get(file)
            answer.getvalue()  # read to its end, it is closed, and the database of the test is not
            assert answer.status_code == 200, file


def test_every_page_names_itself_in_all_languages(client: Client, site: ReleaseData) -> None:
    for address in ("/services/", "/services/va-vha-2/", "/", "/releases/1/"):
        found = []
        for language in ("", "/es"):
            page = _page(client, language + address)
            assert page.get("lang") == (language.strip("/") or "en")
            named = {o.get("hreflang"): o.get("href") for o in page.xpath("//link[@hreflang]")}
            assert named["x-default"] == named["en"] == SITE + address
            assert named["es"] == f"{SITE}/es{address}"
            found.append(named)
        assert found[0] == found[1]


def test_the_switch_leads_to_the_same_page(client: Client, site: ReleaseData) -> None:
    assert _switches(_page(client, "/services/va-vha-2/")) == {"es": "/es/services/va-vha-2/"}
    assert _switches(_page(client, "/es/services/va-vha-2/")) == {"en": "/services/va-vha-2/"}
    here = _page(client, "/es/services/va-vha-2/").xpath("//nav//span[@aria-current and @lang]")
    assert [(one.text, one.get("lang")) for one in here] == [("Español", "es")]


def test_a_page_in_another_language_is_named_as_the_first_of_its_kind(
    client: Client, site: ReleaseData
) -> None:
    page = _page(client, "/es/priority-areas/pma-cx/")
    assert [one.get("href") for one in page.xpath("//link[@rel='canonical']")] == [f"{SITE}/es/"]


def test_texts_of_agencies_are_marked_as_english_on_pages_of_other_languages(
    client: Client, site: ReleaseData
) -> None:
    heading = "Receiving outpatient care"
    for address in ("/services/va-vha-2/", "/es/services/va-vha-2/"):
        page = _page(client, address)
        found = [one for one in page.xpath("//h1 | //nav//li[@aria-current]") if one.text == heading]
        assert [one.get("lang") for one in found] == 2 * ["en" if address.startswith("/es/") else None]


def test_files_have_one_address(client: Client, site: ReleaseData) -> None:
    for address in ("/es/data/scores.csv", "/es/services.json", "/es/es/services/", "/es/healthz", "/es/x/"):
        assert client.get(address, follow=True).status_code == 404, address
    assert client.get("/es/services").headers["Location"] == "/es/services/"


def test_a_page_that_is_not_there_says_so_in_its_language(client: Client, site: ReleaseData) -> None:
    answer = client.get("/es/services/none/")
    assert answer.status_code == 404
    assert 'lang="es"' in answer.content.decode()
    assert answer.headers["Content-Language"] == "es"
    assert "/es/services/" in links_of(answer.content.decode(), "/es/services/none/")


def test_search_engines_are_told_of_every_language_of_a_page(client: Client, site: ReleaseData) -> None:
    root = etree.fromstring(client.get("/sitemap.xml").content)
    entries = {
        one.findtext("{*}loc"): {o.get("hreflang"): o.get("href") for o in one.iter("{*}link")}
        for one in root
    }
    assert entries[f"{SITE}/services/"] == entries[f"{SITE}/es/services/"]
    assert entries[f"{SITE}/services/"] == {
        "en": f"{SITE}/services/", "es": f"{SITE}/es/services/", "x-default": f"{SITE}/services/",
    }  # fmt: skip


def test_only_links_to_pages_are_led_elsewhere() -> None:
    page = '<a href="/services/?a=1#b"> <a href="/data/x.csv"> <a href="/en/data/"> <a href="/sign-in/">'
    led = '<a href="/es/services/?a=1#b"> <a href="/data/x.csv"> <a href="/data/"> <a href="/sign-in/">'
    assert within("es", page) == led


def test_what_waits_is_looked_at_in_every_language(
    client: Client, site: ReleaseData, at: datetime, django_user_model: type[User]
) -> None:
    made = small_site()
    changed = replace(made, services=(replace(made.services[0], name="Renamed service"), *made.services[1:]))
    prepare_release(changed, data_files(changed), why=WHY, by="owner", at=at + timedelta(days=1))
    accounts.load_roles(by="operator", at=at)
    accounts.add_person("reviewer", "Reviewer", by="operator", at=at)
    accounts.give_role("reviewer", "reviewer", None, by="operator", at=at)
    client.force_login(django_user_model.objects.get(username="reviewer"))
    text = client.get(f"{PREVIEW}/es/services/").content.decode()
    page = document_fromstring(text)
    assert page.get("lang") == "es"
    assert "Renamed service" in text
    links = {link for link in links_of(text, "/") if "/services/" in link}
    assert f"{PREVIEW}/es/services/va-vha-9/" in links
    assert _switches(page)["en"] == f"{PREVIEW}/services/"


def test_a_release_is_in_english_whoever_makes_it(
    db: None, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken: list[str | None] = []

    def gathered(_at: datetime) -> NoReturn:
        spoken.append(translation.get_language())
        raise CannotPrepare("It is enough to know which language is spoken.")

    monkeypatch.setattr(making, "gather_current", gathered)
    with translation.override("es"), pytest.raises(CannotPrepare):
        making.prepare_current(why=WHY, by="owner", at=at)
    assert spoken == ["en"]


def test_addresses_that_anybody_writes_fill_no_memory() -> None:
    """A server takes addresses of many thousand letters, and remembers none of those."""
    assert is_page("/services/")
    before = _leads_to_page.cache_info().currsize
    assert not is_page(f"/{'x' * LONGEST}/")
    assert is_page(f"/services/{'x' * LONGEST}/")
    assert _leads_to_page.cache_info().currsize == before
