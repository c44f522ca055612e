"""Find what has no docstring and should have one."""

import ast

from tests.architecture.source import Module

EXPLAINED = {"rules", "queries", "actions"}


def must_explain_functions(module: Module) -> bool:
    """Say whether public functions need docstrings here: plain Python, rules, queries, actions."""
    if module.parts[0] != "hearback":
        return False
    return module.parts[1:2] in {("stats",), ("fiscal",)} or bool(EXPLAINED & set(module.parts[2:3]))


def without_docstring(module: Module) -> list[str]:
    """Name the module, its models and its public functions that lack a docstring they need."""
    found = [] if ast.get_docstring(module.tree) or not module.text.strip() else [module.path]
    needed: list[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef] = []
    if must_explain_functions(module):
        needed += module.public_functions()
    if "models" in module.parts[2:3] or must_explain_functions(module):
        needed += [n for n in module.tree.body if isinstance(n, ast.ClassDef) and not n.name.startswith("_")]
    return found + [f"{module.path}::{node.name}" for node in needed if not ast.get_docstring(node)]
