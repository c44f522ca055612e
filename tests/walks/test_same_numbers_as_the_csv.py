"""The public pages show what anybody gets from the CSV with a few lines of plain arithmetic.

The two recomputations below use nothing of the program: `csv`, a pattern, exact fractions, and
quantiles of scipy.
"""

import csv
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path
from statistics import stdev

import pytest
from django.test import Client
from pytest_django.fixtures import Settings
from scipy.stats import beta, t

from hearback.cli import demo
from hearback.collect.commands import load_file
from tests.conftest import ROOT

EXAMPLES = ROOT / "examples" / "federal"
POOL = {"stated_trust": "stated", "increased_trust": "increased", "increased_confidence": "increased"}
SERVICE_KEYS = {
    code: service["key"]
    for service in json.loads((EXAMPLES / "services.json").read_text(encoding="utf-8"))
    for code in service.get("identifiers", {}).get("us-cx-service", ())
}
HIDDEN = "– and why"
SHARES = {"trust_agree_share": (4, 5), "trust_strongly_agree_share": (5,)} | {
    f"trust_answer_share_{answer}": (answer,) for answer in range(1, 6)
}
Key = tuple[str, str, str]  # service (or "all"), pool, quarter


@dataclass(frozen=True)
class Figure:
    """What stands behind one line of a trust table: surveys, and answers 1-5 added up."""

    n_surveys: int
    counts: tuple[int, ...]

    @property
    def n(self) -> int:
        """Count the answers."""
        return sum(self.counts)

    def share(self, *answers: int) -> Fraction:
        """Give the share of some answers, exactly."""
        return Fraction(sum(self.counts[answer - 1] for answer in answers), self.n)

    def shows_share(self, *answers: int) -> bool:
        """Say whether the standard shows a share: enough answers, and an exact interval that fits."""
        k = sum(self.counts[answer - 1] for answer in answers)
        low = beta.ppf(0.025, k, self.n - k + 1) if k else 0.0
        high = beta.ppf(0.975, k + 1, self.n - k) if k < self.n else 1.0
        width = high - low
        return self.n >= 30 and (width <= 0.05 or (width < 0.30 and k > 0 and width / (k / self.n) <= 1.30))

    @property
    def shows_mean(self) -> bool:
        """Say whether the mean is shown: 30 answers, and an interval, cut at 1 and 5, of at most 0.6."""
        answers = [i for i, n in enumerate(self.counts, start=1) for _ in range(n)]
        if self.n < 30 or len(set(answers)) == 1:
            return self.n >= 30
        half = t.ppf(0.975, self.n - 1) * stdev(answers) / self.n**0.5
        mean = float(self.mean)
        return bool(min(mean + half, 5) - max(mean - half, 1) <= 0.6)

    @property
    def mean(self) -> Fraction:
        """Give the mean answer, exactly."""
        return Fraction(sum(i * n for i, n in enumerate(self.counts, start=1)), self.n)


def are_counts(boxes: list[list[int]], respondents: str) -> bool:
    """Say no where a row holds percentages (every sum near 100) or one number typed into each question."""
    filled, people = [five for five in boxes if any(five)], int(float(respondents or 0))
    percentages = people >= 130 and all(97 <= sum(five) <= 103 for five in filled)
    typed = all(five.count(0) == 4 and 20 * sum(five) < people for five in filled)
    return len(filled) < 3 or not (percentages or typed)


def added_up(rows: Iterator[tuple[str, str, str, list[int]]]) -> dict[Key, Figure]:
    """Add up the answers of each service and of all, leaving out surveys with fewer than ten."""
    sums: dict[Key, list[list[int]]] = defaultdict(list)
    for service, pool, quarter, counts in rows:
        if sum(counts) >= 10:
            for subject in (service, "all"):
                sums[subject, pool, quarter].append(counts)
    return {k: Figure(len(many), tuple(map(sum, zip(*many, strict=True)))) for k, many in sums.items()}


