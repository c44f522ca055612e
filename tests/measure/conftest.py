"""A small database for measure: the bundled directory, and a few surveys of two quarters."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from hearback.collect.commands import load_file
from hearback.collect.exchange import ExchangeQuestion, ExchangeSurvey, write_exchange_file
from hearback.directory.commands import load
from hearback.stats import LikertCounts
from tests.conftest import ROOT

GOOD: LikertCounts = (3, 4, 10, 22, 30)
OTHER: LikertCounts = (0, 1, 5, 12, 20)
SMALL: LikertCounts = (1, 0, 0, 2, 3)
Load = Callable[..., None]


def row(
    quarter: str,
    name: str,
    counts: LikertCounts = GOOD,
    *,
    service: str = "va-vha-2",
    provider: str = "va-vha",
) -> ExchangeSurvey:
    """Make one row of the exchange format with the stated trust question only."""
    asked = {"trust": ExchangeQuestion("stated_trust", "five_point", counts)}
    return ExchangeSurvey(
        quarter, provider, service, name, "email", "post_transaction", 9000, 900, 300, "TRUE", asked
    )


ROWS = (
    row("FY2021-Q1", "clinic"),
    row("FY2021-Q2", "clinic", OTHER),
    row("FY2021-Q2", "pharmacy", SMALL),
    row("FY2021-Q2", "farm office", service="usda-fsa-3", provider="usda-fsa"),
    row("FY2021-Q2", "field office", OTHER, service="usda-fsa-3", provider="usda-nrcs"),
)


@pytest.fixture
def load_rows(db: None, at: datetime, tmp_path: Path) -> Load:
    """Give a function that loads rows of the exchange format; the directory is there already."""
    load(ROOT / "examples" / "federal", by="owner", at=at)

    def load_more(*rows: ExchangeSurvey) -> None:
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.csv"
        write_exchange_file(rows, path)
        load_file(path, by="owner", at=at)

    return load_more


@pytest.fixture
def loaded(load_rows: Load) -> Load:
    """Load the rows above."""
    load_rows(*ROWS)
    return load_rows
