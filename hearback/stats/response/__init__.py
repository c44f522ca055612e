"""Who answered, how well, and at what cost to them.

`outcome_rates` gives the response rates of the profession, `item_response_rate` those of one question. With
a list of all who were asked, `frame_bias`, `fit_propensity`, `representativeness` and `weighting_classes`
make an analysis of nonresponse; `difference_to_flip` says how far a verdict hangs on the silent.
`answer_patterns`, `speeders`, `outlying_answers`, `same_text`, `same_device` and `hourly_bursts` find
answers to look at; `burden` counts the hours.
"""

from hearback.stats.response.burden import (
    Burden,
    BurdenUse,
    Collection,
    CollectionBurden,
    Durations,
    MinutesPerResponse,
    burden,
    burden_use,
    minutes_per_response,
    summarise_durations,
)
from hearback.stats.response.classes import WeightingClasses, weighting_classes
from hearback.stats.response.items import ItemResponse, item_response_rate
from hearback.stats.response.nonresponse import (
    ChiSquare,
    FrameBias,
    Representativeness,
    ResponseRate,
    frame_bias,
    representativeness,
    response_by_group_test,
    response_rate,
    response_rates_by_group,
)
from hearback.stats.response.outcome_rates import (
    DispositionNotKnown,
    Dispositions,
    InterceptRates,
    OutcomeRates,
    count_dispositions,
    intercept_rates,
    outcome_rates,
)
from hearback.stats.response.propensity import (
    Coefficient,
    PredictorNotUsable,
    PropensityModel,
    fit_propensity,
    propensity_weights,
)
from hearback.stats.response.quality import (
    AnswerPatterns,
    OutlyingAnswers,
    Speeders,
    WithAndWithout,
    answer_patterns,
    outlying_answers,
    speeders,
    with_and_without,
)
from hearback.stats.response.repeats import HourlyBurst, hourly_bursts, same_device, same_text
from hearback.stats.response.sensitivity import (
    EarlyLate,
    FlipDifference,
    difference_to_flip,
    early_versus_late,
)

__all__ = [
    "AnswerPatterns",
    "Burden",
    "BurdenUse",
    "ChiSquare",
    "Coefficient",
    "Collection",
    "CollectionBurden",
    "DispositionNotKnown",
    "Dispositions",
    "Durations",
    "EarlyLate",
    "FlipDifference",
    "FrameBias",
    "HourlyBurst",
    "InterceptRates",
    "ItemResponse",
    "MinutesPerResponse",
    "OutcomeRates",
    "OutlyingAnswers",
    "PredictorNotUsable",
    "PropensityModel",
    "Representativeness",
    "ResponseRate",
    "Speeders",
    "WeightingClasses",
    "WithAndWithout",
    "answer_patterns",
    "burden",
    "burden_use",
    "count_dispositions",
    "difference_to_flip",
    "early_versus_late",
    "fit_propensity",
    "frame_bias",
    "hourly_bursts",
    "intercept_rates",
    "item_response_rate",
    "minutes_per_response",
    "outcome_rates",
    "outlying_answers",
    "propensity_weights",
    "representativeness",
    "response_by_group_test",
    "response_rate",
    "response_rates_by_group",
    "same_device",
    "same_text",
    "speeders",
    "summarise_durations",
    "weighting_classes",
    "with_and_without",
]
