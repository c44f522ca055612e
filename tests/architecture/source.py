"""Reading the program's own source, for the tests that hold it against the house rules."""

import ast
import os
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
MADE_BY_TOOLS = {".git", ".venv", ".uv", "node_modules", "var", "build", "ci-output", "built", "__pycache__"}


@dataclass(frozen=True)
class Module:
    """One Python file: its path from the root of the checkout, and its text."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """Give the syntax tree."""
        return ast.parse(self.text)

    @property
    def parts(self) -> tuple[str, ...]:
        """Split the path without its ending: ('hearback', 'plan', 'actions')."""
        return Path(self.path).with_suffix("").parts

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Walk over all functions and methods, however deep."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node

    def public_functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Walk over the functions that other modules may call."""
        for node in self.tree.body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
                yield node


def files(*endings: str, under: str = ".") -> list[Path]:
    """List the files people wrote below a folder of the checkout, by the end of their names."""
    found: list[Path] = []
    for folder, folders, names in os.walk(ROOT / under):
        folders[:] = sorted(
            f for f in folders if f not in MADE_BY_TOOLS and not f.endswith(("_cache", ".egg-info"))
        )
        found += [Path(folder, name) for name in sorted(names) if not endings or name.endswith(endings)]
    return found


def modules(under: str = "hearback", migrations: bool = False) -> list[Module]:
    """Read the Python files below a folder, without the migrations, which Django writes, unless asked."""
    found = [path for path in files(".py", under=under) if migrations or "migrations" not in path.parts]
    return [Module(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")) for path in found]


def layers() -> list[list[str]]:
    """Read the order of the stages from the contract, last stage first; planned stages stand in it too."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    stages = next(c for c in contracts if c["type"] == "layers" and c["containers"] == ["hearback"])
    return [[name.strip(" ()") for name in line.split("|")] for line in stages["layers"]]
