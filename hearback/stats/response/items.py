"""How many of those who answered a survey answered one of its questions."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hearback.stats.estimate import Reason
from hearback.stats.survey.design import DesignNotValid, check_weights

ANALYSE_BELOW = 0.70
"""Below this share of answers an item is to be analysed for bias.

Source: OMB (2006), Standards and Guidelines for Statistical Surveys, guideline 3.2.10.
"""


@dataclass(frozen=True)
class ItemResponse:
    """Response to one item. Rates and verdict are None where nobody was asked, and `reason` says so."""

    respondents: int
    answered: int
    valid_skips: int
    rate: float | None
    weighted_rate: float | None
    needs_bias_analysis: bool | None
    reason: Reason | None = None


def item_response_rate(
    answered: Sequence[bool] | NDArray[np.bool_],
    *,
    valid_skip: Sequence[bool] | NDArray[np.bool_] | None = None,
    weights: ArrayLike | None = None,
) -> ItemResponse:
    """Give the share of respondents with an answer among those who were to answer the item.

    Whoever was not to be asked and answered nevertheless counts as asked.

    Args:
        answered: one mark per respondent.
        valid_skip: respondents the form does not ask this item; None if all are asked.
        weights: of the respondents; None gives every one the same.

    Raises:
        DesignNotValid: if lengths differ or the weights cannot be used.

    Source: OMB (2006), Standards and Guidelines for Statistical Surveys, standard 3.2.

    >>> item_response_rate([True, False, True, False], valid_skip=[False, False, False, True]).rate
    0.6666666666666666
    """
    gave = np.asarray(answered, dtype=bool)
    skipped = np.zeros_like(gave) if valid_skip is None else np.asarray(valid_skip, dtype=bool)
    if skipped.shape != gave.shape:
        raise DesignNotValid(f"there are {gave.size} respondents and {skipped.size} marks of valid skips")
    skipped = skipped & ~gave
    weight = np.ones(len(gave)) if weights is None else check_weights(weights, len(gave))
    n_asked, weight_asked = int((~skipped).sum()), float(weight[~skipped].sum())
    rate = int(gave.sum()) / n_asked if n_asked else None
    return ItemResponse(
        respondents=len(gave),
        answered=int(gave.sum()),
        valid_skips=int(skipped.sum()),
        rate=rate,
        weighted_rate=float(weight[gave].sum()) / weight_asked if weight_asked else None,
        needs_bias_analysis=None if rate is None else rate < ANALYSE_BELOW,
        reason=None if n_asked and weight_asked else Reason.NO_ANSWERS,
    )
