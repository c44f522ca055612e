"""The quarter page: what was asked in words, surveys under their agency and provider."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from hearback.collect.queries import FindingFact
from hearback.dashboard.reported import asked, by_agency
from hearback.directory.commands import load
from tests.conftest import ROOT
from tests.measure.facts import survey
from tests.publish.scores import score


def test_a_comparable_question_is_called_trust() -> None:
    found = asked("stated_trust", score("trust_agree_share", "survey", "a", "FY2021-Q2", "stated"))
    assert (found.label, found.what, found.is_own) == ("Trust, share agreeing", None, False)
    assert found.share == "70.0\u00a0% (95 % interval 65.0–\u206075.0\u00a0%)"


def test_a_question_of_its_own_is_not_called_trust() -> None:
    found = asked("rated_confidence", score("trust_agree_share", "survey", "a", "FY2021-Q2", "own"))
    assert found.is_own
    assert "Trust" not in found.label
    assert found.what == "People were asked how confident they are; this is the share choosing 4 or 5 of 5."


@pytest.mark.parametrize("wording", [None, "not_asked"])
def test_what_was_not_asked_has_no_figure(wording: str | None) -> None:
    assert asked(wording, None).share == "not asked"


def test_a_figure_that_cannot_be_shown_says_why() -> None:
    small = replace(
        score("trust_agree_share", "survey", "a", "FY2021-Q2", "own"), value=None, reason="suppressed_small"
    )
    assert asked("recommend", small).share == "too few to show"
    assert (asked("recommend", None).share, asked("recommend", None).is_own) == ("not computed yet", True)
    assert not asked("stated_trust", None).is_own


@pytest.mark.django_db
def test_surveys_stand_under_their_agency_and_provider_in_the_order_of_names(at: datetime) -> None:
    load(Path(ROOT / "examples" / "federal"), by="owner", at=at)
    odd = FindingFact("channel_missing", 2, None, "No channel is given.")
    told = FindingFact("identical_distributions", 3, None, "satisfaction and ease have the same counts.")
    surveys = [
        survey("b"),
        survey("a", findings=(odd, told), channel="automated_phone", customers_count=None),
        survey("farm", service_key="usda-fsa-3", provider_key="usda-fsa"),
    ]
    agencies = by_agency(surveys, {})
    assert [a.key for a in agencies] == ["usda", "va"]
    assert [a.n_surveys for a in agencies] == [1, 2]
    (provider,) = agencies[1].providers
    assert [row.name for row in provider.rows] == ["Survey a", "Survey b"]
    row = provider.rows[0]
    assert row.channel == "automated phone"
    assert row.volumes == (("customers", None), ("offered the survey", "1,000"), ("respondents", "100"))
    assert [(f.title, f.detail) for f in row.findings] == [
        ("No channel is given.", None),
        ("Two questions have the same five counts.", "satisfaction and ease have the same counts."),
    ]
