"""How each family of cases is computed: one module per family, named after it.

A module gives `compute(case)`, which calls the public functions and returns what the case expects, in the
same shape. It may give `INFORMATION`, names of expected values that show another program's variant and are
not compared, and `judge(case, got)`, further demands. To add a family, copy the nearest module and its test.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from hearback.stats.reference.case import Case
from hearback.stats.reference.comparing import Mismatch


@dataclass(frozen=True)
class Family:
    """One family: how it is computed and what else is asked of the result."""

    name: str
    compute: Callable[[Case], Any]
    information: frozenset[str]
    judge: Callable[[Case, Any], Iterable[Mismatch]]


def family_names() -> list[str]:
    """Name every family there is a module for."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def family_named(name: str) -> Family | None:
    """Find a family; None where nobody wrote one."""
    if name not in family_names():
        return None
    module = importlib.import_module(f"{__name__}.{name}")
    return Family(
        name=name,
        compute=module.compute,
        information=getattr(module, "INFORMATION", frozenset()),
        judge=getattr(module, "judge", lambda case, got: ()),
    )
