"""Which answers may be added up, and why the rest may not.

Answers are pooled only where people were asked the same thing on the same scale at the same kind of moment.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from hearback.collect.rules import STANDARD_WORDS

OWN, UNKNOWN = "own", "unknown"


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
        Pool("standard", "The standard words",
             "People said on five points how far they agree with the standard statement on this question."),
        Pool("thumbs", "Thumbs up or down",
             "People answered with a thumb up or down. That is another question than one on five points: the "
             "two are never compared."),
        Pool("ticked", "Ticked after a thumb",
             "People who chose one of the thumbs were shown what could matter and ticked what did."),
        Pool(OWN, "A question of its own",
             "The question, scale or moment is not that of any other pool. The figures of each survey "
             "stand by themselves and are neither compared nor added up."),
    )
}  # fmt: skip
ROLLED_UP = ("increased", "stated")
"""Pools of the trust question on five points, whose surveys are added up."""

STANDARD = "standard"
"""The pool, and the rule, of the questions other than trust that are asked in the standard words."""

_TRUST_POOLS = {"stated_trust": "stated", "increased_trust": "increased", "increased_confidence": "increased"}
_THUMBS_POOLS = {"increased_trust": "thumbs", "increased_confidence": "thumbs", STANDARD_WORDS: "thumbs"}


@dataclass(frozen=True)
class Comparability:
    """What answers must have in common to be added up: one scale, and words of classes that share a pool."""

    scale: str
    pool_of_wording: Mapping[str, str]


COMPARABILITY: dict[str, Comparability] = {
    "trust": Comparability("five_point", _TRUST_POOLS),
    "standard": Comparability("five_point", {STANDARD_WORDS: "standard"}),
    "thumbs": Comparability("thumbs", _THUMBS_POOLS),
    "ticked": Comparability("ticked", {STANDARD_WORDS: "ticked"}),
}
"""The rules that a measure's `comparability` names; the response rate, made of volumes, needs none."""


def comparability_of(question: str, scale: str) -> str:
    """Name the rule for the answers to a question on a scale."""
    if scale in ("thumbs", "ticked"):
        return scale
    return "trust" if question == "trust" else STANDARD


_OWN_WORDINGS = frozenset({"rated_confidence", "recommend", "likelihood_of_use", "expectations", "other"})
_TIMINGS = frozenset({"post_transaction", "during_visit", "unknown"})

EXCLUSION_REASONS: dict[str, str] = {
    "trust_not_asked": "The survey had no trust question.",
    "wording_own": "The words are not those of the standard question, so the answers are compared with "
    "nothing.",
    "scale_other": "People answered on another scale than the standard one.",
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
    "no_answers": "No answers to the question were reported.",
    "weighted_sample": "Answers are weighted to stand for more people; a sum with answers that are not would "
    "mean neither.",
    "suppressed_small": "Too few people answered to publish the figures without risk to their privacy; it is "
    "left out of every sum, so that no subtraction can find it.",
    "second_value": "A second report came for the same survey and quarter; only the first is added up.",
}
"""Every reason for leaving a survey out, as a sentence fit for the public."""


def pool_of(asked: Asked | None, comparability: str = "trust") -> Pool | Exclusion:
    """Say in which pool the answers to a question belong, or why in none.

    What no rule knows is left out, never pooled. None stands for a survey without a trust question. A timing
    that is not known stays in: most surveys do not say, and leaving them out would hide most of the answers.

    Source: OMB Circular A-11 section 280 (standard trust item, five points, after the contact); the list of
    six wordings on the methods page of performance.gov (cx/data/methods), which are not one question.
    """
    if asked is None or asked.wording_class == "not_asked":
        return Exclusion("trust_not_asked", "pools", shown=False)
    rule = COMPARABILITY[comparability]
    possible = (
        _scale_reason(asked.scale, rule),
        _wording_reason(asked.wording_class, rule),
        _timing_reason(asked.timing),
    )
    reasons = [reason for reason in possible if reason is not None]
    if reasons:
        return Exclusion(reasons[0], "pools", shown=_NOT_A_RATING.isdisjoint(reasons))
    return POOLS[rule.pool_of_wording[asked.wording_class]]


_NOT_A_RATING = frozenset({"scale_yes_no", "scale_unknown", "wording_unknown"})


_SCALES = {"ten_point_converted": "scale_ten_point", "yes_no": "scale_yes_no"}


def _scale_reason(scale: str, rule: Comparability) -> str | None:
    if scale == rule.scale:
        return None
    known = scale in {one.scale for one in COMPARABILITY.values()}
    return "scale_other" if known else _SCALES.get(scale, "scale_unknown")


def _wording_reason(wording_class: str, rule: Comparability) -> str | None:
    if wording_class in rule.pool_of_wording:
        return None
    if wording_class == UNKNOWN:
        return "wording_unknown"
    if rule is not COMPARABILITY["trust"]:
        return "wording_own"
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
