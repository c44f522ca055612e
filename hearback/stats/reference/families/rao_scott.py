"""Tests of weighted tables."""

from collections.abc import Hashable
from typing import Any

import numpy as np

from hearback.stats.reference.case import Case, labels
from hearback.stats.reference.figures import CaseSample, sample_of
from hearback.stats.survey.tables import rao_scott_test


def compute(case: Case) -> dict[str, Any]:
    """Test the two groupings that the case names."""
    sample = sample_of(case)
    found = rao_scott_test(
        sample.design,
        _labels(sample, case.parameter("rows")),
        _labels(sample, case.parameter("cols")),
        domain=sample.domain,
    )
    return {
        "F": found.f,
        "ndf": found.numerator_df,
        "ddf": found.denominator_df,
        "p_F": found.p,
        "chisq": found.chi_squared,
        "p_chisq": found.p_first_order,
        "table": found.table,
        "row_levels": [str(level) for level in found.row_levels],
        "col_levels": [str(level) for level in found.column_levels],
    }


def _labels(sample: CaseSample, words: str) -> list[Hashable]:
    """Read a column as labels, anything else as a figure that holds or not."""
    if sample.rows and words in sample.rows[0]:
        given = labels(sample.rows, words)
        whole = all(label.lstrip("-").isdigit() for label in given if label)
        return [None if label == "" else int(label) if whole else label for label in given]
    return [None if np.isnan(value) else float(value) for value in sample.values(words)]
