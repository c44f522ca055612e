"""A quarterly file of made-up responses to the thumbs form, of any size, the same every time."""

import csv
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hearback.cli.bench.masking import TYPICAL
from hearback.collect.response_files.seventeen import COLUMNS, DRIVERS, EXTRA

SEED = 20_270_101
FIRST = datetime(2026, 10, 1, tzinfo=UTC)
SECONDS = 92 * 86_400
SHARE_WITH_COMMENT, SHARE_UP, SHARE_OF_DRIVER = 0.3, 0.7, 0.25


def write_responses(file: Path, rows: int) -> None:
    """Write so many responses of one quarter, as 17 columns with time and language.

    Three in ten have a comment of about 200 characters, one in five of which holds personal data.
    """
    made = random.Random(SEED)  # noqa: S311 - nothing secret
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow([*COLUMNS, *EXTRA])
        for _ in range(rows):
            is_up = made.random() < SHARE_UP
            chosen = ["1" if made.random() < SHARE_OF_DRIVER else "0" for _ in DRIVERS]
            hidden = ["null"] * len(DRIVERS)
            comment = made.choice(TYPICAL) if made.random() < SHARE_WITH_COMMENT else ""
            at = FIRST + timedelta(seconds=made.randrange(SECONDS))
            flags = [*chosen, *hidden] if is_up else [*hidden, *chosen]
            name = f"{made.getrandbits(128):032x}"
            language = "es" if made.random() < 0.1 else "en"
            writer.writerow([name, "1" if is_up else "0", *flags, comment, at.isoformat(), language])
