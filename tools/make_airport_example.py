"""Make the bundled answers: `python tools/make_airport_example.py ../shared/data/surveys examples/airport`.

Of each published file the columns go in that its layout names, with every row and every cell as it stands.
The same input gives the same bytes.
"""

import csv
import json
import sys
from pathlib import Path
from typing import Any

PUBLISHED = "sfo_customer_survey_{year}.csv"


def columns(layout: Any) -> list[str]:
    """Name the columns that a layout names, in the order of the layout."""
    parts = [layout["day"], layout["channel"], layout["language"]]
    parts += [*layout["groups"].values(), *layout["questions"]]
    return [part["column"] for part in parts if isinstance(part, dict)] + [layout["weight"]]


def main(folder: Path, target: Path) -> None:
    """Make one file for every layout."""
    for place in sorted(target.glob("layout_*.json")):
        year = place.stem.removeprefix("layout_")
        wanted = columns(json.loads(place.read_text(encoding="utf-8")))
        with (folder / PUBLISHED.format(year=year)).open(encoding="utf-8-sig", newline="") as file:
            rows = [[row[name] for name in wanted] for row in csv.DictReader(file)]
        with (target / f"answers_{year}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(wanted)
            writer.writerows(rows)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit("Use: python tools/make_airport_example.py ../shared/data/surveys examples/airport")
    main(Path(sys.argv[1]), Path(sys.argv[2]))
