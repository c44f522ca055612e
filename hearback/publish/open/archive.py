"""A whole release as one zip, made when first asked for and kept: unpacked, it is the folder of the release.

It is no file of the release, which would hold everything twice; its bytes follow from those that are.
"""

import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from hearback.publish.frozen import MANIFEST, SIGNATURE, FileFact, ReleaseData, read_checked

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The date of every file: the first that a zip can tell."""
PACKED = frozenset({".parquet", ".png", ".pdf"})


def zipped(release: ReleaseData) -> Path:
    """Give the zip of a release.

    Raises:
        ReleaseDamaged: if a file is missing or not what the manifest says.
    """
    signed = "" if release.signature() is not None else "-not-signed"
    name = f"{release.number}-{release.manifest_sha256[:16]}{signed}.zip"
    place = Path(settings.HOME) / "cache" / "zips" / name
    if not place.is_file():
        place.parent.mkdir(parents=True, exist_ok=True)
        draft = place.with_name(f".{place.name}.{os.urandom(4).hex()}")
        try:
            _write(release, draft)
            draft.replace(place)
        finally:
            draft.unlink(missing_ok=True)
    return place


def _write(release: ReleaseData, draft: Path) -> None:
    with zipfile.ZipFile(draft, "w") as found:
        for path, body in _bodies(release):
            told = zipfile.ZipInfo(f"hearback-release-{release.number}/{path}", EARLIEST)
            told.create_system, told.external_attr = 3, 0o100644 << 16  # the same from every system
            is_packed = Path(path).suffix in PACKED
            told.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
            found.writestr(told, body, compresslevel=9)


def _bodies(release: ReleaseData) -> Iterator[tuple[str, bytes]]:
    size = (release.folder / MANIFEST).stat().st_size
    manifest = FileFact(MANIFEST, release.manifest_sha256, size, "application/json")
    yield MANIFEST, read_checked(release.folder, manifest)
    signature = release.signature()
    if signature is not None:
        yield SIGNATURE, signature
    for file in sorted(release.files, key=lambda one: one.path):
        yield file.path, read_checked(release.folder, file)
