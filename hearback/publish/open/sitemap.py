"""The list of public pages for search engines. Source: https://www.sitemaps.org/protocol.html."""

from collections.abc import Iterator
from xml.etree import ElementTree

from hearback.publish.frozen import ReleaseData
from hearback.publish.languages import address_in
from hearback.publish.open.addresses import whole
from hearback.publish.open.grammar import LISTED, PAGELESS, SINGLE
from hearback.publish.open.things import keys_of
from hearback.publish.pages.catalogue import catalogue
from hearback.ui.speaking import languages

XHTML = "http://www.w3.org/1999/xhtml"
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
START = '<?xml version="1.0" encoding="utf-8"?>\n'
MOST = 50_000
FIXED = (
    "/",
    "/data/",
    "/data/dictionary/",
    "/methods/",
    "/releases/",
    "/corrections/",
    "/chain/",
    "/charts/",
    "/quarters/",
    "/search/",
    "/about/",
    "/accessibility/",
    "/privacy/",
)


def pages(release: ReleaseData) -> Iterator[str]:
    """List the addresses of all pages that stand for something of their own."""
    yield from FIXED
    yield from (f"/{kind}/" for kind in LISTED if kind not in PAGELESS)
    for kind in SINGLE:
        if kind not in PAGELESS:
            yield from (f"/{kind}/{key}/" for key in keys_of(release, kind))
    yield from (f"/charts/{name}/" for name in catalogue(release).figures)
    yield from (f"/quarters/{quarter}/" for quarter in catalogue(release).numbers.quarters)
    yield from (f"/methods/{one.slug}/" for one in release.methods)
    yield from (f"/providers/{one.provider_key}/plans/{one.fiscal_year}/" for one in release.action_plans)


def to_sitemap(release: ReleaseData) -> bytes:
    """Write the list, as long as it may be; all pages changed with the release.

    Each language of a page is a page, and names the others.
    Source: https://developers.google.com/search/docs/specialty/international/localized-versions#sitemap.
    """
    root = ElementTree.Element("urlset", {"xmlns": NAMESPACE, "xmlns:xhtml": XHTML})
    spoken = languages()
    for page in sorted(set(pages(release)))[: MOST // len(spoken)]:
        addresses = {code: whole(address_in(code, page)) for code in spoken}
        for address in addresses.values():
            entry = ElementTree.SubElement(root, "url")
            ElementTree.SubElement(entry, "loc").text = address
            ElementTree.SubElement(entry, "lastmod").text = release.made_on.isoformat()
            for code, other in {**addresses, "x-default": whole(page)}.items():
                named = {"rel": "alternate", "hreflang": code, "href": other}
                ElementTree.SubElement(entry, "xhtml:link", named)
    ElementTree.indent(root)
    return f"{START}{ElementTree.tostring(root, encoding='unicode')}\n".encode()
