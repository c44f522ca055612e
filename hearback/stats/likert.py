"""Answers on a five-point scale, given as counts of 1, 2, 3, 4 and 5."""

import math
from decimal import Decimal

from hearback.stats.estimate import Estimate, NoEstimate, Reason, check_level
from hearback.stats.proportion import CountNotValid, wilson_interval

LikertCounts = tuple[int, int, int, int, int]
LOWEST, HIGHEST = 1, 5
MEAN_T, MEAN_T_VERSION = "mean_t", "1"


def n_answers(counts: LikertCounts) -> int:
    """Count the answers.

    Raises:
        CountNotValid: if there are not five counts, or one is negative.

    >>> n_answers((3, 4, 10, 22, 30))
    69
    """
    if len(counts) != HIGHEST or min(counts) < 0:
        raise CountNotValid(f"{counts} are not five counts of answers")
    return sum(counts)


def sum_of_answers(counts: LikertCounts) -> int:
    """Add up the answers as numbers 1-5: the numerator of their mean.

    Raises:
        CountNotValid: if there are not five counts, or one is negative.

    >>> sum_of_answers((3, 4, 10, 22, 30))
    279
    """
    n_answers(counts)
    return sum(answer * count for answer, count in enumerate(counts, start=LOWEST))


def mean_half_up(counts: LikertCounts, decimals: int = 2) -> Decimal | None:
    """Give the mean rounded half up, as published means are; None where nobody answered.

    It is computed in whole numbers: a mean of exactly 4.125 is 4.13 and not what a float makes of it.

    Raises:
        CountNotValid: if there are not five counts, or one is negative.

    Source: recomputing the 355 rows published for FY2021 Q1 to FY2022 Q3; two of them fit under half up only.

    >>> mean_half_up((0, 0, 1, 5, 2)), mean_half_up((0, 0, 0, 0, 0))
    (Decimal('4.13'), None)
    """
    n = n_answers(counts)
    if n == 0:
        return None
    scale = 10**decimals
    return Decimal((2 * sum_of_answers(counts) * scale + n) // (2 * n)).scaleb(-decimals)


def mean_as_printed(counts: LikertCounts, printed: Decimal) -> Decimal | None:
    """Give the mean at the decimals of a printed one, two at least, to hold against it; None without answers.

    Fewer decimals are zeros left out: 4.5 is printed for 4.50, so it is not the mean of counts giving 4.52.

    Raises:
        CountNotValid: if there are not five counts, or one is negative.

    >>> mean_as_printed((3, 4, 10, 22, 30), Decimal("4.0"))
    Decimal('4.04')
    """
    exponent = printed.as_tuple().exponent
    return mean_half_up(counts, max(2, -exponent) if isinstance(exponent, int) else 2)


def standard_deviation(counts: LikertCounts) -> float | None:
    """Give the standard deviation of the answers with divisor n - 1; None below two answers.

    Sums are whole numbers until the last step, so large counts lose no digits.

    Raises:
        CountNotValid: if there are not five counts, or one is negative.

    Source: the usual unbiased variance of a sample, as R's `var` computes it.

    >>> round(standard_deviation((3, 4, 10, 22, 30)), 4)
    1.1039
    """
    n = n_answers(counts)
    if n < 2:
        return None
    total = sum_of_answers(counts)
    squares = sum(answer * answer * count for answer, count in enumerate(counts, start=LOWEST))
    return math.sqrt((n * squares - total * total) / (n * (n - 1)))


def mean_interval(counts: LikertCounts, level: float = 0.95) -> Estimate | NoEstimate:
    """Estimate the mean answer with a t interval, clipped to the scale of 1 to 5.

    The interval holds for answers that are independent draws from many possible ones: no correction for a
    small population is made, so it is never too narrow on that account. With one answer, or with all answers
    the same, the value is given without an interval and the reason says so: an interval of no width would
    claim a certainty that is not there.

    Raises:
        CountNotValid: if there are not five counts, or one is negative.
        ValueError: if the level is not between 0 and 1.

    Source: Student (1908), The probable error of a mean, Biometrika 6.

    >>> e = mean_interval((3, 4, 10, 22, 30))
    >>> round(e.value, 2), round(e.low, 2), round(e.high, 2), e.n
    (4.04, 3.78, 4.31, 69)
    >>> mean_interval((0, 0, 0, 0, 12)).reason.value
    'no_variance'
    """
    n = n_answers(counts)
    check_level(level)
    if n == 0:
        return NoEstimate(Reason.NO_ANSWERS, 0, MEAN_T, MEAN_T_VERSION)
    mean = sum_of_answers(counts) / n
    deviation = standard_deviation(counts)
    if not deviation:
        reason = Reason.ONE_ANSWER if n == 1 else Reason.NO_VARIANCE
        return Estimate(mean, None, None, n, MEAN_T, MEAN_T_VERSION, reason)
    half_width = two_sided_t(level, n - 1) * deviation / math.sqrt(n)
    low, high = max(float(LOWEST), mean - half_width), min(float(HIGHEST), mean + half_width)
    return Estimate(mean, low, high, n, MEAN_T, MEAN_T_VERSION)


def two_sided_t(level: float, degrees_of_freedom: int) -> float:
    """Give Student's t quantile that leaves (1 - level) / 2 on either side.

    >>> round(two_sided_t(0.95, 68), 4)
    1.9955
    """
    from scipy.special import stdtrit  # here, as it takes half a second that only intervals of means need

    return float(stdtrit(degrees_of_freedom, (1 + level) / 2))


def share_of(counts: LikertCounts, answers: frozenset[int], level: float = 0.95) -> Estimate | NoEstimate:
    """Estimate the share of some answers, as 4 and 5 for agreeing, with Wilson's interval.

    Raises:
        CountNotValid: if there are not five counts, one is negative, or an answer is not 1 to 5.

    Source: see `hearback.stats.proportion.wilson_interval`.

    >>> e = share_of((3, 4, 10, 22, 30), frozenset({4, 5}))
    >>> round(e.value, 3), round(e.low, 3), round(e.high, 3)
    (0.754, 0.64, 0.84)
    """
    return wilson_interval(n_of(counts, answers), n_answers(counts), level)


def n_of(counts: LikertCounts, answers: frozenset[int]) -> int:
    """Count some of the answers.

    Raises:
        CountNotValid: if an answer is not 1 to 5.

    >>> n_of((3, 4, 10, 22, 30), frozenset({1, 2}))
    7
    """
    if not answers <= {1, 2, 3, 4, 5}:
        raise CountNotValid(f"{sorted(answers)} are not answers from 1 to 5")
    return sum(counts[answer - 1] for answer in answers)


def add_counts(many: list[LikertCounts]) -> LikertCounts:
    """Add up counts answer by answer; nothing gives five zeros.

    >>> add_counts([(1, 0, 0, 0, 2), (0, 1, 0, 0, 3)])
    (1, 1, 0, 0, 5)
    """
    one, two, three, four, five = (sum(counts[i] for counts in many) for i in range(HIGHEST))
    return one, two, three, four, five
