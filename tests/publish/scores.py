"""Made-up scores and surveys; each builder takes what the test is about and invents the rest."""

from typing import Any

from hearback.measure.queries import ScoreFact
from hearback.publish.frozen import PublishedQuestion, PublishedSurvey

QUARTERS = ("FY2021-Q1", "FY2021-Q2", "FY2021-Q3", "FY2021-Q4")
COUNTS = {
    "FY2021-Q1": (10, 20, 40, 180, 150),
    "FY2021-Q2": (12, 18, 35, 190, 155),
    "FY2021-Q4": (5, 10, 25, 200, 210),
}


def score(
    measure: str, level: str, subject: str, quarter: str, pool: str = "increased", **given: Any
) -> ScoreFact:
    """Make one score; name what the test is about."""
    made: dict[str, Any] = {
        "value": 0.7,
        "low": 0.65,
        "high": 0.75,
        "n": 400,
        "numerator": 280,
        "numerator_name": "answers 4 and 5",
        "denominator": 400,
        "denominator_name": "answers",
        "n_surveys": 2,
        "method": "wilson",
        "method_version": "1",
        "flags": (),
        "reason": None,
        "inputs_sha256": "0" * 64,
    }
    return ScoreFact(measure, level, subject, quarter, pool, **(made | given))


def trust_scores(level: str, subject: str, pool: str = "increased") -> list[ScoreFact]:
    """Make the trust scores of one subject: three quarters, and one in which nothing was reported."""
    made = []
    for quarter, counts in COUNTS.items():
        n = sum(counts)
        for measure, k in (
            ("trust_agree_share", counts[3] + counts[4]),
            ("trust_strongly_agree_share", counts[4]),
            *((f"trust_answer_share_{i}", c) for i, c in enumerate(counts, start=1)),
        ):
            made.append(
                score(
                    measure,
                    level,
                    subject,
                    quarter,
                    pool,
                    value=k / n,
                    low=k / n - 0.04,
                    high=k / n + 0.04,
                    n=n,
                    numerator=k,
                    denominator=n,
                    flags=("composition_changed",),
                )
            )
        mean = sum(i * c for i, c in enumerate(counts, start=1)) / n
        made.append(
            score(
                "trust_mean", level, subject, quarter, pool, value=mean, low=mean - 0.1, high=mean + 0.1, n=n
            )
        )
    return made


def survey(key: str, quarter: str, **given: Any) -> PublishedSurvey:
    """Make one reported survey; name what the test is about."""
    made: dict[str, Any] = {
        "service_key": "va-vha-2",
        "provider_key": "va-vha",
        "channel": "email",
        "name": "Outpatient visit",
        "timing": "post_transaction",
        "customers_count": 9000,
        "offered_count": 4000,
        "respondents_count": 400,
        "rating": "TRUE",
        "variant": 1,
        "file_sha256": "a" * 64,
        "questions": (
            PublishedQuestion("trust", "increased_trust", "five_point", COUNTS.get(quarter), "3.90", None),
        ),
        "findings": (),
    }
    return PublishedSurvey(key=key, quarter=quarter, **(made | given))
