"""What may be said of a change, and the sentence that says it: chosen by rule, never typed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import ceil, log10

from hearback.fiscal import parse_quarter
from hearback.measure.rules.measures import MEAN, MEASURES, SHARE, Measure
from hearback.stats import Reason
from hearback.ui.numbers import rounded_down, rounded_up

FALSE_DISCOVERY_RATE = 0.10
"""Of all changes claimed in one family, the share that may be wrong on average: a choice of this house."""

POWER = 0.8
"""How often a change of the size told is found. Source: Cohen (1988), section 2.4."""

UP, DOWN, NO_CLEAR_CHANGE = "up", "down", "no clear change"
WHO_REPORTED = "who reported"
CANNOT_TELL, NOT_COMPARABLE = "cannot tell", "not comparable"

VERDICTS: dict[str, str] = {
    UP: "Higher, by more than chance explains.",
    DOWN: "Lower, by more than chance explains.",
    WHO_REPORTED: "The figure moved by more than chance explains; surveys in both quarters did not clearly "
    "go the same way.",
    NO_CLEAR_CHANGE: "Chance alone may explain the difference. That is not the same as no change.",
    CANNOT_TELL: "One of the two figures, or its error, is not there.",
    NOT_COMPARABLE: "The two figures do not measure the same.",
}
"""Everything that may be said of a change. Arrows and colours follow it, never the sign of the difference."""

QUARTER_BEFORE, YEAR_BEFORE, GROUP_GAP = "quarter_before", "year_before", "group_gap"
KINDS: dict[str, str] = {
    QUARTER_BEFORE: "A figure and that of the quarter before.",
    YEAR_BEFORE: "A figure and that of the same quarter a year before.",
    GROUP_GAP: "A group and the other groups of the same people, put together.",
}
REST = "rest"

COMPARISON_REASONS: dict[str, str] = {
    "first_quarter": "there is no figure in the four quarters before.",
    "no_figure_before": "there is no figure of the earlier quarter.",
    "method_changed": "the figure was made by another method then.",
    "wording_changed": "a survey that counts in both asked its question in other words then.",
    "pool_changed": "the survey asked another question, or on another scale, then.",
    "second_value": "a second report came for the same survey and quarter; only the first is compared.",
    "survey_not_unique": "several surveys go by one name, so nobody can say which belongs to which.",
    "no_other_group": "no other group may be shown.",
    "not_rolled_up": "it is not made of several surveys.",
    "no_like_for_like": "no survey counts in both quarters.",
    "scores_stale": "the scores were made of other reports than there are now.",
    "no_answers": "no answers were reported.",
    "one_answer": "there is one answer only.",
    "no_variance": "all answers of a quarter are the same, so chance cannot be reckoned.",
    "one_psu": "one sampled unit alone shows no sampling error.",
    "suppressed_small": "too few people answered for the figure to be shown.",
    "suppressed_unreliable": "one of the two figures is too uncertain to be shown.",
    "not_comparable": "the figure is not shown, as it is comparable with nothing.",
}
"""Why there is no verdict, or no split of a change, to be read after a colon."""


def is_compared(measure: Measure) -> bool:
    """Say whether a number is compared over time and between groups: means, and the shares that agree.

    The other shares say the same again, and would only make more comparisons of it.
    """
    agreeing = measure.answers == frozenset({4, 5}) or measure.scale == "thumbs"
    return measure.kind == MEAN or (measure.kind == SHARE and agreeing)


@dataclass(frozen=True, kw_only=True)
class Compared:
    """What the sentence about a comparison is made of; see `measure.changes.facts.ComparisonFact`."""

    kind: str  # key of KINDS
    measure: str
    against: str  # the earlier quarter, or `rest`
    verdict: str  # key of VERDICTS
    n_before: int | None = None
    n_after: int | None = None
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    smallest_found: float | None = None
    within: float | None = None
    mix: float | None = None
    entry: float | None = None
    exit: float | None = None
    parts_reason: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Sentence:
    """A sentence before it is put into words: which one, and the values in it. Words are in `SENTENCES`."""

    key: str
    values: Mapping[str, str] = field(default_factory=dict)


SENTENCES: dict[str, str] = {
    "up": "Higher than in {against}, by {difference} {unit}; allowing for chance, by {low} to {high}.",
    "down": "Lower than in {against}, by {difference} {unit}; allowing for chance, by {low} to {high}.",
    "up_who_reported": "Higher than in {against}, by {difference} {unit}; allowing for chance, by {low} to "
    "{high}. Most of that is who reported: surveys that count in both quarters account for {within}.",
    "down_who_reported": "Lower than in {against}, by {difference} {unit}; allowing for chance, by {low} to "
    "{high}. Most of that is who reported: surveys that count in both quarters account for {within}.",
    "up_not_by_surveys": "Higher than in {against}, by {difference} {unit}; allowing for chance, by {low} "
    "to {high}. Who reported moved it by {others}; surveys that count in both quarters show no clear rise "
    "({within}).",
    "down_not_by_surveys": "Lower than in {against}, by {difference} {unit}; allowing for chance, by {low} "
    "to {high}. Who reported moved it by {others}; surveys that count in both quarters show no clear fall "
    "({within}).",
    "up_others_reported": "Higher than in {against}, by {difference} {unit}; allowing for chance, by {low} "
    "to {high}. All of that is who reported: no survey counts in both quarters.",
    "down_others_reported": "Lower than in {against}, by {difference} {unit}; allowing for chance, by {low} "
    "to {high}. All of that is who reported: no survey counts in both quarters.",
    "no_clear_change": "No clear change from {against}. A change of {smallest} {unit} would probably have "
    "been found (4 times in 5); a smaller one may be there.",
    "no_clear_change_others_reported": "No clear change from {against}, but no survey counts in both "
    "quarters: others reported.",
    "no_clear_change_few": "No clear change from {against}. So few people answered that even a large change "
    "would probably not have been found.",
    "first_quarter": "Nothing to compare with yet: {because}",
    "cannot_tell": "Nothing can be said about a change from {against}: {because}",
    "not_comparable": "Not comparable with {against}: {because}",
    "gap_up": "Higher than among the others, by {difference} {unit}; allowing for chance, by {low} to "
    "{high}.",
    "gap_down": "Lower than among the others, by {difference} {unit}; allowing for chance, by {low} to "
    "{high}.",
    "gap_not_clear": "No clear difference from the others. One of {smallest} {unit} would probably have been "
    "found (4 times in 5); a smaller one may be there.",
    "gap_not_clear_few": "No clear difference from the others. So few people answered that even a large one "
    "would probably not have been found.",
    "gap_cannot_tell": "Nothing can be said about a difference from the others: {because}",
}
"""The words of every sentence, by key: a translation is another table with the same keys."""


def sentence(comparison: Compared) -> Sentence:
    """Choose the sentence about a comparison: that of the first rule which holds.

    It never names a cause, and never claims more than the interval.

    Raises:
        KeyError: if the measure is not known, or the verdict is none of `VERDICTS`.
    """
    key = next(key for key, holds in RULES if holds(comparison))
    if comparison.kind == GROUP_GAP:
        key = _OF_GAPS[key]
    return Sentence(key, _values(comparison))


def said(found: Sentence, words: Mapping[str, str] = SENTENCES) -> str:
    """Put a sentence into words.

    >>> said(Sentence("first_quarter", {"because": COMPARISON_REASONS["first_quarter"]}))
    'Nothing to compare with yet: there is no figure in the four quarters before.'
    """
    return words[found.key].format(**found.values)


def _is(verdict: str) -> Callable[[Compared], bool]:
    return lambda one: one.verdict == verdict


def _by_who(verdict: str) -> Callable[[Compared], bool]:
    return lambda one: one.verdict == verdict and mostly_who_reported(one)


def mostly_who_reported(one: Compared) -> bool:
    """Say whether mix, entry and exit together are more of a change than the surveys in both quarters."""
    others = _who_reported(one)
    return others is not None and one.within is not None and abs(others) > abs(one.within)


def _who_reported(one: Compared) -> float | None:
    """Add up what of a change is who reported."""
    if one.mix is None or one.entry is None or one.exit is None:
        return None
    return one.mix + one.entry + one.exit


def _is_higher(verdict: str) -> Callable[[Compared], bool]:
    return lambda one: one.verdict == verdict and (one.difference or 0) > 0


def _no_survey_in_both(one: Compared) -> bool:
    return one.parts_reason == "no_like_for_like"


RULES: tuple[tuple[str, Callable[[Compared], bool]], ...] = (
    ("not_comparable", _is(NOT_COMPARABLE)),
    ("first_quarter", lambda one: one.verdict == CANNOT_TELL and one.reason == "first_quarter"),
    ("cannot_tell", _is(CANNOT_TELL)),
    ("up_others_reported", lambda one: _is_higher(WHO_REPORTED)(one) and _no_survey_in_both(one)),
    ("down_others_reported", lambda one: one.verdict == WHO_REPORTED and _no_survey_in_both(one)),
    ("up_not_by_surveys", _is_higher(WHO_REPORTED)),
    ("down_not_by_surveys", _is(WHO_REPORTED)),
    ("up_who_reported", _by_who(UP)),
    ("down_who_reported", _by_who(DOWN)),
    ("up", _is(UP)),
    ("down", _is(DOWN)),
    (
        "no_clear_change_others_reported",
        lambda one: one.verdict == NO_CLEAR_CHANGE and _no_survey_in_both(one),
    ),
    ("no_clear_change_few", lambda one: one.verdict == NO_CLEAR_CHANGE and one.smallest_found is None),
    ("no_clear_change", _is(NO_CLEAR_CHANGE)),
)
"""Which sentence, and when: the first that holds."""

_OF_GAPS = {
    "up": "gap_up", "down": "gap_down", "no_clear_change": "gap_not_clear",
    "no_clear_change_few": "gap_not_clear_few", "cannot_tell": "gap_cannot_tell",
    "not_comparable": "gap_cannot_tell",
}  # fmt: skip

PERCENTAGE_POINTS, POINTS = "percentage points", "points on the scale from 1 to 5"
FEW = 200
"""Below so many answers percentages have no decimals: a rule of this house."""


def _values(one: Compared) -> dict[str, str]:
    mean = MEASURES[one.measure].kind == MEAN
    scale, decimals = (1.0, 2) if mean else (100.0, _decimals(one))
    values = {"unit": POINTS if mean else PERCENTAGE_POINTS, "against": _against(one)}
    if one.reason is not None:
        values["because"] = COMPARISON_REASONS.get(one.reason) or Reason(one.reason).sentence
    if one.difference is not None and one.low is not None and one.high is not None:
        near, far = sorted((abs(one.low), abs(one.high)))
        if one.verdict in (UP, DOWN, WHO_REPORTED):
            decimals = _enough(near * scale, decimals)
        values["difference"] = f"{abs(one.difference) * scale:.{decimals}f}"
        values["low"] = rounded_down(near * scale, decimals)
        values["high"] = rounded_up(far * scale, decimals)
    if one.within is not None:
        values["within"] = _signed(one.within * scale, decimals)
    if (others := _who_reported(one)) is not None:
        values["others"] = _signed(others * scale, decimals)
    if one.smallest_found is not None:
        values["smallest"] = rounded_up(one.smallest_found * scale, decimals)
    return values


def _against(one: Compared) -> str:
    return "the others" if one.against == REST else parse_quarter(one.against).label


def _decimals(one: Compared) -> int:
    return 0 if min(one.n_before or 0, one.n_after or 0) < FEW else 1


def _enough(number: float, decimals: int) -> int:
    """Give so many decimals, two more at most, that a number above zero does not read as zero."""
    return decimals if number <= 0 else min(max(decimals, ceil(-log10(number))), decimals + 2)


def _signed(number: float, decimals: int) -> str:
    """Write a number with its sign, and zero without one."""
    text = f"{number:+.{decimals}f}".replace("-", "−")
    return text if float(text[1:]) else text[1:]
