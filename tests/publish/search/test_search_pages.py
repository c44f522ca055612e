"""The pages of the search: the box with its answers, and lists of everything."""

import gzip
import json
import re
from html import unescape

import pytest
from django.test import Client

from hearback.publish.frozen import ReleaseData
from hearback.publish.search.index import compressed
from hearback.publish.search.listing import letter_of, listing
from hearback.publish.search.own_pages import OWN
from hearback.publish.search.signposts import signposts
from hearback.publish.search.texts import plain_text, shortened
from tests.publish.page import Page

pytestmark = pytest.mark.django_db
HIT = re.compile(r'<h2 class="hit__title"><a href="([^"]*)">(.*?)</a>')


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def said(text: str) -> str:
    found = re.search(r'<p class="search__said"[^>]*>(.*?)</p>', text, re.DOTALL)
    assert found
    return unescape(found[1]).strip()


def test_the_page_leads_to_every_kind_and_letter_and_these_to_everything(
    site: ReleaseData, client: Client
) -> None:
    page = Page(read(client, "/search/"))
    lists = [link for link in page.links if re.match("/search/(kinds|letters)/", link)]
    by_kind = {one for link in lists if "/kinds/" in link for one in Page(read(client, link)).links}
    by_letter = {one for link in lists if "/letters/" in link for one in Page(read(client, link)).links}
    everything = {one.address for one in signposts(site)}
    assert len(everything) > 50
    assert everything - by_kind == set()
    assert everything - by_letter == set()


def test_the_page_allows_its_own_script_and_nothing_else(site: ReleaseData, client: Client) -> None:
    answer = client.get("/search/")
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
    assert (policy["script-src"], policy["connect-src"], policy["default-src"]) == (
        "'self'", "'self'", "'none'",
    )  # fmt: skip
    page = Page(answer.content.decode())
    assert page.forbidden == ['<script src="/static/publish/search.js" defer>']
    assert page.headings[0] == 1
    assert len(page.ids) == len(set(page.ids))
    assert "script-src 'none'" in client.get("/search/kinds/services/").headers["Content-Security-Policy"]


def test_the_page_is_the_same_in_other_languages_and_may_do_the_same(
    site: ReleaseData, client: Client
) -> None:
    for _ in range(2):  # the second one from memory
        answer = client.get("/es/search/")
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
        assert 'action="/es/search/#found"' in answer.content.decode()
    text = read(client, "/es/search/?q=farm+loan")
    assert '<a href="/es/services/usda-fsa-3/" lang="en">Applying for a farm loan</a>' in text
    assert "Servicio" in text
    assert 'lang="en"' not in re.sub(
        r'hreflang="en"', "", read(client, "/search/?q=farm").partition("<main")[2]
    )


def test_a_list_made_for_another_language_first_is_the_same(site: ReleaseData, client: Client) -> None:
    read(client, "/es/search/kinds/updates/")
    assert client.get("/search/index.json.gz").content == compressed(site, signposts(site))


def test_a_question_is_answered_without_script(site: ReleaseData, client: Client) -> None:
    text = read(client, "/search/?q=FÁRM+loa")
    assert HIT.findall(text)[0] == ("/services/usda-fsa-3/", "Applying for a farm loan")
    assert re.fullmatch(r"\d+ results? for “FÁRM loa”", said(text))
    assert 'value="FÁRM loa"' in text
    assert '<meta name="robots" content="noindex">' in text
    page = Page(text)
    assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False))


def test_what_is_not_found_is_said_and_the_lists_are_there(site: ReleaseData, client: Client) -> None:
    text = read(client, "/search/?q=zzz")
    assert said(text).startswith("Nothing was found for “zzz”.")
    assert HIT.findall(text) == []
    assert "/search/kinds/services/" in text


