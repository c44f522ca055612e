"""Method pages from Markdown, without a style attribute and with tables that a phone can scroll."""

import re
from collections.abc import Sequence
from itertools import count

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

FRAME = (
    '<div class="table-frame" tabindex="0" role="region" aria-label="Table {number}">'
    '<table class="usa-table">'
)
TO_ANOTHER_PAGE = re.compile(r"^(?:\./)?([a-z0-9_-]+)\.md(#.*)?$")


def to_html(text: str) -> SafeString:
    """Turn Markdown into HTML. Raw HTML in the text is shown as text, so nothing in it can run."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(text)
    for token in _all(tokens):
        _tidy(token)
    rendered = reader.renderer.render(tokens, reader.options, {})
    numbers = count(1)
    framed = re.sub("<table>", lambda _: FRAME.format(number=next(numbers)), rendered)
    safe: SafeString = mark_safe(framed.replace("</table>", "</table></div>"))  # noqa: S308 - all text is escaped
    return safe


def _all(tokens: Sequence[Token]) -> list[Token]:
    return [one for token in tokens for one in (token, *(token.children or ()))]


def _tidy(token: Token) -> None:
    """Replace style attributes, which the policy forbids; name column headers; mend links between pages."""
    style = token.attrs.pop("style", None)
    if style == "text-align:right":
        token.attrJoin("class", "number")
    if token.type == "th_open":
        token.attrSet("scope", "col")
    if token.type == "link_open" and (found := TO_ANOTHER_PAGE.match(str(token.attrGet("href")))):
        token.attrSet("href", f"/methods/{found[1]}/{found[2] or ''}")
