"""Numbers as people read them.

Rounding is half up, as in the published sources; ends of intervals are rounded outwards.
"""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction

ONE_DECIMAL_FROM = 200  # with fewer answers the first decimal is noise: one answer moves it by half a point
NO_BREAK = "\u00a0"
TO = "–\u2060"
"""A dash between two numbers, and a word joiner: no line ends between them."""


def rounded(value: float, decimals: int) -> str:
    """Round half up to a fixed number of decimals.

    >>> rounded(2.675, 2), rounded(74.5, 0)
    ('2.68', '75')
    """
    return str(Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def rounded_down(value: float, decimals: int) -> str:
    """Round down to a fixed number of decimals: a low end, or what is said to be "at least" so much.

    What a sum of floats is off by, below a billionth, does not count.

    >>> rounded_down(99.6, 0), rounded_down(0.7 * 3, 2)
    ('99', '2.10')
    """
    return str(_exact(value).quantize(Decimal(1).scaleb(-decimals), ROUND_FLOOR))


def rounded_up(value: float, decimals: int) -> str:
    """Round up to a fixed number of decimals, for a high end; below a billionth nothing counts.

    >>> rounded_up(99.4, 0), rounded_up(0.1 + 0.2, 2)
    ('100', '0.30')
    """
    return str(_exact(value).quantize(Decimal(1).scaleb(-decimals), ROUND_CEILING))


def _exact(value: float) -> Decimal:
    """Give the digits of a number without what floats are off by, nor a sign before zero."""
    return Decimal(repr(round(value, 9) + 0.0))


def percent(value: float, n: int | None) -> str:
    """Write a share in [0, 1] as percent without its sign: one decimal from 200 answers on, else none.

    A share above zero is never written as zero: it keeps as many decimals as its first digit needs.

    >>> percent(0.74449, 5000), percent(0.74449, 50), percent(0.5, None), percent(0.000386, 241082)
    ('74.4', '74', '50', '0.04')
    """
    return _percent(Decimal(repr(value)), n, ROUND_HALF_UP)


def _percent(value: Decimal, n: int | None, rounding: str) -> str:
    """Round a share to percent; with more decimals where one above zero would be written as zero."""
    decimals = 1 if n is not None and n >= ONE_DECIMAL_FROM else 0
    unit = Decimal(1).scaleb(-decimals)
    if 0 < value * 100 < (unit if rounding == ROUND_FLOOR else unit / 2):
        unit = Decimal(1).scaleb((value * 100).adjusted())
    return str((value * 100).quantize(unit, rounding))


def share(value: float, n: int | None) -> str:
    """Write a share in [0, 1] as percent.

    >>> share(0.74449, 5000)
    '74.4\\xa0%'
    """
    return f"{percent(value, n)}{NO_BREAK}%"


def share_to_one_decimal(value: float) -> str:
    """Write a share in [0, 1] as percent with one decimal, however many answered: for the command line.

    >>> share_to_one_decimal(0.74449)
    '74.4\\xa0%'
    """
    return share(value, ONE_DECIMAL_FROM)


def share_low(value: float, n: int | None) -> str:
    """Write the low end of the interval of a share, rounded down at the decimals of `share`.

    >>> share_low(0.718, 120), share_low(0.718, 5000), share_low(0.1 + 0.2, 120), share_low(0.0078, 120)
    ('71\\xa0%', '71.8\\xa0%', '30\\xa0%', '0.7\\xa0%')
    """
    return f"{_percent(_exact(value), n, ROUND_FLOOR)}{NO_BREAK}%"


def share_high(value: float, n: int | None) -> str:
    """Write the high end of the interval of a share, rounded up at the decimals of `share`.

    >>> share_high(0.712, 120), share_high(0.712, 5000), share_high(0.1 + 0.2, 120), share_high(1.0, 120)
    ('72\\xa0%', '71.2\\xa0%', '30\\xa0%', '100\\xa0%')
    """
    return f"{_percent(_exact(value), n, ROUND_CEILING)}{NO_BREAK}%"


def share_interval(low: float, high: float, n: int | None) -> str:
    """Write the interval of a share, its ends rounded outwards.

    >>> share_interval(0.712, 0.779, 120)
    '71–\\u206078\\xa0%'
    """
    return joined_ends(share_low(low, n), share_high(high, n))


def joined_ends(low: str, high: str) -> str:
    """Write two percents as one interval, the sign once and both with as many decimals as one of them has.

    An end gets zeros, not other digits: as rounded it holds the share that is shown beside it.

    >>> joined_ends("0.08\\xa0%", "0.1\\xa0%"), joined_ends("0\\xa0%", "0.3\\xa0%")
    ('0.08–\\u20600.10\\xa0%', '0.0–\\u20600.3\\xa0%')
    """
    ends = [Decimal(one.removesuffix(f"{NO_BREAK}%")) for one in (low, high)]
    unit = min(Decimal(1).scaleb(int(end.as_tuple().exponent)) for end in ends)
    return TO.join(str(end.quantize(unit)) for end in ends) + f"{NO_BREAK}%"


def share_ends_to_one_decimal(low: float, high: float) -> str:
    """Write the interval of a share with one decimal, its ends rounded outwards: for the command line.

    >>> share_ends_to_one_decimal(0.71249, 0.77901)
    '71.2\\xa0% to 78.0\\xa0%'
    """
    return f"{share_low(low, ONE_DECIMAL_FROM)} to {share_high(high, ONE_DECIMAL_FROM)}"


def mean(value: float) -> str:
    """Write a mean of answers 1-5 with two decimals.

    >>> mean(4.125)
    '4.13'
    """
    return rounded(value, 2)


def mean_low(value: float) -> str:
    """Write the low end of the interval of a mean, rounded down."""
    return rounded_down(value, 2)


def mean_high(value: float) -> str:
    """Write the high end of the interval of a mean, rounded up."""
    return rounded_up(value, 2)


def mean_interval(low: float, high: float) -> str:
    """Write the interval of a mean, its ends rounded outwards.

    >>> mean_interval(4.018, 4.232)
    '4.01–\\u20604.24'
    """
    return f"{mean_low(low)}{TO}{mean_high(high)}"


def count(value: int) -> str:
    """Write a count with a comma every three digits.

    >>> count(9707552)
    '9,707,552'
    """
    return f"{value:,}"


def privacy_loss(exact: Fraction | str) -> str:
    """Write a privacy loss: two digits that count, or what is exact with fewer.

    >>> [privacy_loss(one) for one in ("1/2", "1", "1/3", "1/300", "5/2")]
    ['0.5', '1', '0.33', '0.0033', '2.5']
    """
    return f"{float(f'{float(Fraction(exact)):.2g}'):f}".rstrip("0").rstrip(".")


def dollars(value: int) -> str:
    """Write an amount in US dollars, in millions or billions where it is a round one.

    >>> dollars(100_000_000), dollars(1_250_000_000), dollars(14_300), dollars(999_999_999)
    ('$100\\xa0million', '$1.25\\xa0billion', '$14,300', '$999,999,999')
    """
    for size, word in ((1_000_000_000, "billion"), (1_000_000, "million")):
        if value >= size and value * 100 % size == 0:
            return f"${(Decimal(value) / size).normalize():f}{NO_BREAK}{word}"
    return f"${value:,}"


def size(n_bytes: int) -> str:
    """Write the size of a file.

    >>> size(512), size(20_480), size(3_500_000)
    ('512\\xa0B', '20\\xa0kB', '3.5\\xa0MB')
    """
    if n_bytes < 1000:
        return f"{n_bytes}{NO_BREAK}B"
    if n_bytes < 999_500:
        return f"{rounded(n_bytes / 1000, 0)}{NO_BREAK}kB"
    return f"{rounded(n_bytes / 1_000_000, 1)}{NO_BREAK}MB"
