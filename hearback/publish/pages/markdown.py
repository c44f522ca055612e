"""Method pages from Markdown, without a style attribute and with tables that a phone can scroll."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

FRAME = (
    '<div class="table-frame" tabindex="0" role="region" aria-label="{caption}">'
    '<table class="usa-table"><caption class="sr-only">{caption}</caption>'
)
LONG = 24
"""Code with more letters than this may go on in the next line where its parts join."""
JOINT = re.compile(r"(?<=\w)\.(?=[A-Za-z_])|[_(](?=\w)")
HYPHENED = re.compile(r"[^\s<>]*-[^\s<>]+")
TO_ANOTHER_PAGE = re.compile(r"^(?:\./)?([a-z0-9_-]+)\.md(#.*)?$")


def to_html(text: str, title: str) -> SafeString:
    """Turn Markdown into HTML. Raw HTML in the text is shown as text, so nothing in it can run.

    Headings get ids, so that sections can be linked; a table is captioned by the heading before it.

    Args:
        title: of the page; captions the tables before the first heading.
    """
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.add_render_rule("code_inline", _code)
    tokens = reader.parse(text)
    for token in _all(tokens):
        _tidy(token)
    _name_headings(tokens)
    captions = iter(_captions(tokens, title))
    rendered = reader.renderer.render(tokens, reader.options, {})
    framed = re.sub("<table>", lambda _: FRAME.format(caption=escape(next(captions))), rendered)
    safe: SafeString = mark_safe(framed.replace("</table>", "</table></div>"))  # noqa: S308 - all text is escaped
    return safe


def _code(_self: object, tokens: Sequence[Token], at: int, _options: object, _env: object) -> str:
    """Write code within a text; a long name breaks before a dot, else behind what joins its parts.

    A word with a hyphen, such as an option, stays whole unless it is long.
    """
    words = tokens[at].content
    shown = str(escape(words))
    if len(words) > LONG:
        shown = JOINT.sub(lambda one: f"<wbr>{one[0]}" if one[0] == "." else f"{one[0]}<wbr>", shown)
    return f"<code>{HYPHENED.sub(_whole, shown)}</code>"


def _whole(word: re.Match[str]) -> str:
    return f'<span class="whole">{word[0]}</span>' if len(word[0]) <= LONG else word[0]


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


def _name_headings(tokens: Sequence[Token]) -> None:
    """Give every heading an id of its words, numbered where a page has it twice."""
    seen: Counter[str] = Counter()
    for opening, words in pairwise(tokens):
        if opening.type == "heading_open":
            name = re.sub(r"[^\w -]", "", _plain(words).lower()).replace(" ", "-")
            opening.attrSet("id", f"{name}-{seen[name]}" if seen[name] else name)
            seen[name] += 1


def _captions(tokens: Sequence[Token], title: str) -> list[str]:
    """Caption every table by the heading before it, numbered from the second under one heading on."""
    captions, under = [], title
    seen: Counter[str] = Counter()
    for token, following in pairwise(tokens):
        if token.type == "heading_open":
            under = _plain(following)
        elif token.type == "table_open":
            seen[under] += 1
            captions.append(under if seen[under] == 1 else f"{under} ({seen[under]})")
    return captions


def _plain(words: Token) -> str:
    return "".join(one.content for one in words.children or ())
