"""How many of those who were asked answered, in the definitions survey research has agreed upon."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from numpy.typing import ArrayLike

from hearback.stats.estimate import Reason
from hearback.stats.proportion import CountNotValid
from hearback.stats.survey.design import check_weights

CODES = {
    "I": "complete",
    "P": "partial",
    "R": "refusal",
    "NC": "non_contact",
    "O": "other",
    "UH": "unknown_household",
    "UO": "unknown_other",
    "NE": "not_eligible",
}
"""The letters of the standard, and what this library calls them."""


class DispositionNotKnown(ValueError):
    """A case ended in a way the standard has no letter for."""


@dataclass(frozen=True, kw_only=True)
class Dispositions:
    """How the cases of a sample ended; None where that was not counted. Sums of weights may stand for counts.

    Args:
        complete: interviews completed.
        partial: interviews broken off late enough to be of use.
        refusal: refusals, and interviews broken off early.
        non_contact: eligible people nobody reached.
        other: eligible people who did not answer for another reason.
        unknown_household: not known whether anybody eligible is there.
        unknown_other: someone is there, not known whether eligible; an e-mail that vanished.
        not_eligible: known not to belong to those the survey is about.

    Raises:
        CountNotValid: if a count is negative or not a number.
    """

    complete: float | None
    partial: float | None
    refusal: float | None
    non_contact: float | None
    other: float | None
    unknown_household: float | None
    unknown_other: float | None
    not_eligible: float | None

    def __post_init__(self) -> None:
        for field in fields(self):
            count = getattr(self, field.name)
            if count is not None and not (math.isfinite(count) and count >= 0):
                raise CountNotValid(f"{field.name} is {count}; a count is 0 or more, or None where unknown")


@dataclass(frozen=True)
class OutcomeRates:
    """The rates of the standard, 0 to 1; None where the denominator is zero or a count was not reported.

    `e` is the share of cases of unknown eligibility that is taken to be eligible: print it next to rr3, rr4,
    ref2 and con2. `reason` says why some rate is None.
    """

    e: float | None
    rr1: float | None
    rr2: float | None
    rr3: float | None
    rr4: float | None
    rr5: float | None
    rr6: float | None
    coop1: float | None
    coop2: float | None
    coop3: float | None
    coop4: float | None
    ref1: float | None
    ref2: float | None
    ref3: float | None
    con1: float | None
    con2: float | None
    con3: float | None
    reason: Reason | None = None


@dataclass(frozen=True)
class InterceptRates:
    """Rates of a survey that is offered to whoever comes by. Neither is a response rate; do not call it one.

    `participation` is responses of those offered, `reach` is offered of customers.
    """

    participation: float | None
    reach: float | None
    reason: Reason | None = None


def outcome_rates(found: Dispositions, *, e: float | None = None) -> OutcomeRates:
    """Give response, cooperation, refusal and contact rates.

    Args:
        found: how the cases ended.
        e: share of the unknown cases that is eligible, 0 to 1; None takes it from the known ones.

    Raises:
        ValueError: if e is not between 0 and 1.

    Source: American Association for Public Opinion Research (2023), Standard Definitions, 10th edition,
    chapter on outcome rates; `e` by proportional allocation, as the Council of American Survey Research
    Organizations (1982) proposed.

    >>> panel = Dispositions(complete=71, partial=4, refusal=9, non_contact=16, other=0,
    ...     unknown_household=0, unknown_other=0, not_eligible=0)
    >>> rates = outcome_rates(panel)
    >>> rates.rr1, rates.rr2, rates.con1
    (0.71, 0.75, 0.84)
    """
    if e is not None and not 0 <= e <= 1:
        raise ValueError(f"a share of eligible cases of {e} is not between 0 and 1")
    counts = [getattr(found, name) for name in CODES.values()]
    i, p, r, nc, o, uh, uo, ne = (math.nan if count is None else float(count) for count in counts)
    eligible, unknown = i + p + r + nc + o, uh + uo
    estimated = _share(eligible, eligible + ne) if e is None else e
    known = math.nan if estimated is None else estimated
    everybody, likely = eligible + unknown, eligible + (0.0 if unknown == 0 else known * unknown)
    reached = i + p + r + o
    rates = OutcomeRates(
        e=estimated,
        rr1=_share(i, everybody),
        rr2=_share(i + p, everybody),
        rr3=_share(i, likely),
        rr4=_share(i + p, likely),
        rr5=_share(i, eligible),
        rr6=_share(i + p, eligible),
        coop1=_share(i, reached),
        coop2=_share(i + p, reached),
        coop3=_share(i, i + p + r),
        coop4=_share(i + p, i + p + r),
        ref1=_share(r, everybody),
        ref2=_share(r, likely),
        ref3=_share(r, eligible),
        con1=_share(reached, everybody),
        con2=_share(reached, likely),
        con3=_share(reached, eligible),
    )
    undefined = [name for name, rate in vars(rates).items() if rate is None and name != "reason"]
    return replace(rates, reason=_why(counts) if undefined else None)


def count_dispositions(codes: Sequence[str], weights: ArrayLike | None = None) -> Dispositions:
    """Count the cases by the letters of the standard, or add up their weights.

    With weights, `rr3` of the result is the weighted unit response rate federal guidelines ask for.

    Args:
        codes: I, P, R, NC, O, UH, UO or NE for every case.
        weights: design weight of every case; None counts.

    Raises:
        DispositionNotKnown: if a letter is none of those.
        DesignNotValid: if the weights cannot be used.

    Source: AAPOR (2023), Standard Definitions; Office of Management and Budget (2006), Standards and
    Guidelines
    for Statistical Surveys, standard 3.2.

    >>> count_dispositions(["I", "R", "I"]).complete
    2.0
    """
    sums = Counter(dict.fromkeys(CODES, 0.0))
    amounts = [1.0] * len(codes) if weights is None else check_weights(weights, len(codes)).tolist()
    for row, (code, amount) in enumerate(zip(codes, amounts, strict=True)):
        if code not in CODES:
            raise DispositionNotKnown(f"case {row + 1} ended as {code!r}; use one of {', '.join(CODES)}")
        sums[code] += amount
    return Dispositions(**{name: sums[code] for code, name in CODES.items()})


def intercept_rates(*, customers: int | None, offered: int | None, responses: int | None) -> InterceptRates:
    """Give participation and reach of a survey offered to whoever comes by.

    Counts that contradict each other (more responses than offers, more offers than customers) give no rate.

    Raises:
        CountNotValid: if a count is negative.

    Source: AAPOR (2023), Standard Definitions, which keeps response rates for samples from a known list; the
    three counts are those of OMB Circular A-11, section 280.

    >>> intercept_rates(customers=2000, offered=400, responses=60)
    InterceptRates(participation=0.15, reach=0.2, reason=None)
    """
    for name, count in (("customers", customers), ("offered", offered), ("responses", responses)):
        if count is not None and count < 0:
            raise CountNotValid(f"{name} is {count}; a count is 0 or more, or None where unknown")
    known = [count for count in (responses, offered, customers) if count is not None]
    if known != sorted(known):
        return InterceptRates(None, None, Reason.IMPOSSIBLE_VOLUMES)
    part = _share(_number(responses), _number(offered))
    reach = _share(_number(offered), _number(customers))
    undefined = part is None or reach is None
    return InterceptRates(part, reach, _why([customers, offered, responses]) if undefined else None)


def _number(count: float | None) -> float:
    return math.nan if count is None else float(count)


def _share(part: float, whole: float) -> float | None:
    """Divide; None where the whole is zero, or either is unknown (nan)."""
    return None if math.isnan(part) or math.isnan(whole) or whole == 0 else part / whole


def _why(counts: Sequence[float | None]) -> Reason:
    """Say why a rate made from these counts is undefined."""
    return Reason.NOT_REPORTED if None in counts else Reason.NO_ANSWERS
