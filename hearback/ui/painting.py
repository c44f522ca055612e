"""Pictures described in Vega-Lite, drawn as SVG: many at once by several processes, few by this one."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Any

Described = dict[str, Any]
FEW = 24
"""So many are drawn here, as starting another process would take longer."""
BATCH = 120
"""So many a process draws at most, about ten seconds' work, before what it drew is kept."""


class NotPainted(Exception):
    """The drawing program ended before it was done; the message says what it said last."""


def paint(described: Sequence[Described], fonts: Path) -> Iterator[tuple[int, str]]:
    """Draw, on every processor where there are many; gives the place of each description and its SVG.

    The same description gives the same bytes, whoever draws it.

    Args:
        fonts: folder of fonts that words are measured in.

    Raises:
        NotPainted: if a process that draws ends early.
    """
    if len(described) <= FEW:
        yield from enumerate(map(_painter(fonts), described))
        return
    workers = len(os.sched_getaffinity(0))
    size = max(1, min(BATCH, -(-len(described) // workers)))
    starts = range(0, len(described), size)
    with ThreadPoolExecutor(workers) as pool:
        batches = [pool.submit(_elsewhere, described[start : start + size], fonts) for start in starts]
        try:
            for start, batch in zip(starts, batches, strict=True):
                yield from enumerate(batch.result(), start)
        finally:
            for batch in batches:
                batch.cancel()


@lru_cache(maxsize=4)
def _painter(fonts: Path) -> Callable[[Described], str]:
    """Load the drawing program, which takes long, and the fonts that it measures words in, where they are."""
    import vl_convert

    if fonts.is_dir():
        vl_convert.register_font_directory(str(fonts))
    draw: Callable[[Described], str] = vl_convert.vegalite_to_svg
    return draw


def _elsewhere(described: Sequence[Described], fonts: Path) -> list[str]:
    """Let a process of its own draw: a copy of this one would inherit connections and half of its threads."""
    done = subprocess.run(
        [sys.executable, "-m", __name__, str(fonts)],
        input=json.dumps(described).encode(),
        capture_output=True,
        check=False,
    )
    if done.returncode:
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise NotPainted(f"drawing ended with {done.returncode}: {' '.join(last) or 'without a word'}")
    drawn: list[str] = json.loads(done.stdout)
    return drawn


if __name__ == "__main__":
    json.dump(list(map(_painter(Path(sys.argv[1])), json.load(sys.stdin))), sys.stdout)