def test_pages_of_ours_are_found_by_their_titles_in_another_language(
    site: ReleaseData, client: Client
) -> None:
    text = read(client, "/es/search/?q=Privacidad")
    assert HIT.findall(text)[0] == ("/es/privacy/", "Privacidad")
    for word in (
        "confianza",
        "correcciones",
        "metodos",
        "datos",
        "compromisos",
        "trimestre",
        "medidas",
        "hitos",
    ):
        assert HIT.findall(read(client, f"/es/search/?q={word}")), word
    assert "Compromisos" in read(client, "/es/search/kinds/pages/")
    assert HIT.findall(read(client, "/search/?q=privacy"))[0] == ("/privacy/", "Privacy")
    nothing = said(read(client, "/es/search/?q=salud"))
    assert "en inglés" in nothing
    assert "English" not in said(read(client, "/search/?q=zzz"))


def test_each_list_of_letters_is_there_in_every_language(site: ReleaseData) -> None:
    english, spanish = listing(site, "en"), listing(site, "es")
    assert list(spanish.letters) == list(english.letters)
    under = {one.title: key for key, group in spanish.letters.items() for one in group.signposts}
    assert under["Novedades"] == "n"
    assert {one.title for one in spanish.signposts} <= set(under)


def test_the_script_gets_the_same_titles(site: ReleaseData, client: Client) -> None:
    told = json.loads(gzip.decompress(client.get("/search/index.json.gz").content))
    assert told["tongues"]["es"]["privacy/"][0] == "Privacidad"
    assert {one.address.removeprefix("/") for one in signposts(site) if one.kind in OWN} == set(
        told["tongues"]["es"]
    )


def test_services_are_found_by_the_short_name_of_provider_and_agency(
    site: ReleaseData, client: Client
) -> None:
    for short in ("VHA", "va"):
        found = [one for one, _title in HIT.findall(read(client, f"/search/?q={short}"))]
        assert "/services/va-vha-2/" in found, short


def test_a_near_spelling_is_offered_where_nothing_is_found(site: ReleaseData, client: Client) -> None:
    text = read(client, "/search/?q=farn+loan")
    assert 'Did you mean <a href="/search/?q=farm%20loan#found">farm loan</a>?' in text
    assert 'id="search-meant" hidden' in read(client, "/search/?q=farm")
    assert 'id="search-meant" hidden' in read(client, "/search/?q=zzzzz")


def test_no_question_is_the_same_page_as_none_given(site: ReleaseData, client: Client) -> None:
    plain = read(client, "/search/")
    assert read(client, "/search/?q=") == read(client, "/search/?q=+%00") == read(client, "/search/?other=1")
    assert read(client, "/search/?q=") == plain
    assert "noindex" not in plain
    assert said(plain) == ""


def test_a_question_cannot_write_on_the_page(site: ReleaseData, client: Client) -> None:
    text = read(client, '/search/?q="><script>alert(1)</script>&')
    assert "<script>alert" not in text
    assert Page(text).forbidden == ['<script src="/static/publish/search.js" defer>']
    assert len(read(client, "/search/?q=" + "x" * 5_000)) < len(read(client, "/search/")) + 2_000


def test_a_question_is_only_read(site: ReleaseData, client: Client) -> None:
    assert client.post("/search/", {"q": "farm"}).status_code == 405


def test_before_the_first_release_there_is_nothing_to_find(client: Client) -> None:
    assert "Nothing is published yet" in read(client, "/search/?q=farm")
    assert client.get("/search/index.json.gz").status_code == 404


@pytest.mark.parametrize(
    ("title", "letter"),
    [("Élan", "e"), ("“Quoted”", "q"), ("2026", "0-9"), ("Ωmega", "other"), ("…", "other"), ("ﬁne", "f")],
)
def test_a_title_stands_under_its_letter(title: str, letter: str) -> None:
    assert letter_of(title) == letter


def test_a_list_is_in_the_order_of_its_titles(site: ReleaseData) -> None:
    titles = [one.title for one in listing(site).kinds["services"].signposts]
    assert titles == sorted(titles, key=str.casefold)


def test_markdown_and_long_sentences_become_plain_and_short() -> None:
    assert plain_text("## The *rule*\n\n| a | b |\n|---|---|\n| [c](d.md) | `e` |") == "The rule a b c e"
    assert shortened("word " * 60, 20) == "word word word word…"
    assert shortened("x" * 30, 20) == "x" * 19 + "…"
