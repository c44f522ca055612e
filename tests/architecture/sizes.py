"""Measure functions and modules, as the size table of the house style asks."""

import ast
from dataclasses import dataclass

from tests.architecture.source import Module

LONGEST_FUNCTION, LONGEST_MODULE, MOST_BRANCHES, MOST_ARGUMENTS = 60, 400, 10, 7
BRANCHES = (ast.If, ast.IfExp, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.match_case)


@dataclass(frozen=True)
class TooBig:
    """One thing over its limit. `place` names it: `path` or `path::function`."""

    place: str
    what: str
    size: int
    limit: int


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines of a function without its docstring."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None:
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def branching(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the ways through a function: one, and one more for every decision and every filter."""
    decisions = sum(isinstance(node, BRANCHES) for node in ast.walk(function))
    filters = sum(len(node.ifs) for node in ast.walk(function) if isinstance(node, ast.comprehension))
    return 1 + decisions + filters


def n_arguments(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the arguments a caller may give; `self` and `cls` are not given."""
    names = [a.arg for a in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)]
    return len([name for name in names if name not in {"self", "cls"}])


def too_big(module: Module) -> list[TooBig]:
    """Name everything in a module that is over its limit."""
    sizes = [(module.path, "lines", len(module.text.splitlines()), LONGEST_MODULE)]
    for function in module.functions():
        place = f"{module.path}::{function.name}"
        sizes += [
            (place, "lines", length(function), LONGEST_FUNCTION),
            (place, "branches", branching(function), MOST_BRANCHES),
            (place, "arguments", n_arguments(function), MOST_ARGUMENTS),
        ]
    return [TooBig(*size) for size in sizes if size[2] > size[3]]