def from_the_bundled_file() -> dict[Key, Figure]:
    """Recompute from examples/federal/reported_surveys.csv."""

    def rows() -> Iterator[tuple[str, str, str, list[int]]]:
        with (EXAMPLES / "reported_surveys.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                pool = POOL.get(row["trust_wording_class"])
                if pool and row["trust_scale"] == "five_point" and row["timing"] != "periodic":
                    asked = [name[:-2] for name in row if name.endswith("_1")]
                    boxes = {q: [int(row[f"{q}_{answer}"] or 0) for answer in range(1, 6)] for q in asked}
                    if are_counts(list(boxes.values()), row["respondents"]):
                        yield SERVICE_KEYS[row["service_code"]], pool, row["fiscal_quarter"], boxes["trust"]

    return added_up(rows())


def from_the_published_file(path: Path) -> dict[Key, Figure]:
    """Recompute from the quarterly file as it was published, sorting wordings with a pattern of its own."""

    def rows() -> Iterator[tuple[str, str, str, list[int]]]:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                words, moment = (
                    row[f"attributes_{name}"].lower() for name in ("q2_text", "transaction_point")
                )
                gained = re.search(r"increased\s+(my\s+)?(trust|confidence)", words)
                pool = "increased" if gained else "stated" if words.strip().startswith("i trust ") else None
                if (
                    pool
                    and not re.search("10|yes", words)
                    and not re.search(r"quarter|annual|last \d", moment)
                ):
                    boxes = [[int(row[f"attributes_q{q}_{a}"]) for a in range(1, 6)] for q in range(1, 12)]
                    year, number = row["attributes_collection_year"], row["attributes_collection_quarter"]
                    if are_counts(boxes, row["attributes_volume_of_respondents"]):
                        yield (
                            SERVICE_KEYS[row["attributes_service_id"]],
                            pool,
                            f"FY{year}-Q{number}",
                            boxes[1],
                        )

    return added_up(rows())


def half_up(number: Fraction, decimals: int) -> str:
    """Write an exact number, rounded half up."""
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return str(exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def percent(number: Fraction, n: int) -> str:
    """Write a share as pages do: one decimal from 200 answers on."""
    return half_up(number * 100, 1 if n >= 200 else 0)


class _Rows(HTMLParser):
    """Collect the cells of every table row below an element with an id, as text."""

    def __init__(self, below: str) -> None:
        super().__init__()
        self.below, self.inside, self.rows = below, False, list[list[str]]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = dict(attrs).get("id")
        if tag == "h2" or (name and name.startswith("trust-")):
            self.inside = name == self.below
        if self.inside and tag == "tr":
            self.rows.append([])
        if self.inside and tag in {"td", "th"} and self.rows:
            self.rows[-1].append("")

    def handle_data(self, data: str) -> None:
        if self.inside and self.rows and self.rows[-1]:
            self.rows[-1][-1] += data.strip().replace("\xa0", " ")


def as_page_shows(found: Figure) -> tuple[str, ...]:
    """Write a figure as the cells of a trust table: agree, strongly agree, mean, answers, surveys."""
    shares = (
        f"{percent(found.share(*answers), found.n)} %" if found.shows_share(*answers) else HIDDEN
        for answers in ((4, 5), (5,))
    )
    mean = half_up(found.mean, 2) if found.shows_mean else HIDDEN
    return (*shares, mean, f"{found.n:,}", str(found.n_surveys))


def read(cell: str) -> str:
    """Give what a cell says; a dash must be followed by why there is no number."""
    return HIDDEN if re.match("–[a-z]", cell) else cell


def check_page(client: Client, address: str, subject: str, expected: dict[Key, Figure]) -> None:
    """Hold every line of the trust tables of a page against the recomputation."""
    html = client.get(address).content.decode()
    for pool in ("increased", "stated"):
        reader = _Rows(f"trust-{pool}")
        reader.feed(html)
        rows = [row for row in reader.rows if re.fullmatch(r"FY\d{4} Q\d", row[0])]
        shown = {row[0].replace(" ", "-"): tuple(read(row[at]) for at in (1, 3, 4, 6, 7)) for row in rows}
        filled = {quarter: cells for quarter, cells in shown.items() if re.match(r"\d", cells[3])}
        figures = {q: found for (s, p, q), found in expected.items() if (s, p) == (subject, pool)}
        has_table = any(found.shows_share(4, 5) for found in figures.values())
        wanted = {q: as_page_shows(found) for q, found in figures.items()} if has_table else {}
        assert filled == wanted, f"{address} {pool}"


def check_file(client: Client, expected: dict[Key, Figure]) -> None:
    """Hold the scores of the open data against the recomputation, for every service and for all."""
    text = b"".join(client.get("/data/scores.csv")).decode()  # type: ignore[arg-type]
    shown: dict[Key, dict[str, str]] = defaultdict(dict)
    counts = {}
    for row in csv.DictReader(text.splitlines()):
        if row["level"] in {"service", "government"} and row["value"]:
            key = row["subject"], row["pool"], row["quarter"]
            shown[key][row["measure"]] = row["value"]
            if row["measure"] == "trust_answers":
                counts[key] = int(row["n"]), int(row["n_surveys"])
    assert counts == {key: (found.n, found.n_surveys) for key, found in expected.items()}
    for key, found in expected.items():
        wanted = {"trust_mean": found.mean} if found.shows_mean else {}
        for measure, answers in SHARES.items():
            wanted |= {measure: found.share(*answers)} if found.shows_share(*answers) else {}
        got = {m: float(v) for m, v in shown[key].items() if m not in ("trust_answers", "response_rate")}
        assert got == pytest.approx({m: float(v) for m, v in wanted.items()}, abs=1e-12)


def check_everything(client: Client, expected: dict[Key, Figure]) -> None:
    """Hold open data, home page and every service page with figures against the recomputation."""
    check_file(client, expected)
    check_page(client, "/", "all", expected)
    for service in sorted({subject for subject, _, _ in expected} - {"all"}):
        check_page(client, f"/services/{service}/", service, expected)


@pytest.fixture
def released(
    db: None, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch, at: datetime
) -> Callable[[Path], None]:
    """Give a function that loads the bundled record with the answers of one file, releases no charts."""
    settings.HOME = tmp_path
    (tmp_path / "releases").mkdir()
    monkeypatch.setattr("hearback.publish.making.draw_charts", lambda *_: {})

    def load(answers: Path) -> None:
        run = demo.Run(EXAMPLES, "reviewer", at, dry_run=False)
        for step in (demo.load_directory, demo.load_plan):
            step(run)
        load_file(answers, by="owner", at=at)
        for step in (demo.compute_scores, demo.make_release):
            step(run)

    return load


def test_the_bundled_file_gives_the_public_figures(client: Client, released: Callable[[Path], None]) -> None:
    expected = from_the_bundled_file()
    assert len([key for key in expected if key[0] == "all"]) == 14
    released(EXAMPLES / "reported_surveys.csv")
    check_everything(client, expected)


@pytest.mark.shared
def test_the_published_file_gives_the_public_figures(
    client: Client, released: Callable[[Path], None], shared: Path
) -> None:
    path = shared / "data" / "published" / "cx_quarterly_v1.csv"
    expected = from_the_published_file(path)
    assert expected == from_the_bundled_file()
    released(path)
    check_everything(client, expected)
