"""What sets the level that a control chart holds figures against, and why there is none."""

BASELINE = 4
"""So many quarters with a figure set the target, which is frozen then: a year, so that all seasons are in it.

Source: Montgomery (2013), Introduction to Statistical Quality Control, section 5.3.5, for phases I and II;
four quarters, because services have seasons and few quarters, is a rule of this house.
"""

CHART_REASONS: dict[str, str] = {
    "too_few_quarters": f"A chart needs {BASELINE} quarters with figures for its target, and one more.",
    "no_variance": "All answers of the first quarters are the same, so chance cannot be reckoned.",
}
