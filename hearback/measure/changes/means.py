"""Many pairs of means, or of weighted shares, at once: from their errors and degrees of freedom."""

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr, stdtrit

from hearback.measure.changes.shares import LEVEL, Differences
from hearback.measure.changes.solving import Floats
from hearback.measure.rules import POWER

METHOD, WEIGHTED_METHOD = "welch", "welch_weighted"


@dataclass(frozen=True)
class Errors:
    """Standard errors and degrees of freedom before and after, one pair per place; not both errors are 0."""

    se_before: Floats
    df_before: Floats
    se_after: Floats
    df_after: Floats

    @property
    def se(self) -> Floats:
        """Give the standard error of the difference."""
        both: Floats = np.hypot(self.se_before, self.se_after)
        return both

    @property
    def df(self) -> Floats:
        """Give Satterthwaite's degrees of freedom of the difference."""
        one, two = self.se_before**2, self.se_after**2
        both: Floats = (one + two) ** 2 / (one**2 / self.df_before + two**2 / self.df_after)
        return both


def compare_means(before: Floats, after: Floats, errors: Errors, widest: float) -> Differences:
    """Compare every pair of means of independent samples whose variances may differ.

    Args:
        widest: no difference is larger: 4 for answers from 1 to 5, 1 for shares.

    Source: Welch (1947), The generalization of Student's problem when several different population variances
    are involved, Biometrika 34; Satterthwaite (1946), Biometrics Bulletin 2.

    >>> errors = Errors(*(np.array([x]) for x in (0.06, 149.0, 0.05, 199.0)))
    >>> found = compare_means(np.array([4.0]), np.array([4.2]), errors, 4.0)
    >>> [round(float(numbers[0]), 4) for numbers in (found.difference, found.low, found.high, found.p)]
    [0.2, 0.0463, 0.3537, 0.0109]
    """
    difference, se, df = after - before, errors.se, errors.df
    half = stdtrit(df, (1 + LEVEL) / 2) * se
    low, high = np.maximum(difference - half, -widest), np.minimum(difference + half, widest)
    return Differences(difference, low, high, 2 * stdtr(df, -np.abs(difference) / se))


def smallest_means(errors: Errors, alpha: float, widest: float) -> Floats:
    """Give the smallest change that samples with these errors find 4 times in 5; nan where none can be.

    Source: Cohen (1988), Statistical power analysis for the behavioral sciences, section 2.4, with the two
    quantiles of Student's t in place of the noncentral distribution.

    >>> errors = Errors(*(np.array([x]) for x in (0.06, 149.0, 0.05, 199.0)))
    >>> smallest_means(errors, 0.05, 4.0).round(3).tolist()
    [0.219]
    """
    found = (stdtrit(errors.df, 1 - alpha / 2) + stdtrit(errors.df, POWER)) * errors.se
    possible: Floats = np.where(found <= widest, found, np.nan)
    return possible
