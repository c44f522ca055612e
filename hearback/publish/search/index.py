"""The file that the script of the search reads: every signpost, small and always the same bytes."""

import gzip

import msgspec
from django.utils import translation

from hearback.publish.frozen import ReleaseData
from hearback.publish.keeping import kept_for_each_release
from hearback.publish.search.kinds import KINDS, Signpost
from hearback.publish.search.listing import listing
from hearback.ui.speaking import ENGLISH

FORMAT = "hearback-search-1"
BUDGET = 200_000
"""Bytes that the file may have, so that it is there at once on a phone."""
LONGEST = (100_000, 2_000, 400, 100, 0)
"""Where a release is so large that the file would be larger, texts are cut, and titles stay."""


@kept_for_each_release
def to_index(release: ReleaseData) -> bytes:
    """Write the index as compressed JSON: a signpost is its kind as a number, title, address, where, text."""
    return compressed(release, listing(release).signposts)


def compressed(release: ReleaseData, found: tuple[Signpost, ...]) -> bytes:
    """Write signposts within the budget, each text as long as all together may be."""
    body = b""
    with translation.override(ENGLISH):
        kinds = [str(kind.one) for kind in KINDS.values()]
    for most in LONGEST:
        body = gzip.compress(_as_json(release, kinds, found, most), compresslevel=9, mtime=0)
        if len(body) <= BUDGET:
            break
    return body


def _as_json(release: ReleaseData, kinds: list[str], found: tuple[Signpost, ...], most: int) -> bytes:
    places = {kind: place for place, kind in enumerate(KINDS)}
    return msgspec.json.encode(
        {
            "format": FORMAT,
            "release": release.number,
            "manifest_sha256": release.manifest_sha256,
            "kinds": kinds,
            "signposts": [
                [places[one.kind], one.title, one.address.removeprefix("/"), one.where, one.text[:most]]
                for one in found
            ],
        }
    )
