"""Answers to who looks for something: the box, lists of everything, and the index for the script."""

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from hearback.publish.frozen import ReleaseData
from hearback.publish.open.doors import made, open_to_all
from hearback.publish.search.index import to_index
from hearback.publish.search.kinds import KINDS, Signpost
from hearback.publish.search.listing import Group, listing, of_kind, of_letter
from hearback.publish.search.matching import found
from hearback.publish.search.near import meant
from hearback.publish.search.own_pages import OWN
from hearback.publish.search.texts import excerpt
from hearback.publish.shown import newest
from hearback.publish.views import page

GZIP = "application/gzip"
LONGEST_QUESTION = 200
MOST_SHOWN = 50


@login_not_required
@require_safe
@csp_replace({"script-src": [SELF], "connect-src": [SELF]})
def search(request: HttpRequest) -> HttpResponse:
    """Show the box and the way to everything; with a question, what is found."""
    asked = " ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST_QUESTION]
    return page("publish/search.html", lambda release: overview(release) | _answer(release, asked))(request)


@open_to_all
def index_file(request: HttpRequest) -> HttpResponse:
    """Give the index that the script of the box reads."""
    release = newest(request)
    return made(request, release, to_index(release), GZIP)


def overview(release: ReleaseData) -> dict[str, Any]:
    """Name every kind and every letter with how many there are of each."""
    everything = listing(release)
    return {
        "kinds": list(everything.kinds.values()),
        "letters": list(everything.letters.values()),
        "n_signposts": len(everything.signposts),
        "names_of_kinds": "|".join(str(kind.one) for kind in KINDS.values()),
    }


def kind_list(release: ReleaseData, kind: str) -> dict[str, Any]:
    """List all things of a kind by first letter.

    Raises:
        NotInRelease: if the release holds none of that kind.
    """
    whole, groups = of_kind(release, kind)
    return {"whole": whole, "groups": _lines(groups)} | overview(release)


def letter_list(release: ReleaseData, letter: str) -> dict[str, Any]:
    """List everything that begins with a letter by kind.

    Raises:
        NotInRelease: if nothing begins with it.
    """
    whole, groups = of_letter(release, letter)
    return {"whole": whole, "groups": _lines(groups)} | overview(release)


def _answer(release: ReleaseData, asked: str) -> dict[str, Any]:
    if not asked:
        return {}
    hits = found(listing(release).prepared, asked)
    return {
        "asked": asked,
        "n_hits": len(hits),
        "hits": [_line(one) | {"text": excerpt(one)} for one in hits[:MOST_SHOWN]],
        "n_more": max(0, len(hits) - MOST_SHOWN),
        "meant": None if hits else meant(listing(release).prepared, asked),
    }


def _lines(groups: list[Group]) -> list[dict[str, Any]]:
    return [{"group": one, "lines": [_line(signpost) for signpost in one.signposts]} for one in groups]


def _line(signpost: Signpost) -> dict[str, Any]:
    return {"signpost": signpost, "kind": KINDS[signpost.kind].one, "is_own": signpost.kind in OWN}
