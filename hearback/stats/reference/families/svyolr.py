"""The proportional-odds model of a sample against R's `svyolr`."""

import re
from typing import Any

import numpy as np

from hearback.stats.models import weighted_proportional_odds
from hearback.stats.reference.case import Case
from hearback.stats.reference.families.polr import column, order_of
from hearback.stats.reference.sample import design_of, filtered


def compute(case: Case) -> Any:
    """Fit the model in the sample of one quarter; the rest of the filter states the domain."""
    quarter = re.search(r"quarter\s*==\s*([\w-]+)", case.parameters.get("filter") or "")
    sample = [row for row in case.rows if quarter is None or row["quarter"] == quarter[1]]
    kept = {id(row) for row in filtered(case)}
    answers = column(sample, case.parameter("response"))
    model = weighted_proportional_odds(
        answers,
        {name: column(sample, name) for name in case.parameter("predictors")},
        design_of(case, sample),
        domain=np.array([id(row) in kept for row in sample]),
        order=order_of(answers),
    )
    terms = [{"term": term.name, "value": term.coefficient, "se": term.se} for term in model.terms]
    return terms + [{"term": cut.name, "value": cut.value, "se": cut.se} for cut in model.cuts]
