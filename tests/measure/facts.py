"""Short ways to make reported surveys for tests of measure; name only what the test is about."""

from typing import Any

from hearback.collect.queries import FindingFact, QuestionCountsFact, ReportedSurveyFact
from hearback.measure.queries import ScoreFact
from hearback.stats import LikertCounts

GOOD: LikertCounts = (3, 4, 10, 22, 30)
SMALL: LikertCounts = (1, 0, 0, 2, 3)
AGENCIES_OF = {"va-vha": ("va",), "usda-nrcs": ("usda-nrcs-agency", "usda"), "usda-fsa": ("usda",)}


def question(
    counts: LikertCounts = GOOD,
    *,
    code: str = "trust",
    wording: str | None = None,
    scale: str = "five_point",
    mean: str | None = None,
) -> QuestionCountsFact:
    """Make the answers to one question; the words of a question other than trust are not sorted."""
    wording = wording or ("stated_trust" if code == "trust" else "asked")
    return QuestionCountsFact(code, wording, scale, counts, mean)


def survey(key: str = "a", *questions: QuestionCountsFact, **changes: Any) -> ReportedSurveyFact:
    """Make one reported survey with the trust question, unless other questions are given."""
    values: dict[str, Any] = {
        "service_key": "va-vha-2",
        "provider_key": "va-vha",
        "quarter": "FY2021-Q2",
        "channel": "email",
        "name": f"Survey {key}",
        "timing": "post_transaction",
        "customers_count": 10_000,
        "offered_count": 1_000,
        "respondents_count": 100,
        "rating": "TRUE",
        "variant": 1,
        "findings": (),
        "file_sha256": "f" * 64,
        "file_row": 2,
    }
    return ReportedSurveyFact(key=key, questions=questions or (question(),), **{**values, **changes})


def finding(kind: str) -> FindingFact:
    """Make one finding of a kind."""
    return FindingFact(kind, 2, None, "odd")


def pick(
    scores: list[ScoreFact] | tuple[ScoreFact, ...], level: str, subject: str, **wanted: str
) -> ScoreFact:
    """Give the one score of a subject; trust mean of the stated pool where nothing else is asked for."""
    want = {"measure": "trust_mean", "level": level, "subject": subject, **wanted}
    (found,) = [s for s in scores if all(getattr(s, name) == value for name, value in want.items())]
    return found
