"""Find statements that change rows of the database outside an app's `actions`."""

import ast

from tests.architecture.source import Module

WRITES = {
    "save",
    "create",
    "bulk_create",
    "get_or_create",
    "update_or_create",
    "bulk_update",
    "delete",
    "raw",
}
WRITES |= {f"a{name}" for name in WRITES} | {"create_user", "create_superuser", "cursor", "_raw_delete"}


def may_write(module: Module) -> bool:
    """Say whether a module is a place where rows change: `actions.py`, `actions/…`, or a migration."""
    return len(module.parts) > 2 and (module.parts[2] == "actions" or "migrations" in module.parts)


def _is_write(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    if call.func.attr in {"update", "aupdate"}:
        return bool(call.keywords) and not call.args  # a set, a dictionary and a hash take positions
    if call.func.attr == "save":
        return not call.args  # a workbook is saved to a place; a row takes no positions
    return call.func.attr in WRITES


def writes(module: Module) -> list[str]:
    """Name every statement of a module that changes rows, as `path:line name`."""
    return [
        f"{module.path}:{node.lineno} {node.func.attr}"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _is_write(node)
    ]
