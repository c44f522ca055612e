"""In which languages the public site speaks: English where it always was, each other below its own address.

Only pages are told in other languages, which are the addresses that end with a slash; data, charts and
feeds stay at their one address. A page is made as ever, with another language spoken, and its links to pages
are led to those of that language last of all: no template and no list of addresses knows of it.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import translation

from hearback.publish.links import bare, rewrite
from hearback.ui.speaking import ENGLISH, languages, mark_of_english

PUBLIC = "hearback.publish.urls"
TRANSLATED = "translated"
"""Name of the address of a page in another language."""
HTML = "text/html"
KEPT, LONGEST = 65_536, 300
"""So many addresses are kept, and so long a one at most: whoever asks may write any, and keys are short."""


@dataclass(frozen=True)
class Tongue:
    """A language in which the page can be read: where, and whether it is the one that is read now.

    `link` is what a page of any language writes: one to English begins with /en, as one that begins with
    nothing stays within the language of the page.
    """

    code: str
    name: str
    prefix: str
    link: str
    is_here: bool


def others() -> tuple[str, ...]:
    """Name the languages beside English."""
    return tuple(code for code in languages() if code != ENGLISH)


def address_in(language: str, address: str) -> str:
    """Give the address of the same page in a language.

    >>> address_in("es", "/services/"), address_in("en", "/services/")
    ('/es/services/', '/services/')
    """
    return prefix_of(language) + address


def prefix_of(language: str) -> str:
    """Give what stands before every address of a language; nothing for English."""
    return "" if language == ENGLISH else f"/{language}"


def is_page(address: str) -> bool:
    """Say whether an address without fragment and query is that of a public page in English."""
    if not address.endswith("/"):
        return False
    return _leads_to_page(address) if len(address) <= LONGEST else _leads_to_page.__wrapped__(address)


@lru_cache(maxsize=KEPT)
def _leads_to_page(address: str) -> bool:
    try:
        return resolve(address, PUBLIC).url_name != TRANSLATED
    except Resolver404:
        return False


def within(language: str, page: str) -> str:
    """Let the links of a page that lead to pages lead to those of a language."""
    prefix, to_english = prefix_of(language), f"/{ENGLISH}/"

    def other(link: str) -> str:
        if link.startswith(to_english):
            return link.removeprefix(f"/{ENGLISH}")
        return prefix + link if is_page(bare(link)) else link

    return rewrite(page, other)


def told_in(language: str, answer: HttpResponse) -> HttpResponse:
    """Finish a page of a language; what is no page stays as it is."""
    if answer.headers.get("Content-Type", "").startswith(HTML):
        answer.content = within(language, answer.content.decode()).encode()
    return answer


def spoken(request: HttpRequest) -> dict[str, Any]:
    """Give templates the languages of a public page, and how to mark what a release holds in English.

    `in_english` stands within the tag around such a text. On a page in English it is empty.
    """
    language = translation.get_language() or ENGLISH
    marked = {"in_english": mark_of_english()}
    if not is_page(request.path):
        return marked
    here = quote(request.path)
    tongues = [
        Tongue(code, name, prefix_of(code), f"/{code}{here}" if code != language else here, code == language)
        for code, name in languages().items()
    ]
    return marked | {"tongues": tongues, "tongue_prefix": prefix_of(language), "page_address": here}
