"""In which language the signed-in side speaks: the one a person chose, else one their browser asks for.

The public site speaks each language at an address of its own; see `hearback.publish.languages`.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.conf.locale import LANG_INFO
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation.trans_real import parse_accept_lang_header

ENGLISH = "en"
CHOSEN = "language"
"""Where the session keeps the choice; it ends with the session."""
SIGNED_IN_SIDE = ("/dashboard/", "/sign-in/", "/sign-out/", "/language/")
"""Addresses that speak so. A page of the public site has its language in its address; a form its own."""


@cache
def languages() -> dict[str, str]:
    """List the languages that the program speaks, with what each calls itself; others by adding a file."""
    folders = sorted((Path(__file__).parent / "locale").iterdir())
    return {one: _name(one) for one in (ENGLISH, *(folder.name for folder in folders))}


def _name(language: str) -> str:
    name = str(LANG_INFO[language]["name_local"]) if language in LANG_INFO else language
    return name[:1].upper() + name[1:]


def language_of(request: HttpRequest) -> str:
    """Choose the language of a page of the signed-in side."""
    accepted = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    wanted = (request.session.get(CHOSEN, ""), *(code for code, _ in accepted))
    return next((one.split("-")[0] for one in wanted if one.split("-")[0] in languages()), ENGLISH)


def is_of_the_signed_in_side(path: str) -> bool:
    """Say whether a page is for people who are signed in, or who sign in on it."""
    return path.startswith(SIGNED_IN_SIDE)


class OwnLanguage:
    """Shows the signed-in side, its errors too, in the person's language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        if not is_of_the_signed_in_side(request.path):
            return self.get_response(request)
        with translation.override(language_of(request)):
            answer = self.get_response(request)
            answer.headers.setdefault("Content-Language", translation.get_language() or ENGLISH)
            return answer


def mark_of_english() -> SafeString:
    """Give what a tag around a text in English says of it; nothing on a page in English.

    Where words run from right to left, it says too that these do not.
    """
    if translation.get_language() in {ENGLISH, None}:
        return SafeString("")
    return SafeString(' lang="en" dir="ltr"' if translation.get_language_bidi() else ' lang="en"')
