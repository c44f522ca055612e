"""The map of a journey on paper: a tagged PDF with the whole map as tables, its sources and its release."""

from dataclasses import asdict
from functools import lru_cache
from pathlib import Path

import msgspec

from hearback.publish.frozen import release_at
from hearback.publish.maps.told import ToldMap, told
from hearback.ui.typesetting import set_pdf

TEMPLATE = Path(__file__).with_name("map.typ")


def paper(map_told: ToldMap) -> bytes:
    """Set the map of a journey as PDF/UA-1, A4 on its side. The same words give the same bytes.

    Raises:
        NotSet: if no font has a letter, or set-up did not copy the fonts.
    """
    return set_pdf(TEMPLATE, {"told": msgspec.json.encode(asdict(map_told)).decode()})


@lru_cache(maxsize=64)
def paper_of(folder: Path, manifest_sha256: str, key: str) -> bytes:
    """Set the map of a journey of a release once, as it takes longer than a page.

    Raises:
        NotInRelease: if the release holds no such journey.
        NotSet: as `paper` does.
    """
    return paper(told(release_at(folder, manifest_sha256), key))
