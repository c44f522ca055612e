"""Numbers as people read them. Rounding is half up, as in the published sources."""

from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

ONE_DECIMAL_FROM = 200  # with fewer answers the first decimal is noise: one answer moves it by half a point
NO_BREAK = "\u00a0"


def rounded(value: float, decimals: int) -> str:
    """Round half up to a fixed number of decimals.

    >>> rounded(2.675, 2), rounded(74.5, 0)
    ('2.68', '75')
    """
    return str(Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def rounded_down(value: float, decimals: int) -> str:
    """Cut to a fixed number of decimals, for what is said to be "at least" so much.

    What a sum of floats is off by, below a billionth, does not count.

    >>> rounded_down(99.6, 0), rounded_down(0.7 * 3, 2)
    ('99', '2.10')
    """
    return str(Decimal(repr(round(value, 9))).quantize(Decimal(1).scaleb(-decimals), ROUND_FLOOR))


def percent(value: float, n: int | None) -> str:
    """Write a share in [0, 1] as percent without its sign: one decimal from 200 answers on, else none.

    A share above zero is never written as zero: it keeps as many decimals as its first digit needs.

    >>> percent(0.74449, 5000), percent(0.74449, 50), percent(0.5, None), percent(0.000386, 241082)
    ('74.4', '74', '50', '0.04')
    """
    decimals = 1 if n is not None and n >= ONE_DECIMAL_FROM else 0
    if 0 < value * 100 < 0.5 * 10**-decimals:
        decimals = -Decimal(repr(value * 100)).adjusted()
    return str((Decimal(repr(value)) * 100).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


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


def share_interval(low: float, high: float, n: int | None) -> str:
    """Write the interval of a share.

    >>> share_interval(0.712, 0.779, 120)
    '71–78\\xa0%'
    """
    return f"{percent(low, n)}–{percent(high, n)}{NO_BREAK}%"


def mean(value: float) -> str:
    """Write a mean of answers 1-5 with two decimals.

    >>> mean(4.125)
    '4.13'
    """
    return rounded(value, 2)


def mean_interval(low: float, high: float) -> str:
    """Write the interval of a mean.

    >>> mean_interval(4.01, 4.237)
    '4.01–4.24'
    """
    return f"{mean(low)}–{mean(high)}"


def count(value: int) -> str:
    """Write a count with a comma every three digits.

    >>> count(9707552)
    '9,707,552'
    """
    return f"{value:,}"


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
