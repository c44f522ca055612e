"""Figures as people read them, in any template."""

from django import template

from hearback.ui.numbers import count

register = template.Library()


@register.filter
def counted(value: int) -> str:
    """Write a count with a comma every three digits."""
    return count(value)
