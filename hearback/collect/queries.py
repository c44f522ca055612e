"""Reading what was collected."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FindingFact:
    """One oddity of one row."""

    kind: str
    row: int
    column: str | None
    message: str


@dataclass(frozen=True)
class QuestionCountsFact:
    """Answers 1-5 to one question of one survey in one quarter."""

    question: str  # satisfaction, trust, effectiveness, ease, efficiency, transparency, employee, agency_8 .. agency_11
    wording_class: str
    scale: str
    counts: tuple[int, int, int, int, int]
    published_mean: str | None


@dataclass(frozen=True)
class ReportedSurveyFact:
    """One survey of one service in one fiscal quarter, as the agency reported it.

    Volumes are null where they were not reported. `timing` says whether people were asked after a
    transaction: post_transaction, during_visit, periodic or unknown.
    """

    key: str
    service_key: str
    provider_key: str
    quarter: str
    channel: str | None
    name: str
    timing: str
    customers_count: int | None
    offered_count: int | None
    respondents_count: int | None
    rating: str | None
    variant: int
    questions: tuple[QuestionCountsFact, ...]
    findings: tuple[FindingFact, ...]
    file_sha256: str
    file_row: int
