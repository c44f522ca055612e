"""Links within the site: finding them in a page and putting others in their place."""

import re
from collections.abc import Callable
from html import escape, unescape
from urllib.parse import urljoin

LINK = re.compile(r'="(?:(?<=\shref=")|(?<=\ssrc=")|(?<=\saction=")|(?<=\sposter="))([^"]*)')
"""A link, from its equals sign, which is found soonest. Templates write attributes in double quotes, and no
text of a page can hold one: it is escaped."""


def links_of(page: str, address: str) -> set[str]:
    """Give every address of this site that a page leads to, without fragment and query.

    >>> sorted(links_of('<a href="map.svg"> <a href="/data/#top"> <a href="https://example.gov/">', "/x/"))
    ['/data/', '/x/map.svg']
    """
    links = {unescape(link) for link in LINK.findall(page)}
    found = (link if _is_whole(link) else urljoin(address, link) for link in links)
    return {bare(link) for link in found if _is_from_the_root(link)}


def rewrite(page: str, other: Callable[[str], str]) -> str:
    """Put another address in the place of every link that begins at the root of the site.

    >>> rewrite('<a href="/data/">', lambda address: "../x" + address)
    '<a href="../x/data/">'
    """

    def put(found: re.Match[str]) -> str:
        link = unescape(found[1])
        return f'="{escape(other(link))}' if _is_from_the_root(link) else found[0]

    return LINK.sub(put, page)


def bare(link: str) -> str:
    """Take query and fragment from a link."""
    return re.split(r"[?#]", link, maxsplit=1)[0]


def _is_whole(link: str) -> bool:
    """Say whether a link is the same wherever it stands, which is told sooner than it is joined."""
    return link.startswith(("https:", "http:")) or (_is_from_the_root(link) and "/." not in link)


def _is_from_the_root(link: str) -> bool:
    return link.startswith("/") and not link.startswith("//")
