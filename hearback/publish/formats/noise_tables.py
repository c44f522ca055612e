"""The table of counts of groups with noise: what each cost, and how far it may be from the true one."""

from collections.abc import Iterator
from fractions import Fraction

from hearback.publish.formats.tables import Row, Table, columns
from hearback.publish.frozen import Content


def _rows(content: Content) -> Iterator[Row]:
    for one in content.noisy_groups:
        epsilon, budget, off = float(Fraction(one.epsilon)), float(Fraction(one.budget)), one.half_width
        for each in one.groups:
            yield (
                one.survey, one.service, one.provider, one.quarter, one.question, one.dimension, each.group,
                each.agreeing, each.agreeing - off, each.agreeing + off,
                each.others, each.others - off, each.others + off,
                off, one.noise_sd, epsilon, budget, one.budget_key, one.drawn_on.isoformat(), one.method,
                one.method_version,
            )  # fmt: skip


NOISY_GROUPS = Table(
    "noisy_groups",
    "Groups with noise: one row per group of a survey, its counts changed by chance",
    columns(
        survey="Key of the survey in this quarter.",
        service="Key of the service.",
        provider="Key of the provider.",
        quarter="Fiscal quarter, as FY2021-Q2.",
        question="Which question: trust.",
        dimension="What divides the people, such as age_band.",
        group="Which of those people; 'unknown' for who did not say.",
        agreeing="How many answered 4 or 5, with noise; it may be below zero.",
        agreeing_low="The true count is this or more, and agreeing_high or less, in 95 of 100 cases.",
        agreeing_high="See agreeing_low.",
        others="How many answered 1, 2 or 3, with noise; it may be below zero.",
        others_low="The true count is this or more, and others_high or less, in 95 of 100 cases.",
        others_high="See others_low.",
        half_width="Within how much of the true counts those shown lie in 95 of 100 cases.",
        noise_sd="Standard deviation of the noise of each count; of sums, variances add up.",
        epsilon="Privacy loss of this dimension: what it used of the budget.",
        budget="Privacy loss that each answer may suffer, by all dimensions and versions of the survey.",
        budget_key="Whose budget it is: the survey in the quarter, whatever its version.",
        drawn_on="Day of drawing; answers that were archived or corrected later are not in it.",
        method="Name of the method.",
        method_version="Version of the method.",
    ),
    _rows,
)
