"""Links within the site: finding them in a page and putting others in their place."""

import re
from collections.abc import Callable

LINK = re.compile(r'(?<=\s)(href|src|action|poster)="(/(?!/)[^"]*)"')
"""A link from the root of the site. Templates write attributes in double quotes, and no text of a page can
hold one: it would be escaped."""


def rewrite(page: str, other: Callable[[str], str]) -> str:
    """Put another address in the place of every link that begins at the root of the site.

    >>> rewrite('<a href="/data/">', lambda address: "../x" + address)
    '<a href="../x/data/">'
    """
    return LINK.sub(lambda found: f'{found[1]}="{other(found[2])}"', page)
