"""The published numbers: one line each, with its method page."""

from dataclasses import dataclass, field

LEVELS: dict[str, str] = {
    "survey": "One reported survey: one touchpoint of a service in one fiscal quarter.",
    "service": "All pooled surveys of a service, of every provider that gives it.",
    "provider": "All pooled surveys that a provider reported.",
    "agency": "All pooled surveys of an agency and of every agency under it.",
    "government": "All pooled surveys there are.",
}
"""What a number may be about, from small to large."""

GOVERNMENT = "all"
"""The one subject of the level `government`."""

MEAN, SHARE, COUNT, RATE = "mean", "share", "count", "rate"


@dataclass(frozen=True)
class Measure:
    """One published number. `answers` are those counted in the numerator; `page` is its page in docs/methods.

    A change of `version` says that numbers made before and after must not be joined in one line.
    """

    key: str
    name: str
    statement: str
    kind: str
    page: str
    method: str
    version: str
    numerator_name: str
    denominator_name: str | None
    answers: frozenset[int] = field(default=frozenset())


AGREEING = frozenset({4, 5})
STRONGLY_AGREEING = frozenset({5})
ANSWER_NAMES = ("strongly disagree", "disagree", "neither", "agree", "strongly agree")


def _share(key: str, name: str, statement: str, page: str, answers: frozenset[int]) -> Measure:
    counted = "answers " + " and ".join(str(answer) for answer in sorted(answers))
    return Measure(key, name, statement, SHARE, page, "wilson", "1", counted, "answers", answers)


def _of_answer(answer: int) -> Measure:
    name = f"Share answering {answer}, {ANSWER_NAMES[answer - 1]}"
    statement = f"Of the people who answered the trust question, the share who chose {answer} of 5."
    return _share(f"trust_answer_share_{answer}", name, statement, "trust-answer-shares", frozenset({answer}))


TRUST_MEAN = Measure(
    "trust_mean", "Mean of the trust answers",
    "The average answer to the trust question, from 1 (strongly disagree) to 5 (strongly agree).",
    MEAN, "trust-mean", "mean_t", "1", "sum of answers 1 to 5", "answers",
)  # fmt: skip
AGREE_SHARE = _share(
    "trust_agree_share", "Share agreeing",
    "Of the people who answered the trust question, the share who chose 4 or 5 of 5.",
    "trust-agree-share", AGREEING,
)  # fmt: skip
STRONGLY_AGREE_SHARE = _share(
    "trust_strongly_agree_share", "Share strongly agreeing",
    "Of the people who answered the trust question, the share who chose 5 of 5.",
    "trust-strongly-agree-share", STRONGLY_AGREEING,
)  # fmt: skip
TRUST_ANSWERS = Measure(
    "trust_answers", "Answers to the trust question", "How many people answered the trust question.",
    COUNT, "trust-answers", "count", "1", "answers", None,
)  # fmt: skip
RESPONSE_RATE = Measure(
    "response_rate", "Response rate",
    "Of the people who were offered the survey, the share who answered it.",
    RATE, "response-rate", "wilson", "1", "respondents", "people offered the survey",
)  # fmt: skip

TRUST_MEASURES: tuple[Measure, ...] = (
    TRUST_MEAN,
    AGREE_SHARE,
    STRONGLY_AGREE_SHARE,
    *(_of_answer(answer) for answer in range(1, 6)),
    TRUST_ANSWERS,
)
"""Numbers made of the answers to the trust question.

Source: OMB Circular A-11 section 280, which asks for the distribution of the answers 1 to 5 and a mean.
"""

MEASURES: dict[str, Measure] = {m.key: m for m in (*TRUST_MEASURES, RESPONSE_RATE)}
"""Every published number by key, in the order in which they are shown."""
