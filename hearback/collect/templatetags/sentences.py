"""Show what a check or reader says in the language of the person, or marked as English."""

from django import template
from django.utils.safestring import SafeString

from hearback.collect.desk.sentences import translated
from hearback.ui.sentences import told_in

register = template.Library()


@register.simple_tag
def told(message: str) -> SafeString:
    """Give the sentence, put into the language of the page where there are words for it."""
    return told_in(translated, message)
