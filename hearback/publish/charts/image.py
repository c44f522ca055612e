"""A drawing as PNG, for those who cannot use SVG: made when first asked for, and kept while there is room."""

from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from threading import Lock

from django.conf import settings

from hearback.publish.folders import keep
from hearback.publish.frozen import sha256
from hearback.ui.typesetting import set_png

SCALE = 2
"""Pixels of the image for one of the drawing: enough for print."""
ROOM = 1_000_000_000
"""Bytes of images that one process keeps at most, and others hardly more; those made first go first."""
AHEAD = 20_000_000
"""Bytes for which a process makes room at once: to look through a full folder takes as long as to paint."""
_left: dict[Path, int] = {}
"""Bytes of that room which are left, by folder."""
_painting = Lock()
"""One image at a time: a large one takes much memory, and who asks for the same one waits for it."""


def to_png(svg: bytes) -> bytes:
    """Paint a sheet. The same drawing and tool give the same bytes.

    Where an image cannot be kept it is given all the same.

    Raises:
        NotSet: if it is no drawing, or set-up did not copy the fonts.
    """
    key = sha256(f"{version('typst')} {SCALE} {sha256(svg)}".encode())
    kept = Path(settings.HOME) / "cache" / "images" / f"{key}.png"
    if kept.is_file():
        return kept.read_bytes()
    with _painting:
        if kept.is_file():
            return kept.read_bytes()
        body = set_png(svg, SCALE)
        with suppress(OSError):
            _keep(kept, body)
    return body


def _keep(kept: Path, body: bytes) -> None:
    """Put an image into its file, whole or not at all, and make room for it before."""
    folder = kept.parent
    folder.mkdir(parents=True, exist_ok=True)
    left = _left.get(folder, 0)
    if left < len(body):
        left = max(AHEAD, len(body))
        _make_room(folder, ROOM - left)
    _left[folder] = left - len(body)
    keep(kept, body)


def _make_room(folder: Path, limit: int) -> None:
    """Take the oldest files away until those that stay are no larger together."""
    found = []
    for path in folder.iterdir():
        with suppress(FileNotFoundError):  # another process made room too
            fact = path.stat()
            found.append((fact.st_mtime_ns, path, fact.st_size))
    total = sum(size for _when, _path, size in found)
    for _when, path, size in sorted(found):
        if total <= limit:
            return
        path.unlink(missing_ok=True)
        total -= size
