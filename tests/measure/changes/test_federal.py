"""What is said of the bundled record of a real government: true to its counts, and not silly."""

from collections import Counter
from datetime import datetime

import pytest

from hearback.collect.commands import load_file
from hearback.directory.commands import load
from hearback.measure.changes.reading import control_chart, fair_comparison
from hearback.measure.commands import compute_all
from hearback.measure.queries import ComparisonFact, comparisons, scores
from hearback.measure.rules import CANNOT_TELL, DOWN, NOT_COMPARABLE, UP, said, sentence
from tests.conftest import ROOT
from tests.measure.changes.test_comparisons import pick

FEDERAL = ROOT / "examples" / "federal"


@pytest.fixture
def found(db: None, at: datetime) -> list[ComparisonFact]:
    """Load the record, compute everything, and give all comparisons."""
    load(FEDERAL, by="owner", at=at)
    load_file(FEDERAL / "reported_surveys.csv", by="owner", at=at)
    compute_all(by="owner", at=at)
    return comparisons()


def test_the_record_is_told_truly(found: list[ComparisonFact]) -> None:
    fall = pick(found, "government", quarter="FY2021-Q3", pool="increased")
    assert (fall.verdict, sentence(fall).key) == (DOWN, "down_who_reported")
    assert fall.difference is not None
    assert fall.within is not None
    assert fall.difference == pytest.approx(0.62964 - 0.73699, abs=5e-5)
    assert -0.02 < fall.within < 0
    own = pick(found, "government", quarter="FY2022-Q1", pool="increased", kind="year_before")
    assert (own.verdict, own.reason) == (NOT_COMPARABLE, "wording_changed")

    values = {(s.measure, s.level, s.subject, s.quarter, s.pool): s.value for s in scores()}
    for one in found:
        assert one.value_after == values[one.measure, one.level, one.subject, one.quarter, one.pool]
        if one.difference is None:
            assert (one.q_value, one.low, one.smallest_found) == (None, None, None)
            assert one.verdict in (CANNOT_TELL, NOT_COMPARABLE)
            continue
        before = values[one.measure, one.level, one.subject_before or "", one.against, one.pool]
        assert one.difference == pytest.approx((one.value_after or 0) - (before or 0), abs=1e-12)
        if one.within is not None:
            parts = one.within + (one.mix or 0) + (one.entry or 0) + (one.exit or 0)
            assert parts == pytest.approx(one.difference, abs=1e-12)
        assert (one.verdict in (UP, DOWN)) <= (
            (one.q_value or 0) <= 0.1 and (one.low or 0) * (one.high or 0) > 0
        )
    assert Counter(one.parts_reason for one in found)["scores_stale"] == 0
    assert all(said(sentence(one)) for one in found)

    chart = control_chart("provider", "dhs-tsa", "trust_agree_share", "increased")
    assert chart is not None
    assert [alarm.side for alarm in chart.stretches[0].alarms] == ["low", "low"]
    fair = fair_comparison("provider", "FY2022-Q3", "increased")
    assert "dhs-uscis" in {one.subject for one in fair.standings if one.place == "high_95"}
