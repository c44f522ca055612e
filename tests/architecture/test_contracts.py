"""The contracts on who imports whom hold, and each turns red when it is broken on purpose."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

FLOW = "What people say flows one way, to what the public can check"
INSIDE = "Inside an app: doors, forms, actions, queries, models, rules"
PLAIN = "Statistics, the fiscal calendar, rules, masking and the intake are plain Python"
HOUSE = "What stays in the house is read on the pages of learn alone"
OWN = "Only {} reads and changes the tables of {}"

# What is planted: the contract it breaks, the file, the line.
BREACHES = {
    "an earlier stage imports a later one": (FLOW, "collect/queries.py", "import hearback.plan.queries"),
    "two siblings know each other": (FLOW, "dashboard/views.py", "import hearback.publish.queries"),
    "shared ground knows a stage": (FLOW, "ui/terminal.py", "import hearback.accounts.queries"),
    "an app reads the settings module": (FLOW, "plan/queries.py", "import hearback.config.settings"),
    "something imports the command line": (FLOW, "publish/queries.py", "import hearback.cli"),
    "a new package has no place": (FLOW, "gossip/__init__.py", ""),
    "an action imports a view": (INSIDE, "accounts/actions.py", "import hearback.accounts.views"),
    "a query imports an action": (INSIDE, "publish/queries.py", "import hearback.publish.actions"),
    "a rule imports a table": (INSIDE, "plan/rules.py", "import hearback.plan.models"),
    "a table imports a query": (INSIDE, "directory/models.py", "import hearback.directory.queries"),
    "two doors know each other": (INSIDE, "accounts/views.py", "import hearback.accounts.commands"),
    "Django in statistics": (PLAIN, "stats/__init__.py", "import django.db.models"),
    "Django in the fiscal calendar": (PLAIN, "fiscal/quarter.py", "import django.conf"),
    "Django in a rule": (PLAIN, "plan/rules.py", "from django.utils import timezone"),
    "Django in masking": (PLAIN, "collect/masking/plain.py", "from django.utils import text"),
    "Django in the intake": (PLAIN, "collect/intake/desk.py", "from django.http import HttpRequest"),
    "Django in the intake, by a detour": (
        PLAIN,
        "collect/intake/server.py",
        "import hearback.collect.models",
    ),
    "Django in a rule, by a detour": (PLAIN, "collect/rules.py", "import hearback.history.models"),
    "another stage's table": (
        OWN.format("collect", "collect"),
        "measure/queries.py",
        "import hearback.collect.models",
    ),
    "another stage's action": (
        OWN.format("plan", "plan"),
        "publish/actions.py",
        "import hearback.plan.actions",
    ),
    "the journeys' table": (
        OWN.format("learn", "learn"),
        "plan/queries.py",
        "import hearback.learn.models",
    ),
    "a release with passages of transcripts": (
        HOUSE,
        "publish/snapshot.py",
        "from hearback.learn.repository import study_inside",
    ),
    "the agencies' table": (
        OWN.format("directory", "directory"),
        "plan/queries.py",
        "import hearback.directory.models",
    ),
    "the agencies' actions": (
        OWN.format("directory", "directory"),
        "collect/actions/importing.py",
        "import hearback.directory.actions",
    ),
    "the scores' table": (
        OWN.format("measure", "measure"),
        "publish/snapshot.py",
        "import hearback.measure.models",
    ),
    "the people's table": (
        OWN.format("accounts", "accounts"),
        "dashboard/views.py",
        "import hearback.accounts.models",
    ),
    "the releases' table": (
        OWN.format("publish", "publish"),
        "cli/serve.py",
        "import hearback.publish.models",
    ),
    "the history's table": (
        OWN.format("history", "history"),
        "plan/actions.py",
        "import hearback.history.models",
    ),
}


def _contracts() -> list[str]:
    tool = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    assert not any("ignore_imports" in contract for contract in tool["contracts"]), "no import is excused"
    return [contract["name"] for contract in tool["contracts"]]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    skipped = shutil.ignore_patterns("__pycache__", "static", "templates", "styles", "migrations")
    shutil.copytree(ROOT / "hearback", tmp_path / "hearback", ignore=skipped)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def _broken(folder: Path) -> tuple[set[str], str]:
    program = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([program, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)
    lines = done.stdout.splitlines()
    broken = {line.removesuffix("BROKEN").strip() for line in lines if line.endswith("BROKEN")}
    assert bool(broken) == bool(done.returncode), done.stdout + done.stderr
    return broken, done.stdout


def test_every_contract_holds(copy: Path) -> None:
    broken, output = _broken(copy)
    assert not broken, output
    assert f"{len(_contracts())} kept" in output


@pytest.mark.parametrize("breach", BREACHES)
def test_breaking_a_contract_turns_it_red(copy: Path, breach: str) -> None:
    contract, file, line = BREACHES[breach]
    target = copy / "hearback" / file
    target.parent.mkdir(exist_ok=True)
    with target.open("a", encoding="utf-8") as text:
        text.write(f"\n{line}\n")
    broken, output = _broken(copy)
    assert contract in broken, output


def test_every_contract_is_broken_once_on_purpose() -> None:
    assert {contract for contract, _, _ in BREACHES.values()} == set(_contracts())
