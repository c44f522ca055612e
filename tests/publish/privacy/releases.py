"""Small releases with known counts: what is shown, what is held back, and what their sums are made of."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hearback.measure.queries import ScoreFact
from hearback.publish.frozen import Content, PublishedQuestion, PublishedSurvey
from hearback.publish.privacy.figures import WEIGHTS
from tests.publish.scores import score, survey
from tests.publish.site import small_site

Counts = tuple[int, int, int, int, int]
QUARTER = "FY2021-Q2"
SERVICE, PROVIDER = "va-vha-2", "va-vha"


def release(
    counts: Mapping[str, Counts],
    *,
    hide: Sequence[str] = (),
    added: Sequence[str] | None = None,
    files: Mapping[str, str] | None = None,
) -> Content:
    """Make a release of one service with some surveys.

    Args:
        hide: surveys whose counts are held back.
        added: surveys that the sums are made of; left out, those that are shown, as the rule is.
        files: hashes of the files of surveys, where they are of the test.
    """
    summed = [key for key in counts if key not in hide] if added is None else added
    surveys = tuple(_survey(key, one, key in hide, (files or {}).get(key)) for key, one in counts.items())
    scores = [score("trust_answers", "survey", key, QUARTER) for key in counts]
    total = tuple(sum(counts[key][answer] for key in summed) for answer in range(5))
    for level, subject in (("service", SERVICE), ("provider", PROVIDER), ("government", "all")):
        scores += _sums(level, subject, total)
    return replace(small_site(), surveys=surveys, scores=tuple(scores), exclusions=())


def _survey(key: str, counts: Counts, hidden: bool, file: str | None) -> PublishedSurvey:
    asked = PublishedQuestion(
        "trust", "increased_trust", "five_point", None if hidden else counts, None,
        "suppressed_small" if hidden else None,
    )  # fmt: skip
    return survey(
        key, QUARTER, service_key=SERVICE, provider_key=PROVIDER, questions=(asked,),
        respondents_count=None, file_sha256=file or "a" * 64,
    )  # fmt: skip


def _sums(level: str, subject: str, total: tuple[int, ...]) -> list[ScoreFact]:
    n = sum(total)
    return [
        score(
            measure, level, subject, QUARTER, n=n, denominator=n,
            numerator=sum(weight * count for weight, count in zip(weights, total, strict=True)),
        )
        for measure, weights in WEIGHTS.items()
    ]  # fmt: skip
