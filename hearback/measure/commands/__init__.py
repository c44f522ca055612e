"""`hearback measure`: computing scores, drivers and changes, and showing them."""

from hearback.measure.commands import changes, computing, noise, showing
from hearback.measure.commands.computing import compute_all, count_cells
from hearback.measure.commands.groups import group

__all__ = ["changes", "compute_all", "computing", "count_cells", "group", "noise", "showing"]
