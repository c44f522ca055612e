"""Series of numbers: of everybody, quarter by quarter, broken where numbers are not made alike."""

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from hearback.measure.queries import ScoreFact
from hearback.publish.charts import trend
from hearback.publish.frozen import Content, ReleaseData
from hearback.publish.pages.catalogue import Catalogue
from hearback.publish.pages.trust import METHOD_CHANGED, WORDS, panels
from hearback.publish.sentences import earlier
from hearback.publish.series import AGREE, RESPONSE, Numbers, Series
from tests.publish.content import content
from tests.publish.scores import QUARTERS, score


def of_government(*quarters: dict[str, Any]) -> Content:
    """Make scores of the government, one per quarter in order; name what each is about."""
    made = [
        score(AGREE, "government", "all", quarter, **given)
        for quarter, given in zip(QUARTERS, quarters, strict=False)
    ]
    return content(scores=tuple(made))


def series(what: Content) -> Series:
    found = Numbers(what).series(AGREE, "government", "all", "increased")
    assert found is not None
    return found


OLD, NEW = {"method_version": "1"}, {"method_version": "2"}
HIDDEN: dict[str, Any] = {"value": None, "low": None, "high": None, "reason": "suppressed_small"}


def segments(what: Content) -> list[int]:
    """Give for every quarter the number of the piece of line it lies in; 0 where nothing is shown."""
    return [row["segment"] for row in trend._rows(series(what), narrow=False)]


def test_numbers_made_alike_stand_in_one_line() -> None:
    made = of_government(OLD, OLD, OLD)
    assert segments(made) == [1, 1, 1]
    assert not any(reading.breaks for reading in series(made).readings)


@pytest.mark.parametrize("other", [NEW, {"method": "korn_graubard"}], ids=["version", "method"])
def test_numbers_of_two_methods_or_versions_are_never_joined(other: dict[str, Any]) -> None:
    made = of_government(OLD, OLD, other, other)
    assert segments(made) == [1, 1, 2, 2]
    assert [reading.breaks for reading in series(made).readings] == [False, False, True, False]


def test_a_change_of_method_is_found_across_a_quarter_without_a_number() -> None:
    made = of_government(OLD, {**HIDDEN, **OLD}, NEW)
    assert [reading.breaks for reading in series(made).readings] == [False, False, True]
    assert segments(made) == [1, 0, 2]


def test_a_hidden_number_breaks_no_line_by_its_version() -> None:
    made = of_government(OLD, {**HIDDEN, **NEW}, OLD)
    assert not any(reading.breaks for reading in series(made).readings)


def test_the_line_that_is_drawn_breaks_where_the_method_changes() -> None:
    drawn = [
        trend.draw((trend.Panel("increased", "Trust", series(made)),), narrow=False)
        for made in (of_government(OLD, OLD, OLD), of_government(OLD, OLD, NEW))
    ]
    points = [one["data"]["values"] for one in drawn]
    assert [{point["segment"] for point in one} for one in points] == [{1}, {1, 2}]


def test_numbers_of_two_versions_do_not_stand_beside_one_another_in_words() -> None:
    low, high = {"value": 0.5, "low": 0.45, "high": 0.55}, {"value": 0.8, "low": 0.75, "high": 0.85}
    assert "In FY2021 Q1" in (earlier(series(of_government(low, high))) or "")
    assert earlier(series(of_government(low, high | NEW))) is None
    said = earlier(series(of_government(low, high | NEW, low | NEW)))
    assert said is not None
    assert "FY2021 Q2" in said
    assert "FY2021 Q1" not in said


def test_the_table_says_where_the_method_changed(tmp_path: Path, at: datetime) -> None:
    made = vars(of_government(OLD, NEW, NEW))
    released = ReleaseData(**made, number=1, created_at=at, manifest_sha256="", content_sha256="",
                           previous=None, files=(), folder=tmp_path)  # fmt: skip
    (panel,) = panels(Catalogue(released), "government", "all")
    (caution,) = [words for _, words in panel.cautions]
    assert caution == WORDS[METHOD_CHANGED]
    assert [row.letters for row in panel.rows] == ["", "a", ""]


def test_scores_of_groups_never_stand_in_the_place_of_those_of_everybody() -> None:
    everybody = [
        score(AGREE, "government", "all", QUARTERS[0]),
        score(AGREE, "survey", "a", QUARTERS[0], "own"),
        score(RESPONSE, "survey", "a", QUARTERS[0], "own"),
    ]
    groups = [
        replace(one, value=0.1, low=0.05, high=0.2, dimension="language", group=group)
        for one in everybody
        for group in ("en", "es")
    ]
    for scores in ((*everybody, *groups), (*groups, *everybody)):
        numbers = Numbers(content(scores=scores))
        assert numbers.series(AGREE, "government", "all", "increased") == series(
            content(scores=tuple(everybody))
        )
        assert numbers.survey_score(AGREE, "a") == everybody[1]


def test_a_subject_with_scores_of_groups_only_has_no_series() -> None:
    group: ScoreFact = score(AGREE, "government", "all", QUARTERS[0], dimension="channel", group="web")
    assert Numbers(content(scores=(group,))).series(AGREE, "government", "all", "increased") is None


def test_a_sentence_names_every_caution() -> None:
    assert all(re.fullmatch(r"[A-Z].*\.", words) for words in WORDS.values())
