"""Tags of the public pages: charts as they were drawn, statuses, sources, counts."""

import re
from typing import Any

from django import template
from django.template import Context
from django.template.base import NodeList, Parser, Token
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from hearback.publish.pages.dates import date_label
from hearback.publish.pages.rounds import fresh
from hearback.publish.said import said, told
from hearback.ui.speaking import mark_of_english
from hearback.ui.templatetags.written import breakable, linked, missing, source
from hearback.ui.words import plain

register = template.Library()
register.simple_tag(missing)
register.simple_tag(source)
register.filter(said)
register.filter(told)
register.filter(breakable)
register.filter(linked)
INDENT = re.compile(r"\n\s+")


class _Unindented(template.Node):
    def __init__(self, within: NodeList) -> None:
        self.nodelist = within

    def render(self, context: Context) -> SafeString:
        return mark_safe(INDENT.sub("\n", self.nodelist.render(context)))  # noqa: S308


@register.tag
def unindented(parser: Parser, _token: Token) -> _Unindented:
    """Leave out what lines begin with, which only templates need: a page arrives in fewer packets.

    Not for what holds a `pre`.
    """
    within = parser.parse(("endunindented",))
    parser.delete_first_token()
    return _Unindented(within)


@register.filter
def drawing(svg: str) -> SafeString:
    """Put a drawing of the release into the page. Only our own charts come here, whose texts are escaped."""
    return mark_safe(svg)  # noqa: S308


@register.filter
def dated(text: str | None) -> str:
    """Write a date as people read it."""
    return date_label(text) or ""


@register.filter
def words(code: str | None) -> str:
    """Say a code in words."""
    return plain(code)


@register.filter
def lower_first(text: str) -> str:
    """Begin a sentence small, to go on after a colon."""
    return text[:1].lower() + text[1:]


@register.filter
def without_stop(name: str) -> str:
    """Leave out the period at the end of a name, before a colon or the end of a sentence."""
    return name.rstrip(".")


@register.simple_tag
def english(text: str | None) -> SafeString:
    """Show a text that a release holds in English: marked so on a page in another language."""
    mark = mark_of_english()
    return format_html("<span{}>{}</span>" if mark else "{1}", mark, "" if text is None else text)


@register.simple_tag
def status(found: Any) -> SafeString:
    """Show a status with its shape."""
    return format_html('<span class="status status--{}">{}</span>', found.shape, said(str(found.words)))


@register.inclusion_tag("publish/fresh.html", takes_context=True)
def freshness(context: Context, about: str, record: str) -> dict[str, Any]:
    """Say when something was last confirmed by who answers for it, and whose seat that is."""
    return {"fresh": fresh(context["release"], about, record)}
