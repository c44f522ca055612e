"""Mean run lengths of control charts."""

import re
from typing import Any

from hearback.stats.monitoring import cusum_run_length, ewma_run_length
from hearback.stats.monitoring.run_length import Sides
from hearback.stats.reference.case import Case


def compute(case: Case) -> dict[str, Any]:
    """Give the run length of every chart listed, in the order of the lists."""
    sides = sides_of(case)
    return {
        "cusum": [
            cusum_run_length(float(one["k"]), float(one["h"]), shift=float(one.get("mu", 0)), sides=sides)
            for one in case.parameters.get("cusum", [])
        ],
        "ewma": [
            ewma_run_length(float(one["lambda"]), float(one["L"]), shift=float(one.get("mu", 0)))
            for one in case.parameters.get("ewma", [])
        ],
    }


def sides_of(case: Case) -> Sides:
    """Read from the case's call whether the CUSUM looks both ways; that is R's `sided`."""
    stated = (re.search(r"xcusum\.arl\(.*sided\s*=\s*['\"](\w+)['\"]", call) for call in case.r)
    return "one" if any(found and found[1] == "one" for found in stated) else "both"
