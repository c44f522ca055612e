"""Which scores are older than what they should be made of."""

from datetime import datetime

from hearback.measure.actions import compute_scores
from hearback.measure.wanted import stale_quarters
from tests.measure.conftest import GOOD, Load, row


def test_quarters_that_were_never_computed_are_stale(loaded: Load) -> None:
    assert stale_quarters(10) == ["FY2021-Q1", "FY2021-Q2"]


def test_after_computing_nothing_is_stale_until_something_is_reported_anew(
    loaded: Load, at: datetime
) -> None:
    for quarter in stale_quarters(10):
        compute_scores(quarter, 10, by="owner", at=at)
    assert stale_quarters(10) == []
    loaded(row("FY2021-Q2", "second clinic", GOOD))
    assert stale_quarters(10) == ["FY2021-Q2"]


def test_scores_made_under_another_threshold_are_stale(loaded: Load, at: datetime) -> None:
    for quarter in stale_quarters(10):
        compute_scores(quarter, 10, by="owner", at=at)
    assert stale_quarters(3) == ["FY2021-Q2"]
