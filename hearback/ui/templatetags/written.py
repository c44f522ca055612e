"""Figures and texts as people read them, in any template."""

from django import template
from django.utils.safestring import SafeString

from hearback.ui.markdown import small_markdown
from hearback.ui.numbers import count

register = template.Library()


@register.filter
def counted(value: int) -> str:
    """Write a count with a comma every three digits."""
    return count(value)


@register.filter
def in_markdown(text: str) -> SafeString:
    """Show what a person wrote in a little Markdown."""
    return small_markdown(text)
