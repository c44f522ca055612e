"""Figures, texts and sources as people read them, in any template."""

import re
from datetime import date, datetime
from urllib.parse import urlsplit

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext

from hearback.ui.markdown import small_markdown
from hearback.ui.numbers import count

register = template.Library()
_SCHEME = re.compile(r"\s*[A-Za-z][A-Za-z0-9+.-]*:\S")
"""How an address begins; after the colon of a title stands a blank."""
_IN_TEXT = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]'’”]")
"""An address within a text, without the marks that end its sentence."""
WHOLE = 16
"""The name of a site stays on one line if it has no more letters."""


@register.filter
def counted(value: int) -> str:
    """Write a count with a comma every three digits."""
    return count(value)


@register.filter
def day(moment: date) -> str:
    """Write the day of a moment as people read it."""
    return date_format(moment, pgettext("a day, as PHP writes dates", "j F Y"))


@register.filter
def minute(moment: datetime) -> str:
    """Write a moment as people read it."""
    return date_format(moment, pgettext("a moment, as PHP writes dates", "j F Y, H:i"))


@register.filter
def in_markdown(text: str) -> SafeString:
    """Show what a person wrote in a little Markdown."""
    return small_markdown(text)


@register.filter
def breakable(key: str) -> SafeString:
    """Let a line break between the words of a key.

    >>> breakable("trust_mean")
    'trust_<wbr>mean'
    """
    return format_html_join(mark_safe("_<wbr>"), "{}", ((word,) for word in key.split("_")))


@register.simple_tag
def missing(reason: str) -> SafeString:
    """Show that there is no value, and why."""
    return format_html('<span class="missing">– {}</span>', reason)


@register.simple_tag
def source(address: str | None) -> SafeString:
    """Link to where something was read; the link names the site. A title stays words."""
    if address and not _SCHEME.match(address):
        return format_html('<span class="source">{}</span>', address)
    if not address or not address.startswith(("http://", "https://")):
        return mark_safe("")
    try:
        host = urlsplit(address).hostname or address
    except ValueError:  # as of https://[
        host = address
    parts = _parts(host)
    between = mark_safe("<wbr>.") if len(".".join(parts)) > WHOLE else "."
    shown = format_html_join(between, "{}", ((part,) for part in parts))
    return format_html('<a class="source" href="{}">{}</a>', address, shown)


@register.filter
def linked(text: str) -> SafeString:
    """Show a text in which an address of the web is a link that names the site.

    >>> linked("It says so <there> (https://www.example.org/a/).")
    'It says so &lt;there&gt; (<a class="source" href="https://www.example.org/a/">example.org</a>).'
    """
    shown, at = mark_safe(""), 0
    for found in _IN_TEXT.finditer(text):
        shown = format_html("{}{}{}", shown, text[at : found.start()], source(found[0]))
        at = found.end()
    return format_html("{}{}", shown, text[at:])


def _parts(host: str) -> list[str]:
    """Split a host name at its dots; of a long one only the end, which says whose."""
    parts = host.removeprefix("www.").split(".")
    return parts if len(host) <= 32 else parts[-3:]
