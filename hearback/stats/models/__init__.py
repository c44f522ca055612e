"""Models of answers: proportional odds, key drivers, and whether groups read a question alike."""

from hearback.stats.models.driver_draws import bootstrap_key_drivers
from hearback.stats.models.drivers import Driver, KeyDrivers, key_drivers, key_drivers_of_moments
from hearback.stats.models.effects import AgreeDifference, average_difference
from hearback.stats.models.equivalence import ItemEquivalence, form_equivalence, item_equivalence
from hearback.stats.models.errors import ColumnNotValid, TermUnknown
from hearback.stats.models.moments import Moments, UnitSums, moments_of, moments_of_covariance, unit_sums
from hearback.stats.models.ordinal import proportional_odds
from hearback.stats.models.ordinal_model import OrdinalCut, OrdinalModel, OrdinalTerm
from hearback.stats.models.parallel import CutModel, ParallelCheck, ParallelTest, check_proportional_odds
from hearback.stats.models.ticks import (
    TickedDifference,
    TickedDriver,
    Ticks,
    count_ticks,
    ticked_differences,
    ticked_drivers,
)
from hearback.stats.models.weighted_ordinal import weighted_proportional_odds

__all__ = [
    "AgreeDifference",
    "ColumnNotValid",
    "CutModel",
    "Driver",
    "ItemEquivalence",
    "KeyDrivers",
    "Moments",
    "OrdinalCut",
    "OrdinalModel",
    "OrdinalTerm",
    "ParallelCheck",
    "ParallelTest",
    "TermUnknown",
    "TickedDifference",
    "TickedDriver",
    "Ticks",
    "UnitSums",
    "average_difference",
    "bootstrap_key_drivers",
    "check_proportional_odds",
    "count_ticks",
    "form_equivalence",
    "item_equivalence",
    "key_drivers",
    "key_drivers_of_moments",
    "moments_of",
    "moments_of_covariance",
    "proportional_odds",
    "ticked_differences",
    "ticked_drivers",
    "unit_sums",
    "weighted_proportional_odds",
]
