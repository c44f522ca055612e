"""The running API keeps to its document, whatever is sent: Schemathesis makes requests and checks answers."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.walks.running import Site, publish, run, served

SCHEMATHESIS = Path(sys.executable).parent / "schemathesis"
CONFIGURATION = Path(__file__).parent / "api.toml"
CONFIGURATION_TO_READ = Path(__file__).parent / "api_to_read.toml"
SCOPES = ("--scope", "forms:read", "--scope", "responses:read", "--scope", "responses:write")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server that knows the bundled directory and has one published form."""
    home = tmp_path_factory.mktemp("api") / "home"
    with served(home, "directory", "load", str(ROOT / "examples" / "federal")) as running:
        about = ("--service", "state-passports-25", "--provider", "state-passports")
        run(running.environ, "collect", "form", "new", "visas", *about)
        for move in ("submit", "publish"):
            run(running.environ, "collect", "form", "move", "visas", move)
        yield running


def _tried(site: Site, folder: Path, seed: int) -> "subprocess.CompletedProcess[str]":
    key = run(site.environ, "accounts", "key", "new", "Schemathesis", *SCOPES)["key"]
    words = [
        *(SCHEMATHESIS, "--config-file", CONFIGURATION, "run", f"{site.address}/api/v1/openapi.json"),
        *("--header", f"Authorization: Bearer {key}", "--checks", "all", "--seed", str(seed)),
        *("--max-examples", "25", "--continue-on-failure"),
    ]
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)


def test_nothing_is_found_by_all_checks(site: Site, tmp_path: Path) -> None:
    done = _tried(site, tmp_path, seed=1)
    assert done.returncode == 0, done.stdout[-6_000:] + done.stderr[-2_000:]
    tried = re.search(r"(\d+) generated, (\d+) passed", done.stdout)
    assert tried is not None, done.stdout
    assert int(tried[1]) > 300, "requests were really made"
    found = run(site.environ, "collect", "form", "responses", "visas")["responses"]
    assert found, "some of what was sent was stored"
    assert " ERROR hearback" not in (site.home / "serve.log").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server with a release of the bundled directory."""
    home = tmp_path_factory.mktemp("released") / "home"
    with served(home, "directory", "load", str(ROOT / "examples" / "federal")) as running:
        publish(running.environ)
        yield running


def test_nothing_is_found_in_the_api_to_read(released: Site, tmp_path: Path) -> None:
    words = [
        *(SCHEMATHESIS, "--config-file", CONFIGURATION_TO_READ, "run"),
        *(f"{released.address}/api/v1/data/openapi.json", "--checks", "all", "--seed", "1"),
        *("--max-examples", "25", "--continue-on-failure"),
    ]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-6_000:] + done.stderr[-2_000:]
    tried = re.search(r"(\d+) generated, (\d+) passed", done.stdout)
    assert tried is not None, done.stdout
    assert int(tried[1]) > 100, "requests were really made"
    assert " ERROR hearback" not in (released.home / "serve.log").read_text(encoding="utf-8")
