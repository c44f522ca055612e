"""Find public pages that could read working tables instead of a frozen release."""

import ast

from tests.architecture.source import Module

DOORS = {"views", "pages", "urls", "sentences", "series", "charts", "maps", "templatetags", "open", "api"}
OWN = {"publish", "fiscal", "stats", "ui"}
TABLELESS = {
    "collect.api.errors", "collect.api.parameters", "collect.api.shapes", "collect.intake.messages",
    "learn.words", "plan.chain", "plan.chain.words", "plan.wordings",
}  # fmt: skip
"""Modules of other stages that are made of facts and reach no table, as a test holds."""
TABLES = {"models", "queries", "actions"}


def shows_public_pages(module: Module) -> bool:
    """Say whether a module takes part in showing the public site."""
    return module.parts[:2] == ("hearback", "publish") and bool(DOORS & set(module.parts[2:3]))


def reads_past_the_release(module: Module) -> list[str]:
    """Name imports from other stages that are not the plain facts a release is made of."""
    found = []
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            found += [f"{module.path}: {a.name}" for a in node.names if _is_other_stage(a.name)]
        if isinstance(node, ast.ImportFrom) and _is_other_stage(node.module or ""):
            names = [alias.name for alias in node.names]
            found += [f"{module.path}: {node.module}.{n}" for n in names if not n.endswith("Fact")]
    return found


def _is_other_stage(name: str) -> bool:
    package, _, rest = name.partition(".")
    if rest in TABLELESS:
        return False
    return package == "hearback" and rest.split(".")[0] not in OWN and not rest.endswith(".rules")


def reaches_tables(module: Module) -> list[str]:
    """Name imports from modules that read or change tables."""
    return [
        f"{module.path}: {node.module}"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and TABLES & set((node.module or "").split("."))
    ]
