"""Find actions that do not say who acted, when, in one transaction, with a row of history."""

import ast

from tests.architecture.rows import writes
from tests.architecture.source import Module


def _mentions(node: ast.AST, names: set[str]) -> bool:
    return any(
        (isinstance(n, ast.Name) and n.id in names) or (isinstance(n, ast.Attribute) and n.attr in names)
        for n in ast.walk(node)
    )


def _signature_problems(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    given = dict(zip([a.arg for a in function.args.kwonlyargs], function.args.kw_defaults, strict=True))
    found = [f"needs a keyword-only {name}" for name in ("by", "at") if name not in given]
    found += [f"{name} must have no default" for name in ("by", "at") if given.get(name) is not None]
    return found


def problems_of_action(module: Module) -> list[str]:
    """Name what is wrong with the public functions of an `actions` module.

    History and transaction are looked for in the whole module, as a function may leave both to a private one.
    """
    found = [
        f"{module.path} {function.name}: {problem}"
        for function in module.public_functions()
        for problem in _signature_problems(function)
    ]
    if writes(module) and not _mentions(module.tree, {"record", "record_many"}):
        found.append(f"{module.path}: writes rows and no history")
    if writes(module) and not _mentions(module.tree, {"atomic"}):
        found.append(f"{module.path}: writes rows outside a transaction")
    return found
