"""Under which file an address goes, and how one page leads to another."""

import re
from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache
from urllib.parse import quote, unquote, urljoin

from hearback.publish.links import bare, rewrite

INDEX = "index.html"
SCRIPT_LINK = re.compile(r"\b(?:from|import)\s*\(?\s*[\"'](\.{1,2}/[^\"']+)")
CSS_LINK = re.compile(r"url\(\s*[\"']?(?!data:)([^\"')#]+)")


PRELOAD = re.compile(r'<link rel="preload"[^>]*>\n?')
"""Asks for a font early, which a browser refuses where there is no server; the style sheet asks too."""


class Links(StrEnum):
    """How pages lead to one another.

    `FILES` names the file, so that it works without any server; `SERVED` leaves pages as the server sends
    them, from the root of a host.
    """

    FILES = "files"
    SERVED = "served"


def file_of(address: str) -> str:
    """Give the file under which the answer to an address goes.

    >>> file_of("/"), file_of("/services/"), file_of("/data/scores.csv")
    ('index.html', 'services/index.html', 'data/scores.csv')
    """
    path = unquote(address).lstrip("/")
    return path + INDEX if not path or path.endswith("/") else path


def links_of_css(address: str, css: str) -> set[str]:
    """Give every file that a style sheet draws on."""
    return {bare(urljoin(address, link.strip())) for link in CSS_LINK.findall(css)}


def links_of_script(address: str, script: str) -> set[str]:
    """Give every module that a script imports.

    >>> links_of_script("/static/a/b.js", 'import { c } from "./c.js"; import("../d.js")') == {
    ...     "/static/a/c.js",
    ...     "/static/d.js",
    ... }
    True
    """
    return {bare(urljoin(address, link)) for link in SCRIPT_LINK.findall(script)}


def leading_to_files(page: str, address: str, is_here: Callable[[str], bool], elsewhere: str) -> str:
    """Let every link of a page name a file, relative to the page; what is not of these files, the site.

    Args:
        is_here: whether an address is among the files.
        elsewhere: address of the site, for links to what is not.
    """
    start = _quoted_file(address).split("/")[:-1]

    def other(link: str) -> str:
        path = bare(link)
        if not is_here(path):
            return elsewhere + link
        rest = link[len(path) :]
        return _way(start, _quoted_file(path).split("/")) + rest

    return rewrite(PRELOAD.sub("", page), other)


@lru_cache(maxsize=100_000)
def _quoted_file(address: str) -> str:
    return quote(file_of(address), safe="/:@!$&'()*+,;=~-._")


def _way(start: list[str], target: list[str]) -> str:
    """Lead from a folder to a file.

    >>> _way(["a", "b"], ["a", "c", "d.html"]), _way(["a"], ["a", "b.html"])
    ('../c/d.html', 'b.html')
    """
    common = 0
    while common < min(len(start), len(target) - 1) and start[common] == target[common]:
        common += 1
    return "/".join([*[".."] * (len(start) - common), *target[common:]])


def leading_to_site(page: str, site: str) -> str:
    """Let every link of a page name the whole address, as an error page needs: it is shown anywhere."""
    return rewrite(page, lambda link: site + link)
