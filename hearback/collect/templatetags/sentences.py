"""Show what a check or reader says in the language of the person, or marked as English."""

from django import template
from django.template.context import Context
from django.utils.html import format_html

from hearback.collect.desk.sentences import translated

register = template.Library()


@register.simple_tag(takes_context=True)
def told(context: Context, message: str) -> str:
    """Give the sentence, put into the language of the page where there are words for it."""
    words = translated(message)
    if words is not None:
        return words
    return format_html("<span{}>{}</span>", context.get("english", ""), message)
