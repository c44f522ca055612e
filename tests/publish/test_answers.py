"""The five answers of a service: counts always, shares and bars where they may be shown."""

from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from hearback.publish.charts.answers import AGREE, DISAGREE, NAMES, figure
from hearback.publish.formats import data_files
from hearback.publish.frozen import ReleaseData
from hearback.publish.series import Numbers
from hearback.ui.numbers import share, share_interval
from tests.publish.publishing import make_release
from tests.publish.scores import trust_scores
from tests.publish.site import small_site


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


def test_what_the_table_withholds_is_not_drawn_and_what_is_drawn_stands_in_the_table() -> None:
    rows = numbers(trust_answer_share_2="FY2021-Q1").answers("va-vha-2", "increased")
    made = figure("va-vha-2", "A service", "increased", [row for row in rows if row.drawn], "A service")
    described = made.draw(made.numbers, False)
    assert isinstance(described, dict)
    bars, ends = described["layer"][0]["data"]["values"], described["layer"][2]["data"]["values"]
    names = [column.name for column in made.columns]
    table = [dict(zip(names, row, strict=True)) for row in made.rows]
    for answers, end in zip(made.numbers, ends, strict=True):
        told = {one["answer"]: one for one in table if one["quarter"] == str(answers.quarter)}
        drawn = {b["answer"]: b["end"] - b["start"] for b in bars if b["quarter"] == end["quarter"]}
        for name in NAMES:
            assert drawn.get(name) == pytest.approx(told[name]["share"], abs=1e-5), (end, name)
            assert (told[name]["reason"] is None) == (told[name]["low"] is not None)
        assert (end["left_label"] == "–") == (told[DISAGREE]["share"] is None)
        assert told[AGREE]["share"] == answers.agree.value
    assert [(one["answer"], one["reason"]) for one in table[:6] if one["reason"]] == [
        ("2 Disagree", "too unsure to show"),
        (DISAGREE, "too unsure to show"),
    ]


def test_the_sentence_gives_the_newest_share_with_its_interval() -> None:
    rows = numbers().answers("va-vha-2", "increased")
    newest = rows[-1].agree
    assert newest is not None
    assert newest.value is not None
    assert newest.low is not None
    assert newest.high is not None
    (said,) = figure("va-vha-2", "A service", "increased", rows, "A service").says
    assert f"In {rows[-1].quarter.label} (" in said
    assert share(newest.value, newest.n) in said
    assert f"interval {share_interval(newest.low, newest.high, newest.n)}" in said


def test_an_answer_that_is_left_out_is_told_of_where_one_is() -> None:
    left_out = "An answer whose share is too unsure to show is left out of its bar"
    for hidden in ({}, {"trust_answer_share_2": "FY2021-Q1"}):
        rows = [row for row in numbers(**hidden).answers("va-vha-2", "increased") if row.drawn]
        note = figure("va-vha-2", "A service", "increased", rows, "A service").note
        assert (left_out in note) == bool(hidden)


def test_a_dash_in_place_of_a_share_is_told_of_where_there_is_one(
    client: Client, site: ReleaseData, drawn: dict[str, bytes], at: datetime
) -> None:
    dash = "A dash in place of a share"
    assert dash not in client.get("/services/va-vha-2/").content.decode()
    made = small_site()
    scores = tuple(
        replace(one, value=None, low=None, high=None, reason="suppressed_unreliable")
        if one.measure == "trust_answer_share_1"
        else one
        for one in made.scores
    )
    made = replace(made, scores=scores)
    make_release(made, data_files(made) | drawn, by="reviewer", at=at + timedelta(days=1))
    assert dash in client.get("/services/va-vha-2/").content.decode()
