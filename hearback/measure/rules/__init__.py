"""What is published, what may be pooled, what is held back, of what the reader is warned."""

from hearback.measure.rules.flags import FLAGS, LOW_BASE, Report, flags_of, group_flags, rating_flag
from hearback.measure.rules.measures import (
    COUNT,
    LEVELS,
    MEAN,
    MEASURES,
    RATE,
    RESPONSE_RATE,
    TRUST_MEASURES,
    Measure,
)
from hearback.measure.rules.pools import (
    EXCLUSION_REASONS,
    OWN,
    POOLS,
    ROLLED_UP,
    SCOPES,
    Asked,
    Exclusion,
    Pool,
    pool_of,
    rollup_exclusion,
)
from hearback.measure.rules.volumes import Volumes, is_small, response_of, response_of_many

__all__ = [
    "COUNT",
    "EXCLUSION_REASONS",
    "FLAGS",
    "LEVELS",
    "LOW_BASE",
    "MEAN",
    "MEASURES",
    "OWN",
    "POOLS",
    "RATE",
    "RESPONSE_RATE",
    "ROLLED_UP",
    "SCOPES",
    "TRUST_MEASURES",
    "Asked",
    "Exclusion",
    "Measure",
    "Pool",
    "Report",
    "Volumes",
    "flags_of",
    "group_flags",
    "is_small",
    "pool_of",
    "rating_flag",
    "response_of",
    "response_of_many",
    "rollup_exclusion",
]
