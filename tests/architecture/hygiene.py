"""Find what should never come into the repository: vague names, silent handlers, traces of one machine."""

import ast
import re

from tests.architecture.source import Module

VAGUE = {"utils", "util", "services", "core", "common", "helpers", "helper", "misc", "managers", "base"}
MACHINE = re.compile(r"(?<![\w.~<$}-])/(?:work|root|Users|home/[a-z]\w*)/")
REGISTRY = re.compile(r"(?<![\w.])registry\.\w+\.\w+|(?<![\w.])(?:test\.)?pypi\.\w+|files\.python\w+\.\w+")


def vague_names(module: Module) -> list[str]:
    """Name the folders and files whose name does not say what they hold."""
    return [f"{module.path}: {part}" for part in module.parts if part in VAGUE]


def catches_everything(module: Module) -> list[str]:
    """Name the handlers that catch every exception."""
    return [
        f"{module.path}:{node.lineno}"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler) and _is_everything(node.type)
    ]


def _is_everything(caught: ast.expr | None) -> bool:
    if isinstance(caught, ast.Tuple):
        return any(_is_everything(one) for one in caught.elts)
    return caught is None or (isinstance(caught, ast.Name) and caught.id in {"Exception", "BaseException"})


def traces(text: str) -> list[str]:
    """Quote paths of one machine and host names of package registries."""
    return [found.group() for pattern in (MACHINE, REGISTRY) for found in pattern.finditer(text)]
