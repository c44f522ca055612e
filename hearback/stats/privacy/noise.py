"""Noise that hides a single person in a count: what it looks like, and how it is drawn exactly.

The draw uses whole numbers only. Noise made from floats leaks: which floats can come out depends on the count
(Mironov 2012), so a formula such as -log(u) must never make published noise.
"""

import math
import secrets
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Protocol

Amount = int | Decimal | Fraction
"""An amount of privacy loss that is exact; a float as 0.1 is not a tenth."""


class NoiseNotValid(ValueError):
    """An epsilon, sensitivity or share that noise rests on cannot be used; the message says what to give."""


class WholeNumbers(Protocol):
    """A source of whole numbers, each below a limit equally likely."""

    def below(self, limit: int) -> int:
        """Give a whole number of at least 0 and below the limit."""
        ...


class SecureNumbers:
    """Draws from the operating system's secure source. The only one fit for a release."""

    def below(self, limit: int) -> int:
        """Give a whole number of at least 0 and below the limit."""
        return secrets.randbelow(limit)


class SeededNumbers:
    """Draws the same numbers for the same seed: for tests and simulations, never for a release."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311 - says so above

    def below(self, limit: int) -> int:
        """Give a whole number of at least 0 and below the limit."""
        return self._random.randrange(limit)


@dataclass(frozen=True)
class GeometricNoise:
    """Two-sided geometric (discrete Laplace) noise, on a count.

    P(k) = (1 - a) / (1 + a) a^|k| with a = exp(-epsilon / sensitivity).

    Args:
        epsilon: privacy loss of one release, above zero.
        sensitivity: by how much one person can change the count, above zero.

    Raises:
        NoiseNotValid: if epsilon or sensitivity is not above zero.

    Source: Ghosh, Roughgarden and Sundararajan (2012), Universally utility-maximizing privacy mechanisms,
    SIAM Journal on Computing 41; moments: Inusah and Kozubowski (2006), A discrete analogue of the
    Laplace distribution, Journal of Statistical Planning and Inference 136.

    >>> noise = GeometricNoise(1.0)
    >>> round(noise.probability(0), 4), round(noise.sd, 4), noise.half_width(0.95)
    (0.4621, 1.357, 3)
    """

    epsilon: float
    sensitivity: float = 1.0

    def __post_init__(self) -> None:
        _check(self.epsilon, self.sensitivity)

    @property
    def alpha(self) -> float:
        """Give by what factor a noise one further from 0 is less likely."""
        return math.exp(-self.epsilon / self.sensitivity)

    def probability(self, noise: int) -> float:
        """Give the probability of this noise."""
        rate = self.epsilon / self.sensitivity
        return math.tanh(rate / 2) * math.exp(-rate * abs(noise))

    @property
    def sd(self) -> float:
        """Give the standard deviation; add its square to the variance of what is released."""
        rate = self.epsilon / self.sensitivity
        return math.sqrt(2 * self.alpha) / -math.expm1(-rate)

    @property
    def mean_absolute(self) -> float:
        """Give the mean distance from the count."""
        rate = self.epsilon / self.sensitivity
        return 2 * self.alpha / -math.expm1(-2 * rate)

    def half_width(self, level: float) -> int:
        """Give the smallest whole t for which the noise lies within t of 0 with that probability or more.

        Raises:
            NoiseNotValid: if the level is not between 0 and 1.
        """
        _check_level(level)
        rate = self.epsilon / self.sensitivity
        t = max(0, math.floor(-math.log((1 - level) * (1 + self.alpha) / 2) / rate) - 2)
        while self._beyond(t) > 1 - level:
            t += 1
        return t

    def _beyond(self, t: int) -> float:
        rate = self.epsilon / self.sensitivity
        return 2 * math.exp(-rate * (t + 1)) / (1 + self.alpha)


@dataclass(frozen=True)
class LaplaceNoise:
    """Laplace noise of scale sensitivity / epsilon: for comparison, as counts get geometric noise.

    Raises:
        NoiseNotValid: if epsilon or sensitivity is not above zero.

    Source: Dwork, McSherry, Nissim and Smith (2006), Calibrating noise to sensitivity in private data
    analysis, Theory of Cryptography Conference.

    >>> round(LaplaceNoise(1.0).half_width(0.95), 4)
    2.9957
    """

    epsilon: float
    sensitivity: float = 1.0

    def __post_init__(self) -> None:
        _check(self.epsilon, self.sensitivity)

    @property
    def scale(self) -> float:
        """Give the scale b of the density exp(-|x| / b) / 2b."""
        return self.sensitivity / self.epsilon

    @property
    def sd(self) -> float:
        """Give the standard deviation."""
        return math.sqrt(2) * self.scale

    def half_width(self, level: float) -> float:
        """Give the t for which the noise lies within t of 0 with that probability.

        Raises:
            NoiseNotValid: if the level is not between 0 and 1.
        """
        _check_level(level)
        return -self.scale * math.log(1 - level)


def draw_geometric(epsilon: Amount, sensitivity: int = 1, numbers: WholeNumbers | None = None) -> int:
    """Draw two-sided geometric noise exactly, from a secure source unless another is given.

    Draw once for every released cell and keep the result: noise drawn anew for the same count averages out.

    Args:
        epsilon: exact amount above zero: Decimal("0.1") or Fraction(1, 10), not a float.
        sensitivity: by how much one person can change the count, a whole number of 1 or more.
        numbers: where random whole numbers come from; leave out for a release.

    Raises:
        NoiseNotValid: if epsilon is a float, or one of them is not above zero.

    Source: Canonne, Kamath and Steinke (2020), The discrete Gaussian for differential privacy, NeurIPS,
    algorithms 1 and 2.

    >>> [draw_geometric(Decimal("0.5"), numbers=SeededNumbers(seed)) for seed in range(5)]
    [-1, -2, 0, 0, -2]
    """
    source: WholeNumbers = SecureNumbers() if numbers is None else numbers
    rate = exact(epsilon) / _whole(sensitivity)
    if rate <= 0:
        raise NoiseNotValid(f"an epsilon of {epsilon} is not above zero")
    over, under = rate.numerator, rate.denominator
    while True:
        size = _geometric(over, under, source)
        negative = source.below(2) == 1
        if size or not negative:  # -0 is 0, which must not come up twice as often
            return -size if negative else size


def exact(amount: Amount) -> Fraction:
    """Turn an exact amount into a fraction.

    Raises:
        NoiseNotValid: if it is a float, or no finite number.

    >>> exact(Decimal("0.1"))
    Fraction(1, 10)
    """
    if isinstance(amount, bool) or not isinstance(amount, int | Decimal | Fraction):
        raise NoiseNotValid(f"{amount!r} is not exact; write Decimal({str(amount)!r}) or a Fraction")
    if isinstance(amount, Decimal) and not amount.is_finite():
        raise NoiseNotValid(f"{amount} is no amount; give a number")
    return Fraction(amount)


def _geometric(over: int, under: int, source: WholeNumbers) -> int:
    """Draw k = 0, 1, 2, ... with probability in proportion to exp(-k over / under)."""
    while True:
        part = source.below(under)
        if _happens(part, under, source):
            break
    whole = 0
    while _happens(1, 1, source):
        whole += 1
    return (part + under * whole) // over


def _happens(over: int, under: int, source: WholeNumbers) -> bool:
    """Say true with probability exp(-over / under), for over / under of 0 to 1."""
    step = 1
    while source.below(under * step) < over:
        step += 1
    return step % 2 == 1


def _whole(sensitivity: int) -> int:
    if isinstance(sensitivity, bool) or not isinstance(sensitivity, int) or sensitivity < 1:
        raise NoiseNotValid(f"a sensitivity of {sensitivity}; give a whole number of 1 or more")
    return sensitivity


def _check(epsilon: float, sensitivity: float) -> None:
    if not (math.isfinite(epsilon) and epsilon > 0):
        raise NoiseNotValid(f"an epsilon of {epsilon}; give a number above zero")
    if not (math.isfinite(sensitivity) and sensitivity > 0):
        raise NoiseNotValid(f"a sensitivity of {sensitivity}; give a number above zero")


def _check_level(level: float) -> None:
    if not 0 < level < 1:
        raise NoiseNotValid(f"a level of {level} is not between 0 and 1")
