"""Keeping people private in what is published: hiding small cells, and noise on counts.

`tables` describes cells and the sums that tie them, `outsider` what can be reckoned from published ones,
`complement` which further cells to hide, `suppression` all of it together; `noise` describes and draws noise,
`budget` keeps account of it.
"""

from hearback.stats.privacy.budget import AlreadyReleased, Budget, BudgetSpent, Spending
from hearback.stats.privacy.complement import Complement, choose_complement
from hearback.stats.privacy.noise import (
    GeometricNoise,
    LaplaceNoise,
    NoiseNotValid,
    SecureNumbers,
    SeededNumbers,
    draw_geometric,
)
from hearback.stats.privacy.outsider import Bounds, NotSolved, Outsider
from hearback.stats.privacy.suppression import (
    Audit,
    Protection,
    ThresholdNotValid,
    Withheld,
    audit,
    primary_cells,
    protect,
)
from hearback.stats.privacy.tables import Sum, TableNotValid, Tables, crossed, joined, with_rests

__all__ = [
    "AlreadyReleased",
    "Audit",
    "Bounds",
    "Budget",
    "BudgetSpent",
    "Complement",
    "GeometricNoise",
    "LaplaceNoise",
    "NoiseNotValid",
    "NotSolved",
    "Outsider",
    "Protection",
    "SecureNumbers",
    "SeededNumbers",
    "Spending",
    "Sum",
    "TableNotValid",
    "Tables",
    "ThresholdNotValid",
    "Withheld",
    "audit",
    "choose_complement",
    "crossed",
    "draw_geometric",
    "joined",
    "primary_cells",
    "protect",
    "with_rests",
]
