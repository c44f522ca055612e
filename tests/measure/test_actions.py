"""Scores in the database: written by difference, with history, the same when computed again."""

from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from hearback.fiscal import QuarterNotValid
from hearback.history.queries import latest_entries
from hearback.measure.actions import compute_scores
from hearback.measure.difference import TwoOfOneKey, difference
from hearback.measure.models import Score
from hearback.measure.queries import exclusions, quarters, scores
from tests.measure.conftest import GOOD, Load, row
from tests.measure.facts import pick


def compute(at: datetime, *codes: str) -> list[Any]:
    return [compute_scores(code, 10, by="owner", at=at) for code in codes or ("FY2021-Q1", "FY2021-Q2")]


def history() -> list[Any]:
    return latest_entries(subject_type="quarter")


def test_computes_every_level_from_what_was_reported(loaded: Load, at: datetime) -> None:
    compute(at)
    found = scores(quarter="FY2021-Q2", measure="trust_mean")
    assert pick(found, "service", "usda-fsa-3").n == 69 + 38
    assert pick(found, "provider", "usda-nrcs").n == 38
    assert pick(found, "agency", "usda").n == 69 + 38
    assert pick(found, "service", "va-vha-2").n == 38
    assert pick(found, "government", "all").n == 69 + 38 + 38
    assert [(e.scope, e.reason) for e in exclusions("FY2021-Q2")] == [("rollups", "suppressed_small")]
    assert exclusions("FY2021-Q2", scope="pools") == []
    assert quarters() == ["FY2021-Q1", "FY2021-Q2"]


def test_notes_one_entry_per_quarter(loaded: Load, at: datetime) -> None:
    compute(at)
    newest, first = history()
    assert (first.subject_key, newest.subject_key) == ("FY2021-Q1", "FY2021-Q2")
    assert newest.verb == "scores.computed"
    assert newest.by == "owner"
    assert newest.before is None
    assert newest.after["n_added"] == newest.after["n_scores"] == len(scores(quarter="FY2021-Q2"))


def test_computing_again_changes_nothing_and_leaves_no_history(loaded: Load, at: datetime) -> None:
    first = compute(at)
    rows = list(Score.objects.order_by("pk").values())
    again = compute(at)
    assert len(history()) == 2
    assert rows == list(Score.objects.order_by("pk").values())
    assert [c.inputs_sha256 for c in again] == [c.inputs_sha256 for c in first]
    assert {(c.n_added, c.n_changed, c.n_removed, c.n_exclusions_changed) for c in again} == {(0, 0, 0, 0)}


def test_a_correction_changes_only_what_it_touches(loaded: Load, at: datetime) -> None:
    compute(at)
    untouched = [s for s in scores(quarter="FY2021-Q2") if s.subject in {"usda", "usda-fsa", "usda-fsa-3"}]
    before = pick(scores(), "service", "va-vha-2", measure="trust_answers", quarter="FY2021-Q2")
    loaded(row("FY2021-Q2", "clinic", GOOD))
    (done,) = compute(at, "FY2021-Q2")
    after = pick(scores(), "service", "va-vha-2", measure="trust_answers", quarter="FY2021-Q2")
    assert (before.n, after.n) == (38, 69)
    assert (done.n_added, done.n_removed) == (0, 0)
    assert 0 < done.n_changed < done.n_scores
    assert set(untouched) <= set(scores(quarter="FY2021-Q2"))
    assert history()[0].before["inputs_sha256"] != history()[0].after["inputs_sha256"]


def test_another_threshold_takes_exclusions_and_groups_away(loaded: Load, at: datetime) -> None:
    compute(at)
    done = compute_scores("FY2021-Q2", 2, by="owner", at=at)
    assert exclusions("FY2021-Q2") == []
    assert done.n_exclusions_changed == 1
    assert pick(scores(), "service", "va-vha-2", quarter="FY2021-Q2").n == 44


def test_scores_of_surveys_that_are_gone_go_too(loaded: Load, at: datetime) -> None:
    compute(at)
    stale = Score.objects.filter(level="survey", quarter="FY2021-Q1").first()
    assert stale is not None
    Score.objects.create(**{**_values(stale), "subject": "gone"})
    (done,) = compute(at, "FY2021-Q1")
    assert (done.n_added, done.n_changed, done.n_removed) == (0, 0, 1)
    assert scores(subject="gone") == []


def test_an_empty_quarter_gives_nothing(db: None, at: datetime) -> None:
    (done,) = compute(at, "FY1990-Q1")
    assert done.n_scores == 0
    assert history() == []


def test_refuses_a_quarter_that_does_not_exist(db: None, at: datetime) -> None:
    with pytest.raises(QuarterNotValid):
        compute(at, "FY2021-Q5")


def test_marks_a_quarter_that_pools_other_surveys_than_the_one_before(loaded: Load, at: datetime) -> None:
    compute(at)
    found = scores(quarter="FY2021-Q2", measure="trust_mean")
    assert "composition_changed" in pick(found, "government", "all").flags
    assert "composition_changed" not in pick(found, "service", "va-vha-2").flags


def test_lists_scores_from_the_survey_to_the_government_never_by_value(loaded: Load, at: datetime) -> None:
    compute(at)
    found = scores(quarter="FY2021-Q2", measure="trust_mean")
    order = ["survey", "service", "provider", "agency", "government"]
    assert list(dict.fromkeys(s.level for s in found)) == order
    for level in order:
        subjects = [s.subject for s in found if s.level == level]
        assert subjects == sorted(subjects)


@pytest.mark.parametrize(
    "changes",
    [{"low": 4.9}, {"high": 1.0}, {"low": None}, {"low": None, "high": None}],
)
def test_the_table_refuses_an_interval_that_cannot_be(
    loaded: Load, at: datetime, changes: dict[str, float | None]
) -> None:
    compute(at)
    whole = Score.objects.filter(measure="trust_mean", low__isnull=False).first()
    assert whole is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        Score.objects.create(**{**_values(whole), "subject": "new", **changes})


def test_the_table_refuses_a_second_score_of_one_subject(loaded: Load, at: datetime) -> None:
    compute(at)
    first = Score.objects.first()
    assert first is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        Score.objects.create(**_values(first))


def _values(score: Score) -> dict[str, Any]:
    return {f.name: getattr(score, f.name) for f in Score._meta.concrete_fields if not f.primary_key}


def test_two_numbers_of_one_key_are_refused_and_neither_is_lost() -> None:
    with pytest.raises(TwoOfOneKey, match="two numbers have the key a"):
        difference([], ["a1", "a2"], key=lambda text: text[0])
