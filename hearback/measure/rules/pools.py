"""Which answers may be added up, and why the rest may not.

Answers are pooled only where people were asked the same thing on the same scale at the same kind of moment.
"""

from dataclasses import dataclass

OWN = "own"


@dataclass(frozen=True)
class Pool:
    """A set of surveys whose trust answers mean the same; numbers of different pools are never compared."""

    key: str
    name: str
    explanation: str


@dataclass(frozen=True)
class Exclusion:
    """Why a survey is left out. `shown` says whether its own figures may stand, compared with nothing."""

    reason: str
    scope: str
    shown: bool

    @property
    def explanation(self) -> str:
        """Say the reason to a reader of a public page."""
        return EXCLUSION_REASONS[self.reason]


@dataclass(frozen=True)
class Asked:
    """What was asked about trust, on which scale and when, each as a class of the glossary."""

    wording_class: str
    scale: str
    timing: str


SCOPES: dict[str, str] = {
    "pools": "Compared with nothing: its question, scale or moment is not that of any pool.",
    "rollups": "Comparable, but not added into the figures of its service, provider, agency or government.",
}

POOLS: dict[str, Pool] = {
    pool.key: pool
    for pool in (
        Pool("increased", "Trust or confidence increased",
             "People said on five points how far they agree that this contact increased their trust or "
             "confidence. Both words are forms of the same standard item."),
        Pool("stated", "Trust stated",
             "People said on five points how far they agree that they trust the body that served them. That "
             "is about more than the last contact, so it is not joined with the other pool."),
        Pool(OWN, "A question of its own",
             "The question, scale or moment is not that of any other pool. The figures of each survey "
             "stand by themselves and are neither compared nor added up."),
    )
}  # fmt: skip
ROLLED_UP = ("increased", "stated")
"""Pools whose surveys are added up for services, providers, agencies and the government."""

_POOL_OF_WORDING = {
    "stated_trust": "stated",
    "increased_trust": "increased",
    "increased_confidence": "increased",
}
_OWN_WORDINGS = frozenset({"rated_confidence", "recommend", "likelihood_of_use", "expectations", "other"})
_TIMINGS = frozenset({"post_transaction", "during_visit", "unknown"})

EXCLUSION_REASONS: dict[str, str] = {
    "trust_not_asked": "The survey had no trust question.",
    "wording_rated_confidence": "People rated their confidence; they were not asked to agree or disagree.",
    "wording_recommend": "People were asked whether they would recommend the service, not about trust.",
    "wording_likelihood_of_use": "People were asked whether they would come back, not about trust.",
    "wording_expectations": "People were asked whether their expectations were met, not about trust.",
    "wording_other": "The question in the place of the trust question asks something else.",
    "wording_unknown": "The words of the question are not known, so nobody can say what the answers mean.",
    "scale_ten_point": "People answered on ten points; by which rule the published five boxes were made "
    "from them is not known.",
    "scale_yes_no": "People could answer only yes or no, which is no rating from 1 to 5.",
    "scale_unknown": "The scale on which people answered is not known.",
    "asked_periodically": "People were asked at set times, not about a contact they just had.",
    "timing_unknown_class": "When people were asked is described in a way that no rule covers.",
    "not_counts": "What was reported as counts are not counts of answers: they are percentages, or "
    "one number typed into a box, while far more people answered.",
    "no_answers": "No answers to the trust question were reported.",
    "suppressed_small": "Too few people answered to publish the figures without risk to their privacy; it is "
    "left out of every sum, so that no subtraction can find it.",
    "second_value": "A second report came for the same survey and quarter; only the first is added up.",
}
"""Every reason for leaving a survey out, as a sentence fit for the public."""


def pool_of(asked: Asked | None) -> Pool | Exclusion:
    """Say in which pool the answers to a trust question belong, or why in none.

    What no rule knows is left out, never pooled. None stands for a survey without a trust question. A timing
    that is not known stays in: most surveys do not say, and leaving them out would hide most of the answers.

    Source: OMB Circular A-11 section 280 (standard trust item, five points, after the contact); the list of
    six wordings on the methods page of performance.gov (cx/data/methods), which are not one question.
    """
    if asked is None or asked.wording_class == "not_asked":
        return Exclusion("trust_not_asked", "pools", shown=False)
    possible = (
        _scale_reason(asked.scale),
        _wording_reason(asked.wording_class),
        _timing_reason(asked.timing),
    )
    reasons = [reason for reason in possible if reason is not None]
    if reasons:
        return Exclusion(reasons[0], "pools", shown=_NOT_A_RATING.isdisjoint(reasons))
    return POOLS[_POOL_OF_WORDING[asked.wording_class]]


_NOT_A_RATING = frozenset({"scale_yes_no", "scale_unknown", "wording_unknown"})


def _scale_reason(scale: str) -> str | None:
    reasons = {"five_point": None, "ten_point_converted": "scale_ten_point", "yes_no": "scale_yes_no"}
    return reasons.get(scale, "scale_unknown")


def _wording_reason(wording_class: str) -> str | None:
    if wording_class in _POOL_OF_WORDING:
        return None
    return f"wording_{wording_class}" if wording_class in _OWN_WORDINGS else "wording_unknown"


def _timing_reason(timing: str) -> str | None:
    if timing in _TIMINGS:
        return None
    return "asked_periodically" if timing == "periodic" else "timing_unknown_class"


def rollup_exclusion(n_answers: int, variant: int, threshold: int) -> Exclusion | None:
    """Say why a comparable survey is not added into larger groups; None where it is.

    A survey too small to show is left out of every sum: published sums then hold only published surveys, and
    no subtraction gives a hidden one away. Of two reports for one survey and quarter only the first counts.

    Source: Centers for Medicare & Medicaid Services, cell size suppression policy (no cell from 1 to 10, nor
    anything from which one could be derived); the threshold is the setting HEARBACK_SUPPRESS_BELOW.
    """
    if n_answers == 0:
        return Exclusion("no_answers", "rollups", shown=True)
    if n_answers < threshold:
        return Exclusion("suppressed_small", "rollups", shown=True)
    return Exclusion("second_value", "rollups", shown=True) if variant > 1 else None
