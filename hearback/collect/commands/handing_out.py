"""What the commands that hand out a form share: where it is handed out, and whether anybody could answer."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

import click
from django.conf import settings
from django.urls import reverse

from hearback.collect.links import handed_out
from hearback.collect.queries import FormFact, VersionFact, form
from hearback.ui.terminal import Refused

OF_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


def where_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--place` and `--campaign`; the command is given both as `where`."""

    @wraps(function)
    def run(place: str, campaign: str, **rest: Any) -> Any:
        return function(where=(place, campaign), **rest)

    place = click.option("--place", default="", help="Where people are asked; stored with every response.")
    campaign = click.option("--campaign", default="", help="Why they are asked; stored with every response.")
    return place(campaign(run))


def warn_of_address() -> None:
    """Say on standard error where addresses that are handed out lead nowhere but to this machine."""
    if urlsplit(settings.SITE_URL).hostname in OF_THIS_MACHINE:
        click.echo(
            f"Warning: {settings.SITE_URL} is the address of this machine, where nobody else gets to. Set"
            " HEARBACK_SITE_URL to the address of the site, such as https://feedback.agency.example.",
            err=True,
        )


def page_of(key: str, where: tuple[str, str], **more: str) -> str:
    """Give the address of a form's page, told where and why people are asked, and what else."""
    return handed_out(settings.SITE_URL + reverse("done", args=[key]), *where, **more)


def published_form(key: str, languages: tuple[str, ...]) -> tuple[FormFact, VersionFact]:
    """Give a form and what people are asked now; refuse where nobody is, or not in these languages."""
    found = form(key)
    if found is None:
        raise Refused(f"There is no form {key!r}; `hearback collect form list` names them.")
    if found.published is None or found.state in {"closed", "archived"}:
        raise Refused(
            f"Form {key} is {found.state.replace('_', ' ')}: nobody could answer; publish it first."
        )
    has = found.published.instrument.languages
    if lacking := [one for one in languages if one not in has]:
        raise Refused(f"The form is not in {', '.join(lacking)}; it is in {', '.join(has)}.")
    return found, found.published
