"""The file that the script of the search reads: every signpost, small and always the same bytes."""

import gzip
from typing import Any

import msgspec
from django.utils import translation

from hearback.publish.frozen import ReleaseData
from hearback.publish.keeping import kept_for_each_release
from hearback.publish.search.kinds import KINDS, Signpost
from hearback.publish.search.listing import listing
from hearback.publish.search.own_pages import OWN, spoken
from hearback.ui.speaking import ENGLISH, languages

FORMAT = "hearback-search-1"
BUDGET = 200_000
"""Bytes that the file may have, so that it is there at once on a phone."""
LONGEST = (100_000, 2_000, 400, 100, 0)
"""Where a release is so large that the file would be larger, texts are cut, and titles stay."""


@kept_for_each_release
def to_index(release: ReleaseData) -> bytes:
    """Write the index as compressed JSON: a signpost is its kind as a number, title, address, where, text."""
    return compressed(release, listing(release, ENGLISH).signposts)


def compressed(release: ReleaseData, found: tuple[Signpost, ...]) -> bytes:
    """Write signposts within the budget, each text as long as all together may be."""
    body = b""
    with translation.override(ENGLISH):
        kinds = [str(kind.one) for kind in KINDS.values()]
    tongues = {language: _own_words(language, found) for language in languages() if language != ENGLISH}
    for most in LONGEST:
        told = {"kinds": kinds, "tongues": tongues}
        body = gzip.compress(_as_json(release, told, found, most), compresslevel=9, mtime=0)
        if len(body) <= BUDGET:
            break
    return body


def _own_words(language: str, found: tuple[Signpost, ...]) -> dict[str, list[str]]:
    """Give titles and texts that are ours in another language, by address."""
    with translation.override(language):
        told = [spoken(one) for one in found if one.kind in OWN]
        return {one.address.removeprefix("/"): [one.title, one.text] for one in told}


def _as_json(release: ReleaseData, told: dict[str, Any], found: tuple[Signpost, ...], most: int) -> bytes:
    places = {kind: place for place, kind in enumerate(KINDS)}
    return msgspec.json.encode(
        {
            "format": FORMAT,
            "release": release.number,
            "manifest_sha256": release.manifest_sha256,
            **told,
            "signposts": [
                [places[one.kind], one.title, one.address.removeprefix("/"), one.where, one.text[:most]]
                for one in found
            ],
        }
    )
