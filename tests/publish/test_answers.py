"""The five answers of a service: counts always, shares and bars where they may be shown."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from hearback.publish.series import Numbers
from tests.publish.scores import trust_scores


def numbers(**hidden: str) -> Numbers:
    """Index the scores of one service; hide the measures named, each in one quarter."""
    scores = [
        replace(s, value=None, low=None, high=None, reason="suppressed_unreliable")
        if hidden.get(s.measure) == s.quarter
        else s
        for s in trust_scores("service", "va-vha-2")
    ]
    content: Any = SimpleNamespace(scores=scores, surveys=())
    return Numbers(content)


def test_a_quarter_whose_share_agreeing_is_too_unsure_is_not_drawn_and_keeps_its_counts() -> None:
    rows = numbers(trust_agree_share="FY2021-Q2").answers("va-vha-2", "increased")
    assert {str(row.quarter): row.drawn for row in rows} == {
        "FY2021-Q1": True, "FY2021-Q2": False, "FY2021-Q4": True,
    }  # fmt: skip
    assert rows[1].counts == (12, 18, 35, 190, 155)


def test_an_answer_whose_share_is_too_unsure_shows_its_count_alone() -> None:
    first = numbers(trust_answer_share_1="FY2021-Q1").answers("va-vha-2", "increased")[0]
    assert first.shares[0] is None
    assert first.counts[0] == 10
    assert None not in first.shares[1:]
